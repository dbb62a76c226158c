"""A plan goes on: paused, ended, left by one parent, joined by another, and over at its end."""

from bot.flows.report_practice import report_practice
from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, KIM, NOOR, ROBINS, SAM, Clinic, say
from tests.flows.practising import MONDAY, TITLE, give, live, nudges, practises, set_clock, taps
from tests.flows.script import URGENT


async def opens_the_plan(clinic: Clinic) -> None:
    """Dana looks at the plan that the family has."""
    await clinic.says(DANA, "/plan robin")
    await taps(clinic, ROBINS, DANA)
    await taps(clinic, f"▸ {TITLE}", DANA)


async def test_the_therapist_sees_what_came_of_a_plan(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Did it")
    await opens_the_plan(clinic)
    assert "Did it: 1 · was hard: 0 · not today: 0" in clinic.last(DANA).text


async def test_a_paused_plan_rests_until_the_therapist_goes_on_with_it(clinic: Clinic) -> None:
    await practises(clinic)
    await opens_the_plan(clinic)
    await taps(clinic, "Pause it", DANA)
    assert clinic.last(SAM).text == say("practice.told_pause", title=TITLE, therapist="Dana")
    await live(clinic, hours=24)
    assert nudges(clinic) == []
    await taps(clinic, "Go on with it", DANA)
    await live(clinic, hours=24)
    assert len(nudges(clinic)) == 1


async def test_an_ended_plan_is_told_to_both_parents_and_nudges_nobody(clinic: Clinic) -> None:
    await practises(clinic)
    await opens_the_plan(clinic)
    await taps(clinic, "End it", DANA)
    for parent in (SAM, ALEX):
        assert clinic.last(parent).text == say("practice.told_end", title=TITLE, therapist="Dana")
    await live(clinic, hours=24)
    assert nudges(clinic) == []


async def test_the_therapist_can_allow_nudges_soon_after_a_flag(clinic: Clinic) -> None:
    await practises(clinic)
    await clinic.says(SAM, URGENT)
    await taps(clinic, "Not urgent", DANA)
    await taps(clinic, "Close as not urgent", DANA)
    await opens_the_plan(clinic)
    assert await taps(clinic, "Nudge despite the flag", DANA) == say("practice.excused")
    await live(clinic, hours=7)
    assert len(nudges(clinic)) == 1


async def test_ending_a_plan_after_its_nudge_brings_no_second_nudge_that_day(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await give(clinic, skill="slow-voice")
    await clinic.presses(SAM, "at:2.127.1800")
    await live(clinic, hours=7)
    assert len(nudges(clinic)) == 1
    await clinic.presses(DANA, "manage:1.end")
    await live(clinic, hours=3)
    assert len(nudges(clinic)) == 1
    await live(clinic, hours=21)
    assert len(nudges(clinic)) == 2


async def test_the_therapist_lets_a_plan_nudge_beside_the_others_and_takes_it_back(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await give(clinic, skill="slow-voice")
    await clinic.presses(SAM, "at:2.127.1800")
    await opens_the_plan(clinic)
    await taps(clinic, "Nudge beside other plans", DANA)
    assert say("practice.plan_has_own_day") in clinic.last(DANA).text
    for parent in (SAM, ALEX):
        told = say("practice.told_ownday", title=TITLE, therapist="Dana")
        assert clinic.last(parent).text == told
    await live(clinic, hours=8)
    assert len(nudges(clinic)) == 2
    await taps(clinic, "One nudge a day again", DANA)
    assert say("practice.plan_has_own_day") not in clinic.last(DANA).text
    await live(clinic, hours=24)
    assert len(nudges(clinic)) == 3


async def test_whoever_picks_a_time_reads_how_often_a_nudge_can_come(clinic: Clinic) -> None:
    once, for_this_one = say("practice.one_a_day"), say("practice.one_a_day_each")
    await practises(clinic)
    assert once in "".join(clinic.texts(SAM))
    await opens_the_plan(clinic)
    await taps(clinic, "Nudge beside other plans", DANA)
    await clinic.presses(SAM, "at:1.127.1830")
    assert any(text.startswith(TITLE) and for_this_one in text for text in clinic.texts(SAM))
    await give(clinic, skill="slow-voice")
    await clinic.presses(SAM, "at:2.127.1800")
    both = [text for text in clinic.texts(SAM) if text.startswith("Slow voice:")]
    assert for_this_one in both[-1], "the other one may come beside it"


async def test_nobody_else_manages_a_plan(clinic: Clinic) -> None:
    await practises(clinic)
    assert await clinic.presses(NOOR, "manage:1.end") == say("general.button_gone")
    assert rows(clinic.storage.url, "select state from practice_plans") == [("running",)]


async def test_a_parent_leaves_a_plan_and_the_other_goes_on(clinic: Clinic) -> None:
    await practises(clinic)
    await clinic.presses(ALEX, "at:1.127.1800")
    await clinic.says(SAM, "/practice")
    await taps(clinic, f"Change: {TITLE}")
    await taps(clinic, "End this one for me")
    assert clinic.last(SAM).text == say("practice.ended_for_you", title=TITLE)
    await live(clinic, hours=8)
    assert nudges(clinic) == []
    assert len(nudges(clinic, ALEX)) == 1


async def test_whoever_joins_a_family_later_is_asked_for_days_of_their_own(clinic: Clinic) -> None:
    await practises(clinic)
    await clinic.says(DANA, f"/invite {ROBINS}")
    link = clinic.last(DANA).text.split()[-1]
    await clinic.says(KIM, f"/start {link.rpartition('=')[2]}")
    await taps(clinic, "I agree", KIM)
    assert "Dana has something for you to practise" in clinic.last(KIM).text


async def test_whoever_has_picked_no_days_is_asked_once_more_by_day_and_then_left_alone(
    clinic: Clinic,
) -> None:
    await set_clock(clinic, MONDAY)
    await give(clinic)
    offered = clinic.last(SAM).text
    await live(clinic, hours=47, looks_every=120)
    assert clinic.texts(SAM).count(offered) == 1
    await live(clinic, days=3, looks_every=120)
    assert clinic.texts(SAM).count(offered) == 2


async def test_whoever_wants_no_nudges_for_a_plan_is_not_asked_again(clinic: Clinic) -> None:
    await set_clock(clinic, MONDAY)
    await give(clinic)
    offered = clinic.last(SAM).text
    await taps(clinic, "No nudges for this one")
    await live(clinic, days=4, looks_every=120)
    assert clinic.texts(SAM).count(offered) == 0, "the offer was changed where it stood"


async def test_each_of_two_parents_is_nudged_for_themselves_and_both_are_logged(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await clinic.presses(ALEX, "at:1.127.1930")
    await live(clinic, hours=9)
    await taps(clinic, "Did it")
    await taps(clinic, "Not today", ALEX)
    found = await report_practice(clinic.services.database)
    assert [(one.parent, one.did_it, one.not_today) for one in found] == [
        ("Sam", 1, 0),
        ("Alex", 0, 1),
    ]


async def test_a_day_on_which_both_practised_is_one_day(clinic: Clinic) -> None:
    await practises(clinic)
    await clinic.presses(ALEX, "at:1.127.1930")
    await live(clinic, hours=9)
    for parent in (SAM, ALEX):
        await taps(clinic, "Did it", parent)
    await opens_the_plan(clinic)
    assert "Did it: 1 · was hard: 0" in clinic.last(DANA).text


async def test_after_its_last_day_a_plan_is_over_and_says_what_came_of_it_once(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Did it")
    await clinic.says(SAM, "/pause open")
    await clinic.forward(days=29)
    await live(clinic, hours=3)
    what = say("practice.over_did", days="1 day")
    over = say("practice.over", title=TITLE, therapist="Dana", what=what)
    assert clinic.texts(SAM).count(over) == 1
    assert rows(clinic.storage.url, "select state from practice_plans") == [("ended",)]
    assert len(nudges(clinic)) == 1
