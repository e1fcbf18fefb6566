"""Evidence: small functions that give the named features of a candidate. What they weigh stands in ``weights.toml``.

A piece of evidence is a tuple: its name and the values seen, all text, so that the weights can be read and every
choice explained. Each module serves one question: ``item`` (where the phrase ends), ``reach`` (how far it goes to the
left), ``action``, ``subject`` and ``period``.
"""

from __future__ import annotations

Evidence = tuple[str, ...]
