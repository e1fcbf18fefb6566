# The text that was read of a PDF, to which the offsets refer
extract documents/日报.pdf --text
