"""The clinic that most tests of use cases begin with."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.databases import Opened
from tests.flows.clinic import DANA, SAM, Clinic, move_in, opened_clinic
from tests.flows.script import URGENT


@pytest_asyncio.fixture
async def new_clinic(storage: Opened) -> AsyncIterator[Clinic]:
    """A clinic where nobody works yet."""
    async with opened_clinic(storage.url) as found:
        yield found


@pytest_asyncio.fixture
async def clinic(new_clinic: Clinic) -> Clinic:
    """A clinic with its people."""
    await move_in(new_clinic)
    return new_clinic


@pytest_asyncio.fixture
async def taken(clinic: Clinic) -> Clinic:
    """Sam has written something urgent, and Dana has taken it."""
    await clinic.says(SAM, URGENT)
    await clinic.presses(DANA, "take:1")
    return clinic
