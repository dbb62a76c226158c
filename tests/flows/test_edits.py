"""A parent changes what they wrote: a person may have to know, and nothing is answered twice."""

import pytest

from tests import telegram_json as told
from tests.databases import rows
from tests.flows.clinic import DANA, KIM, ROBINS, SAM, Clinic, say
from tests.flows.script import (
    ASKING,
    ASKING_MORE,
    CLINICAL,
    GERMAN,
    HELLO,
    UNCOVERED,
    URGENT,
    WORRYING,
)


async def edits(clinic: Clinic, number: int, text: str, chat_id: int = SAM) -> None:
    """Somebody changes the message of this number."""
    await clinic.receive(told.edited(chat_id, number, text))


@pytest.mark.parametrize("second", [ASKING_MORE, UNCOVERED, HELLO])
async def test_an_ordinary_edit_is_not_answered_a_second_time(clinic: Clinic, second: str) -> None:
    number = await clinic.says(SAM, ASKING)
    before = clinic.texts(SAM)
    await edits(clinic, number, second)
    assert clinic.texts(SAM) == before
    assert clinic.phone(DANA) == []


async def test_an_edit_that_becomes_urgent_is_a_flag(clinic: Clinic) -> None:
    number = await clinic.says(SAM, ASKING)
    await edits(clinic, number, URGENT)
    assert (await clinic.flag()).reason == "model"


async def test_an_edit_that_becomes_doubtful_is_asked_about(clinic: Clinic) -> None:
    number = await clinic.says(SAM, ASKING)
    await edits(clinic, number, WORRYING)
    assert clinic.last(SAM).text == say("checks.ask")


@pytest.mark.parametrize("text", [CLINICAL, GERMAN])
async def test_an_edit_that_becomes_a_matter_for_the_therapist_goes_to_them(
    clinic: Clinic, text: str
) -> None:
    number = await clinic.says(SAM, ASKING)
    await edits(clinic, number, text)
    assert text in clinic.last(DANA).text
    assert "Dana" in clinic.last(SAM).text


async def test_the_therapist_reads_the_new_words_of_a_question_they_have(clinic: Clinic) -> None:
    number = await clinic.says(SAM, CLINICAL)
    before = clinic.texts(SAM)
    await edits(clinic, number, "is it ADHD or is it me?")
    assert clinic.last(DANA).text == say(
        "questions.to_therapist_edited",
        alias=ROBINS,
        parent="Sam",
        text="is it ADHD or is it me?",
    )
    assert clinic.texts(SAM) == before
    assert clinic.count("questions") == 1


async def test_a_reply_under_the_new_words_answers_the_question(clinic: Clinic) -> None:
    number = await clinic.says(SAM, CLINICAL)
    await edits(clinic, number, "is it ADHD or is it me?")
    under = told.message(DANA, clinic.last(DANA).message_id, "Held", text="…")
    await clinic.says(DANA, "Let us talk on Monday.", reply_to_message=under)
    assert "Let us talk on Monday." in clinic.last(SAM).text
    assert rows(clinic.storage.url, "select answered_at is not null from questions") == [(True,)]


async def test_the_old_words_of_a_message_are_not_the_context_of_its_edit(clinic: Clinic) -> None:
    await clinic.says(SAM, HELLO)
    number = await clinic.says(SAM, ASKING)
    await edits(clinic, number, ASKING_MORE)
    assert clinic.judge.contexts[-1] == (HELLO,)


async def test_a_slip_mended_in_a_message_that_is_asked_about_raises_nothing(
    clinic: Clinic,
) -> None:
    number = await clinic.says(SAM, WORRYING)
    before = clinic.texts(SAM)
    await edits(clinic, number, ASKING)
    assert clinic.texts(SAM) == before
    assert await clinic.flags() == ()


async def test_after_a_no_the_last_words_are_answered(clinic: Clinic) -> None:
    number = await clinic.says(SAM, WORRYING)
    await edits(clinic, number, ASKING)
    await clinic.presses(SAM, "check:1.no")
    assert clinic.adviser.asked == [ASKING]


async def test_a_strangers_edit_is_greeted_once(clinic: Clinic) -> None:
    number = await clinic.says(KIM, HELLO)
    before = clinic.texts(KIM)
    await edits(clinic, number, ASKING, KIM)
    assert clinic.texts(KIM) == before
    await edits(clinic, number, URGENT, KIM)
    assert len(await clinic.flags()) == 1


async def test_an_edit_of_what_was_never_seen_is_read_like_a_new_message(clinic: Clinic) -> None:
    await edits(clinic, 4711, CLINICAL)
    assert CLINICAL in clinic.last(DANA).text


async def test_a_place_that_moves_is_passed_on_once(clinic: Clinic) -> None:
    number = await clinic.sends(SAM, "location")
    before = len(clinic.phone(DANA))
    moved = told.message(SAM, number, location=told.MEDIA["location"], edit_date=told.SENT + 60)
    await clinic.receive(told.update(edited_message=moved))
    assert len(clinic.phone(DANA)) == before


# Commands.

DECLINED = say("general.edited_command")
RESTS = "select paused_until, stopped_at from rhythms"


@pytest.mark.parametrize("command", ["/stop", "/pause 2 weeks", "/quiet 20:30-7:00", "/practice"])
async def test_an_edited_command_does_not_run_again(clinic: Clinic, command: str) -> None:
    number = await clinic.says(SAM, "/stop")
    await clinic.says(SAM, "/resume")
    await edits(clinic, number, command)
    assert clinic.last(SAM).text == DECLINED
    assert rows(clinic.storage.url, RESTS) == [(None, None)]


async def test_an_edited_invitation_is_not_opened_again(clinic: Clinic) -> None:
    await clinic.says(DANA, "/invite Maple")
    code = clinic.last(DANA).text.split()[-1].rpartition("=")[2]
    number = await clinic.says(KIM, "/start wrong-code")
    before = len(clinic.texts(KIM))
    await edits(clinic, number, f"/start {code}", KIM)
    assert clinic.texts(KIM)[before:] == [DECLINED]


@pytest.mark.parametrize("command", ["/stop", "/pause", "/start", "/help", "/dance"])
@pytest.mark.parametrize("who", [SAM, KIM])
async def test_an_edited_command_with_something_urgent_behind_it_is_a_flag(
    clinic: Clinic, command: str, who: int
) -> None:
    number = await clinic.says(who, "/help")
    await edits(clinic, number, f"{command} {URGENT}", who)
    assert clinic.count("flags") == 1
    assert DECLINED not in clinic.texts(who)


async def test_an_edited_command_with_something_doubtful_behind_it_is_asked_about(
    clinic: Clinic,
) -> None:
    number = await clinic.says(SAM, "/stop")
    await edits(clinic, number, f"/stop {WORRYING}")
    assert clinic.last(SAM).text == say("checks.ask")


@pytest.mark.parametrize("wish", ["/person", say("general.person_button")])
async def test_an_edit_that_asks_for_a_person_is_never_declined(clinic: Clinic, wish: str) -> None:
    number = await clinic.says(SAM, HELLO)
    await edits(clinic, number, wish)
    assert DECLINED not in clinic.texts(SAM)
    assert clinic.count("checks") == 1


async def test_a_command_that_nobody_knows_is_read_as_the_message_it_is(clinic: Clinic) -> None:
    number = await clinic.says(SAM, CLINICAL)
    await edits(clinic, number, "/and is it ADHD or is it me?")
    assert "is it ADHD or is it me?" in clinic.last(DANA).text
