"""The safety check: one question with three buttons, and what each way of answering leads to."""

from tests.journeys.doubt import asks_for_a_person, doubted
from tests.journeys.stage import Stage
from tests.journeys.words import ANSWER, CHECK, HOLDING, ORDINARY, URGENT

BUTTONS = ["Yes", "I'm not sure", "No"]


def test_doubt_is_asked_about_before_anything_is_answered(stage: Stage) -> None:
    parent, _, check = doubted(stage, stage.parent)
    assert check.says("Before I answer:", CHECK)
    assert list(check.buttons) == BUTTONS
    assert len(parent.reads()) == 1, "no guidance yet"
    assert not stage.dana.was_told_of(parent), "no alarm yet"


def test_no_lets_what_was_asked_go_on_without_an_alarm(stage: Stage) -> None:
    parent, _, check = doubted(stage, stage.parent)
    parent.presses("No", check)
    stage.settles(parent)
    assert len(parent.reads()) >= 2, "something follows a no"
    assert not stage.dana.count(f"URGENT: {parent.alias}")
    assert not parent.count(HOLDING)


def test_yes_is_a_flag_that_carries_what_they_had_written(stage: Stage) -> None:
    parent, text, check = doubted(stage, stage.parent)
    parent.presses("Yes", check)
    alert = stage.dana.expects(f"URGENT: {parent.alias}")
    parent.expects(HOLDING)
    stage.dana.presses("Show message", alert)
    stage.dana.expects(text, "they said yes")


def test_not_sure_is_a_flag(stage: Stage) -> None:
    parent = stage.parent()
    parent.presses("I'm not sure", asks_for_a_person(parent))
    stage.dana.expects(f"URGENT: {parent.alias}")
    parent.expects(HOLDING)


def test_a_typed_yes_is_a_flag_and_a_typed_no_goes_on(stage: Stage) -> None:
    one, other = stage.parent(), stage.parent()
    for parent in (one, other):
        asks_for_a_person(parent)
    one.says("yes")
    other.says("no, everyone is fine")
    one.expects(HOLDING)
    stage.dana.expects(f"URGENT: {one.alias}")
    other.expects("passed", "Dana")
    stage.settles(one, other)
    assert not stage.dana.count(f"URGENT: {other.alias}")


def test_ten_minutes_of_silence_are_a_flag_and_nine_are_not(stage: Stage) -> None:
    parent = stage.parent()
    check = asks_for_a_person(parent)
    stage.clock.forward(minutes=9)
    stage.settles(parent)
    assert not stage.dana.count(f"URGENT: {parent.alias}")
    stage.clock.forward(minutes=1, seconds=1)
    stage.dana.expects(f"URGENT: {parent.alias}")
    parent.expects(HOLDING)
    parent.expects("I had not heard from you, so I passed your message to a person.")

    assert "The time for this was up" in parent.presses("No", check)
    parent.expects("You pressed No after 10 minutes", "It went to Dana")
    stage.settles(parent)
    assert stage.metrics()["waiting_flags"] == 1, "a late no takes nothing back"


def test_a_button_pressed_twice_counts_once(stage: Stage) -> None:
    parent = stage.parent()
    check = asks_for_a_person(parent)
    parent.presses("Yes", check)
    assert parent.presses("Yes", check).startswith("You have answered this already.")
    stage.dana.expects(f"URGENT: {parent.alias}")
    stage.settles(parent)
    assert stage.dana.count(f"URGENT: {parent.alias}") == 1
    assert stage.metrics()["open_flags"] == 1


def test_an_urgent_message_while_the_check_is_open_is_a_flag(stage: Stage) -> None:
    parent = stage.parent()
    asks_for_a_person(parent)
    parent.says(URGENT)
    parent.expects(HOLDING)
    stage.dana.expects(f"URGENT: {parent.alias}", "suicidal")


def test_an_ordinary_message_while_the_check_is_open_is_asked_again_first(stage: Stage) -> None:
    parent = stage.parent()
    asks_for_a_person(parent)
    parent.says(ORDINARY)
    again = parent.expects("I will come to that.", CHECK)
    assert not parent.count(ANSWER)
    parent.presses("No", again)
    stage.settles(parent)
    assert not stage.dana.count(f"URGENT: {parent.alias}")


def test_i_need_a_person_asks_first_and_then_reaches_one(stage: Stage) -> None:
    calm, afraid = stage.parent(), stage.parent()
    calm.presses("No", asks_for_a_person(calm))
    calm.expects("passed", "Dana")
    stage.dana.expects(f"Question from {calm.alias}")
    afraid.says("I need a person")
    afraid.presses("Yes", afraid.expects("I can reach Dana for you.", CHECK))
    afraid.expects(HOLDING)
    stage.dana.expects(f"URGENT: {afraid.alias}")


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
