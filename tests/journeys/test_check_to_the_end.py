"""The safety check to its end: what waited goes on, what was written is seen, edits are quiet."""

from tests.journeys.doubt import asks_for_a_person, doubted
from tests.journeys.stage import Stage
from tests.journeys.test_enrolment import joined
from tests.journeys.words import ADMIN, ANOTHER_ORDINARY, ANSWER, CHECK, HOLDING, ORDINARY


def test_what_was_written_while_it_was_open_is_come_to_after_a_no(stage: Stage) -> None:
    parent, _, _ = doubted(stage, stage.parent)
    parent.says(ORDINARY)
    parent.presses("No", parent.expects("I will come to that.", CHECK))
    parent.expects(ANSWER, "nods")
    stage.settles(parent)
    assert not stage.dana.count(f"URGENT: {parent.alias}")


def test_a_photo_sent_while_it_was_open_reaches_the_therapist_after_a_no(stage: Stage) -> None:
    parent = stage.parent()
    asks_for_a_person(parent)
    parent.sends(photo=True, caption=ORDINARY)
    parent.presses("No", parent.expects("I will come to that.", CHECK))
    stage.dana.expects(f"{parent.alias} ({parent.name}) sent a photo")
    assert ORDINARY in stage.dana.expects(kind="photo").text


def test_a_typed_yes_shows_what_it_was_about(stage: Stage) -> None:
    parent, text, _ = doubted(stage, stage.parent)
    parent.says("yes")
    alert = stage.dana.expects(f"URGENT: {parent.alias}")
    parent.expects(HOLDING)
    stage.dana.presses("Show message", alert)
    stage.dana.expects(text, "yes", "they said yes")


def test_another_worrying_message_is_a_flag_that_shows_both(stage: Stage) -> None:
    parent, first, _ = doubted(stage, stage.parent)
    _, second, _ = doubted(stage, stage.parent)
    parent.says(second)
    alert = stage.dana.expects(f"URGENT: {parent.alias}")
    stage.dana.presses("Show message", alert)
    stage.dana.expects(first, second, "another worrying message")


def test_the_other_parent_cannot_answer_it(stage: Stage) -> None:
    one, other = joined(stage, "Alex", "Larch"), joined(stage, "Kim", "Larch")
    asks_for_a_person(one)
    other.says("no, everyone is fine")
    stage.settles(one, other)
    assert not other.count(CHECK)
    stage.clock.forward(minutes=11)
    stage.dana.expects("URGENT: Larch")
    one.expects(HOLDING)


def test_the_other_parent_is_answered_while_it_is_open(stage: Stage) -> None:
    one, other = joined(stage, "Alex", "Elder"), joined(stage, "Kim", "Elder")
    check = asks_for_a_person(one)
    other.says(ORDINARY)
    other.expects(ANSWER)
    one.presses("No", check)
    stage.settles(one, other)
    assert not stage.dana.count("URGENT: Elder")


def test_yes_pressed_too_late_is_told_so_and_the_flag_stands(stage: Stage) -> None:
    parent = stage.parent()
    check = asks_for_a_person(parent)
    stage.clock.forward(minutes=11)
    parent.expects(HOLDING)
    assert "The time for this was up" in parent.presses("Yes", check)
    parent.expects("You pressed Yes after 10 minutes")
    stage.dana.expects(f"URGENT: {parent.alias} has pressed “Yes”")
    stage.settles(parent)
    assert stage.metrics()["open_flags"] == 1


def test_an_ordinary_edit_is_not_answered_a_second_time(stage: Stage) -> None:
    parent = stage.parent()
    number = parent.says(ORDINARY)
    parent.expects(ANSWER)
    parent.edits(number, ANOTHER_ORDINARY)
    stage.settles(parent)
    assert len(parent.reads()) == 1


def test_an_edit_of_a_question_reaches_the_therapist_and_nobody_else(stage: Stage) -> None:
    parent = stage.parent()
    number = parent.says(ADMIN)
    stage.dana.expects(f"Question from {parent.alias}")
    stage.settles(parent)
    read = len(parent.reads())
    parent.edits(number, ADMIN.replace("month", "year"))
    stage.dana.expects(f"{parent.alias}", "has changed what they wrote", "last year")
    stage.settles(parent)
    assert len(parent.reads()) == read


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
