"""Practice in a journey: a plan is given, days go by on a clock on the wall, nudges come."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.journeys.people import Person, Seen
from tests.journeys.stage import Stage
from tests.journeys.waiting import wait_for

TITLE, OTHER_TITLE = "The bedtime check-in", "Slow voice"
NUDGE = ["Did it", "Was hard", "Not today", "Show me how"]
LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
SPREAD = timedelta(minutes=10)
"""Nudges for the same time are spread over so long."""


def nudged(person: Person) -> list[Seen]:
    """The nudges in somebody's chat."""
    return [one for one in person.reads() if list(one.buttons) == NUDGE]


def nudges(person: Person) -> int:
    """How many nudges stand in somebody's chat."""
    return len(nudged(person))


def nudge_times(person: Person, zone: ZoneInfo) -> list[datetime]:
    """When the nudges came, by the clock of a place."""
    return [datetime.fromtimestamp(one.entry["at"], UTC).astimezone(zone) for one in nudged(person)]


def comes_to_have(person: Person, wanted: int) -> None:
    """So many nudges stand in somebody's chat before long, and no more."""
    wait_for(lambda: nudges(person) >= wanted, f"nudge {wanted} comes to {person.name}")
    assert nudges(person) == wanted


def now(stage: Stage) -> datetime:
    """What time it is on the stage."""
    known = stage.http.get("/sandbox/clock", params={"after": -1, "timeout": 0}).json()
    return datetime.fromtimestamp(known["now"], UTC)


def goes_to(stage: Stage, hour: int, minute: int, zone: ZoneInfo, *people: Person) -> datetime:
    """Time goes on until clocks of a place show that time next; what comes due is done."""
    here = now(stage).astimezone(zone)
    reached = datetime.combine(here.date(), time(hour, minute), zone)
    if reached <= here:
        reached = datetime.combine(here.date() + timedelta(days=1), time(hour, minute), zone)
    stage.clock.forward(seconds=(reached.astimezone(UTC) - here.astimezone(UTC)).total_seconds())
    stage.settles(*people)
    return reached


def lives(stage: Stage, hours: int, *people: Person) -> None:
    """Time goes on hour by hour, and what comes due in each is done."""
    for _ in range(hours):
        stage.clock.forward(hours=1)
        stage.settles(*people)


def waits_for_a_nudge(stage: Stage, person: Person) -> None:
    """Within a day and a little one nudge comes."""
    before = nudges(person)
    for _ in range(26):
        lives(stage, 1, person)
        if nudges(person) > before:
            return
    raise AssertionError(f"{person.name} was not nudged within a day")


def is_given_a_plan(
    stage: Stage, parent: Person, often: str = "every day", weeks: int = 4, title: str = TITLE
) -> None:
    """Dana gives a family a plan in five taps."""
    dana = stage.dana
    dana.says(f"/plan {parent.alias}")
    asked = dana.expects("A practice plan for whom?")
    for label in (parent.alias, title, often, f"{weeks} weeks", "Send it"):
        asked = dana.sees_button(label)
        dana.presses(label, asked)
    dana.expects("Sent to", parent.alias, title)


def picks_days(parent: Person, at: str = "18:00", title: str = TITLE) -> None:
    """A parent takes the days that are offered, at a time of theirs."""
    offered = parent.expects("Dana has something for you to practise", title)
    parent.presses("Next: the time", offered)
    parent.presses(at, parent.sees_change(offered, "At about what time?"))
    parent.sees_change(offered, title, f"at about {at}")


def gets_a_plan(stage: Stage, parent: Person) -> None:
    """Dana gives a plan; the parent picks every day at six."""
    is_given_a_plan(stage, parent)
    picks_days(parent)
