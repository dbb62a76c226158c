"""Words whose time is over: the command says what would go, and takes it."""

import pytest_asyncio

from tests.cli.conftest import Run, lived_in
from tests.databases import rows
from tests.flows.clinic import SAM
from tests.flows.script import ASKING

Stored = dict[str, object]
EMPTIED = "select count(*) from messages where emptied_at is not null"


@pytest_asyncio.fixture
async def old(stored: Stored) -> Stored:
    """Something that Sam asked in 2001."""
    async with lived_in(stored) as clinic:
        await clinic.says(SAM, ASKING, date=1_000_000_000)
    return stored


def test_a_clinic_that_has_set_nothing_keeps_everything(run: Run, old: Stored) -> None:
    said = run("clinic", "retention", **old)
    assert said.status == 0
    assert "Everything is kept" in said.out
    assert rows(str(old["database_url"]), EMPTIED) == [(0,)]


def test_a_dry_run_says_what_would_go_and_takes_nothing(run: Run, old: Stored) -> None:
    said = run("clinic", "retention", "--dry-run", keep_message_days=30, **old)
    assert "nothing is changed: the words of 1 messages and 0 closed flags" in said.out
    assert rows(str(old["database_url"]), EMPTIED) == [(0,)]
    assert rows(str(old["database_url"]), "select count(*) from retention_runs") == [(0,)]


def test_it_can_be_done_at_once(run: Run, old: Stored) -> None:
    said = run("clinic", "retention", keep_message_days=30, **old)
    assert said.out.startswith("the words of 1 messages")
    assert rows(str(old["database_url"]), EMPTIED) == [(1,)]
