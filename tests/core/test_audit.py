"""The audit trail's chain: what was changed, taken out or put in shows, at the first such entry."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.audit import (
    BEGINNING,
    Actor,
    Break,
    Deed,
    Link,
    Why,
    chained,
    follow,
    hash_of,
    read_link,
)

AT = datetime(2026, 3, 4, 23, 40, tzinfo=UTC)
words = st.text(max_size=12)
deeds = st.builds(
    Deed,
    at=st.datetimes(timezones=st.just(UTC)),
    by=st.builds(Actor, st.none() | st.integers(1, 99), words),
    act=words,
    about=st.lists(words, max_size=3).map(tuple),
    how=words,
    detail=words,
)


def deed(number: int) -> Deed:
    return Deed(AT, Actor(number), "words_shown", (f"flag:{number}",), "console")


@given(st.lists(deeds, max_size=8), st.lists(deeds, max_size=8))
def test_a_chain_that_nobody_touched_holds_however_it_was_appended(
    first: list[Deed], then: list[Deed]
) -> None:
    entries = chained(BEGINNING, first)
    last = entries[-1].link if entries else BEGINNING
    entries += chained(last, then)
    end = follow(BEGINNING, entries)
    assert end == (entries[-1].link if entries else BEGINNING)
    assert isinstance(end, Link)
    assert end.number == len(entries)


@given(st.lists(deeds, min_size=1, max_size=8), st.data(), deeds)
def test_another_deed_in_the_place_of_an_entry_is_found_there(
    written: list[Deed], data: st.DataObject, other: Deed
) -> None:
    entries = list(chained(BEGINNING, written))
    place = data.draw(st.integers(0, len(entries) - 1))
    if other == written[place]:
        return
    entries[place] = replace(entries[place], deed=other)
    assert follow(BEGINNING, entries) == Break(place + 1, Why.CHANGED)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_entry_that_was_taken_out_is_missed(place: int) -> None:
    entries = list(chained(BEGINNING, [deed(1), deed(2), deed(3), deed(4)]))
    del entries[place]
    assert follow(BEGINNING, entries) == Break(place + 1, Why.MISSING)


def test_a_changed_entry_with_a_hash_of_its_own_breaks_the_one_after_it() -> None:
    entries = list(chained(BEGINNING, [deed(1), deed(2), deed(3)]))
    other = deed(9)
    link = Link(2, hash_of(2, other, entries[0].link.hash))
    entries[1] = replace(entries[1], deed=other, link=link)
    assert follow(BEGINNING, entries) == Break(3, Why.CHANGED)


def test_a_moment_has_one_form_whatever_clock_it_was_read_by() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=5)))
    assert hash_of(1, replace(deed(1), at=elsewhere), "") == hash_of(1, deed(1), "")


def test_the_form_that_is_hashed_is_the_one_in_the_documentation() -> None:
    form = {
        "about": ["flag:7"],
        "act": "words_shown",
        "at": "2026-03-04T23:40:00.000000+00:00",
        "before": "ab",
        "detail": "",
        "how": "console",
        "named": "",
        "number": 3,
        "staff": 7,
    }
    text = json.dumps(form, separators=(",", ":"), ensure_ascii=False)
    assert hash_of(3, deed(7), "ab") == hashlib.sha256(text.encode()).hexdigest()


def test_a_link_is_read_as_it_was_printed_and_nothing_else_is() -> None:
    link = chained(BEGINNING, [deed(1)])[0].link
    assert read_link(f" {link} ") == link
    for text in ("", "1", f"0:{link.hash}", f"1:{link.hash[:-1]}", f"x:{link.hash}"):
        assert read_link(text) is None
