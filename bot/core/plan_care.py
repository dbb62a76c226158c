"""Looking after a plan that runs: what a therapist can do with it, what parents are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.people import Family
from bot.core.phrases import Phrases
from bot.core.planning import date_text, often_text
from bot.core.practice import PlanState, PracticePlan
from bot.core.replies import Button, Reply

ACTION = "manage"


class Care(StrEnum):
    """What a therapist does with a plan; excuse: nudges although a flag was closed just now.

    own day: it may nudge beside the family's other plans on the same day; share day: in turn again.

    change: which of the next three; each of them with a value does it, and without one asks.
    """

    SHOW = "show"
    CHANGE = "change"
    OFTEN = "often"
    UNTIL = "until"
    AIM = "aim"
    PAUSE = "pause"
    GO_ON = "goon"
    END = "end"
    EXCUSE = "excuse"
    OWN_DAY = "ownday"
    SHARE_DAY = "shareday"


STATE_AFTER = {
    Care.PAUSE: PlanState.PAUSED,
    Care.GO_ON: PlanState.RUNNING,
    Care.END: PlanState.ENDED,
}


HAS_OWN_DAY_AFTER = {Care.OWN_DAY: True, Care.SHARE_DAY: False}


@dataclass(frozen=True, slots=True)
class Tally:
    """What a family said of a plan: on how many days."""

    did_it: int = 0
    was_hard: int = 0
    not_today: int = 0


@dataclass(frozen=True, slots=True)
class CareAsked:
    """A plan, what to do with it, and with what."""

    plan_id: int
    care: Care
    value: str = ""


def read_care(argument: str) -> CareAsked | None:
    """The plan and what to do with it, as a button carries it: `12.pause`, `12.often.5`."""
    number, what, value = (*argument.split("."), "", "")[:3]
    if not number.isdecimal() or what not in list(Care):
        return None
    return CareAsked(int(number), Care(what), value)


def plan_button(plan: PracticePlan, title: str, phrases: Phrases) -> Button:
    """Leads to a plan that the family has already."""
    label = phrases.say("practice.manage_button", title=title)
    return Button(label, f"{ACTION}:{plan.id}.{Care.SHOW}")


def plan_shown(
    plan: PracticePlan,
    family: Family,
    title: str,
    tally: Tally,
    standings: Sequence[str],
    phrases: Phrases,
) -> Reply:
    """A plan with what came of it so far, how each parent stands to it, and what can be done."""
    text = phrases.say(
        "practice.plan_shown",
        alias=family.alias,
        title=title,
        often=often_text(plan.often, phrases),
        until=date_text(plan.ends_on),
        state=phrases.say(f"practice.state_{plan.state}"),
        did=tally.did_it,
        hard=tally.was_hard,
        not_today=tally.not_today,
    )
    onward = Care.GO_ON if plan.state is PlanState.PAUSED else Care.PAUSE
    day = Care.SHARE_DAY if plan.has_own_day else Care.OWN_DAY
    offered = (Care.CHANGE,), (onward, Care.END), (day,), (Care.EXCUSE,)
    own_day = (phrases.say("practice.plan_has_own_day"),) if plan.has_own_day else ()
    return Reply(
        "\n".join((text.rstrip(), *own_day, *standings)),
        tuple(tuple(care_button(plan, care, phrases) for care in row) for row in offered),
    )


def care_button(plan: PracticePlan, care: Care, phrases: Phrases) -> Button:
    return Button(phrases.say(f"practice.care_{care}_button"), f"{ACTION}:{plan.id}.{care}")


def told_of(care: Care, title: str, therapist: str, phrases: Phrases) -> str | None:
    """What the parents are told of it; None where it changes nothing for them now."""
    if care not in (*STATE_AFTER, *HAS_OWN_DAY_AFTER):
        return None
    return phrases.say(f"practice.told_{care}", title=title, therapist=therapist)


def over_text(title: str, tally: Tally, therapist: str, phrases: Phrases) -> str:
    """What a parent reads when the last day of a plan has passed."""
    days, hard = days_said(tally.did_it, phrases), days_said(tally.was_hard, phrases)
    match tally.did_it > 0, tally.was_hard > 0:
        case True, True:
            what = phrases.say("practice.over_did_and_hard", days=days, hard=hard)
        case True, False:
            what = phrases.say("practice.over_did", days=days)
        case False, True:
            what = phrases.say("practice.over_hard", hard=hard)
        case _:
            what = phrases.say("practice.over_nothing")
    return phrases.say("practice.over", title=title, therapist=therapist, what=what)


def said_text(tally: Tally, phrases: Phrases) -> str:
    """On how many days what was said, without what never was: `done on 3 days, hard on 1 day`."""
    parts = (
        ("practice.said_did", tally.did_it),
        ("practice.said_hard", tally.was_hard),
        ("practice.said_not_today", tally.not_today),
    )
    return ", ".join(
        phrases.say(phrase, days=days_said(count, phrases)) for phrase, count in parts if count
    )


def days_said(count: int, phrases: Phrases) -> str:
    """So many days, in words."""
    return (
        phrases.say("practice.one_day")
        if count == 1
        else phrases.say("practice.some_days", count=count)
    )
