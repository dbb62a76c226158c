"""The dry run says exactly what the running bot says, decision for decision."""

import pytest

from bot.core.deliveries import Send
from bot.core.people import Role
from bot.flows.rehearse import Rehearsal, rehearse
from bot.storage.people import add_family, add_parent, add_staff, save_clinic
from tests.databases import rows
from tests.flows.clinic import DANA, DIRECTORY, PHRASES, SAM, Clinic, say
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
    URGENT_TOO,
    WORRYING,
)

EVERY_KIND = [
    ASKING,
    BREAKS_GUIDANCE,
    BREAKS_TRIAGE,
    CLINICAL,
    GERMAN,
    HELLO,
    NEARLY,
    UNCOVERED,
    URGENT,
    URGENT_TOO,
    WORRYING,
]


@pytest.fixture
async def nameless(new_clinic: Clinic) -> Clinic:
    """A clinic whose therapist is called what a dry run calls them."""
    s = new_clinic.services
    async with s.database.transaction() as tx:
        now = s.clock.now()
        await save_clinic(tx, "the clinic", "GB", now)
        name = say("answers.your_therapist")
        therapist = await add_staff(tx, name, Role.THERAPIST, chat_id=DANA, now=now)
        family = await add_family(tx, therapist, "GB", now)
        await add_parent(tx, family, "Sam", SAM, "1", now)
    new_clinic.messenger.phones[DANA] = []
    return new_clinic


@pytest.mark.parametrize("text", EVERY_KIND)
async def test_what_a_dry_run_prints_is_what_the_parent_first_reads(
    nameless: Clinic, text: str
) -> None:
    s = nameless.services
    decided = await rehearse(Rehearsal(s.judgement, s.guidance, PHRASES, DIRECTORY, "GB"), text, ())
    await nameless.says(SAM, text)
    first = next(one for one in nameless.messenger.sent if one.chat_id == SAM)
    assert isinstance(first.what, Send)
    assert first.what.reply.text.replace("**", "") == decided["reply"]
    kept = rows(nameless.storage.url, "select route, category from messages")
    category = decided["category"] and str(decided["category"])
    assert kept == [(decided["route"], category)]
