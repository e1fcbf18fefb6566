"""What holds of any text: nothing is dropped, all can be found again, the same text gives the same bytes.

The texts are made of the seeds' sentences, numerals, units, words, punctuation and odd characters, in any
order, with breaks put over them. The examples are always the same ones; ``EXAMPLES=5000`` in the environment
tries so many others, drawn at random.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.lexicon.folding import fold
from extractor.model import Document, Figure, Rejection
from extractor.numerals.scan import NUMERAL_CHARS
from extractor.pipeline import examine
from tests.support.mutilate import newspaper
from tests.support.scorer import HELD_BACK, SEEDS, read_table

EXAMPLES = int(os.environ.get("EXAMPLES", "0"))
chosen = settings(max_examples=EXAMPLES or 150, derandomize=not EXAMPLES, deadline=None, database=None)

REASONS = {"date", "ordinal", "name", "code", "idiom", "article", "unit"}
QUALIFIERS = {"exact", "about", "over", "nearly", "under", "at_least", "at_most", "range"}


def listed(text: str) -> list[str]:
    return text.split()


NUMERALS = listed("""
    0 5 72 3.5 1,240 1，240 ７２ １８．５ 2023 12339 0.9、5.9 3亿2千万 1.2万 3万4000 276万至300万 2-3
    30～40 3/4 1+4+X -3.5 3:1 三千五百六十 两万三 一百零五 廿 卅 壹佰贰拾 三萬五千 兩 參 数百 几十 十几
    上万 百余 二十来 两三百 七八个 三分之二 百分之九十一点五 千分之三 七成 半 一半 三斤半 一个半 零下20
    二○二三 〇 十四五 2023年5月17日 9:30 第十二 5元6角 2小时30分钟 百 千 万 亿 数 几 二
""")
UNITS = listed("""
    名 个 户 人 人次 元 万元 亿元 % ％ 个百分点 公里 千米 平方米 亩 千克 千瓦时 ℃ 期 场次 次 家 处 座 头
    册 件次 倍 成 折 岁 天 年 月 日 半年 级 度 吨 辆 余 余元 多人 左右 以上 以内 党员 干部 村 项目 培训
    企业
""")
WORDS = listed("""
    约 近 超 逾 至少 不足 共 累计 同比增长 下降 提高到 人均 每户 每周 第 其中 实现总收入 惠及群众 选派
    发放 开展培训 队伍 百姓 数据 千方百计 一步一个脚印 一线 第一书记 “三大工程” "三会一课" 三农 两委
    村党支部书记 截至目前 今年以来 本报记者 胡文 图为 的 和 等 是
""")
MARKS = list("，。、；：！？,.;:!?“”\"‘’'「」『』《》（）()[]【】—-–~～…·%/+*<>&|=_#@\t \u3000\u00a0")
BREAKS = ["\n", "\n\n", "\r\n", "\r", "\n\n\n", " ", "　　", *"\x0b\x0c\x1c\x85\u2028\u2029"]
ODD = [*"\ufeff\u200b\x00²①Ⅳ㊀٣𝟚½〡👍é𠀀萬億○◯：", "e\u0301", "ｋｍ²"]


@cache
def seed_texts() -> tuple[str, ...]:
    """The seeds that are not held back."""
    paths = sorted(path for path in SEEDS.glob("*.txt") if not path.name.startswith(HELD_BACK))
    return tuple(path.read_bytes().decode() for path in paths)


@cache
def seed_sentences() -> tuple[str, ...]:
    return tuple(part for text in seed_texts() for part in re.split("(?<=[。！？\n])", text) if part)


def pieces() -> st.SearchStrategy[str]:
    """Small parts of a text: numerals twice as often as the others."""
    lists = (NUMERALS, UNITS, NUMERALS, WORDS, MARKS, BREAKS, ODD)
    return st.one_of(*(st.sampled_from(part) for part in lists), st.characters(exclude_categories=["Cs"]))


def texts() -> st.SearchStrategy[str]:
    """Texts of any kind, most of them far from prose."""
    phrase = st.lists(pieces(), max_size=12).map("".join)
    sentence = st.deferred(lambda: st.sampled_from(seed_sentences()))
    page = st.lists(phrase | sentence, max_size=8).map("".join)
    numerals = st.text(NUMERAL_CHARS + "点分之第，-.年名", max_size=30)
    return page | numerals | st.builds(newspaper, page, st.integers(0, 999))


def squash(text: str) -> str:
    return re.sub(r"\s+", "", text)


def assert_nothing_dropped(text: str, document: Document) -> None:
    """Property 1: every numeral character lies in exactly one figure or rejection, none of them overlap."""
    found: list[Figure | Rejection] = [*document.figures, *document.rejections]
    covered = [0] * len(text)
    for row in found:
        assert 0 <= row.start < row.end <= len(text)
        for at in range(row.start, row.end):
            covered[at] += 1
    assert max(covered, default=0) <= 1
    numerals = [at for at, character in enumerate(fold(text)) if character in NUMERAL_CHARS]
    assert not [(at, text[at]) for at in numerals if not covered[at]]
    for rejection in document.rejections:
        assert rejection.reason in REASONS and rejection.rule


def assert_found_again(text: str, document: Document) -> None:
    """Property 2: a row is what stands at its place of the source, and in its sentence."""
    rows: list[Figure | Rejection] = [*document.figures, *document.rejections]
    for row in rows:
        assert squash(text[row.start : row.end]) == row.text
        assert row.text in squash(row.sentence)
        before = text[: row.start]
        assert row.line == 1 + before.count("\n") + before.count("\r") - before.count("\r\n")


def assert_sound(document: Document) -> None:
    """What the columns promise of one another."""
    articles = {article.number: article for article in document.articles}
    assert list(articles) == list(range(1, len(articles) + 1))
    assert [row.start for row in document.figures] == sorted(row.start for row in document.figures)
    assert [row.start for row in document.rejections] == sorted(row.start for row in document.rejections)
    for row in document.figures:
        assert (row.title, row.place) == (articles[row.article].title, articles[row.article].place)
        assert row.qualifier in QUALIFIERS and row.change in ("", "up", "down")
        assert row.kind and row.rule
        assert (row.value is None) == (row.qualifier == "range")
        if row.qualifier == "exact":
            assert row.low == row.value == row.high
        for low, high in ((row.low, row.value), (row.value, row.high), (row.low, row.high)):
            assert low is None or high is None or low <= high


def as_bytes(document: Document) -> bytes:
    return repr(document).encode("utf-8", "surrogatepass")


@chosen
@given(texts())
def test_nothing_is_dropped(text: str) -> None:
    assert_nothing_dropped(text, examine(text))


@pytest.mark.parametrize("text", ["5两三", "五千两三个"])
def test_a_unit_leaves_the_next_numeral_whole(text: str) -> None:
    assert_nothing_dropped(text, examine(text))


@chosen
@given(texts())
def test_everything_is_found_again(text: str) -> None:
    assert_found_again(text, examine(text))


@chosen
@given(texts())
def test_columns_agree(text: str) -> None:
    assert_sound(examine(text))


@chosen
@given(texts())
def test_a_second_run_finds_the_same(text: str) -> None:
    assert as_bytes(examine(text)) == as_bytes(examine(text))


@pytest.mark.parametrize("layout", range(3))
def test_seeds_with_a_newspaper_layout(layout: int) -> None:
    for text in seed_texts():
        page = newspaper(text, layout)
        document = examine(page)
        assert_nothing_dropped(page, document)
        assert_found_again(page, document)
        assert_sound(document)


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Runs the command on the seeds in a process of its own, from the folder that it writes to."""
    command = [sys.executable, "-m", "extractor", *arguments, str(SEEDS)]
    # As a user's shell would have it: only the variables that a process needs, and those given here.
    needed = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    environment = needed | {"PYTHONPATH": str(SEEDS.parent)} | environment
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True)


ENVIRONMENTS = [
    {"PYTHONHASHSEED": "0"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "UTC"},
    {"PYTHONHASHSEED": "random", "LANG": "de_DE.UTF-8", "PYTHONOPTIMIZE": "1"},
]


def test_same_bytes_in_every_environment(tmp_path: Path) -> None:
    """Property 3: neither the hash seed nor the locale changes a byte of the outputs."""
    written = []
    for number, environment in enumerate(ENVIRONMENTS):
        folder = tmp_path / str(number)
        folder.mkdir()
        done = run(folder, "--csv", "a.csv", "--jsonl", "a.jsonl", "--rejected", "r.csv", **environment)
        assert done.returncode == 0, done.stderr.decode()
        written.append({path.name: path.read_bytes() for path in folder.iterdir()} | {"said": done.stderr})
        assert b"Traceback" not in done.stderr
    assert set(written[0]) == {"a.csv", "a.jsonl", "r.csv", "said"}
    assert all(outputs == written[0] for outputs in written)


def test_table_and_rejections_account_for_every_numeral(tmp_path: Path) -> None:
    """Property 1 once more, on the files that the command writes."""
    assert run(tmp_path, "--jsonl", "a.jsonl", "--rejected", "r.csv").returncode == 0
    rows = read_table(tmp_path / "a.jsonl") + read_table(tmp_path / "r.csv")
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_bytes().decode()
        covered: set[int] = set()
        for row in rows:
            if Path(row["source"]).name == path.name:
                covered.update(range(int(row["start"]), int(row["end"])))
        assert {at for at, character in enumerate(fold(text)) if character in NUMERAL_CHARS} <= covered


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("seconds", [0.15, 0.4, 0.6, 0.8])
def test_a_killed_run_leaves_a_whole_output_or_none(tmp_path: Path, seconds: float) -> None:
    """Property 7, however suddenly the process ends: the file holds what it held, or all of the new."""
    out = tmp_path / "out.csv"
    out.write_bytes(b"the table of yesterday\n")
    command = [sys.executable, "-m", "extractor", str(SEEDS), "--csv", str(out), "--quiet"]
    with subprocess.Popen(command, cwd=SEEDS.parent) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    assert out.read_bytes() in (b"the table of yesterday\n", whole_table())


@cache
def whole_table() -> bytes:
    command = [sys.executable, "-m", "extractor", str(SEEDS), "--format", "csv", "--quiet"]
    return subprocess.run(command, cwd=SEEDS.parent, capture_output=True, check=True).stdout


def test_outputs_are_never_written_over_inputs(tmp_path: Path) -> None:
    """Property 7: an input that is named as an output is refused and stays as it is."""
    page = tmp_path / "page.txt"
    page.write_text("培训7期。", encoding="utf-8")
    for output in (page, tmp_path / "." / "page.txt"):
        command = [sys.executable, "-m", "extractor", str(tmp_path), "--csv", str(output)]
        done = subprocess.run(command, cwd=SEEDS.parent, capture_output=True)
        assert done.returncode != 0 and b"Traceback" not in done.stderr
        assert page.read_text(encoding="utf-8") == "培训7期。"
        assert [path.name for path in tmp_path.iterdir()] == ["page.txt"]
