"""Practice lived through the sandbox: a plan, a nudge at its hour, one tap, none near a flag."""

from tests.journeys.people import Person
from tests.journeys.stage import Stage
from tests.journeys.words import HOLDING, URGENT

TITLE = "The bedtime check-in"
NUDGE = ["Did it", "Was hard", "Not today", "Show me how"]


def nudges(person: Person) -> int:
    """How many nudges stand in somebody's chat."""
    return sum(list(one.buttons) == NUDGE for one in person.reads())


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
    parent.says(URGENT)
    parent.expects(HOLDING)
    alert = dana.expects(f"URGENT: {parent.alias}")
    dana.presses("Take it", alert)
    lives(stage, 25, parent)
    assert nudges(parent) == 1, "none while the flag is open"
    dana.presses("Safe now")
    parent.expects("Dana has closed this.")
    lives(stage, 20, parent)
    assert nudges(parent) == 1, "none within a day after it was closed"
    waits_for_a_nudge(stage, parent)


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
