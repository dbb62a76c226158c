"""The story: an ordinary question, something urgent, a person who takes it, and back again."""

import json

from tests.journeys.stage import Stage
from tests.journeys.words import (
    ANOTHER_ORDINARY,
    ANSWER,
    HOLDING,
    ORDINARY,
    URGENT,
)


def test_an_ordinary_question_is_answered_with_its_source_and_buttons(stage: Stage) -> None:
    parent = stage.parent()
    parent.says(ORDINARY)
    answer = parent.expects(ANSWER, "Words you can use", "From: ")
    assert list(answer.buttons) == ["Helpful", "Not what I meant", "Ask Dana", "More"]
    assert "reviewed" in answer.text.lower(), "an answer says whether the clinic reviewed it"
    stage.settles(parent)
    assert not stage.dana.was_told_of(parent), "an ordinary question disturbs nobody"


def test_the_buttons_under_an_answer_do_what_they_say(stage: Stage) -> None:
    parent = stage.parent()
    parent.says(ORDINARY)
    answer = parent.expects(ANSWER)
    assert parent.presses("Helpful", answer) == "Thank you."
    parent.presses("More", answer)
    parent.expects("Why it helps")
    parent.presses("Ask Dana", answer)
    parent.expects("I've passed this to Dana")
    stage.dana.expects(f"Question from {parent.alias}", ORDINARY)
    parent.presses("Not what I meant", answer)
    asked_back = parent.expects("Which of these is nearer?")
    assert "None of these" in asked_back.buttons


def test_something_urgent_is_told_to_a_person_and_never_answered(stage: Stage) -> None:
    parent = stage.parent()
    parent.says(URGENT)
    alert = stage.dana.expects(f"URGENT: {parent.alias}", "suicidal", "Raised at")
    assert list(alert.buttons) == ["Take it", "Show message", "Not urgent", "Pass to …"]
    assert URGENT not in alert.text, "the words are shown on request only"
    holding = parent.expects(HOLDING, "999", "Samaritans")
    parent.sees_change(holding, "has been sent to Dana", "Nobody has taken it yet")
    stage.settles(parent)
    assert not parent.count(ANSWER)
    assert not stage.noor.was_told_of(parent), "on-call is not woken before the therapist's time"


def test_the_whole_evening_from_a_question_to_a_flag_and_back(stage: Stage) -> None:
    sam, dana = stage.parent(), stage.dana
    sam.says(ORDINARY)
    sam.expects(ANSWER)

    sam.says(URGENT)
    alert = dana.expects(f"URGENT: {sam.alias}")
    holding = sam.expects(HOLDING)

    dana.presses("Show message", alert)
    dana.expects(sam.alias, URGENT)
    dana.presses("Take it", alert)
    taken = dana.expects(f"You have {sam.alias}.")
    dana.sees_change(alert, "you took this")
    sam.sees_change(holding, "Dana has your message and is taking care of it.")
    sam.expects("Dana has your message.", "they can write back to you here")

    sam.says("She is in her room, I can hear her")
    dana.expects(sam.alias, "She is in her room, I can hear her")
    sam.expects("Passed on to Dana.")
    dana.replies(taken, "I am calling you in one minute")
    sam.expects("Dana:", "I am calling you in one minute")
    dana.expects(f"On its way to {sam.alias}.")

    sam.says(ANOTHER_ORDINARY)
    dana.expects(sam.alias, ANOTHER_ORDINARY)
    sam.expects("Passed on to Dana.")
    assert sam.count(ANSWER) == 1, "while a flag is open there is no guidance"

    dana.presses("Safe now", taken)
    dana.expects(f"{sam.alias}: closed", "safe now")
    sam.expects("Dana has closed this.")

    stage.clock.forward(days=1, hours=1)
    sam.says(ANOTHER_ORDINARY)
    sam.expects(ANSWER)


def test_what_a_parent_sends_while_somebody_has_the_flag_is_copied_to_them(stage: Stage) -> None:
    parent, dana = stage.parent(), stage.dana
    parent.says(URGENT)
    dana.presses("Take it", dana.expects(f"URGENT: {parent.alias}"))
    taken = dana.expects(f"You have {parent.alias}.")
    parent.sends(photo=True)
    dana.expects(parent.alias, "a photo", "follows below")
    dana.expects(kind="photo")
    parent.expects("just as you sent it")
    dana.sends(voice=True, reply_to=taken.id)
    parent.expects("Dana:", "a voice message")
    parent.expects(kind="voice")


def test_only_whoever_took_a_flag_can_close_it_and_nobody_takes_it_twice(stage: Stage) -> None:
    parent, dana, noor = stage.parent(), stage.dana, stage.noor
    parent.says(URGENT)
    alert = dana.expects(f"URGENT: {parent.alias}")
    stage.clock.forward(minutes=11)
    second = noor.expects(f"URGENT: {parent.alias}")
    noor.presses("Take it", second)
    noor.expects(f"You have {parent.alias}.")
    dana.sees_change(alert, f"Noor has {parent.alias}.")
    assert dana.presses("Take it", alert) == "Noor has it already."
    assert noor.presses("Take it", second) == "You have it already."
    assert "Noor has it" in dana.presses("Not urgent", alert)


def test_not_urgent_takes_and_closes_a_flag_that_was_read_in_one_press(stage: Stage) -> None:
    parent = stage.parent()
    parent.says(URGENT)
    alert = stage.dana.expects(f"URGENT: {parent.alias}")
    stage.dana.presses("Show message", alert)
    stage.dana.presses("Not urgent", alert)
    parent.expects("Dana has closed this.")
    stage.clock.forward(days=1, hours=1)
    parent.says(ANOTHER_ORDINARY)
    parent.expects(ANSWER)


def test_staff_who_write_to_nobody_in_particular_are_asked_to_whom(stage: Stage) -> None:
    stage.clock.forward(hours=1)  # so that nothing they closed still awaits a note
    stage.dana.says("Please call me back")
    stage.dana.expects("To whom?")


def test_the_flags_and_the_status_can_be_read_while_the_bot_runs(stage: Stage) -> None:
    parent, dana = stage.parent(), stage.dana
    parent.says(URGENT)
    alert = dana.expects(f"URGENT: {parent.alias}")
    stage.settles(parent)
    dana.presses("Take it", alert)
    flags = json.loads(stage.runs("flags", "--json"))
    flag = next(one for one in flags if one["family"] == parent.alias)
    assert (flag["state"], flag["held_by"]) == ("acknowledged", "Dana")
    assert flag["message"] == URGENT
    assert flag["category"] == "child_suicide_self_harm"
    told = [d for d in flag["deliveries"] if ":rung:0:" in d["key"]]
    assert [(d["chat_id"], d["state"]) for d in told] == [(dana.id, "accepted")]
    happened = [event["what"] for event in flag["history"]]
    assert happened == ["raised", "told", "delivered", "acknowledged"]
    status = json.loads(stage.runs("status", "--json"))
    assert status["open_flags"] == 1
    assert status["waiting_flags"] == 0
    assert status["inbox"]["waiting"] == 0
    assert status["last_poll"] is not None


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
