"""Words made comparable, and long texts covered to their end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.wording import MOST_WINDOWS, normalise, sentences, windows


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("She’s  fine", "shes fine"),
        ("s u i c i d e", "suicide"),
        ("sucide and suiside", "suicide and suicide"),
        ("kms", "kill myself"),
        ("unalive", "kill"),
        ("k!ll hers3lf", "kill herself"),
        ("soooo tired", "soo tired"),
        ("he od'd", "he overdosed"),
        ("the report says ODD", "the report says odd"),
        ("5yo, £40 at 3pm", "5yo, £40 at 3pm"),
        ("a\u200bb", "ab"),
    ],
)
def test_typing_habits_are_undone(typed: str, read: str) -> None:
    assert normalise(typed) == read


@given(st.text(max_size=200))
def test_normalising_never_fails_and_lowers_case(text: str) -> None:
    assert normalise(text) == normalise(text).strip()


def test_a_short_text_is_its_own_window() -> None:
    assert windows("Only one. And another.") == ("Only one. And another.",)


@given(st.lists(st.text("abcdefg ", min_size=1, max_size=90), min_size=1, max_size=80))
def test_windows_cover_every_word_of_a_long_text(parts: list[str]) -> None:
    text = ". ".join(parts)
    found = windows(text)
    assert len(found) <= MOST_WINDOWS
    joined = " ".join(found)
    assert all(word in joined for word in text.split())


def test_a_text_without_sentences_is_covered_to_its_end() -> None:
    text = " ".join(f"word{number}" for number in range(4000))
    found = windows(text)
    assert found[-1].endswith("word3999")
    assert len(found) <= MOST_WINDOWS


def test_sentences_end_at_stops_and_lines() -> None:
    assert sentences("One. Two?\nThree") == ("One.", "Two?", "Three")
