"""Once somebody has a flag: silence, passing it on, ending it; and many at once."""

import json
from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

from tests.journeys.people import Person, Seen
from tests.journeys.practising import now
from tests.journeys.stage import Stage
from tests.journeys.waiting import wait_for
from tests.journeys.words import ANOTHER_URGENT, HOLDING, URGENT

LATE = 60.0
LONDON = ZoneInfo("Europe/London")


def taken_by_dana(stage: Stage, parent: Person) -> tuple[Seen, Seen]:
    """Dana takes a flag: the parent's holding message, and what Dana reads of it."""
    parent.says(URGENT)
    alert, holding = stage.dana.expects(f"URGENT: {parent.alias}"), parent.expects(HOLDING)
    stage.dana.presses("Take it", alert)
    return holding, stage.dana.expects(f"You have {parent.alias}.")


def test_a_parent_sees_sent_opened_taken_and_closed_in_one_message(stage: Stage) -> None:
    parent, dana = stage.parent(), stage.dana
    parent.says(URGENT)
    alert = dana.expects(f"URGENT: {parent.alias}")
    holding = parent.expects(HOLDING)
    parent.sees_change(holding, "has been sent to Dana", "Nobody has taken it yet")
    dana.presses("Show message", alert)
    parent.sees_change(holding, "Dana at the clinic has opened your message", "999")
    dana.presses("Take it", alert)
    parent.sees_change(holding, "Dana has your message", "999")
    parent.expects("Dana has your message.", "they can write back")
    dana.presses("Safe now")
    parent.sees_change(holding, "Dana has closed this", "999")
    parent.expects("You can ask me things again.")


def test_a_holder_who_falls_silent_is_asked_and_then_others_are_told_again(stage: Stage) -> None:
    parent, dana = stage.parent(), stage.dana
    holding, _ = taken_by_dana(stage, parent)
    stage.clock.forward(minutes=31)
    dana.expects(f"Are you still with {parent.alias}?", "15 minutes")
    stage.clock.forward(minutes=15)
    dana.expects(f"{parent.alias} is with nobody now.")
    parent.expects("I have heard nothing more from Dana", "call 999")
    parent.sees_change(holding, "Nobody at the clinic has taken your message yet")
    stage.noor.expects(f"URGENT: {parent.alias}")
    stage.noor.presses("Take it")
    parent.expects("Noor has your message.")
    dana.expects(f"Noor has taken {parent.alias}.")


def test_a_holder_who_is_busy_says_so_with_one_tap(stage: Stage) -> None:
    parent, dana = stage.parent(), stage.dana
    taken_by_dana(stage, parent)
    for _ in range(2):
        stage.clock.forward(minutes=31)
        assert "I will ask again" in dana.presses("I am on it", dana.expects("Are you still with"))
    stage.settles(parent)
    assert not parent.count("I have heard nothing more")


def test_a_flag_is_passed_to_a_colleague_who_takes_it(stage: Stage) -> None:
    parent, dana, noor = stage.parent(), stage.dana, stage.noor
    _, mine = taken_by_dana(stage, parent)
    dana.presses("Pass to …", mine)
    choice = dana.expects(f"Who shall take {parent.alias} over?")
    label = next(one for one in choice.buttons if one.startswith("Noor"))
    assert "Until they take it, you have it." in dana.presses(label, choice)
    asked = noor.expects(f"Dana asks you to take {parent.alias} over.")
    parent.says("Is somebody there?")
    dana.expects(parent.alias, "Is somebody there?")  # it is still Dana's
    noor.presses("Take it", asked)
    parent.expects("Noor has your message.")
    parent.says("Thank you")
    noor.expects(parent.alias, "Thank you")


def test_a_note_follows_and_the_family_never_sees_it(stage: Stage) -> None:
    parent, dana = stage.parent(), stage.dana
    taken_by_dana(stage, parent)
    dana.presses("Handed over")
    closing = dana.expects(f"{parent.alias}: closed", "anything to note?")
    dana.replies(closing, "The grandmother is there tonight")
    dana.expects(f"Noted for {parent.alias}.", "not sent to the family")
    stage.settles(parent)
    assert not parent.count("grandmother")


def test_of_two_who_press_at_once_one_has_it_and_the_other_hears_who(stage: Stage) -> None:
    parent, dana, noor = stage.parent(), stage.dana, stage.noor
    parent.says(URGENT)
    alerts = [(dana, dana.expects(f"URGENT: {parent.alias}"))]
    stage.clock.forward(minutes=11)
    alerts.append((noor, noor.expects(f"URGENT: {parent.alias}")))
    with ThreadPoolExecutor(2) as hands:
        said = list(hands.map(lambda one: one[0].presses("Take it", one[1]), alerts))
    assert sorted(bool(one) for one in said) == [False, True]
    assert any("has it already." in one for one in said)
    stage.settles(parent)
    assert parent.count("has your message.", "write back") == 1


def test_a_flag_that_stays_open_for_a_day_alarms_the_clinic(stage: Stage) -> None:
    parent = stage.parent()
    taken_by_dana(stage, parent)
    stage.clock.forward(hours=25)
    stage.noor.expects("ALARM for the clinic", parent.alias, "is still open")


def test_a_clock_that_jumps_two_days_climbs_each_rung_once_and_then_goes_on(stage: Stage) -> None:
    parent, dana, noor = stage.parent(), stage.dana, stage.noor
    parent.says(URGENT)
    dana.expects(f"URGENT: {parent.alias}")
    stage.settles(parent)
    stage.clock.forward(days=2)
    noor.expects(f"URGENT: {parent.alias}", within=LATE)
    stage.settles(parent, within=LATE)
    told = dana.count(f"URGENT: {parent.alias}"), noor.count(f"URGENT: {parent.alias}")
    stage.settles(parent)
    assert (dana.count(f"URGENT: {parent.alias}"), noor.count(f"URGENT: {parent.alias}")) == told
    stage.clock.forward(minutes=16)
    dana.expects(f"URGENT: {parent.alias}")


def test_telegram_is_down_for_an_hour_and_everybody_is_told_when_it_is_back(stage: Stage) -> None:
    parent, dana, noor = stage.parent(), stage.dana, stage.noor
    flagged = f"URGENT: {parent.alias}"
    stage.faults.strike("sendMessage", status=502, count=10_000)
    before = now(stage)
    parent.says(URGENT)
    wait_for(lambda: stage.metrics()["open_flags"], "the flag is raised")
    times = {f"Raised at {one.astimezone(LONDON):%H:%M}" for one in (before, now(stage))}
    for _ in range(4):
        stage.clock.forward(minutes=15)
    assert not dana.count(flagged)
    stage.faults.end()
    stage.clock.forward(minutes=2)
    mine = dana.expects(flagged, "min later nobody had it.", within=LATE)
    theirs = noor.expects(flagged, "min later nobody had it.", within=LATE)
    for alert in (mine, theirs):
        assert any(at in alert.text for at in times)
        assert "just now" not in alert.text
    parent.expects(HOLDING, within=LATE)
    stage.settles(parent, within=LATE)
    assert (dana.count(flagged), noor.count(flagged)) == (1, 1), "the newest, and no older one"
    told = json.loads(stage.runs("flags", "--json"))[-1]
    history = [one["what"] for one in told["history"]]
    assert history.count("superseded") >= 3, "what was not sent any more is not lost"
    assert history.count("delivered") == 2
    dana.presses("Take it")
    parent.expects("Dana has your message.", within=LATE)


def test_fifty_families_at_once_are_each_told_of_and_each_answered(stage: Stage) -> None:
    families, dana = [stage.parent() for _ in range(50)], stage.dana
    for number, parent in enumerate(families):
        parent.says(URGENT if number % 2 else ANOTHER_URGENT)
    for parent in families:
        dana.expects(f"URGENT: {parent.alias}", within=LATE)
        parent.expects(HOLDING, within=LATE)
    stage.settles(*families, within=LATE)
    for parent in families:
        assert dana.count(f"URGENT: {parent.alias}") == 1


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
