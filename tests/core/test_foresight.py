"""When the next nudge comes, as a parent is told: what is foretold is what happens."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.phrasebook import load_phrases
from bot.core.foresight import in_turn_with, next_nudge_at, next_nudge_text, some_take_turns
from bot.core.nudges import Calm, PastNudge, decide
from bot.core.rhythm import Rhythm
from bot.settings import ROOT
from tests.core.plans import AT_HOME, MONDAY, TUESDAY, a_plan, at, chosen
from tests.core.test_weeks_of_nudges import BEGINNINGS, HOURS, NIGHTS, ZONES

PHRASES = load_phrases(ROOT / "prompts")


@settings(max_examples=100, deadline=None)
@given(zone=ZONES, quiet=NIGHTS, begins=BEGINNINGS, hour=HOURS, days=st.sets(st.integers(0, 6)))
def test_what_is_foretold_is_when_a_nudge_is_decided_and_not_a_minute_before(
    zone: ZoneInfo, quiet: object, begins: datetime, hour: object, days: set[int]
) -> None:
    rhythm = Rhythm(zone, quiet)  # type: ignore[arg-type]
    starts_on = begins.date() - timedelta(days=1)
    plan = chosen(a_plan(starts_on=starts_on, days=60), hour, frozenset(days))  # type: ignore[arg-type]
    found = next_nudge_at(rhythm, [plan], [], begins)
    if not days:
        assert found is None
        return
    assert found is not None
    assert decide(rhythm, [plan], [], Calm(), found).nudges
    if found > begins:
        early = found - timedelta(minutes=1)
        assert not decide(rhythm, [plan], [], Calm(), max(begins, early)).nudges


def test_nothing_is_foretold_where_nothing_will_come() -> None:
    noon = at(MONDAY, 12)
    plan = chosen(a_plan())
    assert next_nudge_at(replace(AT_HOME, is_stopped=True), [plan], [], noon) is None
    assert next_nudge_at(replace(AT_HOME, is_waiting=True), [plan], [], noon) is None
    assert next_nudge_at(AT_HOME, [], [], noon) is None
    last = chosen(a_plan(days=1))
    past = [PastNudge(1, MONDAY, 0, is_ignored=True)]
    assert next_nudge_at(AT_HOME, [last], past, at(MONDAY, 19)) is None


def test_after_a_pause_it_is_foretold_for_the_day_on_which_the_pause_ends() -> None:
    rhythm = replace(AT_HOME, paused_until=MONDAY + timedelta(days=9))
    found = next_nudge_at(rhythm, [chosen(a_plan())], [], at(MONDAY, 12))
    assert found == at(MONDAY + timedelta(days=9), 18)


def test_the_moment_is_named_by_the_parents_own_clock() -> None:
    noon = at(MONDAY, 12)

    def said(moment: datetime | None) -> str:
        return next_nudge_text(moment, AT_HOME, noon, PHRASES)

    assert said(None) == ""
    assert said(noon) == PHRASES.say("practice.next_now")
    assert "today at about 18:00" in said(at(MONDAY, 18))
    assert "tomorrow at about 7:30" in said(at(TUESDAY, 7, 30))
    assert "on Thu 5 March at about 18:00" in said(datetime(2026, 3, 5, 18, tzinfo=UTC))


def test_plans_take_turns_only_where_they_have_a_day_in_common() -> None:
    monday, tuesday, both, own = (
        (one.plan, one.times)
        for one in (
            chosen(a_plan(1), days=frozenset({0})),
            chosen(a_plan(2), days=frozenset({1})),
            chosen(a_plan(3), days=frozenset({0, 1})),
            chosen(a_plan(4, has_own_day=True), days=frozenset({0})),
        )
    )
    assert [plan.id for plan in in_turn_with(both, [monday, tuesday, both, own])] == [1, 2]
    assert not some_take_turns([monday, tuesday, own])
    assert some_take_turns([monday, both])
