"""The left side of a number: the words that link it to its subject, its noun phrase and the verb that governs it.

The text is read backwards from the number: first the links (达到, 同比增长了, 共), with the change that they state and
what it is measured against, then a verb right before them, then the noun phrase up to the verb or mark that ends it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.lexicon.phrases import STOP, Span, Word, leftwards
from extractor.lexicon.words import (
    ADVERB,
    DOWN,
    FOLLOWING,
    INDICATOR,
    ITEM,
    LEVEL,
    NAME,
    NOUN,
    PLACE,
    PREPOSITION,
    SINGLE,
    TAGGED,
    UP,
    VERB,
    Lexicon,
    Unit,
)

_LINK_END = re.compile(
    "(?:[广高多长深宽重远厚]?(?<![发抵直到])达到?|(?<![行作因成以认称名改])为|(?<![附最就将])近|(?<![赶反])超过?|逾|突破"
    "|(?<![节合签预制契条公违大])约合?|大约|折合|仅|(?<!相)当于|不(?:超过|低于|高于|少于|多于|足|到)"
    "|最(?:高|低|多|少|长|短|大|小|快)"
    "|(?:发展|恢复|壮大|调整|攀升|跃升|回落|回升|扩充|扩展|细化|下降|缩短|延长"
    "|[上下回攀跃飙滑骤猛陡]?[增升降减涨跌调扩加提跃定压缩滑改转变](?:高|低|少|加|长|大|小|落|升|跌|减|缩)?)(?:至|到|为|成)|[至到]|(?<![理自缘经])由|(?<![听服])从|多?在|足足?|(?:保持|维持|稳定|徘徊|控制)在"
    "|(?<![所国私公占原现没])有|(?<![还就都也])是|(?:收市|收盘|收|开盘|开|现)?(?<![日晚早周海电简公通申填上汇预警战捷情举瞒谎虚速快喜])报(?:收)?(?:于|在)?"
    "|(?<![需主重纪概摘必])要|(?<![所急必内])需|却|(?<![人口])才|(?<!船)只"
    "|[年月日]均|(?:现|时)?年[仅约近满已]|一共|总共|统共|[已将]|(?<![一公])共|累计|总计|合计|共计|分别|平均)+了?$"
)
_CHANGE_WORD = (
    "(?P<up>(?:同比|环比|(?<=[，,、；%])[日月年]|[收大微小猛暴领续再上回攀走劲激剧飙略净齐累]|(?<![上本这那每下一前两三])周|(?<![0-9〇零一二三四五六七八九十百今去前明当全近本上下同历往每多少连逐半次翌常周单个数两几来整])[年月季](?=增))?(?:(?<![播投发排释存开])放量|上涨|上升|成长|(?<!负)增长|增加|提高|上扬|提升|攀升|回升|上调|上浮|(?<![降新递倍])[涨升增]))"
    "|(?P<down>负增长|(?:同比|环比|(?<=[，,、；%])[日月年]|[收大微小猛暴领续再下回走锐骤急剧略净齐累]|(?<![上本这那每下一前两三])周|(?<![0-9〇零一二三四五六七八九十百今去前明当全近本上下同历往每多少连逐半次翌常周单个数两几来整])[年月季](?=减))?(?:缩量|下降|衰退|下跌|减少|降低|回落|下滑|下调|下浮|缩短|收窄|压缩|压减|(?<![升下投])[跌降减]))"
)
_CHANGE_END = re.compile(f"(?:{_CHANGE_WORD})了?$")
_ADVERB_END = re.compile(
    "(?:[年月日]均|分别|双双|(?<![人户亩场次])均|[已将也又仍再都]|累计|合计|平均|(?<![一公])共)+$"
)
# The characters with which a link, a word of change or an adverb can end: most words before a number end otherwise.
_LAST = frozenset(
    "达到为近超过逾破约合仅于低高少多足长短大小快至成由从在有是报收要需却才只均满已将共计别了涨升加扬调浮增降跌落滑窄减双也又仍再都量缩"
)
_TIME = re.compile("[年月日周季期初末底前昨去上原往历现今节]")
_SINGLE_CHANGE = re.compile(
    "(?:比|较|于)[^，。；：,;比较]{1,12}?(?<![增延拉成生加放扩缩减提偏升降最较])([高低多少快慢长短重轻贵大小厚宽深])(?:(?<=[多少])[蓄收卖产用花赚销挣缴吃喝跑走建种养]|出|了)?(?:约|近|超|逾)?$"
)
# Links that are adverbs and no verbs; the action is the verb before them.
_NO_ACTION = re.compile(
    "(?:累计|总计|合计|共计|分别|平均|[年月日]均|一共|总共|统共|仅|大约|近|[已将]|共|却|才|只|最[高低多少长短大小快]|足足?)+"
)
_NO_ITEM = frozenset(("占比", "比重", "比例", "少", "多", "年", "季", "月", "日"))
_NO_BASIS = "重例赛较大多高好强快喻拼方价分如得少为起邻选照武作亚肩"
_BASIS = re.compile(
    f"(?P<basis>同比|环比|按[年月季]|(?:(?<![占之对百可评无相攀好])比|(?<![比相计])较|(?<![不相伙陪会])[与同])(?![{_NO_BASIS}])"
    "[^，。；：,;！？]{1,18}?(?:相比|比较)?)(?:的|名义|实际|实质|累计|平均|略|又|也|均|都)*$"
)


class Left(NamedTuple):
    """The left side of a number.

    ``item`` is the span of its noun phrase; ``verb`` whether a verb stands between that phrase and the number;
    ``bare`` whether its clause holds nothing but links (日均1090万人次);
    ``change``, ``basis`` and ``action`` are the words that the table shows; ``rise`` is a noun of change (增幅).
    """

    item: Span | None
    action: Span | None
    change: str
    basis: Span | None
    verb: Span | None
    linked: bool
    bare: bool
    rise: Span | None


class _Reader:
    """Reads the words before a number from right to left."""

    def __init__(self, text: str, begin: int, at: int, lexicon: Lexicon, unit: Unit | None) -> None:
        self.sets = lexicon.sets
        self.event = unit is not None and unit.group == "event"
        self.money = unit is not None and unit.group == "currency"
        self.countable = unit is not None and unit.group == "classifier" and unit.name != "人"
        self.change = ""
        linking: re.Match[str] | None = None
        changing: re.Match[str] | None = None
        for _ in range(3):
            # Cut off before the words are cut, which the dictionary gets wrong: 签约额达, 面积约为, 道指涨.
            if at <= begin or text[at - 1] not in _LAST:
                break
            found = (_ADVERB_END if changing else _LINK_END).search(text, max(begin, at - 8), at)
            if found:
                linking = linking or found
                at = found.start()
            change = None if changing else _CHANGE_END.search(text, max(begin, at - 5), at)
            if change:
                changing = change
                at = change.start()
            if not found and not change:
                break
        self.rate = begin
        self.each = at
        each = text.rfind("每", begin, at)
        if each >= 0 and not STOP.search(text, each, at):
            end = each + 1
            while end < at and text[end] in "0123456789二三四五六七八九十百千万亿":
                end += 1
            rate = lexicon.units.starting(text, end, at)
            end += len(rate[0]) if rate else 0
            if not rate or rate[1].group == "classifier":
                noun = lexicon.nouns.starting(text, end, at)
                end += len(noun[0]) if noun else 0
            if end >= at:
                at = each
                linking = _LINK_END.search(text, max(begin, at - 8), at) or linking
                if linking and linking.end() == at:
                    at = linking.start()
            else:
                self.rate = end
                self.each = each
        self.text = text
        self.begin = begin
        self.lexicon = lexicon
        self.single = ""
        compared = _SINGLE_CHANGE.search(text, max(begin, at - 16), at)
        if compared:
            self.single = compared[1]
            at = compared.start(1)
        self.words = leftwards(text, begin, at, lexicon)
        self.at = at
        self.index = 0
        self.first = 0
        self.action: Span | None = None
        self.basis: Span | None = None
        self.level = bool(linking and linking.group()[-1] in "达到为是有于在至")
        self.linked = bool(linking or changing)
        if linking and not _NO_ACTION.fullmatch(linking.group()):
            self.action = linking.span()
        if changing:
            self.action = changing.span()
            if linking is None or linking.start() < changing.start() or linking.group()[-1] not in "到至为成":
                self.change = str(changing.lastgroup)
                self.level = False
        if self.single and compared and not self.action:
            self.action = (
                compared.start(1),
                compared.start(1)
                + len(compared.group()[compared.start(1) - compared.start() :].rstrip("约近超逾")),
            )
        if self.single and compared and not self.change and _TIME.search(compared.group()):
            self.change = "up" if self.single in "高多快长重贵大厚宽深" else "down"
        self.rise: Span | None = None
        self.verb: Span | None = None

    def wording(self, word: Word) -> str:
        return self.text[word.start : word.end]

    def place(self) -> int:
        """Where the text that was not read yet ends."""
        return (
            self.words[self.index].end
            if self.index < len(self.words)
            else (self.words[-1].start if self.words else self.at)
        )

    def links(self, note: bool = True) -> None:
        """Passes over the words that link a number to its subject; notes the change and what it is measured against."""
        while self.index < len(self.words):
            if note and self.change and not self.basis and self._basis():
                continue
            word = self.words[self.index]
            wording = self.wording(word)
            marks = word.marks
            if (
                wording in ("年", "月", "日")
                and self.index + 1 < len(self.words)
                and self.wording(self.words[self.index + 1])[-1].isdigit()
            ):
                # 由2019年的9412元增至…: the year belongs to the link.
                self.index += 2
                continue
            if self.index == 0 and (
                wording in self.sets.currencies or (wording in "长宽高深厚重" and len(self.words) > 1)
            ):
                self.index += 1
                continue
            if self.each <= word.start < self.rate:
                self.index += 1
                continue
            if wording in self.sets.rise_nouns:
                if self.rise or self.change:
                    return
                self.rise = (word.start, word.end)
                self.change = "up" if marks & UP else "down"
            elif marks & (UP | DOWN) and (not marks & ITEM or self.index == 0):
                if note and not self.change and not self.level:
                    self.change = "up" if marks & UP else "down"
                    if marks & ITEM:
                        self.rise = (word.start, word.end)
                self.action = self.action or (word.start, word.end)
            elif marks & LEVEL and not marks & NOUN:
                if wording not in self.sets.quantity:
                    self.level = self.level or not self.change
                    self.action = self.action or (word.start, word.end)
            elif len(wording) == 1:
                if wording not in self.sets.linking and not (marks & LEVEL and wording in "报值满余剩需"):
                    return
                if wording in "为达是有由从自在" and not self.change:
                    # 由2.3亿元增至…: the subject stands before 由.
                    self.level = True
            elif not (marks & ADVERB and not marks & NOUN):
                return
            self.linked = True
            self.index += 1
        if note and self.change and not self.basis:
            self._basis()

    def _basis(self) -> bool:
        """Notes what the change is measured against if it stands right before what was read, and passes over it."""
        place = self.place()
        found = _BASIS.search(self.text, max(self.begin, place - 32), place)
        if found:
            self.words = leftwards(self.text, self.begin, found.start(), self.lexicon)
            self.at = found.start()
            self.index = 0
            self.basis = found.span("basis")
            return True
        if self.action and self.text.startswith(("同比", "环比"), self.action[0]):
            self.basis = (self.action[0], self.action[0] + 2)
        return False

    def verbs(self) -> bool:
        """Passes over a verb right before the number (群众参与200人次); whether there was one."""
        found = False
        while self.index < len(self.words):
            word = self.words[self.index]
            marks = word.marks
            length = word.end - word.start
            if self.event and length > 1 and self.wording(word) not in self.sets.organising:
                break
            if length == 1 and self.wording(word) in self.sets.suffixes:
                break
            if (
                not found
                and length == 1
                and marks & VERB
                and marks & SINGLE
                and (
                    self.wording(word) in self.sets.plain_verbs
                    or self.text[word.end : word.end + 1] in ("了", "过", "着", "出", "得")
                )
            ):
                # 村里修了7.8公里
                self.action = self.verb = (word.start, word.end)
                found = True
                self.index += 1
                continue
            if found and not marks & VERB:
                break
            if marks == TAGGED and word.start > self.begin and self.text[word.start - 1] == "、":
                # 消防员320人、冲锋舟11艘: a member of a list is a noun, whatever the dictionary calls it.
                break
            if (
                marks & (VERB | FOLLOWING | TAGGED)
                and not marks & NOUN
                and (length > 1 or not marks & SINGLE)
            ):
                if not found:
                    self.action = (word.start, word.end)
                    self.verb = (word.start, word.end)
                found = True
                self.index += 1
                self.links(note=False)
            elif found and self.wording(word) in self.sets.particles:
                self.index += 1
            else:
                break
        return found

    def noun_phrase(self) -> Span | None:
        """The noun phrase that ends where the reader stands; the verb that governs it becomes the action."""
        first = self.first = self.index
        while self.index < len(self.words):
            word = self.words[self.index]
            nearer = self.wording(self.words[self.index - 1]) if self.index > first else ""
            if self._border(word, nearer):
                break
            self.index += 1
        phrase = self.words[first : self.index]
        phrase.reverse()
        if self.countable and len(phrase) == 1 and phrase[0].marks & ITEM and self.index < len(self.words):
            # 小型农机累计销售56万台: the verbal noun is a verb, what is counted stands before it.
            self.verb = self.action = (phrase[0].start, phrase[0].end)
            self.links(note=False)
            further = self.noun_phrase() if self.index > first + 1 else None
            return further or self.verb
        return self._trim(phrase)

    def governing_verb(self) -> Span | None:
        """The nearest verb of the clause before what was read."""
        for word in self.words[self.index :]:
            if word.end - word.start > 1 and word.marks & (VERB | FOLLOWING) and not word.marks & NOUN:
                return word.start, word.end
        for word in self.words[self.index :]:
            if word.marks & (VERB | LEVEL | TAGGED | ITEM):
                return word.start, word.end
            if not word.marks & ADVERB:
                break
        return None

    def _border(self, word: Word, nearer: str) -> bool:
        """Whether a word ends the noun phrase on its right, whose first word is ``nearer``."""
        wording = self.wording(word)
        marks = word.marks
        if wording[0] == "每" or wording in "([（“‘《" or word.start < self.rate:
            return True
        if (
            wording in ("年", "月", "日", "号")
            and nearer not in ("合约", "期货", "合同")
            and word.start > self.begin
            and self.text[word.start - 1].isdigit()
        ):
            return True
        if len(wording) == 1:
            if wording in self.sets.borders or wording in self.sets.locatives:
                return True
            if wording in self.sets.conjunctions or marks & NOUN:
                return False
            if wording in self.sets.suffixes and nearer == "":
                return False
            if marks & VERB and not marks & SINGLE:
                return True
            if wording in self.sets.determiners:
                return True
            if wording in self.sets.plain_verbs and len(nearer) > 1:
                return True
            if marks & SINGLE or wording in "为由到至与同":
                following = self.words[self.index + 1] if self.index + 1 < len(self.words) else None
                return (
                    following is None or bool(following.marks & ADVERB) or self.wording(following) in "、的"
                )
            return False
        if (
            self.index == self.first + 1
            and self.words[self.first].marks & ITEM
            and not self.event
            and (marks & NAME or self._actor(word))
        ):
            # 某市投入3亿元: who acts is no part of what is measured.
            return self.money and nearer not in self.sets.compound
        if len(nearer) == 1 and nearer in self.sets.suffixes and wording not in self.sets.organising:
            # 逾期率, 吃喝费
            return False
        if marks & VERB and marks & NOUN and nearer and nearer not in self.sets.activities:
            # 组织 is a body and a verb; before another noun it is the verb.
            return True
        if marks & ITEM and nearer and self._subject_before(nearer):
            return True
        if (
            wording in self.sets.conjunctions
            or marks & NOUN
            or (nearer in self.sets.conjunctions and marks & (VERB | TAGGED))
        ):
            return False
        if not marks & (VERB | LEVEL | PREPOSITION | ADVERB | TAGGED | FOLLOWING):
            return False
        if not nearer and marks == TAGGED and (self.verb or self.text[word.start - 1 : word.start] == "、"):
            # 人畜分离完成100%: what stands before the verb is its subject.
            return False
        if (
            marks & (UP | DOWN)
            and nearer
            and (
                self.lexicon.words.words.get(nearer, 0) & INDICATOR
                or nearer[-1] in self.sets.measured_endings
            )
        ):
            # 水土流失面积, 降温幅度
            return False
        if nearer in self.sets.compound and not marks & (VERB | ADVERB | PREPOSITION | LEVEL):
            # 停留时间, 处理能力
            return False
        if (
            marks & (VERB | TAGGED | FOLLOWING)
            and nearer in self.sets.activities
            and wording not in self.sets.organising
        ):
            # 调研活动: a verb that describes the noun behind it.
            return False
        return not (
            self.event
            and not nearer
            and marks & (VERB | TAGGED | FOLLOWING)
            and wording not in self.sets.organising
        )

    def _actor(self, word: Word) -> bool:
        found = self.lexicon.nouns.ending(self.text, word.end, word.start)
        return bool(found and found[1] in ("organisations", "people", "cadres", "party_members"))

    def _subject_before(self, nearer: str) -> bool:
        """Whether a body or a person stands before the verbal noun here and a thing behind it: 企业捐赠课桌椅."""
        head = self.wording(self.words[self.first])
        if (
            self.index + 1 >= len(self.words)
            or nearer in self.sets.suffixes
            or head in self.sets.activities
            or head[-1] in self.sets.measured_endings
            or (head in self.sets.compound and head == nearer)
        ):
            return False
        if self.words[self.first].marks & ITEM:
            return False
        word = self.words[self.index + 1]
        if word.marks & NAME or self.text[word.end - 1] in self.sets.place_endings:
            return True
        found = self.lexicon.nouns.ending(self.text, word.end, word.start)
        return bool(
            found
            and found[1] in ("organisations", "people", "cadres", "party_members", "households", "places")
        )

    def _trim(self, phrase: list[Word]) -> Span | None:
        """The phrase without function words at its edges and without what stands before its last 的."""
        while phrase and (
            self.wording(phrase[-1]) in self.sets.particles
            or self.wording(phrase[-1]) in self.sets.conjunctions
        ):
            phrase.pop()
        for index in range(len(phrase) - 1, -1, -1):
            if self.wording(phrase[index]) == "的":
                del phrase[: index + 1]
                break
        while phrase:
            word = phrase[0]
            wording = self.wording(word)
            if (
                wording in self.sets.particles
                or wording in self.sets.conjunctions
                or wording in self.sets.linking
                or (
                    word.marks & ADVERB
                    and not word.marks & NOUN
                    and len(phrase) > 1
                    and (len(wording) > 1 or wording in "光单")
                )
                or (
                    len(phrase) > 1
                    and (
                        wording in self.sets.territory
                        or (len(wording) == 2 and wording[0] == "该")
                        or (word.marks & PLACE and len(self.wording(phrase[1])) > 1)
                    )
                )
            ):
                phrase.pop(0)
            else:
                break
        if not phrase or (len(phrase) == 1 and self.wording(phrase[0]) in _NO_ITEM):
            return None
        if (
            len(phrase) == 2
            and phrase[-1].end - phrase[0].start == 2
            and self.wording(phrase[0]) in self.sets.modals
        ):
            # 一天能收二百来亩
            return None
        if (
            len(phrase) > 1
            and len(self.wording(phrase[0])) == 1
            and phrase[0].start > self.begin
            and self.text[phrase[0].start - 1] in "这那该每本"
        ):
            phrase.pop(0)
        if len(phrase) > 2 and self.wording(phrase[0]) == "新" and phrase[1].marks & ITEM:
            phrase.pop(0)
        while (
            len(phrase) > 1 and phrase[0].marks & ADVERB and phrase[1].marks & ITEM and phrase[0].marks & NOUN
        ):
            phrase.pop(0)
        while (
            len(phrase) > 1
            and phrase[0].marks & ITEM
            and not self._governed()
            and self._object(phrase[1:])
            and not (
                self.event and (phrase[-1].marks & ITEM or self.wording(phrase[-1]) in self.sets.activities)
            )
        ):
            if not self.action:
                self.action = (phrase[0].start, phrase[0].end)
            phrase.pop(0)
        return phrase[0].start, phrase[-1].end

    def _governed(self) -> bool:
        """Whether a verb of its own stands before the phrase, so that a verbal noun is part of it: 安装 + 排水管道."""
        if self.index == len(self.words):
            return False
        word = self.words[self.index]
        return (
            bool(word.marks & (VERB | FOLLOWING | TAGGED))
            and not word.marks & (NOUN | ADVERB)
            and word.end - word.start > 1
            and self.wording(word) not in self.sets.organising
        )

    def _object(self, phrase: list[Word]) -> bool:
        """Whether a phrase is a thing of its own, so that the verbal noun before it is its verb: 慰问 + 群众."""
        last = phrase[-1]
        wording = self.wording(last)
        if self.wording(phrase[0]) in self.sets.conjunctions:
            return False
        if (
            phrase[0].marks & ITEM
            and len(phrase) > 1
            and (wording in self.sets.compound or wording[-1] in self.sets.measured_endings)
        ):
            # 进出口贸易总值
            return False
        if (
            wording in self.sets.compound
            or wording[-1] in self.sets.measured_endings
            or wording in self.sets.suffixes
        ):
            # 销售面积, 投资总额 are one indicator; 治理水土流失面积, 报销护理费 are a verb and its object.
            return len(phrase) > 1 or len(wording) > 2
        if len(wording) == 1:
            return False
        found = self.lexicon.nouns.ending(self.text, last.end, phrase[0].start)
        if found and found[1] in ("people", "cadres", "party_members", "livestock", "households"):
            return True
        return not last.marks & ITEM and wording not in self.sets.activities


def left(text: str, begin: int, at: int, lexicon: Lexicon, unit: Unit | None = None) -> Left:
    """Reads the clause from ``at`` back to ``begin``."""
    reader = _Reader(text, begin, at, lexicon, unit)
    reader.links()
    bare = reader.linked and reader.index == len(reader.words)
    reader.verbs()
    item = reader.noun_phrase()
    return Left(
        item,
        reader.action or reader.governing_verb(),
        reader.change,
        reader.basis,
        reader.verb,
        reader.linked,
        bare,
        reader.rise,
    )
