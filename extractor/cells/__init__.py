"""Tables of documents: every number in a cell becomes a figure with what its headers say, or a rejection."""
