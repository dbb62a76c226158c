"""Every route that a parent's message can take, from the update to the phones."""

import pytest

from bot.core.flags import FlagState
from bot.core.triage import Category
from tests import telegram_json as told
from tests.flows.clinic import ALEX, DANA, DOCUMENTS, NOOR, PIP, ROBINS, SAM, Clinic, say
from tests.flows.script import (
    ASKING,
    BREAKS_GUIDANCE,
    BREAKS_TRIAGE,
    CLINICAL,
    GERMAN,
    HELLO,
    NEARLY,
    UNCOVERED,
    URGENT,
    WORRYING,
)


async def test_an_urgent_message_is_never_answered_and_a_person_is_told(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    flag = await clinic.flag()
    assert flag.state is FlagState.DELIVERED
    assert flag.category is Category.CHILD_SUICIDE_SELF_HARM
    (holding,) = clinic.texts(SAM)
    assert say("holding.sent", who="Dana") in holding
    assert "999" in holding
    assert say("holding.means_child_suicide_self_harm") in holding
    assert clinic.adviser.asked == []
    (alert,) = clinic.phone(DANA)
    assert f"URGENT: {ROBINS}" in alert.text
    assert URGENT not in alert.text
    assert clinic.phone(NOOR) == []


async def test_the_parents_first_sentence_says_sending_until_telegram_has_the_alert(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    sent = [one.key for one in clinic.messenger.sent]
    assert sent.index("flag:1:rung:0:1") < sent.index("flag:1:holding:delivered:0:1")


async def test_the_numbers_are_those_of_the_familys_country(clinic: Clinic) -> None:
    await clinic.says(PIP, URGENT)
    assert clinic.services.directory.of("IE").lines[0].contact in clinic.last(PIP).text


async def test_an_ordinary_question_is_answered_from_a_page_with_its_source(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, ASKING)
    (answer,) = clinic.phone(SAM)
    assert DOCUMENTS[0].title in answer.text
    assert set(answer.buttons) == {"helpful:1", "notthis:1", "ask:1", "more:1"}
    assert clinic.phone(DANA) == []


async def test_a_clinical_question_goes_to_the_therapist_without_an_alarm(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    assert "Dana" in clinic.last(SAM).text
    assert clinic.last(DANA).text == say(
        "questions.to_therapist", alias=ROBINS, parent="Sam", text=CLINICAL
    )
    assert await clinic.flags() == ()


async def test_what_is_not_covered_is_said_plainly_and_passed_on_only_if_asked(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, UNCOVERED)
    assert clinic.last(SAM).text == say("answers.not_covered", therapist="Dana")
    assert clinic.phone(DANA) == []
    await clinic.presses(SAM, "ask:1")
    assert UNCOVERED in clinic.last(DANA).text


async def test_a_greeting_gets_a_short_human_reply(clinic: Clinic) -> None:
    await clinic.says(SAM, HELLO)
    assert clinic.texts(SAM) == [say("answers.greeting")]


async def test_a_near_miss_offers_titles_and_opens_the_chosen_one(clinic: Clinic) -> None:
    await clinic.says(SAM, NEARLY)
    offered = clinic.last(SAM)
    assert offered.buttons[f"open:{DOCUMENTS[1].id}.1"] == DOCUMENTS[1].title
    await clinic.presses(SAM, f"open:{DOCUMENTS[1].id}.1")
    assert DOCUMENTS[1].title in clinic.last(SAM).text
    assert "helpful:2" in clinic.last(SAM).buttons


async def test_a_language_that_cannot_be_read_is_passed_on_and_said_so(clinic: Clinic) -> None:
    await clinic.says(SAM, GERMAN)
    expected = say("answers.passed_on_language", therapist="Dana", when=say("answers.when_unknown"))
    assert clinic.last(SAM).text == expected
    assert GERMAN in clinic.last(DANA).text
    assert clinic.adviser.asked == []


async def test_triage_that_fails_ends_at_a_person(clinic: Clinic) -> None:
    await clinic.says(SAM, BREAKS_TRIAGE)
    flag = await clinic.flag()
    assert (flag.category, flag.reason) == (Category.OTHER_DANGER, "triage_failed")
    assert clinic.phone(DANA)
    assert clinic.adviser.asked == []


async def test_guidance_that_fails_passes_the_message_to_the_therapist(clinic: Clinic) -> None:
    await clinic.says(SAM, BREAKS_GUIDANCE)
    assert BREAKS_GUIDANCE in clinic.last(DANA).text
    assert "Dana" in clinic.last(SAM).text


async def test_the_last_messages_are_read_with_the_new_one(clinic: Clinic) -> None:
    for text in (ASKING, HELLO, "she did it again"):
        await clinic.says(SAM, text)
    await clinic.says(ALEX, "something of the other parent's")
    assert clinic.judge.contexts[2] == (ASKING, HELLO)
    assert clinic.judge.contexts[3] == ()


async def test_an_update_that_comes_twice_is_answered_once(clinic: Clinic) -> None:
    update = told.written(SAM, clinic.messenger.written_by(SAM), ASKING)
    await clinic.receive(update)
    await clinic.receive(update)
    assert len(clinic.phone(SAM)) == 1


@pytest.mark.parametrize("text", [URGENT, WORRYING])
async def test_an_edit_that_turns_worrying_is_judged_like_a_new_message(
    clinic: Clinic, text: str
) -> None:
    number = await clinic.says(SAM, HELLO)
    await clinic.receive(told.edited(SAM, number, text))
    assert bool(await clinic.flags()) == (text == URGENT)
    assert clinic.count("checks") == (text == WORRYING)


async def test_a_forwarded_message_is_judged_like_a_parents_own(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT, **told.FORWARDED)
    assert (await clinic.flag()).state is FlagState.DELIVERED
