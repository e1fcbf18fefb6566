"""Whether a line break or a blank stands inside a number or a word, so that the layout put it there.

Asked only where the other signs of ``layout`` leave it open: a line that ends no sentence, in a text that is not
wrapped at one width.
"""

from __future__ import annotations

from extractor.matching import compiled

# A number at the end of a line, and what may go on with it at the beginning of the next.
_DIGITS_LAST = compiled(
    r"(?P<before>.?)(?P<digits>[0-9０-９][0-9０-９.,．，·・]*)(?P<more>[百千]?[万亿萬億]*[余多餘]?)$"
)
_DIGITS_FIRST = compiled(r"[0-9０-９]{1,9}(?:[.．][0-9０-９]+)?(?P<behind>.?)")
_MULTIPLIER_FIRST = compiled("[百千]?[万亿萬億]")
_NUMERAL_LAST = compiled("[一二三四五六七八九十百千万亿两兩几幾数數零点點][余多餘]?$")
# How an amount in characters goes on: 三 / 百多个, 二 / ○○三年, 三点 / 七五公里, 近两百 / 场.
_AMOUNT_REST = compiled(
    "[十百千万亿萬億]|[〇○◯零一二三四五六七八九]{1,3}(?:年|[十百千万亿])|[零点點][一二三四五六七八九]"
    "|[一二三四五六七八九]{1,3}(?:[^\u3400-\u9fff]|[名户戶元亩畝座处處项項场場次吨噸斤米公平件台辆岁歲家盏])"
    "|[名户戶元亩畝座处處项項场場次吨噸斤米件台辆岁歲余多餘](?![\u3400-\u9fff]{0,1}$)"
)
# Where a unit ends one line and what belongs to it begins the next: 1.3个 / 百分点, 2分 / 15秒, 六成 / 以上.
_BETWEEN_UNITS = tuple(
    (compiled(f"{last}$"), compiled(first))
    for last, first in (
        ("[0-9０-９一二三四五六七八九十]个", "百分点|月(?!季)|百分點"),
        ("[0-9０-９]平方|[0-9０-９]立方", "[公米]|厘米"),
        (
            "[0-9０-９一二三四五六七八九十](?:小时|分|元|斤|块|小時)",
            "[0-9０-９一二三四五六七八九]{1,3}(?:秒|分|角|两|毛|两)",
        ),
        (
            "[0-9０-９一二三四五六七八九十百千万亿半][^。！？；，,、]{1,4}",
            "以[上下内](?![^，。、；）人的]{3})|(?:左右|之内)[，。、；的]",
        ),
        ("百分之[一二三四五六七八九十零]*[点點]?", "[一二三四五六七八九十零点點]"),
        ("零下|不少|不低|不超", "[0-9０-９一二三四五六七八九十]|于|過|过"),
    )
)
# What stands before an amount and ends no line of its own.
_LEADS_TO = compiled(
    "(?:超过?|近|约|逾|达到?|突破|共|共有|共计|为|至|由|从|增长|下降|增加|减少|提高|降低|上升|回落|不足|不到|累计|连续|平均|报|涨|跌|超過|約|達到?|為|增長)$"
)
_LABEL = compiled("[图表圖第附]$")
_YEAR = compiled("(?:19|20)[0-9]{2}$")
_YEAR_WHOLE = compiled("(?:19|20)[0-9]{2}年")
_TO_A_YEAR = frozenset("至由从")
_CHINESE = compiled("[\u3400-\u9fff]")
_CLAUSE = compiled("[。！？；，、,;!?]")
_HALVES = compiled(r"[\ud800-\udfff]")
_WINDOW = 6  # characters on either side of the break that the dictionary looks at


def in_number(before: str, after: str) -> bool:
    """Whether the break between two lines stands inside an amount.

    >>> in_number("存款较上年末增加1,204.55", "亿元，增长9.2%。"), in_number("全村有12", "7户，共有495人。")
    (True, True)
    >>> in_number("图1", "2017年产值对比"), in_number("户数12", "人口35"), in_number("收入增长", "2022年，全县")
    (False, False, False)
    """
    prose = _CLAUSE.search(before) is not None or _CLAUSE.search(after) is not None
    number = _DIGITS_LAST.search(before)
    if number:
        if not _CHINESE.search(before):
            # A row of a table, unless a year was cut at the beginning of its paragraph.
            return before.isdecimal() and _YEAR_WHOLE.match(before + after) is not None
        if number["more"]:
            return prose and _CHINESE.match(after) is not None
        if _MULTIPLIER_FIRST.match(after):
            return True
        if _LABEL.match(number["before"]) or not prose:
            return False
        first = _DIGITS_FIRST.match(after)
        if not first:
            return after[0] in "％%‰" or (
                _CHINESE.match(after) is not None
                and (after[0] in "年月日号時时" or not _YEAR.search(number["digits"]))
            )
        return _CHINESE.match(first["behind"]) is not None or first["behind"] in "%％‰.．"
    if _NUMERAL_LAST.search(before) and _AMOUNT_REST.match(after):
        return prose
    if any(last.search(before) and first.match(after) for last, first in _BETWEEN_UNITS):
        return True
    if not (prose and after[0].isdecimal() and _LEADS_TO.search(before)):
        return False
    # A headline ends before a year (财政收入稳步增长 / 2022年，…), unless it says from or to when.
    return before[-1] in _TO_A_YEAR or not _YEAR_WHOLE.match(after)


def in_word(before: str, after: str) -> bool:
    """Whether the dictionary finds a word across the break between two lines: 领导班 / 子.

    >>> in_word("提高0.9个百分", "点，比一季度提高0.3个百分点")
    True
    """
    if not (_CHINESE.match(before[-1]) and _CHINESE.match(after[0])) or not _CLAUSE.search(after):
        return False
    import rjieba

    left = before[-_WINDOW:]
    # Halves of a character, left by bad decoding: no library takes them.
    window = _HALVES.sub("\ufffd", left + after[:_WINDOW])
    at = 0
    for word in rjieba.cut(window):
        at += len(word)
        if at >= len(left):
            # Words that the dictionary only makes up at a seam are none.
            return at > len(left) and rjieba.has_word(word)
    return False


_DIGITS_APART = compiled(" (?<=[0-9０-９].)(?=[0-9０-９])")
_BLANK_IN_NUMBER = compiled(
    r"(?<=[\u3400-\u9fff])(?<![图表圖第附])[0-9０-９]{1,3} [0-9０-９]{1,2}(?:[.．][0-9０-９]+)?(?=[\u3400-\u9fff%％])"
    r"|(?<=[\u3400-\u9fff])(?<![图表圖第附])[0-9０-９] [0-9０-９]{3}(?=[\u3400-\u9fff%％])"
)


def blanks_in_numbers(text: str) -> frozenset[int]:
    """Where a line of prose has a blank inside one number (12 5户), which no one puts between two.

    >>> sorted(blanks_in_numbers("全村有12 5户。")), sorted(blanks_in_numbers("图1 2017年，甲村 12 35 户"))
    ([5], [])
    """
    if not _DIGITS_APART.search(text):
        return frozenset()
    return frozenset(match.group().index(" ") + match.start() for match in _BLANK_IN_NUMBER.finditer(text))
