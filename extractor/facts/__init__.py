"""The same fact in several articles: who tells it, who says otherwise, and how it moves over time.

Figures go in, as the pipeline or a table made earlier has them; no text is read here.
"""
