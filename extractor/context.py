"""What a figure is about: item, action, change, basis and per, read from the words around it.

The left side of a number is read backwards: first the words that link it to its subject (达到, 同比增长了, 共),
then the noun phrase up to the verb that governs it. The right side is read forwards up to the next verb,
preposition or mark. Everything works on folded text and returns spans, so that the wording as written can be cut.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor import kinds, qualifiers
from extractor.drafts import Draft
from extractor.phrases import STOPS, Word, leftwards, rightwards
from extractor.words import (
    ADVERB,
    DOWN,
    FOLLOWING,
    INDICATOR,
    ITEM,
    LEVEL,
    NAME,
    NOUN,
    PREPOSITION,
    SINGLE,
    TAGGED,
    UP,
    VERB,
    Lexicon,
    Unit,
)

Span = tuple[int, int]
Kinds = frozenset[str]

_STOP = re.compile("[，。；：！？,;:!?]")

_PARTICLES = frozenset("了着过的地得")
_LINKING = frozenset("了出到过约近超逾仅共已将还又也均为达是至只计合并总的再曾就才都则即由从自有在")
_QUANTITY = frozenset(("约", "近", "超", "逾", "共", "计", "合", "累计", "总计", "共计", "合计", "分别", "至", "到"))
_AND = frozenset(("和", "与", "及", "以及", "或", "暨"))
_LOCATIVE = frozenset("中内里上后前间下外时")
_CURRENCIES = frozenset(("人民币", "新台币", "台币", "港币", "美元", "美金", "欧元", "日元", "英镑"))
_RISE_NOUNS = frozenset(("增幅", "涨幅", "升幅", "增速", "降幅", "跌幅", "减幅", "跌速", "降温", "升温"))
_AS_LEVEL = re.compile("(?:到|至|为|成)$")
_LINK_END = re.compile(
    "(?:[广高多长深宽重远厚]?(?<![发抵直到])达到?|(?<![行作因成以认称名改])为|(?<![附最就将])近|(?<![赶反])超过?|逾|突破"
    "|(?<![节合签预制契条公违大])约合?|大约|折合|仅|(?<!相)当于|不(?:超过|低于|高于|少于|多于|足|到)"
    "|最(?:高|低|多|少|长|短|大|小|快)"
    "|(?:发展|恢复|壮大|调整|攀升|跃升|回落|回升|扩充|扩展|细化|下降|缩短|延长"
    "|[上下回攀跃飙滑]?[增升降减涨跌调扩加提跃定压缩滑改转变](?:高|低|少|加|长|大|小|落|升|跌|减|缩)?)(?:至|到|为|成)|[至到]|(?<![理自缘经])由|(?<![听服])从|多?在|足足?"
    "|(?<![所国私公占原现没])有|(?<![还就都也])是|(?:收市|收盘|开盘|现)?(?<![日晚早周海电简公通申填上汇预警战捷情])报(?:收)?(?:于|在)?"
    "|(?<![需主重纪概摘必])要|(?<![所急必内])需|却|(?<![人口])才|(?<!船)只"
    "|[年月日]均|(?:现|时)?年[仅约近满已]|一共|总共|统共|[已将]|(?<![一公])共|累计|总计|合计|共计|分别|平均)+了?$"
)
_CHANGE_WORD = (
    "(?P<up>(?:同比|环比|(?<=[，,、；%])[日月年]|[收周大微小猛暴领续再上回攀走劲激剧飙略净齐累])?(?:上涨|上升|(?<!负)增长|增加|提高|上扬|提升|攀升|回升|上调|上浮|(?<![降新递倍])[涨升增]))"
    "|(?P<down>负增长|(?:同比|环比|(?<=[，,、；%])[日月年]|[收周大微小猛暴领续再下回走锐骤急剧略净齐累])?(?:下降|下跌|减少|降低|回落|下滑|下调|下浮|缩短|收窄|(?<![升下投])[跌降减]))"
)
_CHANGE_END = re.compile(f"(?:{_CHANGE_WORD})了?$")
_ADVERB_END = re.compile("(?:分别|双双|均|[已将也又仍再都]|累计|合计|平均|(?<![一公])共)+$")
_RECORD = re.compile("(?:再|续|屡|又)?(?:创|刷新|改写)")
_MILESTONES = ("大关", "关口", "台阶", "大台阶", "门槛", "整数关", "整数关口", "新台阶", "新高", "红线", "警戒线", "防线")
_COMPOUND = frozenset(
    ("总额", "规模", "收入", "支出", "面积", "里程", "时间", "时长", "能力", "水平", "速度", "价格", "成本", "总值", "余额", "比重", "比例",
     "金额", "总量", "产值", "资金", "资产", "利润", "经费", "费用", "人数", "户数", "次数", "均价", "总数", "年龄", "占比", "增速", "份额")
)
_ORGANISE = frozenset(
    ("开展", "组织", "举办", "举行", "召开", "实施", "进行", "组织开展", "完成", "集中开展", "累计开展", "累计", "承办", "主办", "推进", "联合开展", "深入开展", "实现", "发起", "策划", "安排", "开设", "组织举办", "组织召开", "发生", "参加", "参与", "接受", "获得", "达到", "提供")
)
_MEASURED = frozenset("额量值率积数度费款金价例")
_PLAIN_VERBS = frozenset("处设建修种养植卖救购拆挖投搬迁喂办写印编请聘派送捐铺装换补配带领借还签审评选查抓打住")
_SUFFIXES = frozenset("费率额量值款金价度者员户点站厂班会队组线品物园区林所室机车卡证书表单券奖税债粮油肉菜数面积性制法器板材房屋桥路井田地")
_ABSTRACT = frozenset(("问题", "情况", "经济", "难题", "需求", "环境", "任务", "困难", "财务", "隐患", "短板", "需要"))
_EVENTS = frozenset(("活动", "工作", "行动", "演练", "仪式", "大会", "会议", "会", "讲座", "培训", "比赛"))
_TIME = re.compile("[年月日周季期初末底前昨去上原往历现今节]")
_SINGLE_CHANGE = re.compile("(?:比|较|于)[^，。；：,;比较]{1,12}?(?<![增延拉成生加放扩缩减提偏升降最较])([高低多少快慢长短重轻贵大小厚宽深])(?:出|了)?(?:约|近|超|逾)?$")
_NO_BASIS = "重例赛较大多高好强快喻拼方价分如得少为起邻选照武作亚肩"
_BASIS = re.compile(
    f"(?:同比|环比|(?:(?<![占之对百可评无相攀好])比|(?<![比相计])较|(?<![不相伙陪会])[与同])(?![{_NO_BASIS}])"
    "[^，。；：,;！？]{1,18}?(?:相比|比较)?)(?:的)?$"
)
_COMPARED = re.compile("(?:高于|低于|快于|慢于|优于|好于|高出|领先(?:于)?)([^，。；：,;0-9]{1,14}?)(?:约|近|超)?$")


class Left(NamedTuple):
    """The left side of a number.

    ``item`` is the span of its noun phrase; ``verb`` whether a verb stands between that phrase and the number;
    ``change``, ``basis`` and ``action`` are the words that the table shows; ``rise`` is a noun of change (增幅).
    """

    item: Span | None
    action: Span | None
    change: str
    basis: Span | None
    verb: Span | None
    linked: bool
    rise: Span | None


class _Reader:
    """Reads the words before a number from right to left."""

    def __init__(self, text: str, begin: int, at: int, lexicon: Lexicon, unit: Unit | None) -> None:
        self.event = unit is not None and unit.group == "event"
        self.money = unit is not None and unit.group == "currency"
        self.countable = unit is not None and unit.group == "classifier" and unit.name != "人"
        self.change = ""
        linking: re.Match[str] | None = None
        changing: re.Match[str] | None = None
        for _ in range(3):
            # Cut off before the words are cut, which the dictionary gets wrong: 签约额达, 面积约为, 道指涨.
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
        if each >= 0 and not _STOP.search(text, each, at):
            unit = lexicon.units.starting(text, each + 1, at)
            end = each + 1 + (len(unit[0]) if unit else 0)
            if not unit or unit[1].group == "classifier":
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
        compared = _SINGLE_CHANGE.search(text, begin, at)
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
        if linking:
            self.action = linking.span()
        if changing:
            self.action = changing.span()
            if linking is None or linking.start() < changing.start() or linking.group()[-1] not in "到至为成":
                self.change = str(changing.lastgroup)
                self.level = False
        if self.single and compared and _TIME.search(compared.group()):
            self.change = "up" if self.single in "高多快长重贵大厚宽深" else "down"
        self.rise: Span | None = None
        self.verb: Span | None = None

    def wording(self, word: Word) -> str:
        return self.text[word.start : word.end]

    def place(self) -> int:
        """Where the text that was not read yet ends."""
        return self.words[self.index].end if self.index < len(self.words) else (
            self.words[-1].start if self.words else self.at
        )

    def links(self, note: bool = True) -> None:
        """Passes over the words that link a number to its subject; notes the change and what it is measured against."""
        while self.index < len(self.words):
            if note and self.change and not self.basis and self._basis():
                continue
            word = self.words[self.index]
            wording = self.wording(word)
            marks = word.marks
            if wording in ("年", "月", "日") and self.index + 1 < len(self.words) and self.wording(self.words[self.index + 1])[-1].isdigit():
                # 由2019年的9412元增至…: the year belongs to the link.
                self.index += 2
                continue
            if self.index == 0 and (wording in _CURRENCIES or wording in "长宽高深厚重" and len(self.words) > 1):
                self.index += 1
                continue
            if self.each <= word.start < self.rate:
                self.index += 1
                continue
            if wording in _RISE_NOUNS:
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
                if wording not in _QUANTITY:
                    self.level = self.level or not self.change
                    self.action = self.action or (word.start, word.end)
            elif len(wording) == 1:
                if wording not in _LINKING and not (marks & LEVEL and wording in "报值满余剩需"):
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
        found = _BASIS.search(self.text, self.begin, place)
        if found:
            self.words = leftwards(self.text, self.begin, found.start(), self.lexicon)
            self.at = found.start()
            self.index = 0
            end = found.end() - found.group().endswith("的")
            for wording in ("同比", "环比"):
                if found.group().startswith(wording):
                    end = found.start() + len(wording)
            self.basis = (found.start(), end)
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
            if self.event and length > 1 and self.wording(word) not in _ORGANISE:
                break
            if length == 1 and self.wording(word) in _SUFFIXES:
                break
            if found and not marks & VERB:
                break
            if marks & (VERB | FOLLOWING | TAGGED) and not marks & NOUN and (length > 1 or not marks & SINGLE):
                if not found:
                    self.action = (word.start, word.end)
                    self.verb = (word.start, word.end)
                found = True
                self.index += 1
                self.links(note=False)
            elif found and self.wording(word) in _PARTICLES:
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
        for word in self.words[self.index : self.index + 1]:
            if word.marks & (VERB | LEVEL | TAGGED | ITEM):
                return word.start, word.end
        return None

    def _border(self, word: Word, nearer: str) -> bool:
        """Whether a word ends the noun phrase on its right, whose first word is ``nearer``."""
        wording = self.wording(word)
        marks = word.marks
        if wording[0] == "每" or wording in "([（“‘《" or word.start < self.rate:
            return True
        if wording in ("年", "月", "日", "号") and nearer not in ("合约", "期货", "合同") and word.start > self.begin and self.text[word.start - 1].isdigit():
            return True
        if len(wording) == 1:
            if wording in "继若据虽按、了着将把被让对在从向给于以是将已又还也并而但则使令将等就却都均比较" or wording in _LOCATIVE:
                return True
            if wording in _AND or marks & NOUN:
                return False
            if wording in _SUFFIXES and nearer == "":
                return False
            if marks & VERB and not marks & SINGLE:
                return True
            if wording in "各该其这那本":
                return True
            if wording in _PLAIN_VERBS and len(nearer) > 1:
                return True
            if marks & SINGLE or wording in "为由到至与同":
                following = self.words[self.index + 1] if self.index + 1 < len(self.words) else None
                return following is None or bool(following.marks & ADVERB) or self.wording(following) in "、的"
            return False
        if self.index == self.first + 1 and self.words[self.first].marks & ITEM and not self.event and (marks & NAME or self._actor(word)):
            # 某市投入3亿元: who acts is no part of what is measured.
            return self.money and nearer not in _COMPOUND
        if len(nearer) == 1 and nearer in _SUFFIXES and wording not in _ORGANISE:
            # 逾期率, 吃喝费
            return False
        if marks & VERB and marks & NOUN and nearer and nearer not in _EVENTS:
            # 组织 is a body and a verb; before another noun it is the verb.
            return True
        if marks & ITEM and nearer and self._subject_before(nearer):
            return True
        if wording in _AND or marks & NOUN or nearer in _AND and marks & (VERB | TAGGED):
            return False
        if not marks & (VERB | LEVEL | PREPOSITION | ADVERB | TAGGED | FOLLOWING):
            return False
        if not nearer and self.verb and marks == TAGGED:
            # 人畜分离完成100%: what stands before the verb is its subject.
            return False
        if marks & (UP | DOWN) and nearer and (self.lexicon.words.words.get(nearer, 0) & INDICATOR or nearer[-1] in _MEASURED):
            # 水土流失面积, 降温幅度
            return False
        if nearer in _COMPOUND and not marks & (VERB | ADVERB | PREPOSITION | LEVEL):
            # 停留时间, 处理能力
            return False
        if marks & (VERB | TAGGED | FOLLOWING) and nearer in _EVENTS and wording not in _ORGANISE:
            # 调研活动: a verb that describes the noun behind it.
            return False
        return not (self.event and not nearer and marks & (VERB | TAGGED | FOLLOWING) and wording not in _ORGANISE)

    def _actor(self, word: Word) -> bool:
        found = self.lexicon.nouns.ending(self.text, word.end, word.start)
        return bool(found and found[1] in ("organisations", "people", "cadres", "party_members"))

    def _subject_before(self, nearer: str) -> bool:
        """Whether a body or a person stands before the verbal noun here and a thing behind it: 企业捐赠课桌椅."""
        head = self.wording(self.words[self.first])
        if self.index + 1 >= len(self.words) or nearer in _SUFFIXES or head in _EVENTS or head[-1] in _MEASURED or head in _COMPOUND and head == nearer:
            return False
        if self.words[self.first].marks & ITEM:
            return False
        word = self.words[self.index + 1]
        if word.marks & NAME or self.text[word.end - 1] in "市县省区乡镇村里院局校厂委队站所":
            return True
        found = self.lexicon.nouns.ending(self.text, word.end, word.start)
        return bool(found and found[1] in ("organisations", "people", "cadres", "party_members", "households", "places"))

    def _trim(self, phrase: list[Word]) -> Span | None:
        """The phrase without function words at its edges and without what stands before its last 的."""
        while phrase and (self.wording(phrase[-1]) in _PARTICLES or self.wording(phrase[-1]) in _AND):
            phrase.pop()
        for index in range(len(phrase) - 1, -1, -1):
            if self.wording(phrase[index]) == "的":
                del phrase[: index + 1]
                break
        while phrase:
            word = phrase[0]
            wording = self.wording(word)
            if wording in _PARTICLES or wording in _AND or wording in _LINKING or (
                word.marks & ADVERB and not word.marks & NOUN and len(phrase) > 1 and (len(wording) > 1 or wording in "光单")
            ) or wording in _TERRITORY and len(phrase) > 1:
                phrase.pop(0)
            else:
                break
        if not phrase or len(phrase) == 1 and self.wording(phrase[0]) in ("占比", "比重", "比例"):
            return None
        if len(phrase) > 1 and len(self.wording(phrase[0])) == 1 and phrase[0].start > self.begin and self.text[phrase[0].start - 1] in "这那该每本":
            phrase.pop(0)
        if len(phrase) > 2 and self.wording(phrase[0]) == "新" and phrase[1].marks & ITEM:
            phrase.pop(0)
        while len(phrase) > 1 and phrase[0].marks & ADVERB and phrase[1].marks & ITEM and phrase[0].marks & NOUN:
            phrase.pop(0)
        while len(phrase) > 1 and phrase[0].marks & ITEM and self._object(phrase[1:]) and not (
            self.event and (phrase[-1].marks & ITEM or self.wording(phrase[-1]) in _EVENTS)
        ):
            if not self.action:
                self.action = (phrase[0].start, phrase[0].end)
            phrase.pop(0)
        return phrase[0].start, phrase[-1].end

    def _object(self, phrase: list[Word]) -> bool:
        """Whether a phrase is a thing of its own, so that the verbal noun before it is its verb: 慰问 + 群众."""
        last = phrase[-1]
        wording = self.wording(last)
        if self.wording(phrase[0]) in _AND:
            return False
        if phrase[0].marks & ITEM and len(phrase) > 1 and (wording in _COMPOUND or wording[-1] in _MEASURED):
            # 进出口贸易总值
            return False
        if wording in _COMPOUND or wording[-1] in _MEASURED or wording in _SUFFIXES:
            # 销售面积, 投资总额 are one indicator; 治理水土流失面积, 报销护理费 are a verb and its object.
            return len(phrase) > 1 or len(wording) > 2
        if len(wording) == 1:
            return False
        found = self.lexicon.nouns.ending(self.text, last.end, phrase[0].start)
        if found and found[1] in ("people", "cadres", "party_members", "livestock", "households"):
            return True
        return not last.marks & ITEM and wording not in _EVENTS


_TERRITORY = frozenset(
    ("全国", "全省", "全市", "全县", "全区", "全乡", "全镇", "全村", "全州", "全球", "全社会", "全年", "各类", "各级", "各种", "各项", "其中", "我国", "我省", "我市", "我县")
)


def left(text: str, begin: int, at: int, lexicon: Lexicon, unit: Unit | None = None) -> Left:
    """Reads the clause from ``at`` back to ``begin``."""
    reader = _Reader(text, begin, at, lexicon, unit)
    reader.links()
    reader.verbs()
    item = reader.noun_phrase()
    return Left(item, reader.action or reader.governing_verb(), reader.change, reader.basis, reader.verb, reader.linked, reader.rise)


def right(
    text: str, at: int, finish: int, lexicon: Lexicon, needs_noun: bool, person: Kinds, event: bool
) -> Span | None:
    """The noun phrase that starts at ``at``, or None.

    ``needs_noun`` says that the classifier must have a noun (名, 个), so that a verb here only describes it.
    """
    if at >= finish or text[at] in STOPS or text[at] in "、)/+-~—":
        return None
    if text[at] == "的":
        at += 1
        needs_noun = True
    words = rightwards(text, at, finish, lexicon)
    words = words[: _limit(text, words, lexicon, person)]
    if words and text[words[0].start] in "([" or text.startswith(("钱", *_MILESTONES), at):
        return None
    if _RECORD.match(text, at, finish):
        return None
    quoted = _DESCRIBED.match(text, at, finish)
    if quoted:
        return quoted.span(1)
    for index in range(len(words) - 1, 0, -1):
        if text[words[index].start : words[index].end] != "的":
            continue
        # What stands before the last 的 describes the noun behind it, unless it begins with what the unit counts.
        head = _head(text, words[:index], lexicon, person, needs_noun and person)
        if head and _counts(text, head, lexicon, person) and (person or head[1] == words[index - 1].end):
            return head
        rest = _head(text, words[index + 1 :], lexicon, person)
        if rest:
            return rest
    if len(words) == 1 and words[0].marks == TAGGED and not person and text[words[0].end : words[0].end + 1] in STOPS | {""}:
        # 880米围栏: the dictionary calls 围栏 a verb, but nothing follows it.
        return words[0].start, words[0].end
    if words and _predicate(words[0], text) and not needs_noun:
        if event and len(words) == 1 and words[0].end - words[0].start > 1:
            return words[0].start, words[0].end
        return None
    return _head(text, words, lexicon, person, needs_noun)


# 遵纪守法、积极进取的“和谐家庭”: whatever stands between describes the quoted noun.
_DESCRIBED = re.compile("[^，。；：“”\"0-9]{2,40}的(“[^“”]{2,14}”)")


def _counts(text: str, phrase: Span, lexicon: Lexicon, person: Kinds) -> bool:
    """Whether a phrase ends with a noun that the unit can count by itself."""
    found = lexicon.nouns.ending(text, phrase[1], phrase[0])
    if not found:
        return False
    return found[1] in (person or ("places", "organisations", "projects"))


_PERSONS: Kinds = frozenset(("people", "cadres", "party_members", "households", "organisations"))
_BODIES: Kinds = frozenset(("organisations", "households", "items"))
_ANY: Kinds = frozenset()


def _limit(text: str, words: list[Word], lexicon: Lexicon, person: Kinds) -> int:
    """How many words belong to the clause: up to 、 or 等 or another number."""
    for index, word in enumerate(words):
        wording = text[word.start : word.end]
        if wording == "、" and index and not any(earlier.marks & NOUN for earlier in words[:index]):
            continue
        if wording == "、" and person and index == 1 and words[0].end - words[0].start == 1:
            # 镇、村党员干部
            continue
        if wording in ("、", "等", "之", "/", "(", ")") or wording[0].isdigit():
            return index
    return len(words)


def _plain(words: list[Word]) -> bool:
    """Whether words are nouns only."""
    return all(word.marks & NOUN or not word.marks for word in words)


def _predicate(word: Word, text: str) -> bool:
    marks = word.marks
    length = word.end - word.start
    if marks & (UP | DOWN) and length > 1 and text[word.end - 1] not in _GAINS:
        return True
    if marks & NOUN and not marks & FOLLOWING:
        return False
    if length == 1:
        return bool(marks & (VERB | PREPOSITION | LEVEL) and not marks & SINGLE) or text[word.start] in "在到从向为对以将被把由于是有与和同及并也都均已又还就可能来去"
    return bool(marks & (VERB | FOLLOWING | PREPOSITION | LEVEL | ADVERB | TAGGED))


def _head(text: str, words: list[Word], lexicon: Lexicon, person: Kinds, skip: bool = False) -> Span | None:
    """The noun phrase at the start of ``words``, up to its predicate. ``skip``: verbs may stand before the noun."""
    start = end = 0
    begun = False
    for index, word in enumerate(words):
        wording = text[word.start : word.end]
        marks = word.marks
        if not begun:
            if wording in _LOCATIVE:
                return None
            if wording in ("左右", "以上", "以下", "以内", "多", "余", "的", "、") or wording in _AND:
                if wording in _AND:
                    return None
                continue
            if _predicate(word, text) and not (skip and word.marks & NOUN):
                if not skip or len(wording) == 1 and wording not in "新老小大":
                    return None
                # A verb that describes the noun: 30名返乡创业青年.
                if index + 1 >= len(words):
                    return None
                continue
            begun = True
            start = start or word.start
            end = word.end
            continue
        following = text[word.end : word.end + 1]
        if following and following in "了着过" and wording not in ("的",):
            break
        if (wording in _COMPOUND or wording[-1] in _MEASURED) and _known(text, start, end, lexicon, person):
            # 老兵平均年龄, 商铺营业时间: what is told of them is no part of what is counted.
            break
        if wording in _EVENTS:
            end = word.end
            continue
        if person and not marks and len(wording) > 1 and _known(text, start, end, lexicon, person):
            break
        if marks & (VERB | FOLLOWING) and index + 1 < len(words) and text[words[index + 1].start : words[index + 1].end] in _EVENTS:
            end = word.end
            continue
        if wording[0] == "不" or wording in ("受损", "竞相"):
            break
        if len(wording) == 1:
            if wording in "的了着过" or wording in "中里内上" and index + 1 == len(words):
                break
            if wording == "、" and end - start == 1 and person:
                end = word.end
                continue
            if wording in _AND or wording in "在到从向为对以将被把由于是有并也都均已又还就可能来去、等正刚因获仍":
                if wording in _AND and index + 1 < len(words) and not _predicate(words[index + 1], text):
                    pass
                break
            if marks & VERB and not marks & SINGLE and not marks & NOUN:
                break
        elif wording[0] in "“‘\"" and _known(text, start, end, lexicon, person):
            break
        elif marks & ITEM and person and index + 1 >= len(words) and _known(text, start, end, lexicon, person):
            # 商户合作: the verbal noun behind a person or a body is what they do.
            break
        elif marks & NOUN and not marks & FOLLOWING:
            pass
        elif marks & FOLLOWING and marks & NOUN:
            if _known(text, start, end, lexicon, person) and not (index + 1 < len(words) and words[index + 1].marks & NOUN):
                break
        elif marks & (VERB | FOLLOWING) and not person and _names_thing(text, words, start, end, lexicon):
            # 党员联系群众责任牌: a person cannot be what 个 counts here, so the verb describes the noun behind it.
            end = word.end
            continue
        elif marks & (VERB | FOLLOWING | PREPOSITION | LEVEL | ADVERB):
            break
        elif marks & TAGGED and (_known(text, start, end, lexicon, person) or not person and end - start > 1):
            further = words[index + 1] if index + 1 < len(words) else None
            if further is None or not further.marks & NOUN or person:
                break
        end = word.end
    if not begun:
        return None
    if person:
        for word in reversed(words):
            if start < word.end <= end and _known(text, start, word.end, lexicon, person):
                end = word.end
                break
    elif end > start and text[start:end] not in lexicon.nouns.words:
        place = _leading_place(text, words, start, end, lexicon)
        end = place or end
    while end > start and text[end - 1] in "和与及的了":
        end -= 1
    return (start, end) if end > start else None


def _names_thing(text: str, words: list[Word], start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a person opens a phrase that ends, with its clause, in a thing or body."""
    found = lexicon.nouns.ending(text, end, start)
    last = words[-1]
    if not found or found[1] not in ("people", "cadres", "party_members") or last.end <= end:
        return False
    head = lexicon.nouns.ending(text, last.end, end)
    return bool(head and head[1] in ("items", "organisations", "projects"))


def _leading_place(text: str, words: list[Word], start: int, end: int, lexicon: Lexicon) -> int:
    """Where the place ends that a phrase of no countable noun begins with: 行政村 in 行政村人畜分离."""
    for word in words:
        if word.start != start:
            continue
        if lexicon.nouns.words.get(text[word.start : word.end]) != "places":
            return 0
        head = lexicon.nouns.ending(text, end, word.end)
        if head is None or head[0] in _EVENTS or head[0] in _COMPOUND or head[0] in _ABSTRACT:
            return word.end
    return 0


def _known(text: str, start: int, end: int, lexicon: Lexicon, person: Kinds) -> bool:
    """Whether a phrase ends with a noun that the lexicon knows as countable (as one of some kinds, if so asked)."""
    found = lexicon.nouns.ending(text, end, start)
    return bool(found and (not person or found[1] in person))


# ---- all figures of a sentence ---------------------------------------------------------------------------------

_PER_EACH = re.compile("每(?:隔)?(?:一)?(?P<per>[^，。；、,;0-9一二三四五六七八九十]{1,6})")
_PER_ONE = re.compile(
    "(?<![第这同另近统唯专单每任某哪上下头])一(?:个)?(年|月|天|晚|周|季|亩|斤|公斤|只|头|台|户|人|次|场|趟|株|棵|吨|立方米|平方米|平米|张|件|碗|桌|箱|袋|瓶|根|支)"
    "(?![来内时前后多余半度旦直些下定起线个级份人批体系带次])[^，。；、,;0-9一二三四五六七八九十两几]{0,8}$"
)
_PER_WORD = re.compile(
    "(?P<even>[人户亩日年月村校县乡镇社班次生家店场车桌])均(?![价值衡匀])|(?P<yield>亩|公顷)产|单(?P<single>[台户位件株只头亩张套列])"
    "|(?<![0-9〇零一二三四五六七八九十今去前明当全近本上历同往每多少青老百千万亿几数半周整常节假生工昨翌次平春来两下现时])"
    "(?P<time>[年月](?![轻底末初内度来前级龄纪终会报货份程期子志常本夜亮历华俗关景头事后以间中仅约近满过的，。、；：])(?=[\u4e00-\u9fff])"
    "|日(?=[均产处供需采投发接营工薪消吞用客租生加新最进出平收]))"
)
_PER_UNITS = {"名": "人", "位": "人", "口": "人", "个人": "人", "家庭": "户", "人家": "户"}
_VALUE = re.compile("(?:总)?(?:价值|货值)$")
_PREFER_RIGHT = frozenset(("classifier", "container", "noun", "event", ""))
_CASES = re.compile("(?:左右|以上|的|强|大|特大|级)*(余震|地震|强震|台风|大风|阵风|狂风|偏?[东南西北]{1,2}风|大浪|巨浪|烈度|热带风暴|强热带风暴|风|浪)")
_GAINS = frozenset("收产亏盈利支负薪资编")
_BETWEEN = frozenset(("", "、", "，", ",", "和", "及", "(", "与"))
_SHARE = re.compile("占(?:到|比|了)?([^，。；,;、]{0,20}?)(?:的)?(?:比重|比例|比)?(?:的|为|达|约|近|超过?|到)*$")


def read(text: str, begin: int, finish: int, drafts: list[Draft], lexicon: Lexicon) -> None:
    """Fills in what every figure of the sentence ``text[begin:finish]`` is about, from left to right."""
    basis: Span | None = None
    previous: Draft | None = None
    shared = ""
    subject: Span | None = None
    for index, draft in enumerate(drafts):
        limit = drafts[index + 1].start if index + 1 < len(drafts) else finish
        stated, where = qualifiers.before(text, begin, draft.start, lexicon)
        draft.number = qualifiers.apply(draft.number, stated, qualifiers.after(text, draft.end, finish, lexicon))
        low = max(previous.end, previous.taken) if previous else begin
        compared = _COMPARED.search(text, low, draft.start)
        side = left(text, low, compared.start() if compared else where, lexicon, draft.unit)
        draft.action = side.action
        draft.change = side.change
        if compared or not side.rise and _AS_LEVEL.search(text[max(low, where - 2) : where]):
            draft.change = ""
        if draft.action is None and previous and text[max(previous.end, previous.taken) : draft.start] in _BETWEEN:
            draft.action = previous.action
        if draft.action is None and side.item is not None and _verbal(text, side.item, lexicon):
            found = lexicon.words.ending(text, side.item[1], side.item[0])
            draft.action = (side.item[1] - len(found[0]), side.item[1]) if found else None
        if not draft.change and draft.unit.kind == "ratio":
            named = _NAMED_CHANGE.match(text, draft.end, finish)
            draft.change = str(named.lastgroup) if named else ""
        basis = side.basis or basis
        draft.basis = compared.span(1) if compared else side.basis or (basis if draft.change else None)
        _find_item(text, draft, side, low, limit, previous, subject, lexicon)
        if draft.action is None:
            draft.action = _verb_behind(text, max(draft.end, draft.taken), finish, lexicon)
        item = text[draft.item[0] : draft.item[1]] if draft.item else ""
        draft.kind, draft.unit_name = kinds.kind_of(draft.unit, draft.spelling, item.strip("“”‘’\""), lexicon)
        draft.per = draft.per or _find_per(text, begin, low, draft.start, lexicon)
        if not draft.per and previous and previous.per and previous.unit.name == draft.unit.name and _carries(text, previous, draft):
            draft.per = previous.per
        if draft.item and draft.item != side.rise and (side.item or draft.kind != "ratio"):
            subject = draft.item
        previous = draft
    _distribute(text, drafts, lexicon)


_LIST = re.compile("[、和与及]|以及")


def _distribute(text: str, drafts: list[Draft], lexicon: Lexicon) -> None:
    """分别: gives each of several figures its own item, from a list before them or from as many figures before."""
    for index, draft in enumerate(drafts):
        if not _RESPECTIVELY.search(text, max(0, draft.start - 12), draft.start):
            continue
        group = [draft]
        for following in drafts[index + 1 :]:
            if text[group[-1].end : following.start] not in ("、", "和", "，", "与", "及", "以及", ",", "，和") or following.unit.kind != draft.unit.kind:
                break
            group.append(following)
        if len(group) < 2:
            continue
        items: list[Span] = []
        named = draft.item and text[draft.item[1] : draft.start].find("，") < 0 and draft.item[1] <= draft.start
        if named and draft.item:
            begin = draft.item[0]
            while begin > 0 and text[begin - 1] not in STOPS:
                begin -= 1
            at = begin
            for match in _LIST.finditer(text, begin, draft.item[1]):
                items.append((at, match.start()))
                at = match.end()
            items.append((at, draft.item[1]))
            items = items[-len(group) :]
            if len(items) == len(group):
                first = left(text, begin, items[0][1], lexicon).item
                items[0] = first or items[0]
        if len(items) != len(group):
            earlier = [d.item for d in drafts[:index] if d.item and not d.change]
            items = [item for item in earlier[-len(group) :] if item]
        if len(items) == len(group):
            for member, item in zip(group, items, strict=True):
                member.item = item
        for member in group[1:]:
            member.change = member.change or draft.change
            member.basis = member.basis or draft.basis


_NAMED_CHANGE = re.compile("(?:左右|以上)?的[^，。；的]{0,6}?(?:(?P<up>增长|增速|增幅|涨幅|升幅|提升)|(?P<down>下降|降幅|跌幅|下滑))")
_RESPECTIVE = re.compile("分别")
_RESPECTIVELY = re.compile("分别(?:同比|环比|比[^，]{1,6}|较[^，]{1,6})?[^，。；、]{0,4}(?:约|达|为|近)?$")


def _find_item(
    text: str,
    draft: Draft,
    side: Left,
    low: int,
    limit: int,
    previous: Draft | None,
    subject: Span | None,
    lexicon: Lexicon,
) -> None:
    """Chooses between the noun phrase on the left, the one on the right, and that of the figure before."""
    before = side.item
    needs_noun = draft.spelling in ("名", "位", "个", "家", "件", "项", "处", "座", "条", "所", "种", "支", "份")
    after = None if draft.shared else right(text, draft.end, limit, lexicon, needs_noun, _PERSONS if draft.unit.name in ("人", "户", "人次") else _BODIES if draft.unit.name == "家" else _ANY, draft.unit.group == "event")
    if before and after and _VALUE.search(text[before[0] : before[1]]):
        before = None
    adjacent = previous is not None and text[max(previous.end, previous.taken) : draft.start] in _BETWEEN
    same_clause = previous is not None and not _STOP.search(text, previous.end, draft.start)
    behind = text[draft.end : draft.end + 1]
    if draft.unit.group in _PREFER_RIGHT or draft.unit.name == "级":
        chosen = after or before
        if after is None and side.verb and behind and behind not in STOPS and behind not in "、)":
            chosen = None
        elif after is None and draft.unit.name == "人次" and side.verb and before and not _is_kind(text, before, lexicon, _PERSONS - {"organisations"}):
            # 工委开展调研72人次
            chosen = side.verb
        if draft.unit.name == "级":
            case = _CASES.match(text, draft.end)
            chosen = case.span(1) if case else before
            after = chosen if case else None
    elif after and before and (text[draft.qualified - 1] == "的" or _is_kind(text, before, lexicon, _PERSONS | {"places"})) and draft.unit.kind != "ratio":
        # 所需的880米围栏, 某村1730亩燕麦
        chosen = after
    elif behind == "的" and after and (draft.unit.group == "date-like" or before is None or not _measured(text, before, lexicon)):
        chosen = after
    elif before and after and not _measured(text, before, lexicon) and _verbal(text, before, lexicon):
        # 连片种植3万亩油茶
        chosen = after
    elif side.verb and after:
        chosen = after
    else:
        chosen = before or after
    if draft.unit.kind == "ratio":
        share = _SHARE.search(text, low, draft.start)
        if share:
            part = left(text, low, share.start(), lexicon).item
            chosen = part or (subject if low > 0 and previous else None) or (
                (share.start(1), share.end(1)) if share[1] else chosen
            )
        elif not before:
            chosen = subject or after
    if chosen is None and previous is not None and (adjacent or same_clause and side.linked and not side.verb):
        chosen = previous.item
    if side.rise and text[side.rise[1] - 1] in _GAINS and not side.item:
        chosen = side.rise if text[side.rise[1] - 1] in _GAINS or subject is None else subject
    if chosen is None and (side.change or side.linked and not side.verb and draft.unit.group not in _PREFER_RIGHT):
        chosen = subject or side.rise
    if chosen is None and subject is None and (side.change or side.linked) and draft.unit.group not in _PREFER_RIGHT:
        chosen = _topic(text, low, draft.start, lexicon)
    if chosen is None and side.verb and draft.unit.group in ("measure", "date-like") and draft.unit.kind != "ratio":
        # 累计爬升1450米: a verb without an object is what was measured.
        chosen = side.verb
    if chosen and draft.unit.name in ("人", "人次") and chosen == (previous.item if previous else None) and previous and previous.unit.group == "event":
        # 组织村干部开展培训7期、307人: the people are named by the verb that gathers them.
        chosen = _gathered(text, chosen, lexicon) or chosen
    draft.item = chosen
    draft.taken = after[1] if after and chosen == after else -1


def _topic(text: str, begin: int, at: int, lexicon: Lexicon) -> Span | None:
    """The noun phrase that opens the clause before that of the number: 民间投资止跌回升，…增长0.8%."""
    end = at
    while end > begin and text[end - 1] not in STOPS:
        end -= 1
    end -= 1
    start = end
    while start > begin and text[start - 1] not in STOPS:
        start -= 1
    if start >= end:
        return None
    named = 0
    for word in rightwards(text, start, end, lexicon):
        if named and not word.marks & NOUN and (word.marks & (VERB | LEVEL | ADVERB | TAGGED | PREPOSITION)) and text[word.start] not in "的和与及、":
            break
        named = word.end
    phrase = left(text, start, named, lexicon).item if named else None
    return phrase if phrase and _measured(text, phrase, lexicon) else None


_GATHER = re.compile("组织([^，。；：,;]{2,24}?)(?:等)?(?:开展|参加|接受|进行|参与|赴)")


def _gathered(text: str, item: Span, lexicon: Lexicon) -> Span | None:
    """The people whom 组织 gathers in the clause of a session."""
    begin = item[0]
    while begin > 0 and text[begin - 1] not in STOPS:
        begin -= 1
    found = _GATHER.search(text, begin, item[1])
    return found.span(1) if found and _is_kind(text, found.span(1), lexicon, _PERSONS) else None


def _verb_behind(text: str, at: int, finish: int, lexicon: Lexicon) -> Span | None:
    """The first verb behind the counted noun, in the same clause: 40余名青年参与."""
    for word in rightwards(text, at, min(finish, at + 12), lexicon):
        if word.end - word.start > 1 and word.marks & (VERB | FOLLOWING) and not word.marks & NOUN:
            return word.start, word.end
    return None


_STRONG = re.compile("[。；;！？]")


def _carries(text: str, previous: Draft, draft: Draft) -> bool:
    """Whether a rate holds for the next figure too: 由860元提高到1120元, 小龙虾125公斤、优质稻500公斤."""
    between = text[previous.end : draft.start]
    if not _STOP.search(between):
        return True
    if previous.per in ("年", "月", "日", "天") and between.count("，") + between.count(",") == 1 and not _STRONG.search(between):
        return draft.action is not None
    return draft.item is not None and draft.item == previous.item and draft.change != ""


def _is_kind(text: str, phrase: Span, lexicon: Lexicon, kinds_wanted: frozenset[str]) -> bool:
    """Whether a phrase ends with a noun of one of the kinds."""
    found = lexicon.nouns.ending(text, phrase[1], phrase[0])
    return bool(found and found[1] in kinds_wanted)


def _measured(text: str, phrase: Span, lexicon: Lexicon) -> bool:
    """Whether a phrase ends with the name of an indicator: 总投资, 覆盖率, 面积."""
    found = lexicon.words.ending(text, phrase[1], phrase[0])
    return bool(found and found[1] & INDICATOR) or text[phrase[1] - 1] in _MEASURED


def _verbal(text: str, phrase: Span, lexicon: Lexicon) -> bool:
    """Whether a phrase ends with a verbal noun: 连片种植."""
    found = lexicon.words.ending(text, phrase[1], phrase[0])
    return bool(found and found[1] & ITEM)


def _find_per(text: str, begin: int, low: int, start: int, lexicon: Lexicon) -> str:
    """What a rate is per, from the clause before the number: 每户, 人均, 年产, 一年."""
    clause = start
    while clause > begin and text[clause - 1] not in STOPS:
        clause -= 1
    each = _PER_EACH.search(text, clause, start)
    if each:
        return _each(each["per"], lexicon)
    one = _PER_ONE.search(text, max(clause, low), start)
    if one:
        return _PER_UNITS.get(one[1], one[1])
    word = _PER_WORD.search(text, max(clause, low), start)
    return str(word[str(word.lastgroup)]) if word else ""


def _each(wording: str, lexicon: Lexicon) -> str:
    """The unit or noun behind 每: 户, 公斤, 书屋 (of 个书屋), 半年."""
    if wording.startswith("半年"):
        return "半年"
    found = lexicon.units.starting(wording, 0)
    if wording.startswith(("个", "家", "所")):
        noun = lexicon.nouns.starting(wording, 1)
        if noun and noun[1] not in ("people", "cadres", "party_members"):
            return noun[0]
        if noun:
            return "人"
    if found:
        word, unit = found
        return _PER_UNITS.get(word, "人" if unit.name == "人" else word.removeprefix("个") or word)
    noun = lexicon.nouns.starting(wording, 0)
    return noun[0] if noun else ""
