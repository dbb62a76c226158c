"""Practice lived through the sandbox: a plan, a nudge at its hour, one tap, none near a flag."""

import time

from tests.journeys.people import Person
from tests.journeys.stage import Stage
from tests.journeys.waiting import wait_for
from tests.journeys.words import HOLDING, URGENT

TITLE = "The bedtime check-in"
NUDGE = ["Did it", "Was hard", "Not today", "Show me how"]


def nudges(person: Person) -> int:
    """How many nudges stand in somebody's chat."""
    return sum(list(one.buttons) == NUDGE for one in person.reads())


def comes_to_have(person: Person, wanted: int) -> None:
    """So many nudges stand in somebody's chat before long, and no more."""
    wait_for(lambda: nudges(person) >= wanted, f"nudge {wanted} comes to {person.name}")
    assert nudges(person) == wanted


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


def gets_a_plan(stage: Stage, parent: Person) -> None:
    """Dana gives a plan in five taps; the parent picks every day at six."""
    dana = stage.dana
    dana.says(f"/plan {parent.alias}")
    asked = dana.expects("A practice plan for whom?")
    for label in (parent.alias, TITLE, "every day", "4 weeks", "Send it"):
        asked = dana.sees_button(label)
        dana.presses(label, asked)
    dana.expects("Sent to", parent.alias, TITLE)
    parent.expects("Dana has something for you to practise", TITLE, "every day")
    parent.presses("Next: the time")
    parent.presses("18:00")


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


def test_a_whole_plan_is_lived_in_under_a_minute(stage: Stage) -> None:
    sam = stage.parent()
    gets_a_plan(stage, sam)
    waits_for_a_nudge(stage, sam)
    begins = time.monotonic()
    sam.presses("Did it")
    for day in range(2, 28):
        stage.clock.forward(days=1)
        comes_to_have(sam, day)
        sam.presses("Not today" if day % 7 == 0 else "Did it")
    stage.clock.forward(days=2)
    stage.settles(sam)
    sam.expects(f"{TITLE} has come to the end of its time", "on 24 days")
    stage.clock.forward(days=3)
    stage.settles(sam)
    assert nudges(sam) == 27
    assert time.monotonic() - begins < 60


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
