"""What is written under practice: a parent's line for the therapist, a therapist's answer."""

from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, PIP, ROBINS, SAM, Clinic, say
from tests.flows.practising import TITLE, give, live, nudges, practises, taps
from tests.flows.script import ASKING, URGENT
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
