"""What the bot answered by itself, in parents' words: the therapist may doubt each decision."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from bot.core.digest import day_text
from bot.core.phrases import Phrases
from bot.core.replies import Button, Reply, as_written

ACTION = "answered"
LISTED = 10
_MOMENT = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 10**13


@dataclass(frozen=True, slots=True)
class Answered:
    """A message that the bot answered itself; `title` is the page's, where it was from a page."""

    message_id: int
    at: datetime
    day: date
    parent: str
    words: str = field(repr=False)
    title: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a button asks for: a family's messages of a time."""

    family_id: int
    since: datetime
    until: datetime


def button_for(wanted: Wanted, phrases: Phrases, label: str = "reviews.read_button") -> Button:
    """The button that shows them."""
    since, until = _number(wanted.since), _number(wanted.until + _MOMENT)
    return Button(phrases.say(label), f"{ACTION}:{wanted.family_id}.{since}.{until}")


def read_wanted(argument: str) -> Wanted | None:
    """What the button asks for; None: it is none of ours."""
    numbers = argument.split(".")
    if len(numbers) != 3 or not all(one.isdecimal() for one in numbers):
        return None
    family, since, until = map(int, numbers)
    if max(since, until) > _LATEST:
        return None
    return Wanted(family, _EPOCH + since * _MOMENT, _EPOCH + until * _MOMENT)


def answered_reply(
    alias: str, wanted: Wanted, answered: Sequence[Answered], phrases: Phrases
) -> Reply:
    """The first of them in the parents' words, each with its one tap; the rest by a button."""
    listed = answered[:LISTED]
    heading = phrases.say("reviews.answered", alias=as_written(alias))
    lines = [_line(number, one, phrases) for number, one in enumerate(listed, start=1)]
    rows = [
        (Button(phrases.say("reviews.missed_row", number=number), f"missed:{one.message_id}"),)
        for number, one in enumerate(listed, start=1)
    ]
    if len(answered) > len(listed):
        rest = Wanted(wanted.family_id, answered[LISTED].at, wanted.until - _MOMENT)
        rows.append((button_for(rest, phrases, "reviews.read_more_button"),))
    return Reply("\n\n".join((heading, *lines)), tuple(rows))


def _line(number: int, one: Answered, phrases: Phrases) -> str:
    title = one.title or phrases.say("reviews.no_page")
    return phrases.say(
        "reviews.answered_line",
        number=number,
        day=day_text(one.day),
        parent=as_written(one.parent),
        words=as_written(one.words),
        title=title,
    )


def _number(at: datetime) -> int:
    return (at - _EPOCH) // _MOMENT
