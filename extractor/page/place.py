"""The place that an article reports on, as its headline or lead names it: 林芝市工布江达县.

A place name is a chain of names with a suffix each, going down the levels of administration: province,
prefecture, county, township, village. Only provinces and prefecture-level names are listed
(``lexicon/articles.toml``); every other name is known by its suffix and by what may stand before it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from extractor.lexicon.folding import fold
from extractor.matching import compiled
from extractor.page import marks

_RUN = compiled("[\u3400-\u9fff]+")
_STEM = "[\u3400-\u9fff]"
_LOOK_AT = 700  # characters of the lead in which a place is looked for
_LONGEST_STEM = 4  # of a name that is met once; longer ones must be met again
_NUMERALS = frozenset("一二三四五六七八九十两兩几幾数數多")
_AROUND = 8  # characters beside a place that tell whether it is mentioned by the way
_LISTED = compiled("(?:[、和及与][\u3400-\u9fff]{2,5}){1,6}?等[地省市]")  # 北京、上海和广州等地
_CLAUSE = compiled("[，。；：！？、]")
_POINTING = frozenset("全各每该該本我某这那此")
_COUNTED = frozenset("省市州县縣区區")
_COMPLEX = frozenset(("社区", "社區", "地区", "地區", "街道", "新区", "新區", "开发区"))


class _Patterns:
    """The patterns and sets built from the lexicon."""

    def __init__(self) -> None:
        def either(name: str) -> str:
            return marks.either(marks.words("places", name))

        self.province = compiled(f"{either('provinces')}{either('province_suffixes')}?")
        self.city = compiled(
            f"{either('cities')}(?:{_STEM}{{0,6}}自治州|{either('city_suffixes')}(?![场長长级級]))?"
        )
        levels = {"level2": 2, "level3": 3, "level4": 4, "level5": 5}
        self.level = {word: n for name, n in levels.items() for word in marks.words("places", name)}
        suffixes = sorted(self.level, key=lambda word: -len(word))
        self.unit = compiled(f"({_STEM}{{1,6}}?)({marks.either(suffixes)})")
        self.before = compiled(either("before"))
        self.going = compiled(f"{either('going')}$")
        self.seeing = compiled(f"{either('seeing')}")
        self.aside_before = compiled(f"{either('aside_before')}$")
        self.aside_behind = compiled(either("aside_behind"))
        pairs = (pair.partition("…") for pair in marks.words("places", "aside_around"))
        self.aside_around = tuple((opens, closes) for opens, _, closes in pairs)
        self.beginning = compiled(either("beginning"))
        self.function = compiled(either("function"))
        self.inside = compiled(marks.either(w for w in marks.words("places", "function") if len(w) > 1))
        self.counted = frozenset(marks.words("places", "counted"))
        self.kinds = frozenset(marks.words("places", "kinds"))
        self.kinds_ending = tuple(word for word in self.kinds if len(word) > 1)
        self.kinds_alone = marks.words("places", "kinds_alone")
        self.not_after = marks.words("places", "not_after")


@functools.cache
def _patterns() -> _Patterns:
    return _Patterns()


def first_place(text: str, context: str = "") -> str:
    """The first place that the text names, "" if none. ``context`` helps to tell where a name begins.

    A province named without suffix and alone (it may be part of a company's name) yields to a place named
    later. A place that somebody goes to see is passed over.

    >>> first_place("近年来，昌都市洛隆县孜托镇加日扎村以党建为引领"), first_place("在福建省晋江市召开")
    ('昌都市洛隆县孜托镇加日扎村', '福建省晋江市')
    >>> first_place("浅析平和县示范区建设"), first_place("全县社区干部下乡"), first_place("2019年泸州市年鉴")
    ('平和县', '', '泸州市')
    >>> first_place("组织党员到成都市郫都区战旗村参观，联合八宿县启动活动")
    '八宿县'
    """
    province = ""
    for run in _RUN.finditer(text[:_LOOK_AT]):
        for place, at in _in_run(run[0], context or text):
            if _is_excursion(run[0], at, at + len(place)):
                break
            if _is_quoted(text, run.start() + at, run.start() + at + len(place)):
                continue
            if _is_aside(text, run.start() + at, run.start() + at + len(place)):
                continue
            if place not in marks.words("places", "provinces"):
                return place
            province = province or place
    return province


def _is_excursion(run: str, start: int, end: int) -> bool:
    """Whether somebody goes to the place to see it: 到邻县参观."""
    patterns = _patterns()
    return bool(patterns.going.search(run, 0, start) and patterns.seeing.search(run, end))


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether the name fills quotation marks: “空心村” is a sort of village."""
    return text[max(0, start - 1) : start] in ("“", "「", '"') and text[end : end + 1] in ("”", "」", '"')


def _is_aside(text: str, start: int, end: int) -> bool:
    """Whether the place is mentioned by the way: 销往广州市, 来自福建省的客商, 武汉大学, 与浙江省相比."""
    patterns = _patterns()
    before, behind = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return (
        patterns.aside_before.search(before) is not None
        or patterns.aside_behind.match(behind) is not None
        or _LISTED.match(text, end, end + 5 * _AROUND) is not None
        or (before.endswith("、") and behind.startswith(("、", "和", "及", "与")))
        or any(
            before.endswith(opens) and closes in _CLAUSE.split(behind)[0]
            for opens, closes in patterns.aside_around
        )
    )


def _in_run(run: str, context: str) -> Iterator[tuple[str, int]]:
    """The places in a run of Chinese characters, each with where it begins."""
    patterns = _patterns()
    beginning = patterns.beginning.match(run)
    at = 0
    while at < len(run):
        listed = _listed(run, at)
        stop = listed[0] if listed else len(run)
        found = _unlisted(run, at, stop, context, beginning.end() if beginning else 0)
        if found:
            start, at = found
            yield run[start:at], start
        elif listed is None:
            return
        else:
            _, end, level = listed
            at = _chain(run, end, level)
            yield run[stop:at], stop


def _listed(run: str, at: int) -> tuple[int, int, int] | None:
    """The first listed name from ``at`` on: where it begins and ends, and its level. A province takes its city along."""
    patterns = _patterns()
    province, city = patterns.province.search(run, at), patterns.city.search(run, at)
    if province and (city is None or province.start() <= city.start()):
        city = patterns.city.match(run, province.end())
        return province.start(), (city or province).end(), 2 if city else 1
    return (city.start(), city.end(), 2) if city else None


def _unlisted(run: str, start: int, stop: int, context: str, beginning: int) -> tuple[int, int] | None:
    """The first chain of names known by their suffixes only that lies between ``start`` and ``stop``."""
    patterns = _patterns()
    bounds = {start, *(m.end() for m in patterns.before.finditer(run, start, stop))}
    if start < beginning < stop:
        bounds.add(beginning)
    ordered = sorted(bounds)
    for i, begin in enumerate(ordered):
        unit = patterns.unit.match(run, begin, stop)
        if unit is None or any(later < unit.start(2) for later in ordered[i + 1 :]):
            continue  # no suffix near, or a word lies between that is no part of a name
        if not _is_place(run, unit, chained=False):
            continue
        begin = _trim(run, begin, unit.start(2), unit.end(), context)
        if unit.start(2) - begin > _LONGEST_STEM and context.count(run[begin : unit.end()]) < 2:
            continue
        return begin, _chain(run, unit.end(), patterns.level[unit[2]])
    return None


def _chain(run: str, end: int, level: int) -> int:
    """The end of a chain of units, each of a lower level, that goes on at ``end``."""
    patterns = _patterns()
    while True:
        unit = patterns.unit.match(run, end)
        if unit is None or len(unit[1]) > _LONGEST_STEM or not _is_place(run, unit, chained=True):
            return end
        below = patterns.level[unit[2]]
        if below < level or (below == level and unit[2] != "市"):
            return end
        level, end = max(below, level), unit.end()


def _is_place(run: str, unit: re.Match[str], *, chained: bool) -> bool:
    """Whether a stem with a suffix is a place and no sort of place or part of a word.

    Behind another place (``chained``) a name may begin with a numeral or look like a sort of place:
    八一街道, 下水乡.
    """
    patterns = _patterns()
    name, stem, suffix = fold(unit[0]), fold(unit[1]), unit[2]
    if name in patterns.counted:
        return not run.startswith(patterns.not_after, unit.end() - 1)
    if name in patterns.kinds or stem in patterns.kinds or stem[-1] in _POINTING or stem[0] in _POINTING:
        return False
    if (
        patterns.function.search(stem)
        or patterns.inside.search(name)
        or run.startswith(patterns.not_after, unit.end() - 1)
    ):
        return False
    if name.endswith(patterns.kinds_alone):
        return len(stem) == 2 and not chained  # 石门市, but not 门市 nor 临街门市
    if chained:
        return not (stem[0] in _NUMERALS and (len(stem) == 1 or stem[1] in "个個"))
    if stem[0] in _NUMERALS or (stem[-1] in _NUMERALS and suffix in _COUNTED):  # 沪深两市
        return False
    return not name.endswith(patterns.kinds_ending) or (suffix in _COMPLEX and len(stem) > 1)


def _trim(run: str, begin: int, suffix: int, end: int, context: str) -> int:
    """Where a name really begins: as far right as its shorter form is met oftener in the article.

    浅析米林市 is met once, 米林市 many times: so 浅析 is no part of the name.
    """
    if suffix - begin <= 2:
        return begin
    shortest = context.count(run[suffix - 2 : end])
    for at in range(begin, suffix - 2):
        if context.count(run[at:end]) == shortest:
            return at
    return suffix - 2


def place_of(headlines: Sequence[str], lead: Sequence[str], dateline: str) -> str:
    """The place of an article: from its headline, else its lead, else its dateline.

    ``headlines`` has the main headline first, ``lead`` the first paragraphs without their dateline.

    >>> place_of(["抓党建 促发展", "昌都市洛隆县"], [], "昌都"), place_of([], ["近日，会议召开。"], "昌都")
    ('昌都市洛隆县', '昌都')
    """
    context = "\n".join([*headlines, *lead])[:4000]
    for text in (*headlines, "\n".join(lead)):
        place = first_place(text, context)
        if place:
            return place
    return dateline
