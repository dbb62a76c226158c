"""Questions that wait too long: one quiet message for all, once, while somebody is at work."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.flows.remind_of_questions import remind_of_questions
from bot.storage.duty import add_leave
from bot.storage.holidays import add_holidays
from tests.databases import rows
from tests.flows.clinic import DANA, NOOR, PIP, ROBINS, SAM, Clinic, say
from tests.flows.practising import MONDAY, set_clock, taps
from tests.flows.script import CLINICAL
from tests.flows.test_passed_on_later import is_not_linked, opens_her_link
from tests.flows.test_questions import replying
from tests.flows.test_who_reads_questions import UNTIL, works

ONE = say("questions.reminder_one")
TWO = say("questions.reminder", count=2)
WEEKDAYS = range(5)


def reminders(clinic: Clinic, chat_id: int = DANA) -> list[str]:
    """The first lines of the reminders on a phone."""
    first = [text.partition("\n")[0] for text in clinic.texts(chat_id)]
    return [line for line in first if line in (ONE, TWO)]


async def both_ask(clinic: Clinic) -> None:
    """On Monday at noon, Sam asks something, and Pip an hour later."""
    await set_clock(clinic, MONDAY)
    await clinic.says(SAM, CLINICAL)
    await set_clock(clinic, MONDAY + timedelta(hours=1))
    await clinic.says(PIP, CLINICAL)


async def test_two_working_days_later_all_are_named_in_one_quiet_message(clinic: Clinic) -> None:
    await works(clinic, *WEEKDAYS)
    await both_ask(clinic)
    await set_clock(clinic, MONDAY + timedelta(days=2, minutes=-1))
    assert reminders(clinic) == []
    await set_clock(clinic, MONDAY + timedelta(days=2, hours=2))
    assert reminders(clinic) == [TWO]
    shown = clinic.last(DANA)
    assert shown.quiet
    assert f"1. {ROBINS} (Sam), 2 March 2026, 12:00" in shown.text
    assert CLINICAL not in shown.text


async def test_nobody_is_reminded_of_a_question_twice(clinic: Clinic) -> None:
    await both_ask(clinic)
    for day in range(2, 9):
        await set_clock(clinic, MONDAY + timedelta(days=day, hours=2))
    assert reminders(clinic) == [TWO]
    assert await remind_of_questions(clinic.services) == 0


async def test_what_comes_due_later_on_that_day_waits_for_the_next(clinic: Clinic) -> None:
    await both_ask(clinic)
    await set_clock(clinic, MONDAY + timedelta(days=2, minutes=5))
    await set_clock(clinic, MONDAY + timedelta(days=2, hours=2))
    assert reminders(clinic) == [ONE]
    await set_clock(clinic, MONDAY + timedelta(days=3))
    assert reminders(clinic) == [ONE, ONE]
    assert "Pip's family" in clinic.last(DANA).text


async def test_outside_their_hours_it_waits_until_they_are_at_work(clinic: Clinic) -> None:
    await works(clinic, *WEEKDAYS)
    await set_clock(clinic, MONDAY)
    await clinic.says(SAM, CLINICAL)
    await set_clock(clinic, MONDAY + timedelta(days=2, hours=6))
    assert reminders(clinic) == []
    await set_clock(clinic, MONDAY + timedelta(days=2, hours=21))
    assert reminders(clinic) == [ONE]


async def test_what_was_answered_or_done_reminds_nobody(clinic: Clinic) -> None:
    await both_ask(clinic)
    theirs = say("questions.to_therapist", alias=ROBINS, parent="Sam", text=CLINICAL)
    await clinic.says(DANA, "On Monday.", **replying(clinic, DANA, theirs))
    await clinic.presses(DANA, "queue:done.2")
    await set_clock(clinic, MONDAY + timedelta(days=4))
    assert reminders(clinic) == []


async def test_done_under_the_reminder_shows_what_is_left(clinic: Clinic) -> None:
    await both_ask(clinic)
    await set_clock(clinic, MONDAY + timedelta(days=3))
    assert await taps(clinic, "Done 1", DANA) == say("questions.done")
    assert clinic.last(DANA).text.startswith(say("questions.queue_one"))


async def test_on_leave_whoever_covers_is_reminded_and_not_the_therapist(clinic: Clinic) -> None:
    await both_ask(clinic)
    async with clinic.services.database.transaction() as tx:
        await add_leave(tx, 1, 2, MONDAY + timedelta(hours=2), UNTIL)
    await set_clock(clinic, MONDAY + timedelta(days=3))
    assert reminders(clinic, NOOR) == [TWO]
    assert reminders(clinic) == []


async def test_on_leave_without_cover_it_waits_until_they_are_back(clinic: Clinic) -> None:
    await both_ask(clinic)
    async with clinic.services.database.transaction() as tx:
        await add_leave(tx, 1, None, MONDAY + timedelta(hours=2), UNTIL)
    await set_clock(clinic, UNTIL - timedelta(minutes=1))
    assert reminders(clinic) == []
    await set_clock(clinic, UNTIL)
    assert reminders(clinic) == [TWO]


async def test_the_clinics_holidays_are_no_working_days(clinic: Clinic) -> None:
    await works(clinic, *WEEKDAYS)
    await set_clock(clinic, MONDAY)
    async with clinic.services.database.transaction() as tx:
        await add_holidays(tx, [(MONDAY + timedelta(days=2)).date()], "the fair")
    await clinic.says(SAM, CLINICAL)
    await set_clock(clinic, MONDAY + timedelta(days=2, hours=1))
    assert reminders(clinic) == []
    await set_clock(clinic, MONDAY + timedelta(days=3, minutes=5))
    assert reminders(clinic) == [ONE]


async def test_the_days_begin_when_it_came_before_somebody(clinic: Clinic) -> None:
    await is_not_linked(clinic)
    await clinic.says(SAM, CLINICAL)
    await set_clock(clinic, MONDAY + timedelta(days=5))
    await opens_her_link(clinic)
    await set_clock(clinic, MONDAY + timedelta(days=6))
    assert reminders(clinic) == []
    await set_clock(clinic, MONDAY + timedelta(days=7, minutes=5))
    assert reminders(clinic) == [ONE]


@pytest.mark.parametrize(("days", "told"), [(0, []), (1, [ONE])])
async def test_the_clinic_sets_how_long_and_0_turns_it_off(
    clinic: Clinic, days: int, told: list[str]
) -> None:
    await set_clock(clinic, MONDAY)
    await clinic.says(SAM, CLINICAL)
    clinic.services.clock.offset += timedelta(days=1, minutes=5)
    await remind_of_questions(replace(clinic.services, question_days=days))
    await clinic.settle()
    assert reminders(clinic) == told


async def test_who_cannot_be_reached_is_reminded_when_they_can_be(clinic: Clinic) -> None:
    await both_ask(clinic)
    rows(clinic.storage.url, "update staff set unreachable_since = now() where id = 1 returning 1")
    await set_clock(clinic, MONDAY + timedelta(days=3))
    assert reminders(clinic) == []
    await clinic.says(DANA, "/help")
    await set_clock(clinic, MONDAY + timedelta(days=3, hours=1))
    assert reminders(clinic) == [TWO]
