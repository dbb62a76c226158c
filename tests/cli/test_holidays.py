"""Holidays from the command line."""

import pytest

from tests.cli.conftest import Run
from tests.databases import rows

Stored = dict[str, object]
DAYS = "select day::text from holidays order by day"


def test_holidays_are_added_listed_and_taken_back(run: Run, stored: Stored) -> None:
    words = ("2026-12-24", "--until", "2026-12-26", "--name", "Christmas")
    assert run("clinic", "holidays", "add", *words, **stored).out == (
        "No nudges from 2026-12-24 to 2026-12-26\n"
    )
    listed = run("clinic", "holidays", "list", **stored).out
    assert "Thu 2026-12-24" in listed
    assert listed.count("Christmas") == 3
    dropped = run("clinic", "holidays", "drop", "2026-12-25", **stored)
    assert dropped.out == "Nudges come again on 2026-12-25\n"
    url = str(stored["database_url"])
    assert rows(url, DAYS) == [("2026-12-24",), ("2026-12-26",)]


def test_a_dry_run_writes_nothing_down(run: Run, stored: Stored) -> None:
    said = run("clinic", "holidays", "add", "2026-12-24", "--dry-run", **stored)
    assert said.out.startswith("Dry run, nothing is changed")
    assert rows(str(stored["database_url"]), DAYS) == []


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("add", "Christmas"), "'Christmas' should be a day"),
        (("add", "2026-12-26", "--until", "2026-12-24"), "--until should be the first day"),
        (("drop", "2026-12-24"), "There is no holiday on 2026-12-24"),
    ],
)
def test_what_makes_no_sense_is_refused(
    run: Run, stored: Stored, words: tuple[str, ...], error: str
) -> None:
    found = run("clinic", "holidays", *words, **stored)
    assert found.status == 1
    assert found.error.startswith(error)
