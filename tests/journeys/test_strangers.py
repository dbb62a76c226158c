"""Somebody who has not joined: told how to, and never left alone with something urgent."""

from tests.journeys.doubt import doubted
from tests.journeys.stage import Stage
from tests.journeys.words import ANSWER, HOLDING, ORDINARY, URGENT

HOW_TO_JOIN = "To join you need a link from your child's therapist"


def test_a_stranger_is_told_how_to_join_and_whom_to_call(stage: Stage) -> None:
    alex = stage.stranger()
    alex.says("/start")
    alex.expects(HOW_TO_JOIN, "999")
    alex.says(ORDINARY)
    alex.expects(HOW_TO_JOIN, "999")
    alex.sends(photo=True)
    alex.expects("999")
    stage.settles(alex)
    assert not alex.count(ANSWER)
    assert not stage.dana.count("not enrolled")


def test_something_urgent_from_a_stranger_goes_to_on_call(stage: Stage) -> None:
    alex, noor = stage.stranger(), stage.noor
    alex.says(URGENT)
    alert = noor.expects("URGENT: someone who is not enrolled")
    alex.expects(HOLDING, "999")
    noor.presses("Take it", alert)
    taken = noor.expects("You have someone who is not enrolled.")
    alex.expects("Noor has your message.")
    alex.says("Please hurry")
    noor.expects("someone who is not enrolled (Alex): Please hurry")
    noor.replies(taken, "What is your address?")
    alex.expects("Noor:", "What is your address?")
    stage.settles(alex)
    assert not stage.dana.count("not enrolled"), "no therapist is told of somebody else's family"
    noor.presses("Emergency services", taken)
    alex.expects("Noor has closed this.")


def test_a_stranger_is_asked_the_safety_check_as_well(stage: Stage) -> None:
    calm, _, check = doubted(stage, stage.stranger)
    calm.presses("No", check)
    calm.expects(HOW_TO_JOIN)
    afraid, text, check = doubted(stage, stage.stranger)
    before = stage.noor.count("URGENT: someone who is not enrolled")
    afraid.presses("Yes", check)
    afraid.expects(HOLDING)
    stage.settles(afraid)
    assert stage.noor.count("URGENT: someone who is not enrolled") == before + 1
    stage.noor.presses("Show message")
    stage.noor.expects(text)


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
