"""Sentences are found by their id, with every placeholder filled."""

import pytest

from bot.core.phrases import Phrases

PHRASES = Phrases({"a.hello": "Hello {name}, {count} times", "a.plain": "Nothing to fill"})


def test_a_sentence_is_said_with_its_placeholders_filled() -> None:
    assert PHRASES.say("a.hello", name="Sam", count=2) == "Hello Sam, 2 times"


def test_a_sentence_that_does_not_exist_is_an_error_and_not_silence() -> None:
    with pytest.raises(KeyError):
        PHRASES.say("a.goodbye")


def test_a_placeholder_without_a_value_is_an_error_and_never_shown() -> None:
    with pytest.raises(KeyError):
        PHRASES.say("a.hello", name="Sam")


def test_braces_in_what_a_parent_wrote_are_left_alone() -> None:
    assert "{count}" in PHRASES.say("a.hello", name="{count}", count=1)


def test_the_placeholders_of_a_sentence_can_be_listed() -> None:
    assert PHRASES.inputs("a.hello") == {"name", "count"}
    assert PHRASES.inputs("a.plain") == set()
