"""The name of an item, so that two wordings of one thing meet: GDP and 地区生产总值, attributes in any order."""

from __future__ import annotations

import functools

from extractor.facts.words import words
from extractor.lexicon.phrases import segment
from extractor.lexicon.words import INDICATOR, lexicon

Name = tuple[str, frozenset[str]]
"""The last word and the set of the others."""


@functools.lru_cache(maxsize=20_000)
def called(item: str, owner: str = "") -> str:
    """The item under the name that tables use: without its owner and determiners, synonyms joined.

    >>> called("GDP"), called("全县农民人均可支配收入"), called("白石县一般公共预算收入", "白石县")
    ('地区生产总值', '农村居民人均可支配收入', '一般公共预算收入')
    """
    name = bare(item, owner)
    known = words()
    return known.synonym.sub(lambda match: known.synonyms[match[0]], name)


def bare(item: str, owner: str = "") -> str:
    """The item as written, without quotes, its owner and determiners in front.

    >>> bare("全县粮食播种面积"), bare("“白石县”电商服务站", "白石县")
    ('粮食播种面积', '电商服务站')
    """
    name = item.strip("“”\"'‘’的")
    if owner and name.startswith(owner) and len(name) > len(owner) + 1:
        name = name[len(owner) :].lstrip("“”‘’的")
    return words().determiner.sub("", name)


@functools.lru_cache(maxsize=20_000)
def name_of(item: str) -> Name:
    """What a called item is compared by.

    >>> name_of("农村居民人均可支配收入") == name_of("人均农村居民可支配收入")
    True
    """
    clean = "".join(item.split())
    try:
        cut = segment(clean, 0, len(clean), lexicon())
    except (IndexError, ValueError):
        return clean, frozenset()
    parts = [clean[word.start : word.end] for word in cut if clean[word.start : word.end] not in ("的", "、")]
    return (parts[-1], frozenset(parts[:-1])) if parts else (clean, frozenset())


def is_about(item: str, query: str) -> bool:
    """Whether a called item is what was asked for, or that with further attributes.

    >>> is_about("农村居民人均可支配收入", "可支配收入"), is_about("可支配收入", "城镇居民可支配收入")
    (True, False)
    """
    wanted = called(query)
    if wanted in item:
        return True
    last, rest = name_of(wanted)
    head, attributes = name_of(item)
    return last == head and rest <= attributes


@functools.lru_cache(maxsize=20_000)
def measures(item: str) -> bool:
    """Whether the item is an indicator, of which there is one value for a place and a period.

    >>> measures("地区生产总值"), measures("重点项目"), measures("茶园面积")
    (True, False, True)
    """
    found = lexicon().words.ending(item, len(item))
    return bool(found and found[1] & INDICATOR)
