"""Questions for the therapist, and the replies that come back under their name."""

import pytest

from tests.journeys.stage import Stage
from tests.journeys.words import ADMIN, ANSWER, CLINICAL


@pytest.mark.parametrize("question", [ADMIN, CLINICAL])
def test_a_question_for_the_therapist_is_passed_on_and_the_reply_relayed(
    stage: Stage, question: str
) -> None:
    parent, dana = stage.parent(), stage.dana
    parent.says(question)
    parent.expects("passed", "Dana")
    asked = dana.expects(f"Question from {parent.alias}", question)
    dana.replies(asked, "I will bring it on Thursday")
    parent.expects("Dana:", "I will bring it on Thursday")
    dana.expects(f"On its way to {parent.alias}.")
    stage.settles(parent)
    assert not parent.count(ANSWER)
    assert not dana.count(f"URGENT: {parent.alias}")


def test_two_families_questions_are_never_mixed_up(stage: Stage) -> None:
    one, other, dana = stage.parent(), stage.parent(), stage.dana
    one.says(ADMIN)
    other.says(ADMIN)
    first = dana.expects(f"Question from {one.alias} ")
    second = dana.expects(f"Question from {other.alias} ")
    dana.replies(second, "For the second")
    dana.replies(first, "For the first")
    one.expects("Dana:", "For the first")
    other.expects("Dana:", "For the second")
    stage.settles(one, other)
    assert not one.count("For the second")
    assert not other.count("For the first")


def test_a_therapist_answers_with_a_photo_or_a_voice_message_as_well(stage: Stage) -> None:
    parent, dana = stage.parent(), stage.dana
    parent.says(ADMIN)
    asked = dana.expects(f"Question from {parent.alias}")
    dana.sends(photo=True, reply_to=asked.id)
    parent.expects("Dana:", "a photo")
    parent.expects(kind="photo")
    dana.expects(f"On its way to {parent.alias}, as you sent it.")


def test_a_therapist_who_corrects_an_answer_corrects_that_one(stage: Stage) -> None:
    one, other, dana = stage.parent(), stage.parent(), stage.dana
    one.says(ADMIN)
    asked = dana.expects(f"Question from {one.alias} ")
    number = dana.replies(asked, "On Thursday")
    one.expects("Dana:", "On Thursday")
    other.says(ADMIN)
    dana.expects(f"Question from {other.alias} ")
    dana.edits(number, "On Friday")
    one.expects("Dana, correcting what is above:", "On Friday")
    dana.expects("You changed a message that had gone to", one.alias)
    stage.settles(one, other)
    assert not other.count("On Friday")


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []


def test_a_question_that_was_refused_comes_when_the_therapist_is_back(stage: Stage) -> None:
    parent, dana = stage.parent(), stage.dana
    dana.blocks_the_bot()
    parent.says(ADMIN)
    parent.expects("I could not pass this on after all.")
    dana.unblocks_the_bot()
    dana.says("/questions")
    asked = dana.expects("Asked on", f"Question from {parent.alias}", ADMIN)
    parent.expects("Passed on now.", "Dana has it now")
    waiting = dana.expects("for an answer", "“Read” brings a question here")
    dana.presses("Read 1", waiting)
    dana.expects("Asked on", "Reply to this message to answer")
    dana.replies(asked, "On Thursday")
    parent.expects("Dana:", "On Thursday")
