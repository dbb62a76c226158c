"""How much an alert tells: nothing that a parent wrote, unless the clinic wants it in there."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.databases import Opened, rows
from tests.flows.clinic import DANA, SAM, Clinic, move_in, opened_clinic
from tests.flows.script import URGENT, URGENT_TOO


@pytest_asyncio.fixture
async def open_handed(storage: Opened) -> AsyncIterator[Clinic]:
    """A clinic that wants parents' words in the alert itself."""
    async with opened_clinic(storage.url, alert_shows_words=True) as clinic:
        await move_in(clinic)
        yield clinic


async def test_an_alert_holds_no_word_of_a_parents_and_each_look_at_them_is_noted(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.says(SAM, URGENT_TOO)
    assert not any(URGENT in text or URGENT_TOO in text for text in clinic.texts(DANA))
    for _ in range(2):
        await clinic.presses(DANA, "show:1")
    assert (await clinic.history()).count("shown") == 2
    assert "words_sent" not in await clinic.history()


async def test_in_full_the_words_stand_in_every_alert_and_whom_they_went_to_is_noted(
    open_handed: Clinic,
) -> None:
    await open_handed.says(SAM, URGENT)
    await open_handed.says(SAM, URGENT_TOO)
    first, again = open_handed.texts(DANA)
    assert URGENT in first
    assert URGENT_TOO in again
    assert (await open_handed.history()).count("words_sent") == 2
    trail = "select staff_id, about from audit_entries where act = 'words_shown' and how = 'alert'"
    assert rows(open_handed.storage.url, trail) == [(1, "flag:1 family:1")] * 2
