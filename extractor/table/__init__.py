"""Figures become rows: columns, filters, order, sums and headers."""
