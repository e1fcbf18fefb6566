"""The language in which the command explains itself: English, or Chinese under a Chinese locale.

English is the source; ``zh.toml`` has the Chinese for each message. Results do not depend on the locale.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping

from extractor.packaged import packaged

LANGUAGES = ("en", "zh")


def wanted(environment: Mapping[str, str] | None = None) -> str:
    """The language that the locale asks for, as gettext looks for it.

    >>> wanted({"LANG": "zh_CN.UTF-8"}), wanted({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}), wanted({})
    ('zh', 'en', 'en')
    >>> wanted({"LANG": "de_DE.UTF-8", "LANGUAGE": "zh:en"})
    'zh'
    """
    variables = os.environ if environment is None else environment
    locale = next((variables[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if variables.get(name)), "")
    if locale and locale.partition(".")[0] not in ("C", "POSIX"):
        locale = variables.get("LANGUAGE", "").partition(":")[0] or locale
    return "zh" if locale.lower().startswith("zh") else "en"


@functools.cache
def catalogue(language: str) -> Mapping[str, str]:
    """The messages of a language by their English words; none for English."""
    if language == "en":
        return {}
    import tomllib

    text = packaged("cli", f"{language}.toml").read_text(encoding="utf-8")
    messages: Mapping[str, str] = tomllib.loads(text)["messages"]
    return messages


def said(message: str, language: str) -> str:
    """A message in a language; in English where it has no translation.

    >>> said("Output", "zh"), said("Output", "en"), said("no message", "zh")
    ('输出', 'Output', 'no message')
    """
    return catalogue(language).get(message, message)
