"""Named rules that tell numerals which are no figures: dates, ordinals, names, codes, idioms, articles.

A rule takes a :class:`Look` and returns the reason of the contract (section 1 of FIGURES.md) or "". Rules are tried
in the order of :data:`BEFORE_UNIT`, before a unit is looked for, and :data:`WITH_UNIT`, once one was found. The
name of the rule that fired is reported as ``reason.name``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from extractor.numerals import NUMERAL_CHARS
from extractor.units import Measure
from extractor.words import LEVEL, VERB, Lexicon


@dataclass(slots=True)
class Look:
    """A numeral in its surroundings: the folded text, the borders of its sentence, its span, its unit if it has one."""

    text: str
    begin: int
    finish: int
    start: int
    end: int
    numeral: str
    lexicon: Lexicon
    measure: Measure | None = None

    @property
    def arabic(self) -> bool:
        """Whether the numeral begins with an Arabic digit or a minus sign."""
        return self.numeral[0] <= "9"

    def before(self, length: int) -> str:
        """The text just before the numeral, inside the sentence."""
        return self.text[max(self.begin, self.start - length) : self.start]

    def after(self, length: int) -> str:
        """The text just behind the numeral, inside the sentence."""
        return self.text[self.end : min(self.finish, self.end + length)]

    def beyond(self, length: int) -> str:
        """The text just behind the unit (behind the numeral, if there is none), inside the sentence."""
        at = self.measure.end if self.measure else self.end
        return self.text[at : min(self.finish, at + length)]


Rule = Callable[[Look], str]

_DIGITS = "0123456789"
_SMALL = frozenset("一二三四五六七八九十两几")
_YEAR = re.compile(r"(?:1[0-9]|20|21)[0-9]{2}|[一二][一二三四五六七八九零〇O]{3}")
_YEAR_RANGE = re.compile(r"(?:1[0-9]|20|21)[0-9]{2}(?:[-~—至到](?:(?:1[0-9]|20|21)?[0-9]{2}))?")


# ---- date ----------------------------------------------------------------------------------------------------

_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?![0-9])")
_DAY = re.compile(
    r"(?<!每)月(?:份)?\(?$|月[初中底上下旬]*[零〇一二三四五六七八九十0-9]{1,3}日?[、和至到—~-]$|[周期拜]$"
)
_SPAN_BEFORE = re.compile(
    r"(?:(?<![附靠接将])近|过去|今后|未来|最近|这|头|(?<![提以之日此目当])前|(?<![以之今此最])后|每|另|同|往后|前后|跨|另外)(?:的)?$"
)
_SPAN_AFTER = re.compile(
    r"^(?:余|多)?(?:以)?[来前间初末底代度级款版龄货份之里]|^(?:以|之)[前后来]|^中[，,来的]"
)
_NAMED_PLAN = re.compile(r"^(?:的)?(?:滚动|行动|攻坚|规划|计划|倍增|提升|振兴|发展|期|级|制|会战)")
_LOOSE = re.compile(r"(?:半|大半|小半|上半|下半|前半|后半)$")
_FIVE_YEAR = re.compile(r"[一二三四五六七八九十]{1,2}五")
_FIVE_YEAR_AFTER = re.compile(
    r"^[”’\"]?(?:规划|计划|时期|期间|以来|末|初|开局|收官|中期|建设|发展|及|和|、|”|\"|’|各项|节能|目标|国家|重点|重大)"
)
_HOUR_AFTER = re.compile(
    r"^(?:整|许|半|左右|多钟|[0-5]?[0-9]分|[一二三四五]?十?[一二三四五六七八九]?分|[，,。、；\]\)-~至到—]|钟|的|起|前|后|以前|以后|开始|准时|在|时|多|$)"
)
_HOUR_BEFORE = re.compile(
    r"(?:[日号晨午晚夜早]|凌晨|清晨|傍晚|中午|深夜|今天|昨天|当天|明天|截至|每天|到了?|至|[-~—])$"
)


def year(look: Look) -> str:
    """A calendar year: 2023年, 一九五五年, 2015-2020年, 民国一一二年, and a bare 2024 where a year stands (2024版)."""
    after = look.after(3)
    if after.startswith("年"):
        if _YEAR.fullmatch(look.numeral[-4:]) and (
            len(look.numeral) == 4 or _YEAR_RANGE.fullmatch(look.numeral)
        ):
            return "date"
        if look.lexicon.eras.ending(look.text, look.start, look.begin):
            return "date"
        if (
            len(look.numeral) == 2
            and look.arabic
            and look.numeral > "49"
            and look.before(1) not in ("第", "近", "满", "达")
        ):
            return "date"
        if (
            len(look.numeral) == 3
            and look.numeral[0] in "一二"
            and look.numeral.isalpha()
            and "十" not in look.numeral
            and "百" not in look.numeral
            and look.before(1) not in "一二"
        ):
            return "date"
        return ""
    if look.arabic and _YEAR_RANGE.fullmatch(look.numeral) and after[:1] == "届":
        return "date"
    if (
        look.arabic
        and _YEAR_RANGE.fullmatch(look.numeral)
        and after[:2] in ("学年", "赛季", "财年", "年度", "级学")
    ):
        return "date"
    if (
        look.arabic
        and _YEAR_RANGE.fullmatch(look.numeral)
        and not look.lexicon.units.starting(look.text, look.end, look.finish)
    ):
        return "date"
    return ""


def month_day(look: Look) -> str:
    """A month or a day of the month: 5月, 17日, 十二月, 5月至8月, 本月20日, 农历初八."""
    after = look.after(2)
    last = re.split("[-~—至到]", look.numeral)[-1]
    if after[:1] == "月" and after != "月龄" and len(last) <= 3 and (not last.isdecimal() or int(last) <= 12):
        return "date"
    if after[:1] in ("日", "号") and len(last) <= 3 and (not last.isdecimal() or int(last) <= 31):
        if after[:1] == "号":
            return "date" if _DAY.search(look.before(8)) else "ordinal"
        if after not in ("日元", "日均", "日圆") and not look.lexicon.durations.ending(
            look.text, look.start, look.begin
        ):
            return "date"
    if look.before(1) in ("初", "廿") and after[:1] not in ("个", "名"):
        return "date" if look.before(1) == "初" else ""
    if (
        look.before(1) in ("周", "拜")
        and len(look.numeral) == 1
        and after[:1] != "年"
        and look.before(2)[:1] not in ("每", "数", "一", "四")
    ):
        return "date"
    if look.before(2) == "星期" and len(look.numeral) == 1:
        return "date"
    if look.lexicon.units.starting(look.text, look.end, look.finish):
        return ""
    return "date" if _DAY.search(look.before(8)) and look.before(1) not in "周期" and len(last) <= 3 else ""


def clock(look: Look) -> str:
    """A time of day: 8时30分, 凌晨3点, 14:30."""
    text, start = look.text, look.start
    if look.after(1) == ":" or look.before(1) == ":":
        begin = start
        while begin > look.begin and text[begin - 1] in "0123456789:":
            begin -= 1
        return "date" if _CLOCK.match(text, begin) and text[max(0, begin - 1)] != "比" else ""
    after = look.after(4)
    if after[:1] == "时" and after[:2] not in ("时速", "时代"):
        return "date"
    if after[:1] == "点" and (
        after[1:2] == "钟" or (_HOUR_BEFORE.search(look.before(3)) and _HOUR_AFTER.search(look.after(6)[1:]))
    ):
        if look.numeral.replace(".", "").isdecimal() and float(look.numeral.replace("-", "0")) > 24:
            return ""
        return "date"
    if after[:1] == "分" and look.before(1) in ("时", "点") and look.before(2) != "小时":
        return "date"
    if after[:1] == "刻" and look.before(1) == "点":
        return "date"
    if after[:1] == "秒" and re.search("(?<!小)[时点][0-9一二三四五六七八九十]{1,3}分$", look.before(7)):
        return "date"
    return ""


def plan_period(look: Look) -> str:
    """A five-year plan: 十四五 in quotation marks or before 规划, 时期, 期间."""
    if _FIVE_YEAR.fullmatch(look.numeral) and (
        look.before(1) in "“\"'‘" or _FIVE_YEAR_AFTER.search(look.after(4))
    ):
        return "date"
    return "date" if look.before(1) in ("十",) and look.numeral == "五" else ""


def calendar_unit(look: Look) -> str:
    """Years, quarters, days counted off the calendar: 近两年, 三年来, 前三季度, 80年代, 21世纪, 半年, N周年."""
    assert look.measure
    name = look.measure.unit.name
    beyond = look.beyond(4)
    if name in ("季度", "世纪", "年代", "旬"):
        return (
            ""
            if name == "季度" and look.text[look.end] == "个" and not _SPAN_BEFORE.search(look.before(2))
            else "date"
        )
    if name == "年":
        if beyond[:1] in ("级", "代"):
            return "ordinal"
        if _NAMED_PLAN.search(beyond):
            return "name"
        if look.before(1) in ("“", '"', "‘"):
            return "name"
        if look.numeral == "半" or look.numeral == "一":
            return "" if look.lexicon.durations.ending(look.text, look.start, look.begin) else "date"
        if look.before(2) == "连续" or look.before(1) == "连":
            return "date"
    if name in ("年", "月", "天", "周", "星期", "日", "小时", "夜", "昼夜", "礼拜", "代"):
        if _SPAN_BEFORE.search(look.before(3)) or _SPAN_AFTER.search(beyond):
            return "date"
        if look.numeral in ("几", "数", "几十", "数十"):
            return "date"
        if look.lexicon.durations.ending(look.text, look.start, look.begin):
            return ""
        if look.numeral == "一" and name in ("天", "月", "夜", "周", "日", "代"):
            return "date"
        if beyond[:1] in ("如", "后") or beyond[:2] in ("以后", "之后", "过去", "时间"):
            return "date"
    if name == "周" and beyond[:1] == "年":
        return "date"
    return ""


# ---- ordinal -------------------------------------------------------------------------------------------------

_ENUM_AFTER = re.compile(r"^(?:是|要|则|靠|来|为|看|抓|曰)")
_ENUM_BEFORE = re.compile(r"(?:^|[。；;，,:：、！？!?\s”\"（(])$")
_AFTER_ORDINAL = re.compile(r"^(?:等[奖功品级兵舱座]|把手|号|级[^以地台强大浪，。、风]|等)")
_FIGURE_LABEL = re.compile(r"(?:第|图|表|附件|卷|其|之|老|排名|名列|位列|列|高|初|大|NO\.|No\.|no\.|条款)$")


def prefix(look: Look) -> str:
    """第三, 图2, 表1, 其一, 之二, 位列12."""
    match = _FIGURE_LABEL.search(look.before(3))
    if not match:
        return ""
    word = match.group()
    if word in ("高", "初", "大", "老", "列"):
        return (
            "ordinal"
            if len(look.numeral) == 1 and not look.arabic and look.after(1) not in tuple("个名家户米项")
            else ""
        )
    if word == "图" and look.before(2) in ("地图", "版图", "企图", "试图", "意图", "力图", "绘图"):
        return ""
    if word == "表" and (look.before(2) in ("代表", "发表", "报表") or look.before(2)[:1] in "代发仪钟手外"):
        return ""
    if word == "之":
        return "idiom"
    if word == "其":
        return "ordinal" if look.after(1) in ("，", ",", "是", "、", "：", ":") else ""
    return "ordinal"


def chained(look: Look) -> str:
    """The later members of a list whose first has 第 or whose last has 等奖: 第一、二、三产业."""
    if look.before(1) in ("、", "和", "及", "至") and re.search(
        r"第[一二三四五六七八九十0-9]{1,3}(?:[、和及至][一二三四五六七八九十0-9]{1,3})*[、和及至]$",
        look.before(16),
    ):
        return "ordinal" if look.after(1) not in ("个", "名", "家") else ""
    if re.match(r"(?:[、和至][一二三四五特])*[、和至]?(?:特)?等[奖功]", look.after(10)):
        return "ordinal"
    return ""


def enumerator(look: Look) -> str:
    """一是…二是…, 一、…, 1.…, (一), ①: the number of a point in a list."""
    after = look.after(2)
    if not look.arabic and len(look.numeral) <= 2:
        if _ENUM_AFTER.search(after) and _ENUM_BEFORE.search(look.before(1)):
            return "ordinal"
        if after[:1] in ("、", ".", "．", "，") and look.start == look.begin:
            return "ordinal"
    if look.before(1) == "(" and after[:1] == ")" and len(look.numeral) <= 2:
        return "ordinal"
    if (
        look.arabic
        and len(look.numeral) <= 2
        and look.start == look.begin
        and after[:1] in ("、", ".", ")", "．")
    ):
        return "ordinal"
    return ""


_SESSION_BEFORE = re.compile("(?:[了办训展班开过出共]|举行|累计|培训|已经)$")
_SESSION_AFTER = re.compile("期(?:的)?(?:培训|轮训|讲|学|班|研修|训练|课|干部|节目|杂志|报纸|简报|连环画)")
_ADDRESS = re.compile("[栋幢号座](?:楼)?[0-9一二三四五六七八九]")


def graded(look: Look) -> str:
    """Grades and classes by number: 一等奖, 二级网格, 一类村, 一期工程, 三年级, 5A级, 三甲."""
    after = look.after(4)
    single = len(look.numeral) == 1 and not look.arabic
    if re.match(r"等[奖功品舱座兵]", after) or after[:2] in ("把手", "年级"):
        return "ordinal"
    if (
        single
        and after[:1] in ("产", "甲", "楼", "线", "环", "档", "本", "审", "模", "中", "院", "胎")
        and after[:2] not in ("产品", "本书", "楼房", "档节")
    ):
        if after[:1] == "本" and look.numeral not in "一二三":
            return ""
        return (
            "ordinal"
            if after[:1] not in ("本", "院", "中") or after[1:2] in ("院", "上", "线", "、", "，", "")
            else ""
        )
    if (
        after[:1] == "级"
        and not re.match(
            r"级(?:以上|的|左右)?(?:地震|余震|大?风|阵风|强风|台风|浪|烈度|强台风|偏|东|西|南|北|狂风|巨浪|[，,。、；至到()]|$)",
            after + look.after(10)[4:],
        )
        and "." not in look.numeral
    ):
        return "ordinal"
    if single and after[:1] == "类" and look.numeral in "一二三四五":
        return "ordinal"
    if (
        after[:1] == "期"
        and single
        and not (_SESSION_BEFORE.search(look.before(2)) or _SESSION_AFTER.search(look.after(5)))
    ):
        return "ordinal"
    if look.numeral == "二" and after[:1] in tuple("套期楼号级等类档线班组队审次轮局场孩胎房手"):
        return "ordinal"
    if (
        look.arabic
        and "." not in look.numeral
        and (after[:1] in ("楼", "室") or after[:2] == "单元" or _ADDRESS.match(after))
    ):
        return "ordinal"
    if look.arabic and re.match("路(?:公交|车|汽车|电车|[，,。、])", after + look.after(6)[4:]):
        return "code"
    return ""


# ---- code ----------------------------------------------------------------------------------------------------

_CODE_BEFORE = re.compile(
    r"(?:电话|热线|拨打|拨通|编号|代码|邮编|邮箱|传真|微信|网址|版号|文号|证号|车牌|批号|账号|帐号|尾号|号码|热线:|电话:|电话：|热线：|代码：|编号：|QQ|http|www)[^\u4e00-\u9fff，。；、]{0,30}$"
)
_CODE_AFTER = re.compile(r"^(?:热线|电话|平台|号线|号令|报警|国道|省道|县道|航班|次列车|次航班|工程|会议)")
_SCORE = re.compile(r"^[比:][0-9]{1,3}(?![0-9.]*[亿万%])")
_SCORE_BEFORE = re.compile(r"[0-9]{1,3}[比:]$")


def latin(look: Look) -> str:
    """Digits glued to Latin letters: C919, G318, COVID-19, 5G, 3D, A4; not an acronym before an amount (GDP1228亿元)."""
    before = look.before(4)
    if before:
        last = before[-1]
        glued = last == "-" and len(before) > 1 and before[-2].isascii() and before[-2].isalnum()
        if glued or last in "#_@\\" or last == "." or (last.isascii() and last.isalpha()):
            acronym = len(before) > 1 and before[-2].isascii() and before[-2].isalpha() and last.isalpha()
            unit = look.lexicon.units.starting(look.text, look.end, look.finish)
            if not (
                (acronym and unit and not unit[0][0].isalpha())
                or (acronym and unit and not unit[0].isascii())
            ):
                return "code"
        if last == "/" and len(before) > 1 and before[-2].isascii():
            return "code"
    after = look.after(3)
    if (
        after
        and after[0].isascii()
        and after[0].isalpha()
        and look.arabic
        and not look.lexicon.units.starting(look.text, look.end, look.finish)
    ):
        return "code"
    if look.before(1) in ("×", "*", "✕") or after[:1] in ("×", "✕"):
        return "code"
    if after[:1] in ("_", "@", "\\") or after[:2] == "A级":
        return "code"
    return ""


def number_code(look: Look) -> str:
    """Telephone, document, stock and identity numbers, addresses: no unit, long, or told as such by the words around."""
    numeral = look.numeral
    if not look.arabic:
        return ""
    if _CODE_BEFORE.search(look.before(24)):
        return "code"
    if len(numeral) > 30 or numeral.count(".") > 1 or numeral.count("-") > 1:
        return "code"
    if look.before(1) in ("〔", "[", "【") and look.after(1) in ("〕", "]", "】"):
        return "code"
    if look.before(1) in ("〕", "]") and look.after(1) == "号":
        return "code"
    if look.before(1) == "." and look.before(2)[:1].isdigit():
        return "code"
    plain = numeral.isdecimal()
    if (
        plain
        and (len(numeral) >= 5 or (numeral[0] == "0" and len(numeral) > 1))
        and not look.lexicon.units.starting(look.text, look.end, look.finish)
    ):
        return "code"
    if plain and len(numeral) in (3, 5) and _CODE_AFTER.search(look.after(3)):
        return "code"
    if look.before(1) == "(" and look.after(1) == ")" and plain and len(numeral) >= 4:
        return "code"
    return ""


def score(look: Look) -> str:
    """The score of a match and other proportions: 21比15, 3:1."""
    if _SCORE.search(look.after(5)) or _SCORE_BEFORE.search(look.before(5)):
        return "code"
    if (look.after(1) == ":" and look.after(2)[1:].isdigit()) or (
        look.before(1) == ":" and look.before(2)[:1].isdigit()
    ):
        return "code"
    if re.match("(?:决赛|强赛)", look.after(2)) and "/" in look.numeral:
        return "name"
    if (
        look.after(1) == "比"
        and re.match(r"比[一二三四五六七八九十零0-9.]", look.after(2))
        and not look.measure
    ):
        return "code"
    if look.before(1) == "比" and re.search(r"[一二三四五六七八九十零0-9]比$", look.before(2)):
        return "code"
    return ""


# ---- name ----------------------------------------------------------------------------------------------------

_FORM = re.compile(
    r"^(?:大(?!约|概|多|型|批|学生|班|队|量|棚|户|客|巴|米|豆|枣|蒜|葱|树|缸|碗|桶|包|袋|箱|车|片|块)|化|不(?!到|足|等|是)|有(?!余)|要(?!道)|性|严|会一|学一|促|融合|同(?:步|创|向)|进(?![一行入度口])|清|包(?!括)|保(?!险|障)|抓|查|防|融|联(?!合)|转(?!移)|提|创(?!收|业|新)|改|重(?![新庆点要大])|单位|率(?!先|达|为)|线(?!城)|新(?!增|建|冠|疆|华)|老(?!人|师)|支(?:一|柱)|项(?:改革|机制|制度|行动|工程|举措并))"
)
_PLUS = re.compile(r"^(?:余|多)?[+＋]")


def quoted(look: Look) -> str:
    """A numeral inside a short quoted phrase or a book title: “四个不摘”, 《…三年行动计划》."""
    text, start = look.text, look.start
    low = max(look.begin, start - 24)
    left = text.rfind("《", low, start)
    if left >= 0 and text.find("》", left, start) < 0 and text.find("》", start, look.finish) >= 0:
        return "name"
    for opening, closing in ("“”", "‘’"):
        left = text.rfind(opening, low, start)
        if left >= 0 and text.find(closing, left, start) < 0:
            right = text.find(closing, start, min(look.finish, left + 26))
            if right >= 0 and not _SPEECH.search(text, left, right) and not _stated(look, left + 1, right):
                return "name"
    if '"' in text[low:start] or "'" in text[low:start]:
        segment = text[look.begin : look.finish]
        at = start - look.begin
        for found in _STRAIGHT.finditer(segment):
            if found.start() < at < found.end():
                if _SPEECH.search(found.group()):
                    return ""
                return (
                    ""
                    if _stated(look, look.begin + found.start() + 1, look.begin + found.end() - 1)
                    else "name"
                )
            if found.start() > at:
                break
    return ""


_SPEECH = re.compile("[，。！？；]")
_STRAIGHT = re.compile("[\"'“][^\"'“”，。；！？]{1,24}[\"'”]")


def _stated(look: Look, left: int, right: int) -> bool:
    """Whether a quoted phrase is a statement with an amount in it (“每亩增收300元”) and no name."""
    measure = look.measure
    if measure is None or not look.arabic:
        return False
    return (
        measure.unit.group in ("currency", "measure") and look.start > left + 1 and measure.end >= right - 2
    )


def plus(look: Look) -> str:
    """Modes written with plus signs: 1+4+X, 5万+, 党支部+."""
    if _PLUS.search(look.after(2)) or look.before(1) in ("+", "＋"):
        return "name"
    return ""


def form(look: Look) -> str:
    """The form of a slogan: a small number straight before 大, 化, 不, 有, 要, 性, … (三大工程, 四化同步)."""
    if len(look.numeral) > 2 or look.numeral[-1] in "百千万亿":
        return ""
    if look.numeral == "一":
        return ""
    if _FORM.search(look.after(3)) and not (
        look.arabic and int(look.numeral) > 20 if look.numeral.isdecimal() else False
    ):
        return "name"
    return ""


def abstract(look: Look) -> str:
    """A small number with a classifier before a word that heads slogans and never counts: 两个维护, 四个意识."""
    if (
        len(look.numeral) > 2
        or look.numeral[-1] in "百千万亿"
        or (look.arabic and look.numeral.isdecimal() and int(look.numeral) > 20)
    ):
        return ""
    assert look.measure
    if look.measure.unit.name not in ("个", "项", "条", "种", "类", "支", "场", "道", "本", "张", "次"):
        return ""
    found = look.lexicon.abstract.starting(look.text, look.measure.end, look.finish)
    if not found:
        return ""
    following = look.text[look.measure.end + len(found[0]) : look.measure.end + len(found[0]) + 1]
    return "name" if not following or not "\u4e00" <= following <= "\u9fff" or following in "的和与" else ""


# ---- idiom, article ------------------------------------------------------------------------------------------


def idiom(look: Look) -> str:
    """A word or phrase of the lexicon that covers the numeral: 三位一体, 千家万户, 数据."""
    if look.arabic:
        return ""
    end = look.measure.end if look.measure else look.end
    if look.measure and look.measure.unit.name == "番" and "翻" in look.before(3):
        return ""
    if look.numeral == "零" and look.after(1) == "下":
        return "idiom"
    found = look.lexicon.idioms.covering(look.text, look.start, look.end)
    if found is None:
        return ""
    word, rule = found
    at = look.text.find(word, max(0, look.start - len(word) + 1))
    after = look.text[at + len(word) : at + len(word) + 1]
    before = look.text[max(0, at - 1) : at]
    if after in rule.not_before or before in rule.not_after:
        return ""
    if (word[0] in NUMERAL_CHARS and before and before in NUMERAL_CHARS) or (
        word[-1] in NUMERAL_CHARS and after and after in "十百千万亿"
    ):
        return ""
    # 一批 in 一批次, 一家 in 一家企业: a unit longer than the word wins.
    if look.measure and look.text.startswith(word, look.start) and end - look.start > len(word):
        return ""
    return rule.reason


_EACH = re.compile(
    r"(?:每|这|那|另|同|某|哪|任何|有|又|再|第|唯|上|下|前|后|头|其中|每一|整|是|成为|作为|成了|任|无)$"
)
_FREQUENCY = re.compile(
    r"(?:每|一)(?:隔)?(?:[一二三四五六七八九十两半0-9]+)?(?:个)?(?:年|月|周|天|日|星期|季度|季|旬|学期|届|次|户|人|村|家)[^，。；]{0,30}$"
)


def article(look: Look) -> str:
    """一 that only means "a" or "each": 一个, 一种, 一批; not 每周一次, nor 小金库一个 at the end of a clause."""
    if look.numeral != "一" or look.measure is None:
        return ""
    unit = look.measure.unit
    if unit.name in ("%", "倍", "番"):
        return ""
    if unit.group == "date-like" and look.lexicon.durations.ending(look.text, look.start, look.begin):
        return ""
    if unit.group == "event" and _FREQUENCY.search(look.before(40)):
        return ""
    beyond = look.beyond(1)
    if unit.group in ("classifier", "noun", "event", "container") and (
        not beyond or beyond in "，。；、,;)！"
    ):
        before = look.before(4)
        last = look.lexicon.words.ending(look.text, look.start, look.begin)
        if (
            before
            and "\u4e00" <= before[-1] <= "\u9fff"
            and not _EACH.search(before)
            and not (last and last[1] & (VERB | LEVEL))
        ):
            return ""
    if unit.group in ("measure", "currency") and re.search(
        r"(?:约|近|超|达|共|仅|足|不到|超过|不足|每)$", look.before(2)
    ):
        return ""
    return "article"


_LONE = re.compile("(?:近|超过?|逾|约|上|数|达|共|过|每|满|足|不足|不到|几|好几|成|以|增|减|至|到)$")


def multiplier(look: Look) -> str:
    """A multiplier alone before a noun that is counted: 千村示范, 万户, 百企. 万元 and 近万人 are amounts."""
    assert look.measure
    if look.numeral not in ("百", "千", "万", "亿") or look.measure.unit.group not in (
        "noun",
        "classifier",
        "event",
        "container",
    ):
        return ""
    return "" if _LONE.search(look.before(2)) else "name"


_EVENT_NAME = re.compile(
    "(?:级|接力|蝶泳|仰泳|蛙泳|自由泳|混合泳|短跑|长跑|赛跑|跨栏|栏|障碍|决赛|半决赛|预赛|项目|比赛|速滑|短池)"
)


def discipline(look: Look) -> str:
    """A measure that names a class or discipline: 59公斤级, 200米蝶泳, 5000吨级."""
    assert look.measure
    return (
        "name" if look.measure.unit.kind in ("length", "mass") and _EVENT_NAME.match(look.beyond(3)) else ""
    )


def turn(look: Look) -> str:
    """番 counts only behind 翻: 翻一番, 翻了两番."""
    assert look.measure
    return "idiom" if look.measure.unit.name == "番" and "翻" not in look.before(3) else ""


def vague(look: Look) -> str:
    """几 or 数 alone before a classifier (几个, 数名) says only "some"."""
    return "idiom" if look.numeral in ("几", "数") else ""


_COUNTED_PLACE = re.compile("(?:^|[，。；：、,;(“全辖等及和有了对在为向到近约共涉各达至])$")


def tier(look: Look) -> str:
    """Tiers of government and the like (县、乡两级, 两地), and places with a numeral in their name (五通镇)."""
    assert look.measure
    spelling = look.text[look.end : look.measure.end]
    if (
        not look.arabic
        and len(look.numeral) == 1
        and spelling in _PLACE_NAMES
        and not _COUNTED_PLACE.search(look.before(1))
    ):
        return "name"
    if look.measure.unit.name in ("级", "地", "层") and not look.arabic and len(look.numeral) == 1:
        return "ordinal"
    return ""


_PLACE_NAMES = frozenset("镇乡村县州市区岛国省路街里河江山桥门")

BEFORE_UNIT: tuple[tuple[str, Rule], ...] = (
    ("prefix", prefix),
    ("chained", chained),
    ("clock", clock),
    ("year", year),
    ("month_day", month_day),
    ("plan_period", plan_period),
    ("latin", latin),
    ("number_code", number_code),
    ("enumerator", enumerator),
    ("graded", graded),
    ("plus", plus),
    ("score", score),
)

WITH_UNIT: tuple[tuple[str, Rule], ...] = (
    ("idiom", idiom),
    ("quoted", quoted),
    ("calendar_unit", calendar_unit),
    ("form", form),
    ("abstract", abstract),
    ("multiplier", multiplier),
    ("discipline", discipline),
    ("turn", turn),
    ("article", article),
    ("vague", vague),
    ("tier", tier),
)


def first(rules: tuple[tuple[str, Rule], ...], look: Look) -> tuple[str, str] | None:
    """The reason and the rule (``reason.name``) of the first rule that fires, or None."""
    for name, rule in rules:
        reason = rule(look)
        if reason:
            return reason, f"{reason}.{name}"
    return None


# ---- units that need care --------------------------------------------------------------------------------------

_CARE: dict[str, re.Pattern[str]] = {
    # unit: what must stand before the numeral (in the same clause) or right behind the unit for it to be an amount
    "度": re.compile(
        "气温|温度|体温|低温|高温|零下|水温|室温|升温|降温|最低|最高|暖|电|烧|酒精|转|角|坡|倾|经|纬|近视|散光"
    ),
    "分": re.compile(
        "分数|成绩|考|得|评|满分|总分|打|拿|平均|高分|扣|加|线|积|领先|落后|加权|学|奖|托福|雅思|百分制"
    ),
    "点": re.compile("指数|收报|报收|收于|点位|跌|涨|开盘|盘中|大盘|股|沪指|深成|恒指|道指|指报"),
    "级": re.compile("震|风|浪|烈度|台|飓"),
    "里": re.compile("长|路|走|行|距|离|外|远|约|近|方圆|绵延|跑|十里|百里|全程|水|山"),
}


def weak(look: Look, known: Collection[str] = ()) -> tuple[str, str] | None:
    """A weak unit (度, 分, 点, 级 …) counts only where its neighbourhood speaks of such readings.

    ``known`` are the units of the figures before it in the sentence.
    """
    assert look.measure
    unit = look.measure.unit
    if not unit.weak or unit.name in known:
        return None
    spelling = look.text[look.end : look.measure.end]
    care = _CARE.get(unit.name) if spelling == unit.name else None
    if care is not None:
        clause = look.before(26) + look.beyond(6)
        if not care.search(clause):
            return (
                "code" if look.arabic else "idiom"
            ), "code.weak_unit" if look.arabic else "idiom.weak_unit"
    elif (
        not look.arabic
        and len(look.numeral) == 1
        and unit.group == "measure"
        and unit.name not in ("%", "折", "番")
    ):
        return "idiom", "idiom.weak_unit"
    return None
