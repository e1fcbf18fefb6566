"""Words of the user's own: the examples of docs/lexicon.md hold, and every mistake is told with its place."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractor
from extractor.lexicon import safe_patterns
from extractor.lexicon.user import FORMAT, REMOVE, load
from extractor.lexicon.user_file import LexiconError
from extractor.lexicon.words import lexicon

DOCUMENT = Path(__file__).parents[2] / "docs" / "lexicon.md"
SECTION = re.compile(r"^## (.+?)\n.*?```toml\n(.+?)```\n\n```\n(.+?)```\n\n(\|.+?\n)(?:\n|\Z)", re.S | re.M)


def sections() -> list[tuple[str, str, str, str]]:
    return SECTION.findall(DOCUMENT.read_text(encoding="utf-8"))


def write(folder: Path, text: str, name: str = "own.toml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(LexiconError) as caught:
        load([write(folder, text)])
    return [problem.removeprefix(f"{folder}/") for problem in caught.value.problems]


def test_three_examples_are_documented() -> None:
    assert len(sections()) == 3


@pytest.mark.parametrize(("title", "words", "text", "table"), sections())
def test_documented_examples(title: str, words: str, text: str, table: str, tmp_path: Path) -> None:
    figures = extractor.extract_text(text, lexicon=load([write(tmp_path, words)]))
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()]
    columns = rows[0]
    found = [[str(getattr(figure, column)) for column in columns] for figure in figures]
    assert found == rows[2:], title
    # Without the words the table is another one.
    plain = extractor.extract_text(text)
    assert [[str(getattr(figure, column)) for column in columns] for figure in plain] != rows[2:], title


def test_every_table_is_documented() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for table, (keys, _) in FORMAT.items():
        assert f"`[[{table}]]`" in text
        assert all(f"`{key}`" in text for key in keys if key not in ("words", "note", "examples")), table
    assert all(f"`{key}`" in text for key in REMOVE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[unit]\n", "own.toml:1: "),
        (
            "[[unit]]\nname = '尾'\nspelling = ['尾']\n",
            "own.toml:3: unknown key of unit 'spelling', did you mean",
        ),
        ("\n[[unit]]\nname = '尾'\n", "own.toml:2: [[unit]] needs spellings"),
        ("[[units]]\nname = '尾'\n", "own.toml:1: unknown table 'units', did you mean 'unit'?"),
        ("[unit]\nname = '尾'\n", "own.toml:1: unit is a list of tables, write [[unit]]"),
        ("[[verbs]]\nwords = '捕捞'\n", "own.toml:2: words: a list of words is expected"),
        ("[[verbs]]\nwords = ['捕 捞']\n", "own.toml:2: words: '捕 捞' is empty or holds a blank"),
        (
            "[[unit]]\nname = 'x'\nspellings = ['x']\ntimes = '十'\n",
            "own.toml:4: times: a number is expected",
        ),
        (
            "[[unit]]\nname = 'x'\nspellings = ['x']\nweak = 1\n",
            "own.toml:4: weak: true or false is expected",
        ),
        ("[[unit]]\nname = 'x'\nspellings = ['x']\nsize = 0\n", "own.toml:4: size: a whole number above 0"),
        ("[[unit]]\nname = 'x'\nspellings = ['x']\nsize = -3\n", "own.toml:4: size: a whole number above 0"),
        (
            "[[unit]]\nname = 'x'\nspellings = ['x']\ntimes = nan\n",
            "own.toml:4: times: a number from 0 to 1e+16",
        ),
        (
            "[[unit]]\nname = 'x'\nspellings = ['x']\ntimes = inf\n",
            "own.toml:4: times: a number from 0 to 1e+16",
        ),
        (
            "[[unit]]\nname = 'x'\nspellings = ['x']\ntimes = -2\n",
            "own.toml:4: times: a number from 0 to 1e+16",
        ),
        ("[[unit]]\nname = 'x'\nspellings = ['x']\ntimes = 0\n", "own.toml:4: times: a number above 0"),
        (
            "[[unit]]\nname = 'x'\nspellings = ['x']\nplus = -inf\n",
            "own.toml:4: plus: a number from 0 to 1e+16",
        ),
        (
            "[[qualifier]]\nname = 'about'\nbefore = ['约(?i)about']\n",
            "own.toml:3: before: bad pattern '约(?i)about': ",
        ),
        (
            "[[qualifier]]\nname = 'about'\nbefore = ['(?i)about']\n",
            "own.toml:3: before: bad pattern '(?i)about': '(?i' is",
        ),
        ("[[qualifier]]\nname = 'about'\nbefore = ['(?:|约|){9}约']\n", "own.toml:3: before: bad pattern"),
        ("[[qualifier]]\nname = 'abot'\n", "own.toml:2: name: 'abot' is none of about, over"),
        (
            "[[qualifier]]\nname = 'about'\nbefore = ['((']\n",
            "own.toml:3: before: bad pattern '((': missing )",
        ),
        (
            "[[qualifier]]\nname = 'about'\nbefore = ['(约)']\n",
            "own.toml:3: before: bad pattern '(约)': write",
        ),
        (
            "[[qualifier]]\nname = 'about'\nafter = ['多?']\n",
            "own.toml:3: after: bad pattern '多?': it matches",
        ),
        ("[[verbs]]\nwords = [\n  '捕捞',\n  '捕捞',\n]\n", "own.toml:3: '捕捞' stands twice in verbs"),
        (
            "[[unit]]\nname = 'x'\nspellings = ['筐']\n\n[[unit]]\nname = 'y'\nspellings = ['篓',\n '筐']\n",
            "own.toml:8: '筐' stands twice in unit, first in own.toml:3",
        ),
        (
            "[[kind]]\nname = 'a'\n[[kind]]\nname = 'a'\n",
            "own.toml:3: kind 'a' stands twice, first in own.toml:1",
        ),
        ("[[pair]]\nunits = ['口']\nnouns = ['塘']\nkind = 'pond'\n", "own.toml:4: unknown kind 'pond'"),
        ("[unit_only]\n'口' = 'pond'\n", "own.toml:2: unknown kind 'pond'"),
        ("[unit_only]\n'口' = 3\n", "own.toml:1: [unit_only] holds lines of the form"),
        ("[[fixed]]\nwords = ['平安乡村']\n", "own.toml:2: '平安乡村' holds no Chinese numeral"),
        ("[remove]\nunits = ['飞碟']\n", "own.toml:2: '飞碟' is none of our units, nothing to remove"),
        ("[[remove]]\nunits = ['个']\n", "own.toml:1: remove is one table, write [remove]"),
        ("version = 1\n", "own.toml:1: unknown table 'version'"),
    ],
)
def test_mistakes_are_told_with_file_and_line(text: str, expected: str, tmp_path: Path) -> None:
    found = [problem.replace(str(tmp_path) + "/", "") for problem in problems(tmp_path, text)]
    assert any(problem.startswith(expected) for problem in found), found


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    one = write(tmp_path, "[[units]]\n[[verb]]\n", "one.toml")
    with pytest.raises(LexiconError) as caught:
        load([one, str(tmp_path / "none.toml")])
    assert [Path(problem.partition(":")[0]).name for problem in caught.value.problems] == [
        "none.toml", "one.toml", "one.toml",
    ]  # fmt: skip


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes("单位".encode("gbk"))
    with pytest.raises(LexiconError, match="is not UTF-8"):
        load([str(path)])


def test_the_users_entry_replaces_ours(tmp_path: Path) -> None:
    own = load([write(tmp_path, """
[[unit]]
name = "木桶"
spellings = ["吨"]
[[kind]]
name = "projects"
nouns = ["超市"]
[[verb_nouns]]
words = ["发放"]
[[idiom]]
words = ["数据"]
reason = "name"
[remove]
units = ["亩"]
""")])  # fmt: skip
    ours = lexicon()
    assert own.units.words["吨"].name == "木桶" and ours.units.words["吨"].name == "吨"
    assert own.units.words["吨"].kind == ""
    assert own.kinds.ends.words["超市"][0] == "projects"
    assert own.words.words["发放"] != ours.words.words["发放"]
    assert own.idioms.words["数据"].reason == "name"
    assert "亩" not in own.units and "亩" in ours.units
    assert set(ours.units) - set(own.units) == {"亩"}


def test_a_new_spelling_inherits_from_the_unit_that_we_know(tmp_path: Path) -> None:
    own = load([write(tmp_path, '[[unit]]\nname = "千克"\nspellings = ["老斤"]\ntimes = 0.6\n')])
    unit = own.units.words["老斤"]
    assert (unit.kind, unit.group, unit.times) == ("mass", "measure", 0.6)


def test_several_files_add_up_for_traditional_text_too(tmp_path: Path) -> None:
    one = write(tmp_path, '[[unit]]\nname = "篓"\nspellings = ["渔篓"]\n', "one.toml")
    two = write(tmp_path, '[[kind]]\nname = "catch"\nnouns = ["带鱼"]\n', "two.toml")
    (figure,) = extractor.extract_text("當天這個漁場起捕帶魚30漁簍。", lexicon=load([one, two]))
    assert (figure.text, figure.unit, figure.kind) == ("30漁簍", "篓", "catch")


def test_qualifiers(tmp_path: Path) -> None:
    from extractor.numerals import qualifiers

    own = load(
        [write(tmp_path, '[[qualifier]]\nname = "under"\nbefore = ["未及", "约"]\nafter = ["打底"]\n')]
    )
    assert qualifiers.before("产量未及", 0, 4, own) == ("under", 2)
    assert qualifiers.before("产量约", 0, 3, own) == ("under", 2)
    assert qualifiers.after("3吨打底", 2, 4, own) == "under"
    assert qualifiers.before("产量未及", 0, 4) == ("", 4)
    assert qualifiers.before("产量约", 0, 3) == ("about", 2)
    (figure,) = extractor.extract_text("全年产量未及300吨。", lexicon=own)
    assert (figure.qualifier, figure.low, figure.high, figure.item) == ("under", None, 300, "产量")


def test_on_the_command_line(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from extractor.cli.command import command

    own = write(tmp_path, '[[kind]]\nname = "catch"\nlabel = "渔获"\nnouns = ["带鱼"]\nanywhere = ["吨"]\n')
    (tmp_path / "a.txt").write_text("起捕带鱼30吨，共5名船员。", encoding="utf-8")
    options = [str(tmp_path / "a.txt"), "--columns", "kind,text", "-f", "csv"]
    run = CliRunner().invoke
    # Options are read whatever their order, so --kind knows the user's kind.
    result = run(command, [*options, "--kind", "catch", "--lexicon", own])
    assert result.exit_code == 0 and "catch,30吨" in result.output
    assert "渔获,30吨" in run(command, [*options, "--headers", "zh", "--lexicon", own]).output
    result = run(command, [*options, "--lexicon", write(tmp_path, "[[units]]\n", "bad.toml")])
    assert result.exit_code == 2 and "bad.toml:1: unknown table" in result.output
    assert run(command, [*options, "--kind", "catch"]).exit_code == 2


def test_alternatives_that_multiply_are_refused(tmp_path: Path) -> None:
    """Three ways for each of forty groups: more steps than there are atoms, in six characters of text."""
    pattern = "(?:|约|)" * 40 + "约不"
    assert problems(tmp_path, f"[[qualifier]]\nname = 'about'\nbefore = ['{pattern}']\n") == [
        f"own.toml:3: before: bad pattern {pattern!r}: too many optional parts"
    ]


@given(st.text("约不大(?:|)[]{}1,2=!<>^$.\\\\?", max_size=40))
def test_what_is_taken_is_quick(pattern: str) -> None:
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError):
        return
    if safe_patterns.problem(pattern):
        return
    began = time.perf_counter()
    for text in ("约约约约约约", "约不约不约不", "大大大大大不", "约" * 6 + "大"):
        compiled.search(text)
    assert time.perf_counter() - began < 1


def test_patterns_that_multiply_as_far_as_they_may_are_quick() -> None:
    taken = "(?:约|约约|不)" * 7 + "(?:|约)$"
    assert safe_patterns.problem(taken) == ""
    began = time.perf_counter()
    re.compile(taken).search("约" * 40 + "大")
    assert time.perf_counter() - began < 1
    assert safe_patterns.problem("(?:" * 200 + "约" + ")" * 200) == "groups are nested too deeply"
