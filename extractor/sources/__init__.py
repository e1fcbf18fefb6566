"""Bytes of every kind become text: finding files, decoding them, unpacking them, reading corpora."""
