"""A waiting flag: a parent asks for a person, changes a message, or writes of something else."""

import pytest

from tests import telegram_json as told
from tests.flows.clinic import DANA, KIM, NOOR, ROBINS, SAM, SUE, Clinic, say
from tests.flows.script import URGENT, URGENT_GUESSED, URGENT_GUESSED_TOO, URGENT_TOO

PERSON = say("general.person_button")
OK_NOW = "shes ok now"


@pytest.fixture
async def waiting(clinic: Clinic) -> Clinic:
    """Sam has written something urgent a minute ago, and Dana has been told."""
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=1)
    return clinic


def alerts(clinic: Clinic, chat_id: int) -> int:
    return sum(f"URGENT: {ROBINS}" in one.text for one in clinic.phone(chat_id))


async def edits(clinic: Clinic, number: int, text: str, chat_id: int = SAM) -> None:
    await clinic.receive(told.edited(chat_id, number, text))


# I need a person.


@pytest.mark.parametrize("how", [PERSON, "/person"])
async def test_asking_for_a_person_rings_again_and_tells_the_next_one_before_their_time(
    waiting: Clinic, how: str
) -> None:
    await waiting.says(SAM, how)
    assert alerts(waiting, DANA) == 2
    assert alerts(waiting, NOOR) == 1
    assert waiting.last(SAM).text == say("holding.followup_person", emergency="999")
    assert waiting.count("checks") == 0


async def test_who_was_told_and_stands_on_no_rung_that_was_hurried_hears_that_they_ask(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=10, seconds=1)
    await clinic.says(SAM, PERSON)
    assert alerts(clinic, SUE) == 1
    assert f"URGENT: {ROBINS} asks for a person" in clinic.last(DANA).text
    assert f"URGENT: {ROBINS} asks for a person" in clinic.last(NOOR).text


async def test_asking_several_times_in_a_row_rings_once(waiting: Clinic) -> None:
    for _ in range(5):
        await waiting.says(SAM, PERSON)
    assert (alerts(waiting, DANA), alerts(waiting, NOOR), alerts(waiting, SUE)) == (2, 1, 0)
    await waiting.forward(minutes=3)
    await waiting.says(SAM, PERSON)
    assert alerts(waiting, SUE) == 1


async def test_the_ladder_goes_on_after_it_was_hurried(waiting: Clinic) -> None:
    await waiting.says(SAM, PERSON)
    await waiting.forward(minutes=19)
    assert alerts(waiting, SUE) == 1
    await waiting.forward(minutes=15)
    assert alerts(waiting, DANA) == 3


async def test_even_past_the_last_rung_asking_for_a_person_rings_everybody(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    for _ in range(5):
        await clinic.forward(minutes=12)
    before = alerts(clinic, DANA)
    await clinic.says(SAM, PERSON)
    assert alerts(clinic, DANA) == before + 1


# A changed message.


async def test_a_changed_message_reaches_everybody_who_was_told(clinic: Clinic) -> None:
    number = await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=10, seconds=1)
    await edits(clinic, number, OK_NOW)
    for chat_id in (DANA, NOOR):
        alert = clinic.last(chat_id)
        assert f"URGENT: {ROBINS} has changed a message" in alert.text
        assert OK_NOW not in alert.text, "words are shown on request only"
        assert list(alert.buttons) == ["take:1", "show:1", "noturgent:1", "pass:1"]
    assert clinic.phone(SUE) == []
    assert clinic.last(SAM).text == say("holding.followup_edited", emergency="999")
    await clinic.presses(DANA, "show:1")
    shown = clinic.last(DANA).text
    assert shown.index(URGENT) < shown.index(OK_NOW)


async def test_changing_it_several_times_in_a_row_makes_a_sound_once_and_reaches_them_each_time(
    clinic: Clinic,
) -> None:
    number = await clinic.says(SAM, URGENT)
    for text in ("she is ok", "she is ok now", OK_NOW):
        await edits(clinic, number, text)
    changed = [one for one in clinic.phone(DANA) if "has changed a message" in one.text]
    assert [one.quiet for one in changed] == [False, True, True]


async def test_a_change_that_tells_of_another_danger_always_rings_and_names_it(
    clinic: Clinic,
) -> None:
    number = await clinic.says(SAM, URGENT)
    await edits(clinic, number, OK_NOW)
    await edits(clinic, number, URGENT_TOO)
    assert "has changed a message" in clinic.last(DANA).text
    assert say("flags.category_medical_emergency") in clinic.last(DANA).text
    assert not clinic.last(DANA).quiet


async def test_a_strangers_change_reaches_who_was_told(clinic: Clinic) -> None:
    number = await clinic.says(KIM, URGENT)
    await edits(clinic, number, OK_NOW, KIM)
    assert "has changed a message" in clinic.last(NOOR).text


# What a further message is called.


async def test_a_guess_of_the_models_names_no_new_danger_to_staff(waiting: Clinic) -> None:
    await waiting.says(SAM, URGENT_GUESSED)
    alert = waiting.last(DANA).text
    assert "has written again" in alert, "it rings"
    assert say("flags.category_child_suicide_self_harm") in alert
    assert say("flags.category_missing_or_runaway") not in alert


async def test_the_models_guesses_ring_once_in_two_minutes_and_what_a_rule_found_always(
    waiting: Clinic,
) -> None:
    await waiting.says(SAM, URGENT_GUESSED)
    await waiting.says(SAM, URGENT_GUESSED_TOO)
    assert alerts(waiting, DANA) == 2
    await waiting.says(SAM, URGENT_TOO)
    assert alerts(waiting, DANA) == 3
    await waiting.forward(minutes=2, seconds=1)
    await waiting.says(SAM, URGENT_GUESSED_TOO)
    assert alerts(waiting, DANA) == 4


async def test_asking_for_a_person_every_minute_rings_every_two(waiting: Clinic) -> None:
    for _ in range(5):
        await waiting.says(SAM, PERSON)
        await waiting.forward(minutes=1, seconds=1)
    assert (await waiting.history()).count("asked_person") == 3


async def test_what_a_rule_found_is_named(waiting: Clinic) -> None:
    await waiting.says(SAM, URGENT_TOO)
    assert say("flags.category_medical_emergency") in waiting.last(DANA).text


async def test_a_guess_in_the_other_parents_words_names_no_new_danger_either(
    waiting: Clinic,
) -> None:
    await waiting.says(1011, URGENT_GUESSED)
    assert "has written again" in waiting.last(DANA).text
    assert say("flags.category_missing_or_runaway") not in waiting.last(DANA).text
