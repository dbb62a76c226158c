"""The holding message: what was passed on, to whom, what is known, and whom to call now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.core.crisis import CrisisLine, Directory, lines_for
from bot.core.flags import Flag, FlagState
from bot.core.people import Staff
from bot.core.phrases import Phrases
from bot.core.replies import Reply
from bot.core.triage import Category

POINTS = (timedelta(minutes=20), timedelta(hours=1), timedelta(hours=2))
"""A parent who waits hears of it as a new message after so long, and no more often than that."""

SWALLOWED = frozenset({"rule:swallowed", "rule:wrong_medicine"})
"""What a rule has to have found before anything is said about packets."""


def numbers_text(
    directory: Directory, country: str, category: Category | None, phrases: Phrases
) -> str:
    """The emergency number and the lines that fit, one a line."""
    numbers = directory.of(country)
    emergency = phrases.say(
        "holding.emergency", number=numbers.emergency, note=numbers.emergency_note
    )
    lines = [_line(line, phrases) for line in lines_for(numbers, category)]
    return "\n".join([emergency, *lines])


def _line(line: CrisisLine, phrases: Phrases) -> str:
    name, contact, purpose = line.name, line.contact, line.purpose
    if line.hours is None:
        return phrases.say(
            "holding.line_hours_unknown", name=name, contact=contact, purpose=purpose
        )
    return phrases.say(
        "holding.line", name=name, contact=contact, purpose=purpose, hours=line.hours
    )


@dataclass(frozen=True, slots=True)
class ToCall:
    """Whom to call in a family's country, and what to do about a danger until then."""

    directory: Directory
    country: str
    category: Category
    reason: str

    def numbers(self, phrases: Phrases) -> str:
        """The numbers that fit, one a line."""
        return numbers_text(self.directory, self.country, self.category, phrases)

    def means(self, phrases: Phrases) -> str:
        """What to do about the danger itself; nothing where only the numbers are right.

        What a category alone suggests has to be right for all of it, as it may be a guess; what is
        said of swallowing needs a rule that found that.
        """
        means = f"holding.means_{self.category}"
        if self.reason in SWALLOWED:
            means = "holding.means_swallowed"
        if means not in phrases.ids():
            return ""
        return phrases.say(means, emergency=self.directory.of(self.country).emergency)


def to_call(flag: Flag, directory: Directory) -> ToCall:
    """Whom the family of a flag can call."""
    return ToCall(directory, flag.country, flag.category, flag.reason)


def holding_text(opening: str, call: ToCall, phrases: Phrases, *more: str, long: bool) -> str:
    """An opening that says what is known, `more` of it, then what to do now."""
    danger = phrases.say("holding.danger_long" if long else "holding.danger")
    parts = [opening, *more, danger + "\n" + call.numbers(phrases), call.means(phrases)]
    return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a flag beyond its state.

    `reached`: somebody who can be reached was, or is being, sent an alert. `sent_to`: the
    therapist's name, if they are among them. `seen_by`: who has opened the message, if anybody.
    `has_taken`: false where it was passed to somebody who had the family's flag before it came.
    `told`: who was told and when, as one list, once there is more to tell than one alert.
    `has_waited_long`: for so long that a parent should not rely on an answer. `when`: when the
    family's therapist is at work, as far as that is known.
    """

    reached: bool
    sent_to: str | None = None
    seen_by: str | None = None
    has_taken: bool = True
    told: str = ""
    has_waited_long: bool = False
    when: str = ""


def opening_for(flag: Flag, phrases: Phrases, known: Known) -> str:
    """The one sentence that is true of a flag now."""
    if not flag.is_open:
        name = flag.holder.name if flag.holder else phrases.say("holding.their_clinic")
        return phrases.say("holding.over", name=name)
    if flag.holder is not None:
        phrase = "holding.taken" if known.has_taken else "holding.joined"
        return phrases.say(phrase, name=flag.holder.name)
    if not known.reached:
        return phrases.say("holding.nobody")
    if known.seen_by is not None:
        return phrases.say("holding.seen", name=known.seen_by)
    if known.told:
        return phrases.say("holding.waiting")
    sent = "sent" if flag.state is FlagState.DELIVERED else "sending"
    who = known.sent_to or phrases.say("holding.their_clinic")
    return phrases.say(f"holding.{sent}", who=who)


def holding_reply(flag: Flag, directory: Directory, phrases: Phrases, known: Known) -> Reply:
    """The holding message as it stands now."""
    told = _told(known, phrases) if flag.is_waiting else ""
    when = known.when if flag.is_waiting and known.reached else ""
    text = holding_text(
        opening_for(flag, phrases, known),
        to_call(flag, directory),
        phrases,
        told,
        when,
        long=flag.is_waiting and known.has_waited_long,
    )
    return Reply(text)


def still_waiting(flag: Flag, directory: Directory, phrases: Phrases, known: Known) -> Reply:
    """What a parent reads in a new message who has waited so long that silence would mislead."""
    opening = phrases.say("holding.still_waiting" if known.reached else "holding.still_nobody")
    call = to_call(flag, directory)
    return Reply(holding_text(opening, call, phrases, _told(known, phrases), long=True))


def point_passed(waited: timedelta) -> int | None:
    """Which of the `POINTS` a wait has passed last, if any."""
    passed = [number for number, after in enumerate(POINTS) if waited >= after]
    return passed[-1] if passed else None


def _told(known: Known, phrases: Phrases) -> str:
    if not known.told or not known.reached:
        return ""
    return phrases.say("holding.told", told=known.told)


def told_so_far(
    alerts: Sequence[tuple[Staff, datetime]],
    therapist: Staff | None,
    zone: tzinfo,
    phrases: Phrases,
) -> str:
    """Who was told and when, by a parent's clock; nothing while there was one alert only.

    The family's therapist has a name; others are told by what they do.
    """
    if len(alerts) < 2:
        return ""
    times: dict[str, list[datetime]] = {}
    for person, at in alerts:
        is_own = therapist is not None and person.id == therapist.id
        who = person.name if is_own else phrases.say(f"holding.colleague_{person.role}")
        times.setdefault(who, []).append(at.astimezone(zone))
    days = {at.date() for found in times.values() for at in found}
    form = "%H:%M" if len(days) == 1 else "%A %H:%M"
    return ", ".join(_times(who, found, form, phrases) for who, found in times.items())


def _times(who: str, found: Sequence[datetime], form: str, phrases: Phrases) -> str:
    first, last = f"{found[0]:{form}}", f"{found[-1]:{form}}"
    if first == last:
        return phrases.say("holding.told_once", who=who, at=first)
    return phrases.say("holding.told_again", who=who, at=first, last=last)
