"""The ladder: who is told while nobody takes a flag, and who is told when somebody cannot be."""

from tests.journeys.stage import Stage
from tests.journeys.words import ANOTHER_URGENT, HOLDING, URGENT


def test_nobody_takes_it_and_the_ladder_climbs_for_ever(stage: Stage) -> None:
    parent, dana, noor, clock = stage.parent(), stage.dana, stage.noor, stage.clock
    flagged = f"URGENT: {parent.alias}"
    parent.says(URGENT)
    dana.expects(flagged, "Raised at")
    clock.forward(minutes=5, seconds=1)
    dana.expects(flagged, ". 5 min later nobody had it.")
    assert not noor.count(flagged)
    clock.forward(minutes=5)
    noor.expects(flagged, ". 10 min later nobody had it.")
    stage.settles(parent)
    assert dana.count(flagged) == 2, "the third rung is on-call's"
    clock.forward(minutes=10)
    dana.expects(
        flagged, ". 20 min later nobody had it."
    )  # there is no supervisor: the next rung, at once
    noor.expects(flagged, ". 20 min later nobody had it.")
    for _ in range(3):
        clock.forward(minutes=15)
        dana.expects(flagged)
        noor.expects(flagged)
    noor.presses("Take it")
    parent.expects("Noor has your message.")
    stage.settles(parent)
    told = dana.count(flagged), noor.count(flagged)
    clock.forward(minutes=60)
    stage.settles(parent)
    assert (dana.count(flagged), noor.count(flagged)) <= told, "what is taken is never climbed"


def test_before_its_time_no_rung_is_climbed(stage: Stage) -> None:
    parent = stage.parent()
    parent.says(URGENT)
    stage.dana.expects(f"URGENT: {parent.alias}")
    stage.clock.forward(minutes=4)
    stage.settles(parent)
    assert stage.dana.count(f"URGENT: {parent.alias}") == 1


def test_on_call_is_told_at_once_when_the_therapist_has_blocked_the_bot(stage: Stage) -> None:
    parent = stage.parent()
    stage.dana.blocks_the_bot()
    parent.says(URGENT)
    stage.noor.expects(f"URGENT: {parent.alias}")
    holding = parent.expects(HOLDING)
    parent.sees_change(holding, "Your message has been sent")
    stage.noor.presses("Take it")
    parent.expects("Noor has your message.")


def test_a_parent_is_told_the_truth_when_nobody_can_be_reached(stage: Stage) -> None:
    parent = stage.parent()
    stage.dana.blocks_the_bot()
    stage.noor.blocks_the_bot()
    parent.says(URGENT)
    holding = parent.expects("person")
    parent.sees_change(holding, "I have not reached anyone at the clinic", "999")
    stage.dana.unblocks_the_bot()
    stage.noor.unblocks_the_bot()
    stage.clock.forward(minutes=15, seconds=1)
    stage.dana.expects(f"URGENT: {parent.alias}")
    parent.sees_change(holding, "Nobody at the clinic has taken your message yet", "Told so far")


def test_another_danger_rings_everybody_who_was_told_again(stage: Stage) -> None:
    parent = stage.parent()
    parent.says(URGENT)
    stage.dana.expects(f"URGENT: {parent.alias}")
    parent.says(ANOTHER_URGENT)
    stage.dana.expects(f"URGENT: {parent.alias} has written again")
    parent.expects("I am passing this on too.", "Call 999")


def test_ten_messages_of_a_parent_are_not_ten_alarms_and_none_of_them_is_lost(
    stage: Stage,
) -> None:
    parent, dana = stage.parent(), stage.dana
    parent.says(URGENT)
    alert = dana.expects(f"URGENT: {parent.alias}")
    more = [f"Are you there? Please hurry ({number})" for number in range(1, 10)]
    for text in more:
        parent.says(text)
    for _ in more:
        parent.expects("I am passing this on too.")
    stage.settles(parent)
    rung = dana.count(f"URGENT: {parent.alias}")
    assert rung <= 3, "once, and again where triage reads another danger into it"
    dana.presses("Show message", alert)
    shown = dana.expects(parent.alias, URGENT, *more)
    assert sorted(more, key=shown.text.index) == more


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
