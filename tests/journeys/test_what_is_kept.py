"""What is kept of a parent: they see all of it, and it goes when they want it to."""

from tests.journeys.stage import Stage
from tests.journeys.test_enrolment import joined
from tests.journeys.words import ANSWER, ORDINARY, URGENT


def test_a_parent_sees_what_is_kept_and_erases_it(stage: Stage) -> None:
    kim, dana = joined(stage, "Kim", "Alder"), stage.dana
    kim.says(ORDINARY)
    kim.expects(ANSWER)
    kim.says("/mydata")
    kim.expects("Everything that is kept here about you", kind="document")
    kim.says("/erase")
    asked = kim.expects("Erase everything about you, and leave?")
    kim.presses("Erase everything", asked)
    kim.expects("Everything that was kept here about you is erased")
    dana.expects("Kim (Alder) has left and had everything erased")
    kim.says(ORDINARY)
    kim.expects("To join you need a link")


def test_what_is_urgent_is_not_erased_before_somebody_has_closed_it(stage: Stage) -> None:
    kim, dana = joined(stage, "Kim", "Hawthorn"), stage.dana
    kim.says(URGENT)
    alert = dana.expects("URGENT: Hawthorn")
    kim.says("/erase")
    kim.expects("I cannot erase anything yet")
    dana.presses("Take it", alert)
    dana.presses("Safe now")
    kim.expects("It can be done now")
