"""The clinic that most tests of use cases begin with."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.databases import Opened
from tests.flows.clinic import Clinic, move_in, opened_clinic


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
