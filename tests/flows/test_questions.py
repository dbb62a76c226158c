"""Questions to the therapist, and what comes back under their name."""

import pytest

from tests import telegram_json as told
from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, DOCUMENTS, NOOR, PIP, ROBINS, SAM, Clinic, say
from tests.flows.script import ASKING, CLINICAL, URGENT


def replying(clinic: Clinic, chat_id: int, about: str) -> told.Json:
    """What makes a message a reply to the bot's message that holds these words."""
    under = next(one for one in clinic.phone(chat_id) if about in one.text)
    return {"reply_to_message": told.message(chat_id, under.message_id, "Held", text="…")}


async def test_a_reply_goes_to_the_parent_who_asked_under_the_therapists_name(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, CLINICAL)
    await clinic.says(DANA, "Let us talk on Monday.", **replying(clinic, DANA, CLINICAL))
    assert clinic.last(SAM).text == say(
        "questions.reply", name="Dana", text="Let us talk on Monday."
    )
    assert clinic.last(DANA).text == say("questions.sent_back", alias=ROBINS)
    assert clinic.phone(ALEX) == []
    assert rows(clinic.storage.url, "select answered_at is not null from questions") == [(True,)]


async def test_an_answer_stands_under_the_question_that_it_answers(clinic: Clinic) -> None:
    number = await clinic.says(SAM, CLINICAL)
    await clinic.says(SAM, ASKING)
    await clinic.says(DANA, "Let us talk on Monday.", **replying(clinic, DANA, CLINICAL))
    assert clinic.last(SAM).answers == number


async def test_what_is_written_under_a_persons_answer_goes_to_that_person(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    await clinic.says(DANA, "Let us talk on Monday.", **replying(clinic, DANA, CLINICAL))
    await clinic.says(SAM, ASKING, **replying(clinic, SAM, "Let us talk on Monday."))
    assert ASKING in clinic.last(DANA).text
    assert clinic.adviser.asked == [CLINICAL]


async def test_something_urgent_under_a_persons_answer_is_still_a_flag(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    await clinic.says(DANA, "Let us talk on Monday.", **replying(clinic, DANA, CLINICAL))
    await clinic.says(SAM, URGENT, **replying(clinic, SAM, "Let us talk on Monday."))
    assert clinic.count("flags") == 1


async def test_of_two_questions_each_reply_finds_its_own(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    await clinic.says(PIP, CLINICAL)
    theirs = say("questions.to_therapist", alias="Pip's family", parent="Pip", text=CLINICAL)
    await clinic.says(DANA, "To Pip", **replying(clinic, DANA, theirs))
    assert "To Pip" in clinic.last(PIP).text
    assert not any("To Pip" in text for text in clinic.texts(SAM))


async def test_a_message_that_replies_to_nothing_goes_nowhere_and_is_asked_about(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, CLINICAL)
    before = clinic.texts(SAM)
    await clinic.says(DANA, "Let us talk on Monday.")
    assert clinic.last(DANA).text == say("general.reply_to_which")
    assert clinic.texts(SAM) == before


async def test_a_voice_message_of_the_therapists_is_passed_on_as_it_is(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    number = await clinic.sends(DANA, "voice", **replying(clinic, DANA, CLINICAL))
    assert clinic.last(SAM).copied_from == number
    assert "Dana" in clinic.phone(SAM)[-2].text
    assert clinic.last(DANA).text == say("questions.copied_back", alias=ROBINS)


async def test_asking_under_an_answer_passes_the_question_on_once(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, "ask:1")
    await clinic.presses(SAM, "ask:1")
    assert [ASKING in text for text in clinic.texts(DANA)] == [True]
    assert clinic.count("questions") == 1


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ("helpful:1", "helpful"),
        ("notthis:1", "not_what_i_meant"),
        ("none:1", "not_what_i_meant"),
    ],
)
async def test_what_a_parent_thinks_of_an_answer_is_kept(
    clinic: Clinic, data: str, kept: str
) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, data)
    assert rows(clinic.storage.url, "select feedback from answers") == [(kept,)]


async def test_helpful_is_thanked_for(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    assert await clinic.presses(SAM, "helpful:1") == say("general.thanks")


async def test_more_brings_the_rest_of_the_page(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, "more:1")
    heading = say("answers.more_heading", title=DOCUMENTS[0].title)
    assert any(text.startswith(heading) for text in clinic.texts(SAM))


EVERY_BUTTON = ["helpful:1", "notthis:1", "none:1", "ask:1", "more:1", "practise:1", "plan:1"]


@pytest.mark.parametrize("data", EVERY_BUTTON)
async def test_a_button_under_somebody_elses_answer_does_nothing(clinic: Clinic, data: str) -> None:
    await clinic.says(SAM, ASKING)
    for other in (PIP, NOOR):
        assert await clinic.presses(other, data) == say("general.button_gone")
        assert clinic.phone(other) == []
    assert clinic.phone(DANA) == []
    assert rows(clinic.storage.url, "select feedback from answers") == [(None,)]


@pytest.mark.parametrize(
    "data", ["open:no-such-page", "open:x.1", "more:77", "dance", "helpful:x", "plan:1.x"]
)
async def test_a_button_that_leads_nowhere_says_so(clinic: Clinic, data: str) -> None:
    await clinic.says(SAM, ASKING)
    assert await clinic.presses(SAM, data) == say("general.button_gone")


async def test_nothing_is_said_to_be_passed_on_to_a_therapist_not_on_telegram(
    clinic: Clinic,
) -> None:
    async with clinic.services.database.transaction() as tx:
        await tx.connection.exec_driver_sql("update staff set chat_id = null where id = 1")
    await clinic.says(SAM, CLINICAL)
    assert clinic.last(SAM).text == say("questions.not_linked", therapist="Dana")
    assert clinic.count("questions") == 1, "it stands in the queue all the same"


STARRED = "he said f**k you and f**k off, *all* day"


async def test_words_reach_the_other_side_exactly_as_they_were_written(clinic: Clinic) -> None:
    await clinic.says(SAM, STARRED)
    await clinic.presses(SAM, "ask:1")
    assert STARRED in clinic.last(DANA).text
    await clinic.says(DANA, STARRED, **replying(clinic, DANA, STARRED))
    assert clinic.last(SAM).text == say("questions.reply", name="Dana", text="") + STARRED
    await clinic.says(SAM, URGENT)
    await clinic.presses(DANA, "take:1")
    await clinic.says(SAM, STARRED)
    assert clinic.last(DANA).text.endswith(STARRED)
    await clinic.presses(DANA, "show:1")
    assert STARRED in clinic.last(DANA).text
