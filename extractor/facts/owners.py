"""Whose a figure is: the place, body or group, from the columns ``subject`` and ``place``."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from extractor.facts.words import words
from extractor.page.marks import words as place_words
from extractor.page.place import first_place

_DETERMINED = "全我该本"
_POINTING = "该本我这其此"
_SHORT = 3  # characters of a body that may be anyone's: 公司, 该行


class Owner(NamedTuple):
    """The name, and the group of people that the subject adds to the item; ``sure`` if nothing else was left over."""

    name: str
    group: str = ""
    sure: bool = True


@functools.cache
def _suffixes() -> tuple[str, ...]:
    found = {
        word for level in ("level2", "level3", "level4", "level5") for word in place_words("places", level)
    }
    return tuple(sorted({*found, "省"}, key=lambda word: (-len(word), word)))


@functools.lru_cache(maxsize=50_000)
def owner_of(subject: str, place: str) -> Owner:
    """Whose it is.

    >>> owner_of("全县", "白石县").name, owner_of("白石", "白石县").name, owner_of("", "白石县").name
    ('白石县', '白石县', '白石县')
    >>> owner_of("白石县农村居民", "白石县"), owner_of("柳河镇", "云岭县").name
    (Owner(name='白石县', group='农村居民', sure=True), '云岭县柳河镇')
    >>> owner_of("白石县共", "白石县")
    Owner(name='白石县', group='', sure=True)
    >>> owner_of("全县", "松岭镇"), owner_of("县委组织部", "云岭县").name
    (Owner(name='', group='', sure=False), '云岭县 县委组织部')
    >>> owner_of("公司", ""), owner_of("金穗面粉公司", "")
    (Owner(name='', group='', sure=False), Owner(name='金穗面粉公司', group='', sure=True))
    """
    if not subject:
        return Owner(place, sure=bool(place))
    if subject[0] in _DETERMINED and len(subject) > 1:
        unit = next((word for word in _suffixes() if subject.startswith(word, 1)), "")
        if unit:
            return _with_rest(_up_to(place, unit), subject[1 + len(unit) :])
    if place and subject.startswith(place):
        return _with_rest(place, subject[len(place) :])
    if place.startswith(subject) and place[len(subject) :] in _suffixes():
        return Owner(place)
    found = first_place(subject)
    if found and subject.startswith(found):
        return _with_rest(_below(found, place), subject[len(found) :])
    if subject.endswith(words().groups):
        return Owner(place, subject, bool(place))
    if len(subject) <= _SHORT or subject[0] in _POINTING:
        return Owner(f"{place} {subject}" if place else "", sure=False)
    return Owner(f"{place} {subject}".strip())


def _with_rest(name: str, rest: str) -> Owner:
    rest = words().adverb.sub("", rest.lstrip("的"))
    return Owner(name, rest, bool(name))


def _up_to(place: str, unit: str) -> str:
    """The place down to the level of a unit: 全县 in an article from 临湾县柳河镇 is 临湾县."""
    at = place.rfind(unit)
    if at > 0:
        return place[: at + len(unit)]
    known = place.endswith(_suffixes())
    return f"{place}{unit}" if place and not known else ""


def _below(found: str, place: str) -> str:
    """A township or village with the county that the article is about."""
    lower = (*place_words("places", "level4"), *place_words("places", "level5"))
    if found.endswith(lower) and place.endswith(place_words("places", "level3")):
        return place + found
    return place if place.endswith(found) and found.endswith(lower) else found


def full_names(names: Iterable[str]) -> Mapping[str, str]:
    """For short names (南屏, of a dateline) the one full name (南屏县) among all.

    >>> full_names(["南屏", "南屏县", "白石", "白石县", "白石镇"])
    {'南屏': '南屏县'}
    """
    known = set(names)
    found = {}
    for name in sorted(known):
        full = [name + suffix for suffix in _suffixes() if name + suffix in known]
        if len(full) == 1 and name:
            found[name] = full[0]
    return found
