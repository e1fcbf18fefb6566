"""Where the data files of the package are. ``importlib.resources`` tells it too, and takes longer than reading them."""

from __future__ import annotations

from pathlib import Path


def packaged(*names: str) -> Path:
    """The path of a file or folder of the package.

    >>> packaged("lexicon", "units.toml").is_file()
    True
    """
    return Path(__file__).parent.joinpath(*names)
