"""Nobody takes a flag for hours: what the parent reads stays true, and is more than silence."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.holding import Known, holding_reply, point_passed, told_so_far
from bot.core.people import Staff
from tests.core.people import DANA as THE_THERAPIST
from tests.core.people import DIRECTORY as NUMBERS
from tests.core.people import NOOR as ON_CALL
from tests.core.people import NOW, OTHER_THERAPIST, SUE, a_flag
from tests.flows.clinic import ALEX, DANA, NOOR, PHRASES, SAM, Clinic, say
from tests.flows.clinic import SUE as SUES_PHONE
from tests.flows.script import URGENT, URGENT_TOO

STILL = say("holding.still_waiting")
STILL_NOBODY = say("holding.still_nobody")
ZONE = ZoneInfo("Europe/London")


def minutes(number: float) -> datetime:
    return NOW + timedelta(minutes=number)


def told(*alerts: tuple[Staff, float]) -> str:
    found = [(person, minutes(at)) for person, at in alerts]
    return told_so_far(found, THE_THERAPIST, ZONE, PHRASES)


# The sentence.


def test_one_alert_alone_needs_no_list() -> None:
    assert told((THE_THERAPIST, 0)) == ""


def test_who_was_told_stands_there_by_name_or_by_what_they_do_with_the_first_and_last_time() -> (
    None
):
    found = told((THE_THERAPIST, 0), (THE_THERAPIST, 5), (ON_CALL, 10), (SUE, 20), (ON_CALL, 35))
    assert found == (
        "Dana at 21:15 and last at 21:20, the clinician on call at 21:25 and last at 21:50, "
        "a supervisor at 21:35"
    )


def test_a_colleague_who_stands_in_has_no_name_here() -> None:
    assert "Omar" not in told((OTHER_THERAPIST, 0), (OTHER_THERAPIST, 5))


def test_after_midnight_the_day_stands_with_the_time() -> None:
    assert told((THE_THERAPIST, 0), (THE_THERAPIST, 600)) == (
        "Dana at Wednesday 21:15 and last at Thursday 07:15"
    )


def test_times_are_a_parents_own() -> None:
    found = [(THE_THERAPIST, NOW), (ON_CALL, NOW)]
    there = told_so_far(found, THE_THERAPIST, ZoneInfo("Australia/Sydney"), PHRASES)
    assert "Dana at 08:15" in there


@pytest.mark.parametrize(
    ("waited", "point"), [(0, None), (19, None), (20, 0), (59, 0), (60, 1), (120, 2), (6000, 2)]
)
def test_a_wait_passes_three_points_and_no_more(waited: float, point: int | None) -> None:
    assert point_passed(timedelta(minutes=waited)) == point


def test_who_has_waited_long_is_told_not_to_wait() -> None:
    known = Known(reached=True, sent_to="Dana", told="Dana at 21:15", has_waited_long=True)
    text = holding_reply(a_flag(), NUMBERS, PHRASES, known).text
    assert PHRASES.say("holding.danger_long") in text
    assert "999" in text


# In the clinic.


async def test_after_two_hours_the_parent_reads_who_was_told_when_and_what_to_do(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    for _ in range(25):
        await clinic.forward(minutes=5, seconds=1)
    holding = clinic.phone(SAM)[0].text
    assert say("holding.sent", who="Dana") not in holding
    assert say("holding.waiting") in holding
    for who in ("Dana at ", "the clinician on call at ", "a supervisor at ", " and last at "):
        assert who in holding
    assert say("holding.danger_long") in holding
    assert "999" in holding
    news = [text for text in clinic.texts(SAM) if text.startswith(STILL)]
    assert len(news) == 3, "after 20 minutes, an hour and two hours"
    assert "999" in news[-1]
    await clinic.forward(hours=5)
    assert len([text for text in clinic.texts(SAM) if text.startswith(STILL)]) == 3


async def test_the_holding_message_changes_with_each_rung(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    assert "Told so far" not in clinic.phone(SAM)[0].text
    await clinic.forward(minutes=5, seconds=1)
    assert "Told so far: Dana at " in clinic.phone(SAM)[0].text
    assert "on call" not in clinic.phone(SAM)[0].text
    await clinic.forward(minutes=5, seconds=1)
    assert "the clinician on call at " in clinic.phone(SAM)[0].text
    assert len(clinic.texts(SAM)) == 1, "an edit, and no noise"


async def test_a_parent_whom_nobody_could_be_reached_for_is_told_that_again(
    clinic: Clinic,
) -> None:
    clinic.messenger.blocked |= {DANA, NOOR, SUES_PHONE}
    await clinic.says(SAM, URGENT)
    for _ in range(8):
        await clinic.forward(minutes=16)
    news = [text for text in clinic.texts(SAM) if text.startswith(STILL_NOBODY)]
    assert len(news) == 3
    assert all("999" in text for text in news)


async def test_once_it_is_taken_nobody_is_told_to_wait(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=12)
    await clinic.presses(DANA, "take:1")
    for _ in range(5):
        await clinic.forward(minutes=25)
        await clinic.presses(DANA, "onit:1")
    assert not any(text.startswith(STILL) for text in clinic.texts(SAM))
    assert "Told so far" not in clinic.phone(SAM)[0].text


async def test_a_wait_that_begins_anew_is_counted_anew(taken: Clinic) -> None:
    await taken.forward(minutes=31)
    await taken.forward(minutes=15)
    assert (await taken.flag()).holder is None
    assert not any(text.startswith(STILL) for text in taken.texts(SAM))
    for _ in range(3):
        await taken.forward(minutes=15, seconds=1)
    assert len([text for text in taken.texts(SAM) if text.startswith(STILL)]) == 1


async def test_after_downtime_a_parent_reads_it_once(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.forward(days=2)
    assert len([text for text in clinic.texts(SAM) if text.startswith(STILL)]) == 1


async def test_who_joined_later_reads_nothing_of_what_was_before(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=12)
    await clinic.says(ALEX, URGENT_TOO)
    assert "Told so far" not in clinic.phone(ALEX)[0].text
    await clinic.forward(minutes=10)
    assert any(text.startswith(STILL) for text in clinic.texts(SAM))
    assert not any(text.startswith(STILL) for text in clinic.texts(ALEX)), "they wait since 10 min"
