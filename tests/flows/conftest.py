"""The clinic that most tests of use cases begin with, and one that has a language model."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from bot.core.answers import compose
from bot.core.replies import Reply
from tests.databases import Opened
from tests.flows.clinic import DANA, PHRASES, SAM, Clinic, move_in, opened_clinic
from tests.flows.script import URGENT
from tests.flows.worded import PAGE, WORDED, Open, opener
from tests.model_server import ModelServer, model_server, says


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


@pytest_asyncio.fixture
async def model() -> AsyncIterator[ModelServer]:
    """A model's server that answers well, unless it is told otherwise."""
    async with model_server() as found:
        found.otherwise = says(WORDED)
        yield found


@pytest.fixture
def opens(storage: Opened, model: ModelServer) -> Open:
    """Opens a clinic with this model, to which Robin's family agreed; parts may be replaced."""
    return opener(storage.url, model.url)


@pytest.fixture
def curated() -> Reply:
    """What Sam gets for the question without a model, as it stands on a phone."""
    reply = compose(PAGE, PHRASES, answer_id=1, therapist="Dana")
    return replace(reply, text=reply.text.replace("**", ""))
