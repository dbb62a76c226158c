"""A clinic erases a family: what the command says, asks, refuses, and leaves alone."""

import pytest_asyncio

from tests.cli.conftest import Run, lived_in
from tests.databases import rows
from tests.flows.clinic import DANA, ROBINS, SAM
from tests.flows.script import ASKING, URGENT

Stored = dict[str, object]
COUNT = "select (select count(*) from families), (select count(*) from parents)"


@pytest_asyncio.fixture
async def asked(stored: Stored) -> Stored:
    """Dana's two families; Sam, of Robin's, has asked something."""
    async with lived_in(stored) as clinic:
        await clinic.says(SAM, ASKING)
    return stored


def counted(stored: Stored) -> tuple[object, ...]:
    """How many families and parents there are."""
    return rows(str(stored["database_url"]), COUNT)[0]


def test_the_dry_run_says_in_numbers_what_would_go(run: Run, asked: Stored) -> None:
    said = run("clinic", "erase-family", "--family", "robin's family", "--dry-run", **asked)
    assert said.status == 0, said.err
    assert "Dry run, nothing is changed" in said.out
    for line in ("- 2 parents", "- 1 messages", "- 1 answers", "- 0 flags"):
        assert line in said.out
    assert counted(asked) == (2, 3)


def test_its_name_is_asked_for_first(run: Run, asked: Stored) -> None:
    words = ("clinic", "erase-family", "--family", "1")
    wrong = run(*words, typed="Pip's family\n", **asked)
    assert wrong.status == 1
    assert "nothing was erased" in wrong.err
    assert counted(asked) == (2, 3)
    right = run(*words, typed=f"{ROBINS}\n", **asked)
    assert right.status == 0
    assert counted(asked) == (1, 1)


def test_the_family_goes_and_its_parents_and_therapist_are_told(run: Run, asked: Stored) -> None:
    url = str(asked["database_url"])
    said = run("clinic", "erase-family", "--family", ROBINS, "--yes", **asked)
    assert said.status == 0, said.err
    assert "What proves it, and names nobody: " in said.out
    assert rows(url, "select count(*) from messages") == [(0,)]
    owed = rows(url, "select distinct chat_id from deliveries where state = 'owed' order by 1")
    assert owed == [(1001,), (1002,), (1011,)]
    assert rows(url, "select people, by from erasures") == [(2, "clinic")]


def test_a_family_that_nobody_has_joined_goes_as_well(run: Run, asked: Stored) -> None:
    url = str(asked["database_url"])
    run("clinic", "erase-family", "--family", ROBINS, "--yes", **asked)
    again = run("clinic", "erase-family", "--family", ROBINS, "--yes", **asked)
    assert again.status == 1
    assert "there is no family called" in again.err
    assert rows(url, "select count(*) from erasures") == [(1,)]


@pytest_asyncio.fixture
async def urgent(stored: Stored) -> Stored:
    """Something urgent of Robin's family is open."""
    async with lived_in(stored) as clinic:
        await clinic.says(SAM, URGENT)
        await clinic.presses(DANA, "take:1")
    return stored


def test_it_is_refused_while_something_urgent_is_open(run: Run, urgent: Stored) -> None:
    for more in ("--yes", "--dry-run"):
        said = run("clinic", "erase-family", "--family", ROBINS, more, **urgent)
        assert said.status == 1
        assert "Something urgent of Robin's family is open" in said.err
    assert counted(urgent) == (2, 3)
