"""Plans, rhythms and moments for tests of nudges."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.nudges import Chosen, Nudge, PastNudge
from bot.core.practice import PlanState, PracticePlan, Times
from bot.core.rhythm import Rhythm

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
EVERY_DAY = frozenset(range(7))
MONDAY = date(2026, 3, 2)
TUESDAY = MONDAY + timedelta(days=1)
AT_HOME = Rhythm(LONDON)


def a_plan(
    id_: int = 1,
    *,
    starts_on: date = MONDAY,
    days: int = 28,
    state: PlanState = PlanState.RUNNING,
    has_own_day: bool = False,
) -> PracticePlan:
    """A plan of four weeks from that Monday on."""
    ends_on = starts_on + timedelta(days=days - 1)
    return PracticePlan(id_, 1, "slow-voice", "", 7, starts_on, ends_on, state, has_own_day)


def chosen(
    plan: PracticePlan, at: time = time(18), days: frozenset[int] = EVERY_DAY, wordings: int = 3
) -> Chosen:
    """A plan for which a parent picked every day at six."""
    return Chosen(plan, Times(days, at), wordings)


def at(day: date, hour: int, minute: int = 0, zone: ZoneInfo = LONDON) -> datetime:
    """A moment by the clock of a zone."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)


def answered(nudge: Nudge) -> PastNudge:
    """A nudge that was sent and answered."""
    return PastNudge(nudge.plan_id, nudge.day, nudge.wording, is_ignored=False)


def ignored(*days: int, plan_id: int = 1) -> list[PastNudge]:
    """Nudges on these days of March that nobody answered."""
    return [PastNudge(plan_id, date(2026, 3, day), 0, is_ignored=True) for day in days]
