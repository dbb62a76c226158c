"""Practice lived through the sandbox: a plan, a nudge at its hour, one tap, none near a flag."""

from tests.journeys.practising import (
    TITLE,
    gets_a_plan,
    lives,
    nudges,
    waits_for_a_nudge,
)
from tests.journeys.stage import Stage
from tests.journeys.words import HOLDING, URGENT


def test_the_demo_clinic_has_a_plan_running_that_nudges_and_hears_how_it_went(
    stage: Stage,
) -> None:
    sam = stage.sam
    sam.says("/practice")
    sam.expects(TITLE, "Every day, at about 18:00")
    waits_for_a_nudge(stage, sam)
    sam.presses("Did it")
    done = sam.expects(f"You made room for {TITLE}.")
    sam.replies(done, "We read one page and laughed.")
    sam.expects("Kept for Dana, in your words.")
    before = nudges(sam)
    waits_for_a_nudge(stage, sam)
    assert nudges(sam) == before + 1
    sam.presses("Was hard")
    sam.presses("No time")
    sam.expects(TITLE, "when it is hard")


def test_a_plan_is_given_in_five_taps_and_answered_by_one(stage: Stage) -> None:
    parent = stage.parent()
    gets_a_plan(stage, parent)
    waits_for_a_nudge(stage, parent)
    parent.presses("Not today")
    parent.expects("That is fine.")
    stage.settles(parent)
    assert nudges(parent) == 1


def test_while_a_flag_is_open_and_for_a_day_after_it_nobody_is_nudged(stage: Stage) -> None:
    parent, dana = stage.parent(), stage.dana
    gets_a_plan(stage, parent)
    waits_for_a_nudge(stage, parent)
    parent.presses("Did it")
    lives(stage, 20, parent)
    parent.says(URGENT)
    parent.expects(HOLDING)
    lives(stage, 6, parent)
    assert nudges(parent) == 1, "none while the flag is open"
    dana.presses("Take it")
    dana.presses("Safe now", dana.expects(f"You have {parent.alias}."))
    parent.expects("Dana has closed this.")
    lives(stage, 20, parent)
    assert nudges(parent) == 1, "none within a day after it was closed"
    waits_for_a_nudge(stage, parent)


def test_before_a_session_the_parent_is_asked_and_the_therapist_gets_a_page(
    stage: Stage,
) -> None:
    parent, dana = stage.parent(), stage.dana
    gets_a_plan(stage, parent)
    waits_for_a_nudge(stage, parent)
    parent.presses("Did it")
    parent.says("/progress")
    parent.expects("What you practised", kind="photo")
    dana.says(f"/session {parent.alias}")
    chosen = dana.expects("The sessions of which family?")
    dana.presses(parent.alias, chosen)
    days = dana.sees_change(chosen, "on which day")
    dana.presses(list(days.buttons)[2], days)
    dana.presses("15:00")
    dana.presses("every week")
    for _ in range(75):
        lives(stage, 1, parent)
        if parent.count("Your next session with Dana"):
            break
    asked = parent.expects("Your next session with Dana", TITLE)
    parent.replies(asked, "The new school")
    parent.expects("Kept for Dana, word for word.")
    lives(stage, 12, parent)
    dana.expects(f"{parent.alias}: before the session", "The new school")
    dana.expects("Practice, week by week", parent.alias, kind="photo")
    dana.expects("The same as a page", parent.alias, kind="document")


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
