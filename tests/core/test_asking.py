"""What a message leans on, and which texts are looked up for it."""

import pytest

from bot.core.asking import is_follow_up, readings_of


@pytest.mark.parametrize(
    "text",
    [
        "and if she's older?",
        "what now?",
        "should I have",
        "is it ok to ask",
        "then when do we talk about it",
        "too big?",
        "every time?",
        "keep doing it?",
    ],
)
def test_a_short_message_that_says_too_little_alone_is_a_follow_up(text: str) -> None:
    assert is_follow_up(text)


@pytest.mark.parametrize(
    "text",
    [
        "my daughter will not brush her teeth",
        "is it normal that he hides under the table every time his uncle visits us",
        "how do I get a seven year old dressed without a fight",
    ],
)
def test_a_question_that_stands_by_itself_is_none(text: str) -> None:
    assert not is_follow_up(text)


def test_a_follow_up_is_looked_up_alone_and_with_the_message_before_it() -> None:
    assert readings_of("and at night?", ("he cries", "she clings to me")) == (
        "and at night?",
        "she clings to me and at night?",
    )


def test_a_long_message_is_looked_up_whole_and_in_stretches() -> None:
    text = "We were at my brother's. It rained all day. " * 5 + "How do I say sorry to her?"
    readings = readings_of(text, ())
    assert readings[0] == " ".join(text.split())
    assert any(reading.endswith("How do I say sorry to her?") for reading in readings[1:])
