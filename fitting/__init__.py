"""Fits the weights of ``extractor/context/weights.toml`` on annotated articles and cases: ``make fit``."""
