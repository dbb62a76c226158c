"""What is not words: each kind has its outcome, and none is dropped in silence."""

import pytest

from bot.core.messages import Medium
from tests import telegram_json as told
from tests.flows.clinic import DANA, KIM, ROBINS, SAM, Clinic, say
from tests.flows.script import ASKING, URGENT, WORRYING

PASSED_ON = [medium for medium in Medium if medium is not Medium.STICKER]


@pytest.mark.parametrize("medium", PASSED_ON)
async def test_what_cannot_be_read_goes_to_the_therapist_and_the_parent_is_told(
    clinic: Clinic, medium: Medium
) -> None:
    number = await clinic.sends(SAM, medium)
    named = say(f"questions.medium_{medium}")
    when = say("answers.when_unknown")
    assert clinic.last(SAM).text == say(
        "questions.passed_medium", medium=named, therapist="Dana", when=when
    )
    line, copy = clinic.phone(DANA)
    assert line.text == say(
        "questions.to_therapist_medium", alias=ROBINS, parent="Sam", medium=named
    )
    assert copy.copied_from == number


async def test_a_sticker_is_asked_for_words(clinic: Clinic) -> None:
    await clinic.sends(SAM, "sticker")
    assert clinic.last(SAM).text == say("general.sticker")
    assert clinic.last(SAM).keyboard == (say("general.person_button"),)
    assert clinic.phone(DANA) == []


async def test_a_sticker_after_a_flag_has_been_closed_reaches_the_therapist(
    taken: Clinic,
) -> None:
    await taken.presses(DANA, "close:1.safe_now")
    number = await taken.sends(SAM, "sticker")
    assert taken.last(DANA).copied_from == number
    named, when = say("questions.medium_sticker"), say("answers.when_unknown")
    assert taken.last(SAM).text == say(
        "questions.passed_medium", medium=named, therapist="Dana", when=when
    )


@pytest.mark.parametrize("meanwhile", [True, False])
async def test_a_sticker_during_a_check_or_after_its_no_reaches_the_therapist(
    clinic: Clinic, meanwhile: bool
) -> None:
    await clinic.says(SAM, WORRYING)
    number = await clinic.sends(SAM, "sticker") if meanwhile else 0
    await clinic.presses(SAM, "check:1.no")
    number = number or await clinic.sends(SAM, "sticker")
    assert clinic.last(DANA).copied_from == number


async def test_a_sticker_is_asked_for_words_again_once_the_distress_is_a_day_old(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.presses(SAM, "check:1.no")
    await clinic.forward(hours=25)
    await clinic.sends(SAM, "sticker")
    assert clinic.last(SAM).text == say("general.sticker")


@pytest.mark.parametrize("medium", ["photo", "voice", "document", "sticker"])
async def test_urgent_words_under_a_medium_raise_a_flag(clinic: Clinic, medium: str) -> None:
    await clinic.sends(SAM, medium, URGENT)
    assert (await clinic.flag()).is_waiting
    assert "999" in clinic.last(SAM).text


async def test_worrying_words_under_a_photo_are_asked_about(clinic: Clinic) -> None:
    await clinic.sends(SAM, "photo", WORRYING)
    assert clinic.last(SAM).text == say("checks.ask")


async def test_a_question_under_a_photo_goes_to_the_therapist_with_the_photo(
    clinic: Clinic,
) -> None:
    number = await clinic.sends(SAM, "photo", ASKING)
    assert clinic.last(DANA).copied_from == number
    assert clinic.adviser.asked == []


async def test_a_reply_to_the_copy_reaches_the_parent(clinic: Clinic) -> None:
    await clinic.sends(SAM, "voice")
    under = told.message(DANA, clinic.last(DANA).message_id, "Held", text="…")
    await clinic.says(DANA, "I have listened to it.", reply_to_message=under)
    assert "I have listened to it." in clinic.last(SAM).text


async def test_a_medium_that_can_no_longer_be_copied_loses_only_the_copy(clinic: Clinic) -> None:
    update = told.media(SAM, 4040, "photo")
    await clinic.receive(update)
    assert [one.copied_from for one in clinic.phone(DANA)] == [None]
    assert say("questions.medium_photo") in clinic.phone(SAM)[-2].text
    assert clinic.last(SAM).text == say("questions.copy_not_passed_on", name="Dana")


async def test_a_medium_from_a_stranger_is_told_how_to_join(clinic: Clinic) -> None:
    await clinic.sends(KIM, "voice")
    assert clinic.last(KIM).text.startswith("Hello. Held in Mind is for families of one clinic.")
    assert clinic.phone(DANA) == []
