"""Every numeral becomes the draft of a figure, or a rejection with a reason."""
