"""A parent has blocked the bot: whoever writes to them hears that it does not arrive."""

from bot.core.deliveries import Never
from tests import telegram_json as told
from tests.flows.clinic import ALEX, DANA, NOOR, ROBINS, SAM, Clinic, say
from tests.flows.practising import practises
from tests.flows.script import CLINICAL, URGENT
from tests.flows.test_questions import replying

SAMS = say("questions.parent_of", alias=ROBINS, parent="Sam")
FLAG_NOT_ARRIVED = say("flags.not_arrived", who=SAMS, emergency="999")
NOT_TOLD = say("flags.taken_not_told", who=SAMS, emergency="999")
NOT_ARRIVED = say("questions.not_arrived", who=SAMS)
NOT_TAKEN = say("questions.not_taken", who=SAMS)
ON_ITS_WAY = say("questions.sent_back", alias=ROBINS)


async def test_whoever_has_a_flag_hears_under_their_words_that_these_did_not_arrive(
    taken: Clinic,
) -> None:
    taken.messenger.blocked.add(SAM)
    number = await taken.says(DANA, "I am calling you now")
    assert taken.texts(DANA)[-2:] == [ON_ITS_WAY, FLAG_NOT_ARRIVED]
    assert taken.last(DANA).answers == number
    assert not taken.last(DANA).quiet
    assert (await taken.history())[-2:] == ["replied", "not_arrived"]
    assert (await taken.flag()).holder is not None, "it stays with them"


async def test_whoever_takes_a_flag_hears_at_once_that_the_parent_cannot_be_written_to(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    clinic.messenger.blocked.add(SAM)
    await clinic.presses(DANA, "take:1")
    assert clinic.texts(DANA).count(NOT_TOLD) == 1
    assert NOT_TOLD not in clinic.texts(NOOR)
    await clinic.says(DANA, "where are you?", **replying(clinic, DANA, "I could not tell"))
    assert clinic.last(DANA).text == FLAG_NOT_ARRIVED


async def test_a_photo_that_does_not_arrive_is_told_once(taken: Clinic) -> None:
    taken.messenger.blocked.add(SAM)
    await taken.sends(DANA, "photo")
    assert taken.texts(DANA).count(FLAG_NOT_ARRIVED) == 1
    assert (await taken.history()).count("not_arrived") == 1


async def test_what_arrives_is_followed_by_nothing(taken: Clinic) -> None:
    await taken.says(DANA, "I am calling you now")
    assert taken.last(DANA).text == ON_ITS_WAY
    assert "not_arrived" not in await taken.history()


async def test_a_correction_that_does_not_arrive_is_told_too(taken: Clinic) -> None:
    number = await taken.says(DANA, "I am calling you on Monday")
    taken.messenger.blocked.add(SAM)
    await taken.receive(told.edited(DANA, number, "I am calling you now", "Dana"))
    assert taken.last(DANA).text == FLAG_NOT_ARRIVED


async def test_an_answer_that_does_not_arrive_is_told_without_an_alarm(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    clinic.messenger.blocked.add(SAM)
    number = await clinic.says(DANA, "On Monday.", **replying(clinic, DANA, CLINICAL))
    assert clinic.texts(DANA)[-2:] == [ON_ITS_WAY, NOT_ARRIVED]
    assert clinic.last(DANA).answers == number
    assert clinic.count("alarms") == 0


async def test_a_message_that_telegram_refuses_for_its_form_is_to_be_sent_in_another(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, CLINICAL)
    clinic.messenger.trouble = [Never("refused")]
    await clinic.says(DANA, "On Monday.", **replying(clinic, DANA, CLINICAL))
    assert NOT_TAKEN in clinic.texts(DANA)


async def test_a_sentence_under_a_plan_names_the_parent_whom_it_does_not_reach(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    clinic.messenger.blocked.add(SAM)
    await clinic.says(
        DANA, "Slowly.", **replying(clinic, DANA, f"Sent to Sam and Alex of {ROBINS}")
    )
    assert clinic.texts(DANA)[-2:] == [ON_ITS_WAY, NOT_ARRIVED]
    assert clinic.last(ALEX).text == say("questions.reply", name="Dana", text="Slowly.")
