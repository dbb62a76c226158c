"""The page before a session: what comes too late for it, and who has not seen it."""

from typing import Any

import pytest

from bot.flows import prepare_sessions
from bot.storage.sessions import add_session_note
from tests import telegram_json as told
from tests.flows.clinic import ALEX, DANA, ROBINS, SAM, Clinic, say
from tests.flows.practising import live, taps
from tests.flows.script import UNCOVERED, URGENT
from tests.flows.test_questions import replying
from tests.flows.test_sessions import ASKED, pages, sets_the_session, until_wednesday

NOBODY_SAW = say("digest.not_shown", parents="Sam and Alex")


# Too late.


async def test_what_comes_after_the_page_is_passed_on_and_the_parent_reads_that(
    clinic: Clinic,
) -> None:
    await sets_the_session(clinic)
    await until_wednesday(clinic, 20)
    number = await clinic.says(SAM, "The new school", **replying(clinic, SAM, ASKED))
    said = clinic.last(SAM).text
    assert said.startswith(say("digest.too_late"))
    assert say("answers.passed_on", therapist="Dana", when="").strip() in said
    late = say("digest.late_note", day="5 March 2026")
    assert clinic.last(DANA).text.startswith(
        f"Question from {ROBINS} (Sam):\n{late}\nThe new school"
    )
    assert clinic.count("session_notes") == 0
    await clinic.says(DANA, "We will talk of it.", **replying(clinic, DANA, "The new school"))
    assert clinic.last(SAM).text == "Dana: We will talk of it."
    assert clinic.last(SAM).answers == number


async def test_a_voice_note_after_the_page_is_passed_on_and_kept_for_no_page(
    clinic: Clinic,
) -> None:
    await sets_the_session(clinic)
    await until_wednesday(clinic, 20)
    number = await clinic.sends(SAM, "voice", **replying(clinic, SAM, ASKED))
    assert clinic.last(DANA).copied_from == number
    assert clinic.count("session_notes") == 0


async def test_something_urgent_after_the_page_is_a_flag_like_anywhere_else(
    clinic: Clinic,
) -> None:
    await sets_the_session(clinic)
    await until_wednesday(clinic, 20)
    await clinic.says(SAM, URGENT, **replying(clinic, SAM, ASKED))
    assert clinic.count("flags") == 1
    assert not any(say("digest.too_late") in text for text in clinic.texts(SAM))


async def test_what_comes_after_a_page_that_never_went_out_is_passed_on_too(
    clinic: Clinic,
) -> None:
    await sets_the_session(clinic)
    await until_wednesday(clinic, 12)
    await clinic.says(DANA, "/session robin")
    for label in (ROBINS, "No dates"):
        await taps(clinic, label, DANA)
    await clinic.says(SAM, "The new school", **replying(clinic, SAM, ASKED))
    assert clinic.last(SAM).text.startswith(say("digest.too_late"))
    assert "The new school" in clinic.last(DANA).text


async def test_a_late_line_that_is_edited_is_passed_on_as_a_change(clinic: Clinic) -> None:
    await sets_the_session(clinic)
    await until_wednesday(clinic, 20)
    number = await clinic.says(SAM, "The new school", **replying(clinic, SAM, ASKED))
    changed = told.edited(SAM, number, "The old school")
    changed["edited_message"] |= replying(clinic, SAM, ASKED)
    await clinic.receive(changed)
    edited = say("questions.to_therapist_edited", alias=ROBINS, parent="Sam", text="The old school")
    assert clinic.last(DANA).text == edited.strip()
    assert clinic.count("questions") == 1


async def test_what_is_brought_while_the_page_is_made_stands_on_it(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sets_the_session(clinic)
    await until_wednesday(clinic, 11)
    await clinic.says(SAM, "first", **replying(clinic, SAM, ASKED))
    made = prepare_sessions._page
    lines = iter(["The new school"])

    async def meanwhile(*given: Any) -> Any:
        page = await made(*given)
        for line in lines:
            async with clinic.services.database.transaction() as tx:
                await add_session_note(tx, 1, 1, line, 1, clinic.services.clock.now())
        return page

    monkeypatch.setattr(prepare_sessions, "_page", meanwhile)
    await until_wednesday(clinic, 20)
    await live(clinic, minutes=2)
    (page,) = pages(clinic)
    assert "The new school" in page


# Not seen.


async def test_a_parent_whom_telegram_refuses_is_named_as_not_having_seen_the_page(
    clinic: Clinic,
) -> None:
    await sets_the_session(clinic)
    await clinic.says(SAM, UNCOVERED)
    clinic.messenger.blocked.add(SAM)
    await until_wednesday(clinic, 20)
    (page,) = pages(clinic)
    assert say("digest.not_shown", parents="Sam") in page
    assert "as the parents were shown it" in page, "Alex was"
    assert UNCOVERED in page


async def test_a_page_that_nobody_was_shown_does_not_say_that_somebody_was(
    clinic: Clinic,
) -> None:
    await sets_the_session(clinic)
    await clinic.says(SAM, UNCOVERED)
    clinic.messenger.blocked |= {SAM, ALEX}
    await until_wednesday(clinic, 20)
    (page,) = pages(clinic)
    assert NOBODY_SAW in page
    assert "as the parents were shown it" not in page


async def test_with_nothing_in_the_log_it_is_said_who_was_not_asked(clinic: Clinic) -> None:
    await sets_the_session(clinic)
    clinic.messenger.blocked |= {SAM, ALEX}
    await until_wednesday(clinic, 20)
    (page,) = pages(clinic)
    assert page.endswith(NOBODY_SAW)


async def test_a_page_that_both_parents_saw_names_nobody(clinic: Clinic) -> None:
    await sets_the_session(clinic)
    await clinic.says(SAM, UNCOVERED)
    await until_wednesday(clinic, 20)
    (page,) = pages(clinic)
    assert "Not shown" not in page
