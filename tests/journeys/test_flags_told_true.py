"""A flag is told truly to everybody: what was sent, who is gone, how long, how it ended."""

from tests.journeys.doubt import asks_for_a_person
from tests.journeys.people import Person, Seen
from tests.journeys.stage import Stage
from tests.journeys.waiting import wait_for
from tests.journeys.words import HOLDING, URGENT


def raised(stage: Stage) -> tuple[Person, Seen, Seen]:
    """A parent has written something urgent: the parent, Dana's alert, the holding message."""
    parent = stage.parent()
    parent.says(URGENT)
    alert, holding = stage.dana.expects(f"URGENT: {parent.alias}"), parent.expects(HOLDING)
    return parent, alert, parent.sees_change(holding, "has been sent to Dana")


def taken(stage: Stage) -> tuple[Person, Seen]:
    """Dana has the flag: the parent, and what Dana reads of it."""
    parent, alert, _ = raised(stage)
    stage.dana.presses("Take it", alert)
    return parent, stage.dana.expects(f"You have {parent.alias}.")


# What was sent before anybody had it.


def test_a_photo_and_a_voice_message_before_it_is_taken_come_with_show_message(
    stage: Stage,
) -> None:
    parent, alert, _ = raised(stage)
    parent.sends(photo=True, caption="this is what she wrote on the wall")
    parent.sends(voice=True)
    stage.settles(parent)
    stage.dana.presses("Show message", alert)
    stage.dana.expects(parent.alias, URGENT, "a voice message")
    photo = stage.dana.expects("on the wall", kind="photo")
    voice = stage.dana.expects(kind="voice")
    assert photo.id < voice.id
    stage.dana.presses("Show message", alert)
    stage.settles(parent)
    copies = [one for one in stage.dana.reads() if one.id > alert.id and one.kind != "text"]
    assert len(copies) == 2, "once each"


def test_a_file_before_it_is_taken_comes_with_take_it(stage: Stage) -> None:
    parent, alert, _ = raised(stage)
    parent.sends(document=True)
    stage.settles(parent)
    stage.dana.presses("Take it", alert)
    stage.dana.expects(f"What was sent before you took {parent.alias}")
    stage.dana.expects(kind="document")


def test_whoever_takes_it_over_reads_all_that_was_said(stage: Stage) -> None:
    parent, mine = taken(stage)
    parent.says("She is in the bathroom")
    stage.dana.expects(parent.alias, "She is in the bathroom")
    stage.dana.replies(mine, "Is the door open?")
    parent.expects("Dana:", "Is the door open?")
    stage.dana.presses("Pass to …", mine)
    choice = stage.dana.expects(f"Who shall take {parent.alias} over?")
    stage.dana.presses(next(one for one in choice.buttons if one.startswith("Noor")), choice)
    asked = stage.noor.expects(f"Dana asks you to take {parent.alias} over.")
    stage.noor.presses("Take it", asked)
    stage.noor.presses("Show message", stage.noor.expects(f"You have {parent.alias}."))
    stage.noor.expects(parent.alias, URGENT, "She is in the bathroom", "Is the door open?")


# Somebody is gone.


def test_everybody_blocks_the_bot_after_the_alert_and_the_parent_reads_the_truth(
    stage: Stage,
) -> None:
    parent, _, holding = raised(stage)
    stage.dana.blocks_the_bot()
    stage.noor.blocks_the_bot()
    stage.clock.forward(minutes=5, seconds=1)
    parent.sees_change(holding, "I have not reached anyone at the clinic", "999")
    parent.says("Is anybody there?")
    parent.expects("I have not reached anyone at the clinic yet", "999")
    assert not parent.count("I am passing this on too")
    stage.dana.unblocks_the_bot()
    stage.noor.unblocks_the_bot()
    stage.clock.forward(minutes=16)
    parent.sees_change(holding, "Nobody at the clinic has taken your message yet", "Told so far")


def test_a_holder_who_blocks_the_bot_has_lost_it_and_everybody_reads_that(stage: Stage) -> None:
    parent, _ = taken(stage)
    stage.dana.blocks_the_bot()
    parent.says("Are you there?")
    parent.expects("I cannot reach Dana any more", "call 999")
    stage.noor.expects(f"URGENT: {parent.alias}")
    stage.noor.expects("ALARM for the clinic", parent.alias, "cannot be reached")
    stage.settles(parent)
    assert not parent.count("Passed on to Dana")
    stage.noor.presses("Take it", stage.noor.sees_button("Take it"))
    parent.expects("Noor has your message.")


# Waiting.


def test_two_hours_without_an_answer_are_told_and_not_passed_over(stage: Stage) -> None:
    parent, _, holding = raised(stage)
    for _ in range(26):
        stage.clock.forward(minutes=5)
        stage.settles(parent)
    parent.sees_change(
        holding,
        "Nobody at the clinic has taken your message yet",
        "Told so far: Dana at",
        "the clinician on call at",
        "Do not wait for the clinic",
        "999",
    )
    assert parent.count("Nobody at the clinic has answered yet", "999") == 3


def test_i_need_a_person_rings_again_and_sooner(stage: Stage) -> None:
    parent, _, _ = raised(stage)
    parent.says("/person")
    stage.noor.expects(f"URGENT: {parent.alias}")
    parent.expects("I am telling the clinic again now", "999")
    wait_for(lambda: stage.dana.count(f"URGENT: {parent.alias}") == 2, "Dana is rung again")


def test_a_changed_message_reaches_whoever_was_told(stage: Stage) -> None:
    parent = stage.parent()
    number = parent.says(URGENT)
    stage.dana.expects(f"URGENT: {parent.alias}")
    stage.settles(parent)
    parent.edits(number, "shes ok now")
    changed = stage.dana.expects(f"URGENT: {parent.alias} has changed a message")
    parent.expects("I have told the clinic that you changed this")
    stage.dana.presses("Show message", changed)
    stage.dana.expects(parent.alias, URGENT, "shes ok now")


def test_no_after_the_time_of_the_question_is_told_what_has_happened(stage: Stage) -> None:
    parent = stage.parent()
    check = asks_for_a_person(parent)
    stage.clock.forward(minutes=10, seconds=5)
    stage.dana.expects(f"URGENT: {parent.alias}")
    assert "The time for this was up" in parent.presses("No", check)
    parent.expects("You pressed No after 10 minutes", "It went to Dana")
    stage.dana.expects(f"URGENT: {parent.alias} has pressed “No”")


# The end.


def test_not_urgent_unread_is_asked_about_once(stage: Stage) -> None:
    parent, alert, _ = raised(stage)
    assert "not opened" in stage.dana.presses("Not urgent", alert)
    asked = stage.dana.expects(f"You have not opened the message of {parent.alias}.")
    assert list(asked.buttons) == ["Show message", "Close as not urgent"]
    stage.settles(parent)
    assert not parent.count("Dana has closed this.")
    stage.dana.presses("Close as not urgent", asked)
    parent.expects("Dana has closed this.")


def test_once_it_is_closed_no_message_about_it_keeps_a_button(stage: Stage) -> None:
    parent, mine = taken(stage)
    stage.dana.presses("Safe now", mine)
    changed = stage.dana.sees_change(mine, f"{parent.alias}: closed by Dana")
    assert not changed.buttons


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
