"""The text of a page becomes articles, blocks and sentences, with a map back to the source."""
