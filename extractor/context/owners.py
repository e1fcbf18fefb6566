"""Takes out of an item what is told in a column of its own: its owner and its verb.

隽安县居民消费价格总水平 is 居民消费价格总水平, and its subject 隽安县; 公司加工肉鸡 is 肉鸡, and its action 加工.
"""

from __future__ import annotations

from extractor.context.candidates import can_begin
from extractor.context.sentence import Sentence
from extractor.context.situation import Item, head
from extractor.lexicon.words import ITEM, NAME, PLACE, VERB

_SHORTEST = 2  # characters of what is left


def alone(sentence: Sentence, item: Item | None, verb: int | None, subject: Item | None) -> Item | None:
    """The item without the figure's verb and subject."""
    return without(sentence, without_verb(sentence, item, verb), subject)


def without(sentence: Sentence, item: Item | None, subject: Item | None) -> Item | None:
    """The item without the subject that it begins with, if that names a place or a body and a phrase is left."""
    if item is None or subject is None:
        return item
    if item[0] == subject[1] + 1 < item[1] and _ends_a_name(sentence, item[0]):
        return (item[0] + 1, *item[1:])
    if item[0] != subject[0] or subject[1] >= item[1]:
        return item
    first = subject[1] + 1
    if sentence.tokens[first].word == "的" and first < item[1]:
        first += 1
    if not _is_name(sentence, *subject[:2]) or not can_begin(sentence.tokens[first]):
        return item
    begin, end = sentence.tokens[first].start, sentence.tokens[item[1]].end
    return (first, *item[1:]) if end - begin > 1 else item


def without_verb(sentence: Sentence, item: Item | None, verb: int | None) -> Item | None:
    """The item behind the figure's verb, if the lexicon knows it as one and no indicator is made of it (组建率)."""
    if item is None or verb is None or not item[0] <= verb < item[1]:
        return item
    behind = sentence.tokens[verb + 1]
    if not sentence.tokens[verb].marks & (VERB | ITEM) or not can_begin(behind):
        return item
    if head(sentence, item[1])[1] == "indicator":
        return item
    return (verb + 1, *item[1:]) if sentence.tokens[item[1]].end - behind.start >= _SHORTEST else item


def _ends_a_name(sentence: Sentence, at: int) -> bool:
    """Whether a token is the end of a place's name that the dictionary cut off: 云岭 | 县 | GDP."""
    token, behind = sentence.tokens[at], sentence.tokens[at + 1]
    name = len(token.word) == 1 and token.word in sentence.lexicon.sets.place_endings
    return name and sentence.tokens[at - 1].end == token.start and can_begin(behind)


def _is_name(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a phrase names a place or a body: 全县, 科隆区, 玛曲沟电站 by its last character, or a name of the lexicon."""
    token, sets = sentence.tokens[last], sentence.lexicon.sets
    return (
        sentence.text[sentence.tokens[first].start] in sets.wholes
        or token.word[-1] in sets.place_endings
        or bool(token.marks & (NAME | PLACE))
    )
