"""Nudges on a phone: one a day, answered by one tap, and none when there should be none."""

import pytest

from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, SAM, SKILLS, Clinic, say
from tests.flows.practising import (
    MONDAY,
    SKILL,
    TITLE,
    give,
    live,
    nudges,
    practises,
    set_clock,
    sweep,
    taps,
)
from tests.flows.script import URGENT, WORRYING

THE_SKILL = SKILLS[SKILL]


async def test_at_the_hour_that_was_picked_one_nudge_comes_and_no_second(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=5)
    assert nudges(clinic) == []
    await live(clinic, hours=1)
    (nudge,) = nudges(clinic)
    assert THE_SKILL.nudges[0] in nudge.text
    assert list(nudge.buttons.values()) == ["Did it", "Was hard", "Not today", "Show me how"]
    for _ in range(3):
        await sweep(clinic)
    await live(clinic, hours=5)
    assert len(nudges(clinic)) == 1


async def test_two_sweeps_at_once_nudge_once(clinic: Clinic) -> None:
    await practises(clinic)
    await clinic.forward(hours=6)
    await sweep(clinic)
    async with clinic.services.database.transaction() as tx:
        await tx.connection.exec_driver_sql("update rhythms set look_at = now() - interval '1 day'")
    await sweep(clinic)
    assert len(nudges(clinic)) == 1
    assert clinic.count("nudges") == 1


async def test_the_next_day_asks_in_other_words(clinic: Clinic) -> None:
    await practises(clinic)
    for _ in range(2):
        await live(clinic, hours=24)
        await taps(clinic, "Did it")
    assert [one.text.splitlines()[0] for one in nudges(clinic)] == list(THE_SKILL.nudges[:2])


@pytest.mark.parametrize("words", [URGENT, WORRYING])
async def test_while_a_flag_or_a_check_is_open_nobody_is_nudged(clinic: Clinic, words: str) -> None:
    await practises(clinic)
    await clinic.forward(hours=5, minutes=58)
    await clinic.says(SAM, words)
    await live(clinic, hours=6)
    assert nudges(clinic) == []


async def test_a_flag_of_one_parent_keeps_nudges_from_the_other(clinic: Clinic) -> None:
    await practises(clinic, ALEX)
    await clinic.says(SAM, URGENT)
    await live(clinic, hours=8)
    assert nudges(clinic, ALEX) == []


async def test_for_a_day_after_a_flag_was_closed_there_is_none_and_then_there_is(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await live(clinic, hours=4)
    await clinic.says(SAM, URGENT)
    await taps(clinic, "Not urgent", DANA)
    await taps(clinic, "Close as not urgent", DANA)
    await live(clinic, hours=23)
    assert nudges(clinic) == []
    await live(clinic, hours=4)
    assert len(nudges(clinic)) == 1


async def test_whoever_is_nudged_in_vain_three_days_is_asked_and_left_alone(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await live(clinic, days=6)
    assert len(nudges(clinic)) == 3
    asked = [one for one in clinic.phone(SAM) if one.text == say("practice.waiting")]
    assert len(asked) == 1
    await clinic.says(SAM, "/practice")
    assert say("practice.rhythm_waiting") in clinic.last(SAM).text
    await taps(clinic, "Go on as it was")
    assert "The next nudge comes today at about 18:00." in clinic.last(SAM).text
    await live(clinic, days=1)
    assert len(nudges(clinic)) == 4


async def test_stop_is_respected_at_once_and_resume_begins_again(clinic: Clinic) -> None:
    await practises(clinic)
    await clinic.says(SAM, "/stop")
    await live(clinic, hours=24)
    assert nudges(clinic) == []
    await clinic.says(SAM, "/resume")
    await live(clinic, hours=24)
    assert len(nudges(clinic)) == 1


async def test_a_pause_ends_on_its_day(clinic: Clinic) -> None:
    await practises(clinic)
    await clinic.says(SAM, "/pause 5 March")
    assert clinic.last(SAM).text == say("practice.paused", until="5 March 2026")
    await live(clinic, days=2, hours=20)
    assert nudges(clinic) == []
    await live(clinic, hours=12)
    assert len(nudges(clinic)) == 1


async def test_a_move_to_new_york_keeps_the_hour_of_the_day(clinic: Clinic) -> None:
    await practises(clinic)
    await clinic.says(SAM, "/timezone new york")
    assert "The next nudge comes today at about 18:00." in clinic.last(SAM).text
    await live(clinic, hours=10)
    assert nudges(clinic) == []
    await live(clinic, hours=2)
    assert len(nudges(clinic)) == 1


async def test_a_move_that_leaves_no_room_today_says_when_the_next_one_comes(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await clinic.forward(hours=5)
    await clinic.says(SAM, "/timezone kolkata")
    assert "The next nudge comes tomorrow at about 18:00." in clinic.last(SAM).text
    await live(clinic, hours=19, looks_every=600)
    assert nudges(clinic) == []
    await live(clinic, hours=1)
    assert len(nudges(clinic)) == 1


async def test_quiet_hours_move_what_falls_into_them(clinic: Clinic) -> None:
    await practises(clinic)
    await clinic.says(SAM, "/quiet 17:30-9:00")
    await live(clinic, hours=4)
    assert nudges(clinic) == []
    await live(clinic, hours=1)
    assert len(nudges(clinic)) == 1


async def test_what_worries_behind_a_command_is_heard_as_a_message(clinic: Clinic) -> None:
    await clinic.says(SAM, f"/pause {URGENT}")
    assert (await clinic.flag()).is_open


async def test_practice_shows_the_plan_and_logs_without_a_nudge(clinic: Clinic) -> None:
    await clinic.says(SAM, "/practice")
    assert clinic.last(SAM).text == say("practice.practice_none", therapist="Dana")
    await practises(clinic)
    await clinic.says(SAM, "/practice")
    assert f"{TITLE}: Every day, at about 18:00" in clinic.last(SAM).text
    await taps(clinic, f"Did it: {TITLE}")
    assert rows(clinic.storage.url, "select answer from practices") == [("did_it",)]


async def test_two_plans_say_that_they_take_turns(clinic: Clinic) -> None:
    await practises(clinic)
    assert "take turns" not in clinic.last(SAM).text
    await give(clinic, skill="slow-voice")
    await clinic.presses(SAM, "at:2.3.1800")
    picked = next(one for one in clinic.texts(SAM) if one.startswith("Slow voice"))
    assert say("practice.in_turn", others=TITLE) in picked
    assert "The next nudge comes today at about 18:00." in picked
    await clinic.says(SAM, "/practice")
    assert say("practice.in_turn_here") in clinic.last(SAM).text
    await live(clinic, days=2)
    assert len({one.text.splitlines()[-1] for one in nudges(clinic)}) == 2


async def test_plans_without_a_day_in_common_say_nothing_of_turns(clinic: Clinic) -> None:
    await set_clock(clinic, MONDAY)
    await give(clinic)
    await clinic.presses(SAM, "at:1.1.1800")
    await give(clinic, skill="slow-voice")
    await clinic.presses(SAM, "at:2.2.1800")
    assert not any("take turns" in one for one in clinic.texts(SAM))
    await clinic.says(SAM, "/practice")
    assert "take turns" not in clinic.last(SAM).text


async def test_a_plan_nobody_picked_a_time_for_nudges_nobody(clinic: Clinic) -> None:
    await set_clock(clinic, MONDAY)
    await give(clinic)
    await live(clinic, hours=24)
    assert nudges(clinic) == []
