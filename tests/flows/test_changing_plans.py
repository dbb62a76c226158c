"""A plan that runs is changed by its therapist, and paused or ended by one parent alone."""

import pytest

from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, NOOR, ROBINS, SAM, Clinic, say
from tests.flows.practising import TITLE, give, live, nudges, practises, taps
from tests.flows.script import URGENT
from tests.flows.test_looking_after_plans import opens_the_plan
from tests.flows.test_questions import replying
from tests.flows.test_sessions import pages, sets_the_session, until_wednesday

PLAN = "select often, ends_on::text from practice_plans"


async def opens_the_change(clinic: Clinic) -> None:
    """Dana is about to change the plan that the family has: three taps."""
    await opens_the_plan(clinic)
    await taps(clinic, "Change it", DANA)


@pytest.mark.parametrize(
    ("what", "choice", "plan"),
    [
        ("How often", "3 times a week", (3, "2026-03-29")),
        ("Until when", "8 weeks", (7, "2026-04-26")),
    ],
)
async def test_five_taps_change_how_often_or_until_when_and_both_parents_read_it(
    clinic: Clinic, what: str, choice: str, plan: tuple[int, str]
) -> None:
    await practises(clinic)
    await opens_the_change(clinic)
    await taps(clinic, what, DANA)
    await taps(clinic, choice, DANA)
    assert rows(clinic.storage.url, PLAN) == [plan]
    assert "running" in clinic.last(DANA).text
    for parent in (SAM, ALEX):
        told = clinic.last(parent)
        assert f"Dana has changed {TITLE}" in told.text
        assert f"Change: {TITLE}" in told.buttons.values()
    await live(clinic, hours=7)
    assert len(nudges(clinic)) == 1, "the days stay as they are"


async def test_another_aim_is_written_and_told_in_the_therapists_words(clinic: Clinic) -> None:
    await practises(clinic)
    await opens_the_change(clinic)
    await taps(clinic, "The aim", DANA)
    await clinic.says(DANA, "Two quiet evenings")
    assert clinic.last(DANA).text == say("practice.aim_kept", title=TITLE)
    assert "Two quiet evenings" in clinic.last(SAM).text
    await clinic.says(SAM, "/practice")
    await taps(clinic, f"Change: {TITLE}")
    assert "Two quiet evenings" in clinic.last(SAM).text
    await opens_the_change(clinic)
    await taps(clinic, "The aim", DANA)
    await taps(clinic, "The skill's own aim", DANA)
    assert "Two quiet evenings" not in clinic.last(SAM).text


async def test_with_a_flag_in_hand_words_go_to_that_family_and_are_no_aim(clinic: Clinic) -> None:
    await practises(clinic)
    await opens_the_change(clinic)
    await taps(clinic, "The aim", DANA)
    await clinic.says(SAM, URGENT)
    await taps(clinic, "Take it", DANA)
    await clinic.says(DANA, "I am calling you now")
    assert "I am calling you now" in clinic.last(SAM).text
    assert "has changed" not in clinic.last(SAM).text
    under = replying(clinic, DANA, "Write another one here")
    await clinic.says(DANA, "Two quiet evenings", **under)
    assert clinic.last(DANA).text == say("practice.aim_kept", title=TITLE)


async def test_what_changes_nothing_is_told_to_nobody(clinic: Clinic) -> None:
    await practises(clinic)
    before = clinic.texts(SAM)
    await clinic.presses(DANA, "manage:1.often.7")
    assert clinic.texts(SAM) == before


async def test_nobody_else_changes_a_plan_and_no_button_that_was_never_offered_does(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    assert await clinic.presses(NOOR, "manage:1.often.3") == say("general.button_gone")
    await clinic.presses(DANA, "manage:1.often.6")
    await clinic.presses(DANA, "manage:1.until.500")
    assert rows(clinic.storage.url, PLAN) == [(7, "2026-03-29")]


async def test_a_parent_pauses_one_plan_and_the_other_plan_and_the_other_parent_go_on(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await clinic.presses(ALEX, "at:1.127.1800")
    await give(clinic, skill="slow-voice")
    await clinic.presses(SAM, "at:2.127.1800")
    await clinic.says(SAM, "/practice")
    await taps(clinic, f"Change: {TITLE}")
    await taps(clinic, "Pause this one")
    assert clinic.last(SAM).text == say("practice.rests_now", title=TITLE)
    await live(clinic, hours=48)
    assert len(nudges(clinic)) == 2
    assert not any(TITLE in one.text for one in nudges(clinic))
    assert all(TITLE in one.text for one in nudges(clinic, ALEX))
    await clinic.says(SAM, "/practice")
    assert "paused by you" in clinic.last(SAM).text
    await taps(clinic, f"Go on with: {TITLE}")
    await live(clinic, hours=48)
    assert any(TITLE in one.text for one in nudges(clinic))


async def test_resume_goes_on_with_a_plan_that_rested_and_leaves_an_ended_one_alone(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await give(clinic, skill="slow-voice")
    await clinic.presses(SAM, "at:2.127.1800")
    await clinic.presses(SAM, "rest:1")
    await clinic.presses(SAM, "leave:2")
    await live(clinic, hours=24)
    assert nudges(clinic) == []
    await clinic.says(SAM, "/resume")
    await live(clinic, hours=48)
    assert nudges(clinic)
    assert all(TITLE in one.text for one in nudges(clinic))


@pytest.mark.parametrize(
    ("does", "stands"),
    [
        ("rest:1", "Sam: has paused it"),
        ("leave:1", "Sam: has ended it for themselves"),
        ("/pause 24 March", "Sam: has paused all nudges until 24 March 2026"),
        ("/pause open", "Sam: has paused all nudges"),
        ("/stop", "Sam: has stopped all nudges"),
    ],
)
async def test_the_plan_and_the_page_say_which_parent_stopped_paused_or_left(
    clinic: Clinic, does: str, stands: str
) -> None:
    await practises(clinic)
    if does.startswith("/"):
        await clinic.says(SAM, does)
    else:
        await clinic.presses(SAM, does)
    await opens_the_plan(clinic)
    lines = clinic.last(DANA).text.splitlines()
    assert stands in lines
    assert "Alex: no days picked yet" in lines
    await sets_the_session(clinic)
    await until_wednesday(clinic, 20)
    (page,) = pages(clinic)
    assert f"{TITLE}: {stands.replace(':', '')} [S1]" in page
    assert "Alex has" not in page


async def test_a_parent_who_practises_is_named_with_days_and_time(clinic: Clinic) -> None:
    await practises(clinic)
    await clinic.says(DANA, "/plan robin")
    await taps(clinic, ROBINS, DANA)
    await taps(clinic, f"▸ {TITLE}", DANA)
    assert "Sam: Every day at 18:00" in clinic.last(DANA).text.splitlines()
