"""Who reads what is passed on while a therapist is away or out of reach, and what parents hear."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.core.deliveries import Never
from bot.core.duty import Hours
from bot.storage.alarms import all_alarms
from bot.storage.duty import add_leave, set_hours
from bot.storage.rhythms import change_rhythm, ensure_rhythm
from tests import telegram_json as told
from tests.databases import rows
from tests.flows.clinic import DANA, NOOR, PIP, ROBINS, SAM, SUE, Clinic, say
from tests.flows.practising import MONDAY, set_clock
from tests.flows.script import ASKING, CLINICAL, GERMAN, WORRYING
from tests.flows.test_questions import replying

BACK = "9 March 2026"
UNTIL = datetime(2026, 3, 9, tzinfo=UTC)
UNKNOWN = say("answers.when_unknown")
COVERED = say("answers.when_covered", therapist="Dana", back=BACK, cover="Noor")
NOT_PASSED_ON = say("questions.not_passed_on", name="Dana")


async def is_on_leave(clinic: Clinic, cover: int | None = None) -> None:
    """On Monday at noon, Dana (1) is away until the second Monday; Noor (2) covers, or nobody."""
    await set_clock(clinic, MONDAY)
    async with clinic.services.database.transaction() as tx:
        await add_leave(tx, 1, cover, MONDAY - timedelta(days=1), UNTIL)
    await clinic.settle()


async def works(clinic: Clinic, *days: int, begins: int = 9, ends: int = 17, who: int = 1) -> None:
    """Somebody works on these days of the week (Monday is 0)."""
    week = [Hours(day, time(begins), time(ends)) for day in days]
    async with clinic.services.database.transaction() as tx:
        await set_hours(tx, who, week)
    await clinic.settle()


async def alarms(clinic: Clinic) -> list[str]:
    async with clinic.services.database.transaction() as tx:
        return [one.sentence for one in await all_alarms(tx) if one.kind == "question_refused"]


# On leave.


async def test_on_leave_whoever_covers_reads_a_question_and_answers_it(clinic: Clinic) -> None:
    await is_on_leave(clinic, cover=2)
    await clinic.says(SAM, CLINICAL)
    assert clinic.phone(DANA) == []
    assert clinic.last(NOOR).text.startswith(say("practice.you_cover", therapist="Dana"))
    when = f"{COVERED} {UNKNOWN}"
    assert (
        clinic.last(SAM).text.strip()
        == say("answers.passed_on_clinical", therapist="Dana", when=when).strip()
    )
    await clinic.says(NOOR, "Not before Monday.", **replying(clinic, NOOR, CLINICAL))
    assert clinic.last(SAM).text == say("questions.reply", name="Noor", text="Not before Monday.")


async def test_on_leave_a_cover_gets_photos_and_other_languages_too_and_the_parent_reads_who(
    clinic: Clinic,
) -> None:
    await is_on_leave(clinic, cover=2)
    await clinic.says(SAM, GERMAN)
    assert GERMAN in clinic.last(NOOR).text
    assert "passed your message to Noor" in clinic.last(SAM).text
    number = await clinic.sends(SAM, "photo")
    assert clinic.last(NOOR).copied_from == number
    assert "passed it to Noor" in clinic.last(SAM).text
    assert COVERED in clinic.last(SAM).text
    assert clinic.phone(DANA) == []


async def test_on_leave_what_a_parent_asks_under_an_answer_goes_to_the_cover(
    clinic: Clinic,
) -> None:
    await is_on_leave(clinic, cover=2)
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, "ask:1")
    assert ASKING in clinic.last(NOOR).text
    assert (
        clinic.last(SAM).text.strip()
        == say("answers.passed_on", therapist="Noor", when=f"{COVERED} {UNKNOWN}").strip()
    )


async def test_on_leave_a_no_stands_in_the_day_of_whoever_covers_who_may_doubt_it(
    clinic: Clinic,
) -> None:
    await is_on_leave(clinic, cover=2)
    await clinic.says(SAM, WORRYING)
    await clinic.presses(SAM, "check:1.no")
    assert clinic.phone(DANA) == []
    assert WORRYING in clinic.last(NOOR).text
    assert clinic.last(NOOR).quiet
    assert await clinic.presses(NOOR, "missed:1") == say("reviews.noted")
    assert await clinic.presses(SUE, "missed:1") == say("reviews.noted_already")


async def test_somebody_who_neither_covers_nor_was_asked_may_not_doubt_it(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    assert await clinic.presses(NOOR, "missed:1") == say("reviews.not_yours")


async def test_on_leave_without_cover_it_waits_without_a_sound_and_the_parent_knows(
    clinic: Clinic,
) -> None:
    await is_on_leave(clinic)
    await clinic.says(SAM, CLINICAL)
    assert clinic.last(DANA).quiet
    heard = clinic.last(SAM).text
    assert say("answers.when_away", therapist="Dana", back=BACK) in heard
    assert heard.endswith(say("answers.cannot_wait"))


async def test_on_leave_without_cover_a_photo_waits_without_a_sound_too(clinic: Clinic) -> None:
    await clinic.sends(SAM, "photo")
    assert not clinic.last(DANA).quiet
    await is_on_leave(clinic)
    number = await clinic.sends(SAM, "photo")
    line, copy = clinic.phone(DANA)[-2:]
    assert copy.copied_from == number
    assert (line.quiet, copy.quiet) == (True, True)


async def test_on_leave_the_first_day_of_work_after_it_is_said_where_hours_are_set(
    clinic: Clinic,
) -> None:
    await is_on_leave(clinic)
    await works(clinic, 1)
    await clinic.says(SAM, CLINICAL)
    when = say("answers.when_away_until", therapist="Dana", when="on 10 March 2026 from 9:00")
    assert when in clinic.last(SAM).text


async def test_a_cover_who_cannot_be_reached_covers_nobody(clinic: Clinic) -> None:
    await is_on_leave(clinic, cover=2)
    rows(clinic.storage.url, "update staff set unreachable_since = now() where id = 2 returning id")
    await clinic.says(SAM, CLINICAL)
    assert CLINICAL in clinic.last(DANA).text
    assert say("answers.when_away", therapist="Dana", back=BACK) in clinic.last(SAM).text


async def test_a_change_of_a_question_goes_to_whoever_was_brought_the_question(
    clinic: Clinic,
) -> None:
    number = await clinic.says(SAM, CLINICAL)
    await is_on_leave(clinic, cover=2)
    await clinic.receive(told.edited(SAM, number, "is it ADHD or is it me?"))
    assert "is it ADHD or is it me?" in clinic.last(DANA).text
    assert clinic.phone(NOOR) == []


async def test_after_the_leave_the_therapist_reads_again(clinic: Clinic) -> None:
    await is_on_leave(clinic, cover=2)
    await set_clock(clinic, UNTIL + timedelta(hours=9))
    await clinic.says(SAM, CLINICAL)
    assert CLINICAL in clinic.last(DANA).text
    assert clinic.phone(NOOR) == []


# At work or not.


@pytest.mark.parametrize(
    ("days", "when"),
    [
        ((0,), "answers.when_at_work"),
        ((1,), "tomorrow from 9:00"),
        ((3, 4), "on Thursday from 9:00"),
        ((6,), "on Sunday from 9:00"),
    ],
)
async def test_the_parent_hears_when_the_therapist_is_next_at_work(
    clinic: Clinic, days: tuple[int, ...], when: str
) -> None:
    await set_clock(clinic, MONDAY)
    await works(clinic, *days)
    await clinic.says(SAM, CLINICAL)
    expected = say("answers.when_next", name="Dana", when=when)
    if when.startswith("answers."):
        expected = say(when, name="Dana")
    assert expected in clinic.last(SAM).text


async def test_the_hour_is_told_by_the_parents_clock(clinic: Clinic) -> None:
    await set_clock(clinic, MONDAY)
    await works(clinic, 1, begins=3)
    async with clinic.services.database.transaction() as tx:
        await ensure_rhythm(tx, 1, "Europe/London")
        await change_rhythm(tx, 1, MONDAY, zone="America/New_York")
    await clinic.says(SAM, CLINICAL)
    assert say("answers.when_next", name="Dana", when="today from 22:00 by your clock") in (
        clinic.last(SAM).text
    )


async def test_a_photo_says_when_it_can_be_seen_as_well(clinic: Clinic) -> None:
    await set_clock(clinic, MONDAY)
    await works(clinic, 1)
    await clinic.sends(SAM, "photo")
    assert say("answers.when_next", name="Dana", when="tomorrow from 9:00") in clinic.last(SAM).text


# Out of reach.


async def test_a_question_that_telegram_refuses_is_told_to_the_parent_and_to_the_clinic(
    clinic: Clinic,
) -> None:
    clinic.messenger.blocked.add(DANA)
    number = await clinic.says(SAM, CLINICAL)
    assert clinic.last(SAM).text == NOT_PASSED_ON
    assert clinic.last(SAM).answers == number
    sentence = say("alarms.question_refused", alias=ROBINS, name="Dana")
    assert await alarms(clinic) == [sentence]
    assert any(sentence in text for text in clinic.texts(SUE))


async def test_the_next_question_is_not_said_to_be_passed_on_at_all(clinic: Clinic) -> None:
    clinic.messenger.blocked.add(DANA)
    await clinic.says(SAM, CLINICAL)
    await clinic.says(PIP, CLINICAL)
    assert clinic.texts(PIP) == [say("questions.not_linked", therapist="Dana")]
    assert len(await alarms(clinic)) == 1


async def test_a_photo_that_reaches_nobody_is_said_so_once(clinic: Clinic) -> None:
    clinic.messenger.blocked.add(DANA)
    await clinic.sends(SAM, "photo")
    assert clinic.texts(SAM).count(NOT_PASSED_ON) == 1
    assert len(await alarms(clinic)) == 1


async def test_a_photo_that_cannot_be_copied_is_told_to_the_parent_alone(clinic: Clinic) -> None:
    await clinic.receive(told.media(SAM, 4040, "photo"))
    assert clinic.last(SAM).text == say("questions.copy_not_passed_on", name="Dana")
    assert await alarms(clinic) == []


async def test_a_change_that_telegram_refuses_is_told_as_that(clinic: Clinic) -> None:
    number = await clinic.says(SAM, CLINICAL)
    clinic.messenger.blocked.add(DANA)
    await clinic.receive(told.edited(SAM, number, "is it ADHD or is it me?"))
    assert clinic.last(SAM).text == say("questions.edit_not_passed_on", name="Dana")
    assert len(await alarms(clinic)) == 1


async def test_a_question_that_telegram_refuses_for_its_form_is_told_too(clinic: Clinic) -> None:
    clinic.messenger.trouble = [Never("refused")]
    await clinic.says(SAM, CLINICAL)
    assert NOT_PASSED_ON in clinic.texts(SAM)
    assert len(await alarms(clinic)) == 1


async def test_what_a_parent_wrote_is_in_no_alarm(clinic: Clinic) -> None:
    clinic.messenger.blocked.add(DANA)
    await clinic.says(SAM, CLINICAL)
    assert not any(CLINICAL in text for text in clinic.texts(SUE))
