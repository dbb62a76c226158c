"""What the bot answered by itself: a list for the therapist, and the button that asks for it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.phrasebook import load_phrases
from bot.core.answered_words import (
    LISTED,
    Answered,
    Wanted,
    answered_reply,
    button_for,
    read_wanted,
)
from bot.settings import ROOT

PHRASES = load_phrases(ROOT / "prompts")
SINCE = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
WANTED = Wanted(1, SINCE, SINCE + timedelta(weeks=1))
LONGEST_OF_TELEGRAM = 64


def many(count: int) -> list[Answered]:
    at = [SINCE + timedelta(hours=number) for number in range(count)]
    return [Answered(n, one, one.date(), "Sam", f"words {n}") for n, one in enumerate(at)]


def argument(data: str) -> str:
    return data.partition(":")[2]


def test_a_button_carries_the_time_and_leaves_nothing_of_it_out() -> None:
    data = button_for(Wanted(10**12, SINCE, WANTED.until), PHRASES).data
    assert len(data) <= LONGEST_OF_TELEGRAM
    read = read_wanted(argument(data))
    assert read is not None
    assert read.family_id == 10**12
    assert read.since <= SINCE
    assert WANTED.until <= read.until <= WANTED.until + timedelta(milliseconds=1)


@pytest.mark.parametrize("text", ["", "1", "1.2", "1.2.3.4", "a.2.3", "1.-2.3", f"1.2.{10**20}"])
def test_what_no_button_of_ours_carries_is_nothing(text: str) -> None:
    assert read_wanted(text) is None


def test_each_message_has_its_own_tap() -> None:
    reply = answered_reply("Maple", WANTED, many(3), PHRASES)
    assert [row[0].data for row in reply.buttons] == ["missed:0", "missed:1", "missed:2"]


def test_the_rest_is_one_button_further_and_nothing_is_left_out() -> None:
    found = many(LISTED + 4)
    reply = answered_reply("Maple", WANTED, found, PHRASES)
    rest = read_wanted(argument(reply.buttons[-1][0].data))
    assert rest is not None
    assert rest.since <= found[LISTED].at
    assert rest.since > found[LISTED - 1].at
    assert "words 9" in reply.text
    assert "words 10" not in reply.text


def test_stars_in_a_parents_words_make_nothing_bold() -> None:
    starred = Answered(1, SINCE, SINCE.date(), "Sam", "**so**")
    assert "**so**" not in answered_reply("Maple", WANTED, [starred], PHRASES).text
    assert "**so**" not in repr(starred)
