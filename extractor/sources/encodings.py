"""Bytes to text: UTF-8, UTF-16 and UTF-32 with or without a byte order mark, GB18030 (with GBK, GB2312),
Big5.

In go the bytes of a source and, if the user forces one, the name of an encoding; out come the text and the
encoding that was used. ``DecodingError`` tells in one clause why bytes are no text and what to do.

UTF-8 is tried first and strictly, since no other encoding passes it by chance. GB18030 and Big5 each accept
most of the other's bytes, so both are decoded and the reading with more everyday characters wins. What
counts as everyday: ``FREQUENT`` (about the 500 most used characters of modern Chinese, in simplified and
traditional form) and the first levels of the GB 2312 and Big5 standards, which hold the common characters
by design.
"""

from __future__ import annotations

import codecs
import hashlib
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extractor.matching import compiled

if TYPE_CHECKING:
    from extractor.sources.documents.extracted import Extracted

SAMPLE = 8192
"""Characters that are looked at to judge a reading; judging more changes no decision and costs time."""

FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所"
    "然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与"
    "长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己"
    "制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系"
    "气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社"
    "便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉"
    "格望觉术领共确传师观清今切院让识候带导争运村户亿元镇县党群众培训余近约超百千零六七八九投项目农增收户"
    "國個們來為時會這說對過發後裡種經麼學現當沒動還進樣開從實無與長機點業將兩間問並應戰頭體見產結給門東聲員論處"
    "義條氣題爾別變總電數報場計資許統區隊馬則聽卻達強難權設記類據邊該張規萬術領確傳師觀讓識帶導爭運書務決億鎮縣"
    "黨眾訓餘約項農戶"
    "，。、：；“”‘’（）！？《》「」『』—…％０１２３４５６７８９　"
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HALF = compiled("[\ud800-\udfff]")
_CUT = compiled("end of data|incomplete|truncated")
_BLANKS = frozenset("\t\n\v\f\r\x1a\x1b\x85")


NULS = 1000
"""Of so many bytes one may be NUL in a text; in other files there are many."""


class Decoded(NamedTuple):
    """The text of a source, without its byte order mark, and the encoding that gave it.

    ``warning`` says in one clause what is wrong with bytes that were read all the same. ``document`` is what a
    reader of documents made of them, whose text it is then; ``encoding`` names the format. ``kept`` are values of
    a record's fields that its rows get.
    """

    text: str
    encoding: str
    warning: str = ""
    document: Extracted | None = None
    kept: tuple[str, ...] = ()


def text_digest(text: str) -> str:
    """The SHA-256 of a text: what it is known by, whatever its name.

    >>> text_digest("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class DecodingError(ValueError):
    """Bytes that are no text; the message is one clause with the reason and the remedy."""


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    r"""The text of ``data``; line ends stay as they are, a byte order mark is taken off.

    Bytes at the end that are the beginning of a character, and a few NUL among many others, become U+FFFD.

    >>> decode("惠及6855人".encode("gb18030"))[:2]
    ('惠及6855人', 'gb18030')
    >>> decode(b"\xff\xfe" + "3户\r\n".encode("utf-16-le"))[:2]
    ('3户\r\n', 'utf-16-le')
    >>> decode("惠及6855人".encode()[:-1])[:3]
    ('惠及6855�', 'utf-8', 'its last character is cut off')
    >>> decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x01")
    Traceback (most recent call last):
    extractor.sources.encodings.DecodingError: binary data, not text; leave it out, or name its encoding with -e
    """
    if encoding is not None:
        return _forced(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _forced(data[len(mark) :], name)
    if b"\0" in data:
        return _with_nuls(data)
    return _narrow(data)


def _narrow(data: bytes) -> Decoded:
    """Text without NUL bytes: UTF-8, or an encoding of before it."""
    try:
        decoded = Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        cut = _cut(data, "utf-8", error)
        if cut is not None and _chinese(cut.text) >= 3:
            decoded = cut
        else:
            return _legacy(data, error)
    if _control_share(decoded.text[:SAMPLE]) > 0.02:
        raise _binary()
    return decoded


def _with_nuls(data: bytes) -> Decoded:
    """Text with NUL bytes: a few strays, or an encoding of two or four bytes."""
    count = data.count(0)
    few = count <= 1 + len(data) // NULS
    # NUL is part of no longer character in these encodings. What stands for it is in no text.
    rest = data.replace(b"\0", b"\x1a") if few and b"\x1a" not in data else data
    told = f"{count} NUL {'byte' if count == 1 else 'bytes'} in it"
    if rest is data:
        return _wide(data)
    decoded = _attempt(rest, "utf-8", cut=True)
    if decoded is None or _chinese(decoded.text) < 3:
        try:
            return _wide(data)
        except DecodingError:
            decoded = _narrow(rest)
    text = decoded.text.replace("\x1a", "\ufffd")
    return Decoded(text, decoded.encoding, "; ".join(filter(None, (told, decoded.warning))))


def _chinese(text: str) -> int:
    """How many characters are none of ASCII: one of several bytes may be chance, three are not."""
    return sum(character > "\x7f" for character in text[:SAMPLE])


def known(encoding: str) -> bool:
    """Whether Python has a text encoding of that name.

    >>> known("big5"), known("rot13"), known("klingon")
    (True, False, False)
    """
    try:
        return codecs.lookup(encoding)._is_text_encoding
    except (LookupError, ValueError):
        return False


def _forced(data: bytes, encoding: str) -> Decoded:
    try:
        text, warning = data.decode(encoding), ""
    except UnicodeDecodeError as error:
        cut = _cut(data, encoding, error)
        if cut is None:
            raise _invalid(encoding, error) from None
        text, warning = cut.text, cut.warning
    except UnicodeError as error:
        raise DecodingError(f"not valid {encoding} ({error}); name another encoding with -e") from None
    if half := _HALF.search(text):  # utf-7 and the like pass them, no table can hold them
        raise DecodingError(
            f"not valid {encoding} (character {half.start() + 1} is half of one); name another with -e"
        )
    return Decoded(text.removeprefix("\ufeff"), encoding, warning)


def _invalid(encoding: str, error: UnicodeDecodeError) -> DecodingError:
    return DecodingError(
        f"not valid {encoding} (byte {error.start + 1}: {error.reason}); name another encoding with -e"
    )


def _cut(data: bytes, encoding: str, error: UnicodeDecodeError) -> Decoded | None:
    """The text of bytes of which only the last ones are wrong, because the character they begin is cut off."""
    if error.start == 0 or len(data) - error.start > 3 or not _CUT.search(error.reason):
        return None
    try:
        text = data[: error.start].decode(encoding)
    except UnicodeError:
        return None
    return Decoded(f"{text}\ufffd", encoding, "its last character is cut off")


def _wide(data: bytes) -> Decoded:
    """Text with NUL bytes: UTF-16 or UTF-32 without a byte order mark, or else binary data."""
    sizes = (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2))
    readings = [
        reading
        for name, size in sizes
        if len(data) % size == 0 and (reading := _attempt(data, name)) is not None
    ]
    return _best(data, readings)


def _legacy(data: bytes, error: UnicodeDecodeError) -> Decoded:
    """Text that is not UTF-8: GB18030, Big5 or UTF-16 of pure Chinese, whichever reads like Chinese."""
    names = ["gb18030", "cp950"]
    if len(data) % 2 == 0:
        names += ["utf-16-le", "utf-16-be"]
    readings = [reading for name in names if (reading := _attempt(data, name)) is not None]
    if not any(reading.encoding == "cp950" for reading in readings):
        hong_kong = _attempt(data, "big5hkscs")
        readings += [hong_kong] if hong_kong else []
    if not readings:
        readings = [reading for name in ("gb18030", "cp950") if (reading := _attempt(data, name, cut=True))]
    try:
        return _best(data, readings)
    except DecodingError:
        if _control_share(data[:SAMPLE].decode("latin-1")) > 0.1:
            raise
        raise DecodingError(
            f"not valid UTF-8 (byte {error.start + 1}) and no GB18030, Big5 or UTF-16 text either; "
            "name its encoding with -e, or convert it"
        ) from None


def _attempt(data: bytes, encoding: str, *, cut: bool = False) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        return _cut(data, encoding, error) if cut else None


def _best(data: bytes, readings: list[Decoded]) -> Decoded:
    """The most plausible reading; the first of equals, so GB18030 goes before Big5."""
    best = max(readings, key=lambda reading: plausibility(reading.text), default=None)
    if best is None or plausibility(best.text) < 0.35:
        raise _binary()
    return best._replace(encoding="big5" if best.encoding == "cp950" else best.encoding)


def plausibility(text: str) -> float:
    """How much a text reads like everyday Chinese or plain ASCII, from below 0 to 1.5.

    >>> plausibility("惠及群众1332户") > 1 > 0.35 > plausibility("鏄弗閲嶇殑")
    True
    """
    sample = text[:SAMPLE]
    wide = [character for character in sample if character > "\x7f"]
    strangeness = 20 * _control_share(sample)
    if not wide:
        return 1 - strangeness
    common = _common()
    frequent = sum(character in FREQUENT for character in wide)
    plain = sum(character in common for character in wide)
    return (frequent + plain / 2) / len(wide) - strangeness


def _control_share(sample: str) -> float:
    """The share of control characters other than white space; text has next to none."""
    controls = sum(
        (character < " " or "\x7f" <= character < "\xa0") and character not in _BLANKS for character in sample
    )
    return controls / len(sample) if sample else 0.0


@cache
def _common() -> frozenset[str]:
    """The characters of level 1 of GB 2312 (rows 16 to 55) and of Big5 (A440 to C67E), and ``FREQUENT``."""
    gb = bytes(b for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for b in (row, cell))
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    big5 = bytes(b for lead in range(0xA4, 0xC7) for trail in trails for b in (lead, trail))
    return FREQUENT.union(gb.decode("gb2312", "ignore"), big5.decode("big5", "ignore"))


def _binary() -> DecodingError:
    return DecodingError("binary data, not text; leave it out, or name its encoding with -e")
