"""How far a table can be trusted: rows drawn for checking, rows to look at first, what a checker said of them, and the
share of right rows that follows. ``docs/trust.md`` tells how it is used.

In: figures, and records of a review. Out: figures that are chosen or corrected, and estimates. What is here reads no
text anew and asks no rule.
"""
