"""Picking days and a time by buttons: a button carries what would be picked after it."""

from collections.abc import Iterable, Sequence
from datetime import time

from bot.core.phrases import Phrases
from bot.core.planning import date_text, listed, often_text
from bot.core.practice import (
    PracticePlan,
    QuietHours,
    Times,
    days_of_mask,
    days_to_mask,
    times_offered,
)
from bot.core.replies import Button, Reply, as_written
from bot.core.skills import Skill

WEEK = range(7)
EVERY_DAY = frozenset(WEEK)


def offer(
    plan: PracticePlan,
    skill: Skill,
    days: frozenset[int],
    phrases: Phrases,
    *,
    therapist: str,
    known: Times | None = None,
) -> Reply:
    """A plan as a parent first sees it, with days to change; `known` is what they picked before."""
    text = phrases.say(
        "practice.offered",
        therapist=therapist,
        title=skill.title,
        minutes=skill.minutes,
        often=often_text(plan.often, phrases),
        until=date_text(plan.ends_on),
        goal=as_written(plan.goal),
    )
    note = phrases.say("practice.note", therapist=therapist, note=as_written(plan.note))
    asked = phrases.say("practice.which_days")
    parts = [text, note, asked] if plan.note else [text, asked]
    endings = _endings(plan.id, known, phrases)
    return Reply("\n\n".join(parts), (*day_buttons(plan.id, days, phrases), *endings))


def _endings(plan_id: int, known: Times | None, phrases: Phrases) -> tuple[tuple[Button, ...], ...]:
    """To want no nudges for a plan; once days are picked, to pause it or to end it."""
    if known is None or not known.days:
        return ((Button(phrases.say("practice.leave_button"), f"leave:{plan_id}"),),)
    what = "goon" if known.rests else "rest"
    turns = Button(phrases.say(f"practice.{what}_this_button"), f"{what}:{plan_id}")
    return (turns,), (Button(phrases.say("practice.end_this_button"), f"leave:{plan_id}"),)


def day_buttons(
    plan_id: int, days: frozenset[int], phrases: Phrases
) -> tuple[tuple[Button, ...], ...]:
    """A button for each weekday, and one to go on."""
    row = [_day_button(plan_id, day, days, phrases) for day in WEEK]
    mask = days_to_mask(days)
    onward = Button(phrases.say("practice.next_button"), f"hours:{plan_id}.{mask}")
    return tuple(row[:4]), tuple(row[4:]), (onward,)


def _day_button(plan_id: int, day: int, days: frozenset[int], phrases: Phrases) -> Button:
    name = phrases.say(f"practice.day_{day}")
    label = phrases.say("practice.picked_day_button", day=name) if day in days else name
    return Button(label, f"days:{plan_id}.{days_to_mask(days ^ {day})}")


def ask_time(plan_id: int, days: frozenset[int], quiet: QuietHours, phrases: Phrases) -> Reply:
    """At what time, of those that are not quiet."""
    mask = days_to_mask(days)
    offered = [
        Button(time_text(at), f"at:{plan_id}.{mask}.{at:%H%M}") for at in times_offered(quiet)
    ]
    back = Button(phrases.say("practice.back_button"), f"days:{plan_id}.{mask}")
    text = phrases.say("practice.what_time", days=days_text(days, phrases))
    rows = [tuple(offered[start : start + 3]) for start in range(0, len(offered), 3)]
    return Reply(text, (*rows, (back,)))


def picked(
    skill: Skill,
    times: Times,
    zone: str,
    quiet: QuietHours,
    phrases: Phrases,
    *,
    in_turn: Sequence[str] = (),
    next_nudge: str = "",
    beside_others: bool = False,
) -> Reply:
    """What was picked, and what holds for every nudge.

    `in_turn` are the titles of what takes turns with it; `next_nudge` is a line about when;
    `beside_others`: it or another plan of theirs has days of its own, whatever else comes on them.
    """
    most = phrases.say("practice.one_a_day_each" if beside_others else "practice.one_a_day")
    days, at, home = days_text(times.days, phrases), time_text(times.at), zone_text(zone)
    if quiet.begins == quiet.ends:
        text = phrases.say(
            "practice.times_picked_any_hour",
            title=skill.title,
            days=days,
            at=at,
            zone=home,
            most=most,
        )
    else:
        text = phrases.say(
            "practice.times_picked",
            title=skill.title,
            days=days,
            at=at,
            zone=home,
            most=most,
            quiet_begins=time_text(quiet.begins),
            quiet_ends=time_text(quiet.ends),
        )
    others = listed([f"**{title}**" for title in in_turn], phrases)
    turns = phrases.say("practice.in_turn", others=others) if in_turn else ""
    return Reply("\n".join(one for one in (text.rstrip(), turns, next_nudge) if one))


def rests_now(plan: PracticePlan, skill: Skill, phrases: Phrases) -> Reply:
    """This plan rests for a parent, and the way back."""
    text = phrases.say("practice.rests_now", title=skill.title)
    back = Button(phrases.say("practice.go_on_button", title=skill.title), f"goon:{plan.id}")
    return Reply(text, ((back,),))


def left_alone(plan: PracticePlan, skill: Skill, phrases: Phrases, *, had_days: bool) -> Reply:
    """No nudges for this plan, and the way back; `had_days`: they practised it before."""
    phrase = "practice.ended_for_you" if had_days else "practice.left_alone"
    text = phrases.say(phrase, title=skill.title)
    back = Button(phrases.say("practice.pick_days_button"), f"replan:{plan.id}")
    return Reply(text, ((back,),))


def read_days(argument: str) -> tuple[int, frozenset[int]] | None:
    """The plan and the days that a button carries: `12.21`."""
    numbers = argument.split(".")
    if len(numbers) != 2 or not all(one.isdecimal() for one in numbers) or int(numbers[1]) > 127:
        return None
    return int(numbers[0]), days_of_mask(int(numbers[1]))


def read_times(argument: str) -> tuple[int, Times] | None:
    """The plan, days and time that a button carries: `12.21.1800`."""
    rest, _, clock = argument.rpartition(".")
    found = read_days(rest)
    if found is None or not found[1] or len(clock) != 4 or not clock.isdecimal():
        return None
    hour, minute = int(clock[:2]), int(clock[2:])
    return (found[0], Times(found[1], time(hour, minute))) if hour < 24 and minute < 60 else None


def days_text(days: Iterable[int], phrases: Phrases) -> str:
    """Weekdays in words: `Mon, Wed and Fri`."""
    found: Sequence[int] = sorted(days)
    if frozenset(found) == EVERY_DAY:
        return phrases.say("practice.every_day")
    return listed([phrases.say(f"practice.day_{day}") for day in found], phrases)


def time_text(at: time) -> str:
    """A time of day: `7:30`, `18:00`."""
    return f"{at.hour}:{at:%M}"


def zone_text(zone: str) -> str:
    """A zone by its city: `New York`."""
    return zone.rpartition("/")[2].replace("_", " ")
