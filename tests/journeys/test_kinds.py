"""Everything that is not plain words: each kind has an outcome, and none is dropped in silence."""

import pytest

from tests.journeys.stage import Stage
from tests.journeys.words import ANSWER, HOLDING, ORDINARY, URGENT

PASSED_ON = [
    ("photo", "a photo"),
    ("voice", "a voice message"),
    ("video", "a video"),
    ("document", "a file"),
    ("contact", "a contact"),
    ("location", "a location"),
]


@pytest.mark.parametrize(("kind", "called"), PASSED_ON)
def test_what_cannot_be_read_goes_to_the_therapist_who_can_answer_it(
    stage: Stage, kind: str, called: str
) -> None:
    parent, dana = stage.parent(), stage.dana
    parent.sends(**{kind: True})
    parent.expects(f"I cannot open {called}", "passed it to Dana", "I need a person")
    told = dana.expects(f"{parent.alias} ({parent.name}) sent {called}")
    copy = dana.expects(kind=kind)
    assert copy.id > told.id
    dana.replies(copy, "Thank you, I have looked at it")
    parent.expects("Dana:", "I have looked at it")
    dana.expects(f"On its way to {parent.alias}.")


def test_a_sticker_is_answered_with_what_can_be_read(stage: Stage) -> None:
    parent = stage.parent()
    parent.sends(sticker="😢")
    parent.expects("I can only read words.")


def test_an_urgent_caption_is_a_flag(stage: Stage) -> None:
    parent = stage.parent()
    parent.sends(photo=True, caption=URGENT)
    stage.dana.expects(f"URGENT: {parent.alias}")
    parent.expects(HOLDING)
    stage.settles(parent)
    assert not parent.count("passed it to Dana")


def test_an_ordinary_caption_goes_on_with_its_photo(stage: Stage) -> None:
    parent = stage.parent()
    parent.sends(photo=True, caption=ORDINARY)
    parent.expects("I cannot open a photo")
    stage.dana.expects(f"{parent.alias} ({parent.name}) sent a photo")
    assert ORDINARY in stage.dana.expects(kind="photo").text


def test_a_forwarded_message_is_read_like_any_other(stage: Stage) -> None:
    one, other = stage.parent(), stage.parent()
    one.says(URGENT, forward="Grandma")
    stage.dana.expects(f"URGENT: {one.alias}")
    one.expects(HOLDING)
    other.says(ORDINARY, forward="Grandma")
    other.expects(ANSWER)


def test_an_edit_that_becomes_urgent_is_a_flag(stage: Stage) -> None:
    parent = stage.parent()
    message = parent.says(ORDINARY)
    parent.expects(ANSWER)
    parent.edits(message, URGENT)
    stage.dana.expects(f"URGENT: {parent.alias}", "suicidal")
    parent.expects(HOLDING)


def test_a_reply_to_an_answer_is_read_like_any_other(stage: Stage) -> None:
    parent = stage.parent()
    parent.says(ORDINARY)
    answer = parent.expects(ANSWER)
    parent.replies(answer, URGENT)
    parent.expects(HOLDING)


def test_commands_say_what_can_be_done(stage: Stage) -> None:
    parent, dana, noor = stage.parent(), stage.dana, stage.noor
    parent.says("/help")
    parent.expects("/person Reach a human", "not an emergency service", "999")
    parent.says("/nonsense")
    parent.expects("I do not know that command.")
    dana.says("/help")
    dana.expects(
        "/invite A link for a family; /invite Maple: one you call Maple, or its second parent"
    )
    dana.says("/families")
    dana.expects("Your families:", "Robin's family", "Family 1")
    noor.says("/invite Maple")
    noor.expects("Only therapists can invite families.")


def test_words_behind_an_unknown_command_are_still_read(stage: Stage) -> None:
    parent = stage.parent()
    parent.says(f"/ask {URGENT}")
    parent.expects(HOLDING)
    stage.dana.expects(f"URGENT: {parent.alias}")


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
