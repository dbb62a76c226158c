"""Emoji and other writings on a page whose typeface lacks them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.letters import settable


def is_latin(letter: str) -> bool:
    return letter == "\n" or " " <= letter < "\u0250" or letter in "“”…"


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("He laughed 😂", "He laughed (face with tears of joy)"),
        ("He laughed😂😂!", "He laughed (face with tears of joy)!"),
        ("thanks ❤️ Dana", "thanks (red heart) Dana"),
        ("👍🏽", "(thumbs up sign)"),
        ("👨\u200d👩\u200d👧 at last", "(man) (woman) (girl) at last"),
        ("🇬🇧🇬🇧", "(flag)"),
        ("we played لعبنا معا اليوم a lot", "we played (elsewhere) a lot"),
        ("“今天很好”", "“(elsewhere)”"),
        ("plain  words, kept as they are ", "plain  words, kept as they are "),
    ],
)
def test_what_cannot_be_set_is_named(written: str, set_as: str) -> None:
    assert settable(written, is_latin, "(elsewhere)") == set_as


@given(text=st.text())
def test_nothing_but_letters_that_are_there_is_left(text: str) -> None:
    assert all(map(is_latin, settable(text, is_latin, "(elsewhere)")))


@given(
    text=st.text(
        st.characters(min_codepoint=32, max_codepoint=0x17E, exclude_categories=["Cf", "Cc"])
    )
)
def test_what_can_be_set_is_left_alone(text: str) -> None:
    assert settable(text, is_latin, "(elsewhere)") == text
