"""Bylines, datelines, photo credits, section numbers: the marks by which a line of a newspaper page is told.

Each function takes the text of one line or paragraph, blanks at its ends taken off, and says whether it
carries the mark. The words come from ``lexicon/articles.toml``. Patterns look at a bounded stretch of the
text only, so a very long paragraph costs no more than a short one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from extractor.lexicon.words import lexicon
from extractor.matching import compiled

# A name as bylines write it: Han names, longer ones from other languages, with a middle dot.
NAME = r"[\u3400-\u9fff\U00020000-\U0003ffff]{1,8}(?:[·•・][\u3400-\u9fff]{1,8}){0,3}"
_NAME = compiled(NAME)
_BETWEEN = compiled(r"[\s、]+")
_STOPPED = compiled(r"[。！？]\s?")

_PARTED = compiled(r"[\s：:、／/]")
_SENTENCE = compiled(r"[。！？；，!?;,…]")
_SECTION_NUMBER = compiled(
    r"(?:[（(][一二三四五六七八九十百\d０-９]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条篇]|[\d０-９]{1,2}[、.．](?![\d０-９])|[①-⑳]|[◆●■▲★☆○◎□△▶])"
)
_DATE = compiled(
    r"[（(]?(?:[12１２〇零一二两\d０-９][\d０-９〇○零一二三四五六七八九]{3}年)?"
    r"[\d０-９一二三四五六七八九十]{1,3}月[\d０-９一二三四五六七八九十]{1,3}日[）)]?$"
)


@functools.cache
def words(table: str, name: str) -> tuple[str, ...]:
    """The words of a list in ``articles.toml``, the longest first.

    >>> "通讯员" in words("marks", "roles")
    True
    """
    data = _data()[table][name]
    return tuple(sorted(dict.fromkeys(data.split()), key=lambda word: (-len(word), word)))


def _data() -> Mapping[str, Any]:
    return lexicon().data


def either(choices: Iterable[str]) -> str:
    """A pattern for any of the words.

    >>> either(["a.b", "c"])
    '(?:a\\\\.b|c)'
    """
    return "(?:" + "|".join(map(re.escape, choices)) + ")"


@functools.cache
def _dateline() -> re.Pattern[str]:
    agency, ends = either(words("marks", "agencies")), either(words("marks", "dateline_ends"))
    credit = r"(?:\s?[（(][^（）()。]{1,60}[）)])?"
    return compiled(
        rf"[【〔（(［\[]{{0,1}}(?:据)?{agency}(?:"
        # 本报拉萨讯(记者 …), 新华社北京5月1日电
        rf"[^\s，。；！？,;!?：:（(）)】]{{0,16}}?(?:[\d０-９一二三四五六七八九十]{{1,3}}日)?{ends}"
        rf"(?:[】〕）)］\]]|(?=[\s（(：:，,])|(?<=日[电電])|(?<=[讯訊])){credit}"
        # （中央社記者張三台北1日電）, 【本报记者张三北京报道】
        rf"|[^。；！？;!?：:（(）)】]{{0,40}}?{ends}[】〕）)］\]]"
        r")[：:]?\s?"
    )


@functools.cache
def _bracket_dateline() -> re.Pattern[str]:
    inside = r"[^】〕］\]、，]"
    ends = either(words("marks", "dateline_ends"))
    return compiled(rf"[【〔［\[]{inside}{{0,14}}[报報网網社台记記者日]{inside}{{0,12}}?{ends}[】〕］\]]\s?")


def dateline(text: str) -> int:
    """The length of the dateline that opens the text; 0 if there is none.

    >>> text = "本报泽当讯(记者 张三 李四)近日,某县"
    >>> text[:dateline(text)]
    '本报泽当讯(记者 张三 李四)'
    >>> dateline("新华社北京5月1日电 近日"), dateline("央视网消息：近日"), dateline("【大公报讯】近日")
    (11, 6, 6)
    >>> dateline("本报记者从会上了解到")
    0
    """
    head = text[:120]
    match = _dateline().match(head) or _bracket_dateline().match(head)
    return match.end() if match else 0


@functools.cache
def _dateline_place() -> re.Pattern[str]:
    return compiled(
        rf"[【（(［\[]?{either(words('marks', 'agencies'))}(?:记者|記者)?([\u3400-\u9fff]{{2,6}}?)"
        r"(?=[\d０-９一二三四五六七八九十]{1,2}(?:月|日)|[讯訊电電](?:[\s（(】：:]|$))"
    )


def dateline_place(text: str) -> str:
    """The place that a dateline names, "" if none.

    >>> [dateline_place(text) for text in ("本报泽当讯(记者 张三)", "新华社北京5月1日电", "本报讯")]
    ['泽当', '北京', '']
    """
    match = _dateline_place().match(text)
    return match[1] if match else ""


@functools.cache
def _role() -> re.Pattern[str]:
    agency, role = either(words("marks", "agencies")), either(words("marks", "roles"))
    return compiled(rf"(?:^|[\s（(【、/／]|{agency})[驻特约]{{0,2}}{role}")


@functools.cache
def _role_chars() -> re.Pattern[str]:
    """The last characters of the words for writers: a quick look before the pattern."""
    return compiled("[" + "".join(sorted({word[-1] for word in words("marks", "roles")})) + "]")


@functools.cache
def _not_names() -> re.Pattern[str]:
    groups = [words("marks", "agencies"), words("marks", "roles")]
    longest_first = sorted({w for g in groups for w in g}, key=lambda word: (-len(word), word))
    return compiled(either(longest_first) + r"|[（()）【】：:／/]")


def byline_names(text: str) -> str:
    """The names in a byline, blanks between; "" if the text is no byline.

    >>> byline_names("本报记者 张三 通讯员 李四"), byline_names("（记者 王五）")
    ('张三 李四', '王五')
    >>> byline_names("张三 李四 本报记者 王五")
    '张三 李四 王五'
    >>> byline_names("记者从会上了解到，全县有3个村。")
    ''
    """
    if len(text) > 80 or not _role_chars().search(text) or _SENTENCE.search(text):
        return ""
    if not _role().search(text):
        return ""
    fill = words("marks", "byline_fill")
    names = [n for n in _BETWEEN.split(_not_names().sub(" ", text)) if n and n not in fill]
    longest = 6 if _PARTED.search(text) else 4  # names parted from 记者 by a blank may be long
    if any(not _NAME.fullmatch(n) or (len(n) > longest and "·" not in n) for n in names):
        return ""
    return " ".join(_close_names(names))


def _close_names(names: list[str]) -> list[str]:
    """Joins a name of two characters that the page spaced out: ``["张", "三"]`` to ``["张三"]``."""
    joined: list[str] = []
    for name in names:
        if joined and len(name) == 1 and len(joined[-1]) == 1:
            joined[-1] += name
        else:
            joined.append(name)
    return joined


@functools.cache
def _credit() -> re.Pattern[str]:
    agency, role = either(words("marks", "agencies")), either(words("marks", "roles"))
    ends = either(words("marks", "credit_ends"))
    return compiled(
        rf"(?:^|(?<=[。！？”」』】）)!?；;.\s]))\s?[（(]?(?:{agency}|{role}|{NAME}\s)[^。，；,;！？]{{0,50}}?\s?{ends}[）)]?$"
    )


def credit(text: str) -> int:
    """Where the photo credit begins that closes the text; -1 if there is none.

    >>> credit("本报记者 张三 摄"), credit("图为现场。 本报记者 张三 摄"), credit("张三 摄")
    (0, 6, 0)
    >>> credit("图为现场。")
    -1
    """
    if not text.endswith(words("marks", "credit_ends")) and not text.endswith(("）", ")")):
        return -1
    tail = max(0, len(text) - 70)
    match = _credit().search(text, tail)
    if not match:
        return -1
    start = match.start()
    while start < len(text) and text[start].isspace():
        start += 1
    return start


@functools.cache
def _photo() -> re.Pattern[str]:
    numbered = r"[图圖](?:[①-⑳]|[一二三四五六七八九十\d]{1,2}[：:为])"
    return compiled(rf"(?:{either(words('marks', 'photo_starts'))}(?:[：:为為]|(?<=[为為]))|{numbered})")


def photo(text: str) -> bool:
    """Whether the text opens as the text under a photo does.

    >>> photo("图为活动现场。"), photo("图①：合影。"), photo("图书馆")
    (True, True, False)
    """
    return _photo().match(text) is not None


def photo_within(text: str) -> bool:
    """Whether a sentence of the text describes a photo."""
    tail = text[-400:]
    return photo(text) or any(_photo().match(tail, m.end()) for m in _STOPPED.finditer(tail))


def section_number(text: str) -> int:
    """The length of the section number or bullet that opens the text; 0 if none.

    >>> section_number("一、总体要求"), section_number("（二）目标"), section_number("3.5万元")
    (2, 3, 0)
    """
    match = _SECTION_NUMBER.match(text)
    return match.end() if match else 0


def date_line(text: str) -> bool:
    """Whether the line is a date, alone or with what published it: ``（2016年10月9日）``, ``来源：清河日报 2023-08-15``.

    >>> [date_line(text) for text in ("2024年2月21日 来源：清河日报", "清河晚报2024-03-05", "2024年2月21日，清河县")]
    [True, True, False]
    """
    if len(text) < 24 and _DATE.match(text):
        return True
    return len(text) <= 60 and not _SENTENCE.search(text) and _source_line().fullmatch(text) is not None


@functools.cache
def _source_line() -> re.Pattern[str]:
    """A whole date with the paper or the label beside it, in a line of its own."""
    day = (
        r"(?:[12１２][\d０-９]{3}(?:年[\d０-９]{1,2}月[\d０-９]{1,2}日|[-/.][\d０-９]{1,2}[-/.][\d０-９]{1,2}))"
        r"(?:\s?星期[一二三四五六日天])?(?:\s{0,2}[\d０-９]{1,2}[:：][\d０-９]{2}(?:[:：][\d０-９]{2})?)?"
    )
    label = rf"{either((*words('marks', 'source_labels'), *words('marks', 'date_labels')))}[:：]"
    paper = rf"[\u3400-\u9fff]{{2,12}}{either(words('marks', 'paper_ends'))}"
    rest = rf"(?:[\s|｜/]{{0,3}}{label}[^:：]{{1,20}}){{0,3}}"
    return compiled(
        rf"(?:{label}[^:：]{{0,20}}?[\s|｜/]{{0,3}}){{1,2}}{day}{rest}|{paper}\s{{0,3}}{day}{rest}|{day}(?:\s{{1,3}}{paper}|{rest})"
    )


def closing(text: str) -> bool:
    """Whether the line tells of the author's post and so closes the article: ``（作者单位：…）``."""
    return text.lstrip("（([【").startswith(words("marks", "closings"))


def author(text: str, *, surname: bool = True) -> bool:
    """Whether the line is a person's name alone; ``surname`` asks for a Han surname.

    >>> author("王小明"), author("结束语"), author("扎西顿珠", surname=False)
    (True, False, True)
    """
    if not 2 <= len(text) <= 12:
        return False
    parts = _close_names(text.split())
    if not 1 <= len(parts) <= 3 or any(not _NAME.fullmatch(part) for part in parts):
        return False
    if surname:
        return all(2 <= len(part) <= 3 and part[0] in _surnames() for part in parts)
    return all(2 <= len(part) <= 5 or "·" in part for part in parts)


@functools.cache
def _surnames() -> frozenset[str]:
    return frozenset("".join(_data()["names"]["surnames"].split()))


@functools.cache
def _openers() -> re.Pattern[str]:
    return compiled(either(words("layout", "openers")) + "[，,]")


def sentence_opener(text: str) -> bool:
    """Whether the text begins with a word that only opens sentences: ``同时，``."""
    return _openers().match(text) is not None


@functools.cache
def credit_chars() -> frozenset[str]:
    """The characters with which a photo credit can end."""
    return frozenset(word[-1] for word in words("marks", "credit_ends")) | frozenset("）)")


@functools.cache
def opening_chars() -> frozenset[str]:
    """The characters with which a dateline, photo text or closing line can begin."""
    opening = [*words("marks", "agencies"), *words("marks", "photo_starts"), *words("marks", "closings")]
    return frozenset(word[0] for word in opening) | frozenset("据图圖【〔（([［—-")


def opens_text(text: str) -> bool:
    """Whether the text begins something new: dateline, photo text, sub-headline, closing line.

    >>> opens_text("本报讯(记者 张三)近日"), opens_text("——某县见闻"), opens_text("名干部下乡，")
    (True, True, False)
    """
    if text[0] not in opening_chars():
        return False
    return text.startswith(("——", "--")) or photo(text) or dateline(text) > 0 or closing(text)
