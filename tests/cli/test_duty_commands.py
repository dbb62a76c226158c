"""Hours, rota and leave from the command line: clear errors, a dry run, and what is listed."""

import psycopg
import pytest
import pytest_asyncio

from tests.cli.conftest import Run, lived_in
from tests.databases import rows

DANA, NOOR, SUE = "1", "2", "3"
Stored = dict[str, object]


@pytest_asyncio.fixture
async def staffed(stored: Stored) -> Stored:
    """A clinic with Dana, Noor and Sue."""
    async with lived_in(stored):
        pass
    return stored


def test_hours_are_set_listed_and_cleared(run: Run, staffed: Stored) -> None:
    said = run("clinic", "hours", "set", DANA, "mon-tue 09:00-17:00", **staffed)
    assert said.out == "Dana works mon 09:00-17:00, tue 09:00-17:00\n"
    listed = run("clinic", "hours", "list", **staffed).out
    assert "mon 09:00-17:00" in listed
    assert "Europe/London" in listed
    run("clinic", "hours", "clear", DANA, **staffed)
    assert "mon 09:00" not in run("clinic", "hours", "list", **staffed).out


def test_a_person_may_go_by_another_clock(run: Run, staffed: Stored) -> None:
    assert run("clinic", "hours", "zone", "Europe/Paris", "--staff", DANA, **staffed).status == 0
    assert "Europe/Paris" in run("clinic", "hours", "list", **staffed).out


def test_leave_names_who_covers_and_can_be_taken_back(run: Run, staffed: Stored) -> None:
    span = ("--from", "2026-12-24", "--until", "2027-01-03")
    said = run("clinic", "leave", "add", DANA, *span, "--cover", NOOR, **staffed)
    assert said.out == "Dana is away from 2026-12-24 to 2027-01-03, covered by Noor\n"
    listed = run("clinic", "leave", "list", **staffed).out
    assert "Noor" in listed
    assert "24 Dec" in listed
    run("clinic", "leave", "drop", "1", **staffed)
    assert rows(str(staffed["database_url"]), "select count(*) from leave") == [(0,)]


def test_turns_are_shown_before_they_are_written_down(run: Run, staffed: Stored) -> None:
    turns = ("clinic", "rota", "set", "--people", "2,3", "--first-day", "2020-01-06")
    assert "Dry run" in run(*turns, "--dry-run", **staffed).out
    assert rows(str(staffed["database_url"]), "select count(*) from rota") == [(0,)]
    assert run(*turns, **staffed).status == 0
    shown = run("clinic", "rota", "show", **staffed).out
    assert "Noor" in shown
    assert "Sue" in shown
    run("clinic", "rota", "clear", **staffed)
    assert "everybody on call" in run("clinic", "rota", "show", **staffed).out


def test_somebody_stands_in_for_a_while(run: Run, staffed: Stored) -> None:
    span = ("--from", "2026-12-24 18:00", "--until", "2026-12-25 09:00")
    said = run("clinic", "rota", "stand-in", SUE, *span, **staffed)
    assert said.out.startswith("Sue is on call from Thu 24 Dec 2026 18:00 GMT")
    assert "Sue" in run("clinic", "rota", "show", **staffed).out
    assert run("clinic", "rota", "drop", "1", **staffed).status == 0
    assert run("clinic", "rota", "drop", "1", **staffed).status == 1


@pytest.mark.parametrize(
    "words",
    [
        ("hours", "set", DANA, "mon-tue 09:00-17:00"),
        ("hours", "clear", DANA),
        ("hours", "zone", "Europe/Paris"),
        ("leave", "add", DANA, "--from", "2026-12-24", "--until", "2026-12-25"),
        ("rota", "clear"),
        ("rota", "stand-in", SUE, "--from", "2026-12-24 18:00", "--until", "2026-12-25 09:00"),
    ],
)
def test_a_dry_run_says_so_and_changes_nothing(
    run: Run, staffed: Stored, words: tuple[str, ...]
) -> None:
    found = run("clinic", *words, "--dry-run", **staffed)
    assert (found.status, found.out.startswith("Dry run, nothing is changed: ")) == (0, True)
    url = str(staffed["database_url"])
    for table in ("working_hours", "leave", "rota", "rota_overrides"):
        assert rows(url, f"select count(*) from {table}") == [(0,)]
    assert rows(url, "select count(timezone) from clinic") == [(0,)]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("hours", "set", "99", "mon 09:00-17:00"), "nobody with the number 99"),
        (("hours", "set", DANA, "mondays"), "'mondays' should be days and hours"),
        (("hours", "zone", "Atlantis"), "'Atlantis' should be a city or a zone"),
        (
            ("leave", "add", DANA, "--from", "2026-12-24", "--until", "2026-12-23"),
            "--until should not be before --from",
        ),
        (
            ("leave", "add", DANA, "--from", "2026-12-24", "--until", "soon"),
            "'soon' should be a day",
        ),
        (
            ("leave", "add", DANA, "--from", "2026-12-24", "--until", "2026-12-25", "--cover", "1"),
            "--cover should be somebody else",
        ),
        (("leave", "drop", "4"), "There is no leave 4"),
        (("rota", "set", "--people", "2,x", "--first-day", "2026-01-05"), "'x' should be a number"),
        (("rota", "set", "--people", "2,99", "--first-day", "2026-01-05"), "the number 99"),
        (
            ("rota", "stand-in", SUE, "--from", "2026-12-24 18:00", "--until", "2026-12-24 18:00"),
            "--until should be after --from",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    run: Run, staffed: Stored, words: tuple[str, ...], complaint: str
) -> None:
    found = run("clinic", *words, **staffed)
    assert found.status == 1
    assert complaint in found.error


def test_readiness_is_said_in_plain_words(run: Run, staffed: Stored) -> None:
    found = run("clinic", "readiness", **staffed)
    assert found.out == "2 of 2 families have a ladder that ends in a reachable person.\n"
    assert found.status == 0
    run("clinic", "leave", "add", DANA, "--from", "2020-01-01", "--until", "2090-01-01", **staffed)
    told = run("clinic", "readiness", **staffed)
    assert "Dana is on leave until" in told.out
    assert told.status == 0


def test_a_family_that_reaches_nobody_makes_readiness_fail(run: Run, staffed: Stored) -> None:
    with psycopg.connect(str(staffed["database_url"])) as connection:
        connection.execute("update staff set unreachable_since = now()")
    found = run("clinic", "readiness", **staffed)
    assert found.status == 1
    assert found.out.startswith("0 of 2 families")
    assert "Robin's family, Pip's family" in found.out
