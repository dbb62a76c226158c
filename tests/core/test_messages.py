"""What reached us never shows its words by accident."""

from datetime import UTC, datetime

import pytest

from bot.core.messages import Command, Content, Incoming, Media, Medium, Press, Words


def incoming(content: Content) -> Incoming:
    return Incoming(1, 2, 3, "Sam", "en", datetime(2026, 1, 1, tzinfo=UTC), content)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (Words("hello there"), "hello there"),
        (Media(Medium.PHOTO, "look"), "look"),
        (Media(Medium.VOICE), ""),
        (Command("help", "me please"), "me please"),
        (Press("take", "1", "c"), ""),
    ],
)
def test_the_words_in_a_message_are_its_text_or_caption(content: Content, text: str) -> None:
    assert incoming(content).text == text


def test_a_message_never_prints_what_was_written_or_by_whom() -> None:
    shown = repr(incoming(Words("she took tablets")))
    assert "tablets" not in shown
    assert "Sam" not in shown
