"""What is written under practice: a parent's line for the therapist, a therapist's answer."""

from tests import telegram_json as told
from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, PIP, ROBINS, SAM, Clinic, say
from tests.flows.practising import TITLE, give, live, nudges, practises, taps
from tests.flows.script import ASKING, NEARLY, URGENT
from tests.flows.test_questions import replying

PAUSED_AND_LISTENED = "I waited, and he told me about the bus."
MADE_ROOM = f"You made room for {TITLE}"


async def note_of(clinic: Clinic) -> str:
    """The one note in the log, unsealed."""
    async with clinic.services.database.transaction() as tx:
        ((sealed,),) = rows(clinic.storage.url, "select note from practices")
        assert isinstance(sealed, bytes)
        return tx.unseal(sealed)


async def did_it(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Did it")


async def test_a_line_under_it_is_kept_for_the_therapist_and_not_answered(clinic: Clinic) -> None:
    await did_it(clinic)
    await clinic.says(SAM, PAUSED_AND_LISTENED, **replying(clinic, SAM, MADE_ROOM))
    assert clinic.last(SAM).text == say("practice.noted", therapist="Dana")
    assert await note_of(clinic) == PAUSED_AND_LISTENED
    assert clinic.adviser.asked == []


async def test_a_voice_note_under_it_goes_to_the_therapist_and_stands_in_the_log(
    clinic: Clinic,
) -> None:
    await did_it(clinic)
    number = await clinic.sends(SAM, "voice", **replying(clinic, SAM, MADE_ROOM))
    assert clinic.last(DANA).copied_from == number
    found = rows(clinic.storage.url, "select note_message_id is not null from practices")
    assert found == [(True,)]


async def test_something_urgent_under_it_is_a_flag_like_anywhere_else(clinic: Clinic) -> None:
    await did_it(clinic)
    await clinic.says(SAM, URGENT, **replying(clinic, SAM, MADE_ROOM))
    assert (await clinic.flag()).is_open
    assert rows(clinic.storage.url, "select note from practices") == [(None,)]


async def test_a_question_that_is_no_reply_is_answered_as_ever(clinic: Clinic) -> None:
    await did_it(clinic)
    await clinic.says(SAM, ASKING)
    assert clinic.adviser.asked == [ASKING]


async def test_a_line_right_after_it_is_kept_though_it_is_no_reply(clinic: Clinic) -> None:
    await did_it(clinic)
    await clinic.says(SAM, PAUSED_AND_LISTENED)
    assert clinic.last(SAM).text == say("practice.noted", therapist="Dana")
    await clinic.says(SAM, "Then he fell asleep.")
    assert await note_of(clinic) == f"{PAUSED_AND_LISTENED}\nThen he fell asleep."
    assert clinic.adviser.asked == []


async def test_a_voice_note_right_after_it_goes_to_the_therapist_and_stands_in_the_log(
    clinic: Clinic,
) -> None:
    await did_it(clinic)
    number = await clinic.sends(SAM, "voice")
    assert clinic.last(DANA).copied_from == number
    found = rows(clinic.storage.url, "select note_message_id is not null from practices")
    assert found == [(True,)]


async def test_something_urgent_right_after_it_is_a_flag_like_anywhere_else(
    clinic: Clinic,
) -> None:
    await did_it(clinic)
    await clinic.says(SAM, URGENT)
    assert (await clinic.flag()).is_open
    assert rows(clinic.storage.url, "select note from practices") == [(None,)]


async def test_a_line_that_was_meant_as_a_question_is_answered_by_one_tap_and_leaves_the_log(
    clinic: Clinic,
) -> None:
    await did_it(clinic)
    await clinic.says(SAM, PAUSED_AND_LISTENED)
    await clinic.says(SAM, NEARLY)
    assert await taps(clinic, "I meant it as a question") == ""
    assert clinic.adviser.asked == [NEARLY]
    assert await note_of(clinic) == PAUSED_AND_LISTENED
    said = await taps(clinic, "I meant it as a question")
    assert said == say("general.button_gone"), "it was answered already"


async def test_nobody_turns_somebody_elses_line_into_a_question(clinic: Clinic) -> None:
    await did_it(clinic)
    await clinic.says(SAM, PAUSED_AND_LISTENED)
    assert await clinic.presses(ALEX, "asked:1.1") == say("general.button_gone")
    assert await note_of(clinic) == PAUSED_AND_LISTENED


async def test_what_is_written_later_or_after_a_question_is_no_line(clinic: Clinic) -> None:
    await did_it(clinic)
    await clinic.says(SAM, ASKING)
    await clinic.says(SAM, NEARLY)
    assert clinic.adviser.asked == [ASKING, NEARLY], "it belongs to the question before it"
    await live(clinic, hours=24)
    await taps(clinic, "Did it")
    await clinic.forward(minutes=6)
    await clinic.says(SAM, NEARLY)
    assert clinic.adviser.asked == [ASKING, NEARLY, NEARLY]
    assert rows(clinic.storage.url, "select note from practices") == [(None,), (None,)]


async def test_after_not_today_words_are_a_message_like_any_other(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Not today")
    await clinic.says(SAM, NEARLY)
    assert clinic.adviser.asked == [NEARLY]


async def test_a_line_that_is_edited_says_in_the_log_what_it_says_now(clinic: Clinic) -> None:
    await did_it(clinic)
    await clinic.says(SAM, PAUSED_AND_LISTENED)
    number = await clinic.says(SAM, "He sleeped.")
    await clinic.receive(told.edited(SAM, number, "He slept."))
    assert await note_of(clinic) == f"{PAUSED_AND_LISTENED}\nHe slept."


async def test_a_therapists_sentence_under_the_plan_goes_to_every_parent_of_the_family(
    clinic: Clinic,
) -> None:
    await give(clinic)
    about = f"Sent to Sam and Alex of {ROBINS}"
    await clinic.says(DANA, "You noticed how calm bedtime was.", **replying(clinic, DANA, about))
    for parent in (SAM, ALEX):
        assert clinic.last(parent).text == "Dana: You noticed how calm bedtime was."
    assert clinic.phone(PIP) == []
    assert clinic.last(DANA).text == say("questions.sent_back", alias=ROBINS)


async def test_a_therapists_answer_to_a_hard_day_goes_to_whoever_had_it(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    for label in ("Was hard", "No time", "Tell Dana"):
        await taps(clinic, label)
    before = clinic.texts(ALEX)
    await clinic.says(DANA, "Two minutes count.", **replying(clinic, DANA, "hard today"))
    assert clinic.last(SAM).text == "Dana: Two minutes count."
    assert clinic.texts(ALEX) == before
    assert len(nudges(clinic)) == 1


async def test_the_wish_to_practise_leads_to_a_plan_in_three_more_taps(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, "practise:1")
    await taps(clinic, "Ask Dana to plan it with me")
    wish = clinic.last(DANA)
    for label in ("Plan it", "every day", "4 weeks", "Send it"):
        await taps(clinic, label, DANA)
    assert clinic.count("practice_plans") == 1
    assert wish.text in clinic.texts(DANA), "the wish stays, to be answered"
    assert "Dana has something for you to practise" in clinic.last(SAM).text
