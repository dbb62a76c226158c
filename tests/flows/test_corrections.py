"""Staff change what they wrote: whoever got the old words gets the new ones, and nobody else."""

from datetime import timedelta

from bot.core.deliveries import RetryIn
from bot.storage.practice_plans import find_plan
from tests import telegram_json as told
from tests.flows.clinic import ALEX, DANA, PIP, ROBINS, SAM, Clinic, say
from tests.flows.practising import practises
from tests.flows.script import CLINICAL, URGENT
from tests.flows.test_questions import replying

NOT_SENT = say("questions.correction_not_sent")
SENT = say("questions.correction_sent", alias=ROBINS)
FIRST, SECOND = "Take him to A and E.", "Take him to his GP."
CORRECTION = say("questions.corrected", name="Dana", text=SECOND)


async def edits(clinic: Clinic, number: int, text: str = SECOND) -> None:
    """Dana changes her message of this number."""
    await clinic.receive(told.edited(DANA, number, text, "Dana"))


async def test_a_correction_goes_to_the_family_that_had_the_message_not_to_the_one_in_hand(
    taken: Clinic,
) -> None:
    number = await taken.says(DANA, FIRST)
    await taken.presses(DANA, "close:1.safe_now")
    await taken.presses(DANA, "nonote:1")
    await taken.says(PIP, URGENT)
    await taken.presses(DANA, "take:2")
    before = taken.texts(PIP)
    await edits(taken, number)
    assert taken.texts(PIP) == before
    assert taken.last(SAM).text == CORRECTION
    assert taken.last(DANA).text == SENT


async def test_the_family_sees_which_message_is_corrected(taken: Clinic) -> None:
    number = await taken.says(DANA, FIRST)
    wrong = taken.last(SAM)
    await edits(taken, number)
    assert taken.last(SAM).answers == wrong.message_id
    assert wrong.text == say("questions.reply", name="Dana", text=FIRST)


async def test_a_correction_before_the_first_has_arrived_says_that_it_is_one(
    taken: Clinic,
) -> None:
    taken.messenger.trouble = [RetryIn(timedelta(seconds=30), "too many requests")]
    number = await taken.says(DANA, FIRST)
    await edits(taken, number)
    await taken.forward(seconds=31)
    assert taken.texts(SAM)[-2:] == [
        say("questions.reply", name="Dana", text=FIRST),
        say("questions.corrected_alone", name="Dana", text=SECOND),
    ]


async def test_a_correction_stands_in_what_was_said_under_the_flag(taken: Clinic) -> None:
    number = await taken.says(DANA, FIRST)
    await edits(taken, number)
    await taken.presses(DANA, "show:1")
    assert any(FIRST in text and SECOND in text for text in taken.texts(DANA))
    assert (await taken.history()).count("replied") == 2


async def test_within_the_hour_after_closing_an_edit_is_no_note(taken: Clinic) -> None:
    number = await taken.says(DANA, FIRST)
    await taken.presses(DANA, "close:1.safe_now")
    await edits(taken, number)
    assert taken.count("flag_notes") == 0
    assert taken.last(SAM).text == CORRECTION


async def test_an_edited_note_stays_as_it_was_and_whoever_wrote_it_is_told(
    taken: Clinic,
) -> None:
    await taken.presses(DANA, "close:1.safe_now")
    number = await taken.says(DANA, "Gran is with them")
    before = taken.texts(SAM)
    await edits(taken, number, "Grandad is with them")
    assert taken.last(DANA).text == NOT_SENT
    assert taken.count("flag_notes") == 1
    assert taken.texts(SAM) == before


async def test_an_edit_of_what_went_to_nobody_goes_to_nobody_even_with_a_flag_in_hand(
    clinic: Clinic,
) -> None:
    number = await clinic.says(DANA, FIRST)
    await clinic.says(SAM, URGENT)
    await clinic.presses(DANA, "take:1")
    before = clinic.texts(SAM)
    await edits(clinic, number)
    assert clinic.last(DANA).text == NOT_SENT
    assert clinic.texts(SAM) == before


async def test_an_answer_to_a_question_is_corrected_for_the_parent_who_asked(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, CLINICAL)
    number = await clinic.says(DANA, FIRST, **replying(clinic, DANA, CLINICAL))
    await clinic.says(PIP, CLINICAL)
    before = clinic.texts(PIP), clinic.texts(ALEX)
    await edits(clinic, number)
    assert clinic.last(SAM).text == CORRECTION
    assert (clinic.texts(PIP), clinic.texts(ALEX)) == before


async def test_every_further_change_is_sent_and_an_edit_that_changes_no_word_is_not(
    taken: Clinic,
) -> None:
    number = await taken.says(DANA, FIRST)
    await edits(taken, number, FIRST)
    assert taken.last(SAM).text == say("questions.reply", name="Dana", text=FIRST)
    for text in (SECOND, SECOND, "Ring me."):
        await edits(taken, number, text)
    assert taken.texts(SAM)[-2:] == [
        CORRECTION,
        say("questions.corrected", name="Dana", text="Ring me."),
    ]


async def test_another_picture_in_the_place_of_the_first_is_a_correction_too(
    taken: Clinic,
) -> None:
    number = await taken.sends(DANA, "photo")
    changed = told.media(DANA, number, "photo")
    changed["edited_message"] = changed.pop("message")
    await taken.receive(changed)
    assert "correcting what is above" in taken.phone(SAM)[-2].text
    assert taken.last(SAM).copied_from == number


async def test_what_was_written_under_a_plan_is_corrected_for_both_parents_and_in_the_plan(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    number = await clinic.says(DANA, FIRST, **replying(clinic, DANA, "Sent to"))
    assert FIRST in clinic.last(ALEX).text
    await clinic.receive(_edited_reply(clinic, number))
    for parent in (SAM, ALEX):
        assert clinic.texts(parent).count(CORRECTION) == 1
    async with clinic.services.database.transaction() as tx:
        plan = await find_plan(tx, 1)
    assert plan is not None
    assert plan.note == SECOND


def _edited_reply(clinic: Clinic, number: int) -> told.Json:
    changed = told.edited(DANA, number, SECOND, "Dana")
    changed["edited_message"] |= replying(clinic, DANA, "Sent to")
    return changed


async def test_an_edited_command_of_staff_does_not_run_again(clinic: Clinic) -> None:
    number = await clinic.says(DANA, "/invite Mapel")
    families = clinic.count("families")
    await edits(clinic, number, "/invite Maple")
    assert clinic.count("families") == families
    assert clinic.last(DANA).text == NOT_SENT


async def test_a_message_that_becomes_a_command_runs_nothing_and_reaches_nobody(
    taken: Clinic,
) -> None:
    number = await taken.says(DANA, FIRST)
    families, before = taken.count("families"), taken.texts(SAM)
    await edits(taken, number, "/invite Maple")
    assert taken.count("families") == families
    assert taken.texts(SAM) == before
    assert taken.last(DANA).text == NOT_SENT


async def test_a_correction_is_sent_once_however_often_the_update_comes(taken: Clinic) -> None:
    number = await taken.says(DANA, FIRST)
    update = told.edited(DANA, number, SECOND, "Dana")
    await taken.receive(update)
    await taken.receive(update)
    assert taken.texts(SAM).count(CORRECTION) == 1
