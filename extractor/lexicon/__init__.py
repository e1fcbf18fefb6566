"""Words are data: the word lists, what reads them, and text cut into their words."""
