"""Nudges on a phone: one a day, answered by one tap, and none when there should be none."""

from datetime import timedelta

import pytest

from bot.core.skills import BARRIERS
from bot.flows.send_nudges import send_nudges
from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, ROBINS, SAM, SKILLS, Clinic, say
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
FLAG_BEFORE_IT_IS_SENT = """
    insert into flags (chat_id, family_id, alias, country, category, reason, state, raised_at,
                       next_rung, therapist_id)
    values (1001, 1, %s, 'GB', 'other_danger', 'model', 'acknowledged', now(), 1, 1)
"""


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


async def test_did_it_is_logged_and_named_and_counted(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    assert await taps(clinic, "Did it") == ""
    assert f"You made room for {TITLE}." in clinic.last(SAM).text
    assert say("practice.count_first") in clinic.last(SAM).text
    await live(clinic, hours=24)
    await taps(clinic, "Did it")
    assert say("practice.count_more", count=2, since="2 March 2026") in clinic.last(SAM).text
    found = rows(clinic.storage.url, "select day::text, answer from practices order by day")
    assert found == [("2026-03-02", "did_it"), ("2026-03-03", "did_it")]


async def test_was_hard_gets_help_for_the_barrier_that_is_named_and_can_be_told(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Was hard")
    assert len(clinic.last(SAM).buttons) == len(BARRIERS) + 1
    await taps(clinic, "I forgot")
    assert THE_SKILL.barriers["forgot"] in clinic.last(SAM).text
    before = len(clinic.phone(DANA))
    await taps(clinic, "Tell Dana")
    assert clinic.last(SAM).text == say("practice.told", therapist="Dana")
    assert len(clinic.phone(DANA)) == before + 1
    assert f"found {TITLE} hard today: I forgot." in clinic.last(DANA).text
    found = rows(clinic.storage.url, "select answer, barrier from practices")
    assert found == [("was_hard", "forgot")]


async def test_what_is_told_is_the_day_and_the_barrier_that_the_button_stands_under(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Was hard")
    await taps(clinic, "I forgot")
    first = clinic.last(SAM).button("Tell Dana")
    await taps(clinic, "No time")
    await clinic.forward(hours=12)
    await clinic.presses(SAM, first)
    assert f"found {TITLE} hard yesterday: I forgot." in clinic.last(DANA).text
    await taps(clinic, "Tell Dana")
    assert f"found {TITLE} hard yesterday: No time." in clinic.last(DANA).text
    await clinic.forward(days=2)
    await taps(clinic, "No time")
    told = clinic.texts(DANA)
    await taps(clinic, "Tell Dana")
    assert clinic.texts(DANA) == told, "once is enough for one day and one barrier"


async def test_a_day_that_was_not_hard_after_all_has_no_barrier(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    for label in ("Was hard", "I forgot", "Did it"):
        await taps(clinic, label)
    found = rows(clinic.storage.url, "select answer, barrier from practices")
    assert found == [("did_it", None)]


async def test_something_else_gets_what_the_skill_says_of_hard_days(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Was hard")
    await taps(clinic, "Something else")
    assert THE_SKILL.section("When it was hard").split(".")[0] in clinic.last(SAM).text


async def test_not_today_is_fine(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Not today")
    assert clinic.last(SAM).text == say("practice.not_today")
    assert rows(clinic.storage.url, "select answer from practices") == [("not_today",)]


async def test_show_me_how_shows_the_skill_and_logs_nothing(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Show me how")
    assert THE_SKILL.section("How to start").split(".")[0] in clinic.last(SAM).text
    assert clinic.count("practices") == 0


async def test_changing_ones_mind_keeps_the_last_word(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Not today")
    await taps(clinic, "Did it")
    assert rows(clinic.storage.url, "select answer from practices") == [("did_it",)]


async def test_nobody_can_answer_somebody_elses_nudge(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    assert await clinic.presses(ALEX, "did:1") == say("general.button_gone")
    assert clinic.count("practices") == 0


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


async def test_a_nudge_that_is_owed_when_a_flag_comes_is_withheld(clinic: Clinic) -> None:
    await practises(clinic)
    clinic.services.clock.offset += timedelta(hours=6)
    assert await send_nudges(clinic.services) == 1
    async with clinic.services.database.transaction() as tx:
        await tx.connection.exec_driver_sql(FLAG_BEFORE_IT_IS_SENT, (tx.seal(ROBINS),))
    await clinic.settle()
    assert nudges(clinic) == []
    assert rows(clinic.storage.url, "select withheld from nudges") == [("flag",)]


async def owes_a_nudge(clinic: Clinic) -> None:
    """It is six, and a nudge is on its way, but not sent yet."""
    await practises(clinic)
    clinic.services.clock.offset += timedelta(hours=6)
    assert await send_nudges(clinic.services) == 1


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        ("update rhythms set paused_until = '2026-03-05'", "paused"),
        ("update rhythms set quiet_begins = '17:30'", "quiet"),
        ("update practice_plans set state = 'paused'", "no plan"),
        ("update plan_times set days = 0", "no plan"),
        ("update rhythms set stopped_at = now()", "stopped"),
        ("update nudges set send_until = now() - interval '1 year'", "too late"),
    ],
)
async def test_a_nudge_on_its_way_is_held_back_by_whatever_came_in_between(
    clinic: Clinic, meanwhile: str, why: str
) -> None:
    await owes_a_nudge(clinic)
    async with clinic.services.database.transaction() as tx:
        await tx.connection.exec_driver_sql(meanwhile)
    await clinic.settle()
    assert nudges(clinic) == []
    assert rows(clinic.storage.url, "select withheld from nudges") == [(why,)]


async def test_what_a_check_held_back_on_its_way_comes_the_same_day_once_it_is_answered(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, WORRYING)
    await taps(clinic, "No")
    await owes_a_nudge(clinic)
    ended = rows(clinic.storage.url, "select settled_at from checks")[0]
    rows(clinic.storage.url, "update checks set settled_at = null returning id")
    await clinic.settle()
    assert rows(clinic.storage.url, "select withheld from nudges") == [("check",)]
    async with clinic.services.database.transaction() as tx:
        await tx.connection.exec_driver_sql("update checks set settled_at = %s", ended)
    await live(clinic, minutes=12, looks_every=6)
    assert len(nudges(clinic)) == 1
    await live(clinic, hours=3)
    assert len(nudges(clinic)) == 1
    assert rows(clinic.storage.url, "select withheld from nudges") == [(None,)]


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
