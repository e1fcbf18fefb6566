"""sum: parts that make up their whole.

    男生30名、女生25名，合计55名                         30 + 25, by the word before the total
    学员50名，其中男学员30名，女学员20名                 30 + 20, parts that leave nothing out
    60户分为两类。甲类20户；乙类40户                     20 + 40, as many parts as were announced
    员工50名，其中本地30名、外地12名、其他8名            30 + 12 + 8, a last part that holds the rest
    城镇占40%，农村占60%                                 100 %

其中 alone does not say that the list is complete. Such a list is a claim only where it
adds up to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from extractor.checks.claims import Claim
from extractor.checks.common import alike, amount, one_time, per_head
from extractor.checks.evidence import Partition, dimensions, has, partitions, pattern
from extractor.checks.passage import Mark, Passage
from extractor.checks.quantities import add
from extractor.matching import compiled

_KINDS_OF = compiled(
    "([二两三四五六七八九十]|[2-9]|1[0-9])(?:个|大|种)?(?:类型|类别|类|等级|档|档次|批|批次|组|部分|片区|级)"
)
_COUNTS = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_BREAKS_LIST = compiled("[。；;]|包括|此外|另外|同时|还")


def find(passage: Passage) -> Iterator[Claim]:
    """The claims of this relation in a passage."""
    for total in passage.marks:
        if amount(total) and not per_head(total, passage):
            yield from _closed(passage, total)
            yield from _opened(passage, total)
    yield from _hundred(passage)


def _closed(passage: Passage, total: Mark) -> Iterator[Claim]:
    """A list of parts of one unit, closed by 共 or 合计 in the next clause."""
    lead = passage.lead(total)
    found = pattern("^({sum_word})(?:有|达|为|约|近|计|得|[^，。；一-鿿])*([一-鿿]{0,4})$").search(lead)
    if not found:
        return
    parts: list[Mark] = []
    mark = passage.before(total)
    while mark is not None and mark.sentence == total.sentence and alike(mark, total) and amount(mark):
        following = parts[0] if parts else total
        gap = passage.between(mark, following)
        if _BREAKS_LIST.search(gap) or len(gap) > 24 or (parts and passage.breaks(mark, following) > 1):
            break
        parts.insert(0, mark)
        mark = passage.before(mark)
    if len(parts) < 2 or passage.breaks(parts[-1], total) > 1 or has("scope", lead):
        return
    gap = passage.between(parts[-1], total)
    if has("within", passage.text[parts[0].start - len(passage.lead(parts[0])) : total.start]):
        return
    if any(per_head(part, passage) for part in parts) or not one_time(passage, [*parts, total]):
        return
    if (
        found[2]
        and found[2] not in passage.text[parts[0].start - len(passage.lead(parts[0])) : parts[-1].end]
    ):
        return  # 共 goes with a verb of its own
    bare = not found[2] and not passage.tail(total).strip()
    word = found[1]
    sure = word in ("合计", "总计", "共计") or bare
    if any(has("sum_word", passage.lead(part)) for part in parts):
        sure = False
    yield Claim(
        "sum",
        total,
        tuple(parts),
        add,
        " + ",
        (word,),
        strong=sure and ("、" in passage.text[parts[0].end : total.start] or _complete_names(passage, parts)),
    )


def _complete_names(passage: Passage, parts: list[Mark]) -> bool:
    """Whether the names of the parts leave nothing out: 男200名女108名."""
    names = [passage.lead(part) + passage.tail(part)[:0] for part in parts]
    return any(len(p.parts) == len(parts) and _named(p, names) for p in partitions())


def _opened(passage: Passage, total: Mark) -> Iterator[Claim]:
    """A whole, and its parts after it in the same sentence or the next one."""
    following = [
        mark
        for mark in passage.later(total)
        if mark.sentence - total.sentence <= 1
        and alike(mark, total)
        and amount(mark)
        and not per_head(mark, passage)
    ]
    if len(following) < 2:
        return
    gap = passage.between(total, following[0])
    if gap.count("。") > 1 or len(gap) > 120:
        return
    parts, words = _partition(passage, total, following, gap)
    if parts:
        yield Claim("sum", total, parts, add, " + ", words)
        return
    parts, words = _announced(passage, total, following, gap)
    if parts:
        yield Claim("sum", total, parts, add, " + ", words)
        return
    yield from _listed(passage, total, following, gap)


def _partition(
    passage: Passage, total: Mark, following: list[Mark], gap: str
) -> tuple[tuple[Mark, ...], tuple[str, ...]]:
    """The first figures after a whole whose names leave nothing out: 城镇, 乡村."""
    clause = passage.clause(total)
    for partition in partitions():
        parts = tuple(following[: len(partition.parts)])
        if len(parts) < len(partition.parts) or parts[-1].sentence != parts[0].sentence:
            continue
        further = passage.after(parts[-1])
        if further is not None and further in following and _next_of_list(passage, parts[-1], further):
            continue  # the list goes on after them
        names = _named(partition, [passage.lead(part) + passage.tail(part) for part in parts])
        if names is None or any(_own(partition, clause)):
            continue
        if partition.whole and not any(name in clause for name in partition.whole):
            continue
        within = has("within", gap) or has("split", gap)
        if not (within or partition.whole or _whole(passage, total)):
            continue
        if not within and passage.breaks(total, parts[0]) > 2:
            continue
        if one_time(passage, [total, *parts]):
            return parts, (within, *names)
    return (), ()


def _own(partition: Partition, clause: str) -> Iterator[bool]:
    """Whether the whole is itself called by the name of a part, so that the parts are of something else."""
    text = clause
    for name in partition.whole:
        text = text.replace(name, "")
    return (name in text for names in partition.parts for name in names if len(name) > 1)


def _named(partition: Partition, texts: list[str]) -> list[str] | None:
    """The names by which the texts are the parts of a partition, one each; ``None`` if they are not."""
    found: list[str] = []
    left = list(partition.parts)
    for text in texts:
        fits = [
            (max((text.find(n), n) for n in names if n in text)[1], names)
            for names in left
            if any(n in text for n in names)
        ]
        longest = max(fits, key=lambda fit: len(fit[0]), default=None)
        if longest is None:
            return None
        found.append(longest[0])
        left.remove(longest[1])
    return found


def _whole(passage: Passage, mark: Mark) -> str:
    return has("whole", passage.lead(mark))


def _announced(
    passage: Passage, total: Mark, following: list[Mark], gap: str
) -> tuple[tuple[Mark, ...], tuple[str, ...]]:
    """划分为四类, and four parts told alike."""
    near = passage.text[max(0, total.start - 80) : following[0].start]
    split = has("split", near)
    counted = _KINDS_OF.search(near)
    if not split or not counted:
        return (), ()
    number = _COUNTS.get(counted[1]) or int(counted[1])
    parts = tuple(mark for mark in following if mark.sentence == following[0].sentence)
    if len(parts) != number or not one_time(passage, [total, *parts]):
        return (), ()
    return parts, (split, counted[0])


def _listed(passage: Passage, total: Mark, following: list[Mark], gap: str) -> Iterator[Claim]:
    """A list after 其中, 分别, a colon or a bracket."""
    opening = has("within", gap) or has("split", gap) or next((sign for sign in ":：（(" if sign in gap), "")
    if not opening or gap.count("；") or passage.breaks(total, following[0]) > 2:
        return
    parts: list[Mark] = []
    for mark in following:
        if parts and (passage.after(parts[-1]) is not mark or not _next_of_list(passage, parts[-1], mark)):
            break
        parts.append(mark)
    if (
        len(parts) < 2
        or any(m.sentence != parts[0].sentence for m in parts)
        or not one_time(passage, [total, *parts])
    ):
        return
    names = [passage.lead(part) + passage.tail(part) for part in parts]
    other = has("other", passage.lead(parts[-1]))
    if other:
        yield Claim("sum", total, tuple(parts), add, " + ", (opening, other))
    elif len(parts) > 2 and not _crossing(names) and _parallel(passage, parts):
        yield Claim("sum", total, tuple(parts), add, " + ", (opening,), strong=False)


def _next_of_list(passage: Passage, first: Mark, second: Mark) -> bool:
    gap = passage.between(first, second)
    return len(gap) <= 24 and not _BREAKS_LIST.search(gap) and passage.breaks(first, second) <= 1


def _parallel(passage: Passage, parts: list[Mark]) -> bool:
    """Whether the parts stand in one list, or have a word in common: 县级干部, 乡级干部."""
    if not any(passage.breaks(first, second) for first, second in pairwise(parts)):
        return True
    first, *others = (passage.lead(part) + passage.tail(part) for part in parts)
    return any(all(first[i : i + 2] in other for other in others) for i in range(len(first) - 1))


def _crossing(names: list[str]) -> bool:
    """Whether the parts are told by attributes that cut across one another."""
    used = {
        i for i, group in enumerate(dimensions()) for name in names if any(word in name for word in group)
    }
    return len(used) > 1


def _hundred(passage: Passage) -> Iterator[Claim]:
    """Shares that leave nothing out make 100 %."""
    run: list[Mark] = []
    for mark in [*passage.marks, None]:
        if (
            mark is not None
            and _share(passage, mark)
            and (not run or (mark.sentence == run[-1].sentence and passage.after(run[-1]) is mark))
        ):
            run.append(mark)
            continue
        if len(run) > 1:
            yield from _complete(passage, run)
        run = [mark] if mark is not None and _share(passage, mark) else []


def _share(passage: Passage, mark: Mark) -> bool:
    figure = mark.figure
    return (
        figure.kind == "ratio"
        and figure.unit == "%"
        and not figure.change
        and bool(has("part_of", passage.lead(mark)))
    )


def _complete(passage: Passage, run: list[Mark]) -> Iterator[Claim]:
    names = [passage.lead(mark) for mark in run]
    word = has("part_of", names[0])
    other = has("other", names[-1])
    complete = next(
        (found for p in partitions() if len(p.parts) == len(run) and (found := _named(p, names))), None
    )
    if not complete and not other:
        return
    phrases = {name[name.find(has("part_of", name)) :] for name in names}
    if len(phrases) > 1 and not other:
        return
    yield Claim("sum", run[-1], tuple(run), add, " + ", (word, *(complete or (other,))), fixed=Fraction(100))
