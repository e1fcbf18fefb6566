"""The report: one HTML file with the articles, their figures in place, the table and an overview.

``collect`` takes documents in and keeps what the page needs, ``overview`` counts and sums, ``page`` fills the
templates. ``report.css`` and ``report.js`` are put into the page as they are, ``vendor`` holds the library of
the table. Jinja2 is imported by ``page`` alone.
"""
