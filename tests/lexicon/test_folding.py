"""The shadow of a text is as long as the text and says the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.lexicon.folding import fold


@pytest.mark.parametrize(
    ("text", "shadow"),
    [
        ("", ""),
        ("plain", "plain"),
        ("１８．５％", "18.5%"),
        ("（５Ｇ）", "(5G)"),
        ("２～３", "2~3"),
        ("－５〜－３", "-5~-3"),
        ("−5", "-5"),
        ("共５，３００人。", "共5，300人。"),
        ("一、二；三？四！", "一、二；三？四！"),
        ("比分３：１", "比分3:1"),
        ("他说：１人", "他说：1人"),
        ("「三農」『好』", "“三农”‘好’"),
        ("一億兩千萬戶", "一亿两千万户"),
        ("數百隻，幾噸", "数百只，几吨"),
        ("二○二三年", "二〇二三年"),
        ("三六○○亩", "三六〇〇亩"),
        ("○号", "○号"),
        ("○○村", "○○村"),
        ("12㎡", "12㎡"),
        ("\x00\ud800１", "\x00\ufffd1"),
    ],
)
def test_case(text: str, shadow: str) -> None:
    assert fold(text) == shadow


def test_text_without_anything_to_fold_is_given_back() -> None:
    text = "全村共有113户，人均收入1.5万元。"
    assert fold(text) is text


def test_simplified_text_keeps_its_characters() -> None:
    """A character that is rare in simplified text (后 written 後 in a name) does not start the folding."""
    assert fold("乾县") == "乾县"


def test_many_different_characters() -> None:
    every = "".join(chr(code) for code in range(0x4E00, 0x9FA6))
    shadow = fold(every)
    assert len(shadow) == len(every)
    assert shadow[every.index("萬")] == "万"
    assert shadow[every.index("万")] == "万"


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="０１９．，：％－～（）萬億兩幾數戶○〇一二三「」\ud800\x00a：", max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) == len(text)
