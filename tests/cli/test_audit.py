"""`heldinmind audit`: the trail in one line, its entries, and what it must never hold."""

import getpass
import json
import re

import psycopg
import pytest

from tests.cli.conftest import Run, lived_in
from tests.databases import rows
from tests.flows.clinic import ROBINS, SAM
from tests.flows.script import URGENT

Stored = dict[str, object]
WHOLE = re.compile(r"The audit trail is whole up to (\d+:[0-9a-f]{64})\.")


@pytest.fixture
async def flagged(stored: Stored) -> Stored:
    """A clinic where Sam has written something urgent."""
    async with lived_in(stored) as clinic:
        await clinic.says(SAM, URGENT)
    return stored


def shown(run: Run, stored: Stored, *words: str) -> list[tuple[str, str]]:
    """What the trail has, as `show` prints it: the act and what it was about."""
    found = run("audit", "show", "--json", *words, **stored)
    assert found.status == 0
    return [(one["act"], " ".join(one["about"])) for one in json.loads(found.out)]


def test_an_empty_trail_is_whole(run: Run, stored: Stored) -> None:
    found = run("audit", "verify", **stored)
    assert (found.status, found.out) == (0, "The audit trail has no entry yet.\n")


def test_a_whole_trail_says_its_number_and_hash_and_holds_against_them_later(
    run: Run, flagged: Stored
) -> None:
    found = run("audit", "verify", **flagged)
    kept = WHOLE.fullmatch(found.out.strip())
    assert kept is not None
    run("clinic", "hours", "set", "1", "mon-fri 09:00-17:00", **flagged)
    again = run("audit", "verify", "--hash", kept[1], **flagged)
    assert again.status == 0
    number = kept[1].partition(":")[0]
    assert f"and entry {number} has the hash that was kept" in again.out
    assert kept[1] not in again.out, "there is a newer one"
    other = run("audit", "verify", "--hash", f"{number}:{'0' * 64}", **flagged)
    assert other.status == 1
    assert f"entry {number} does not hold" in other.out


def test_a_broken_trail_is_named_at_its_first_entry_that_does_not_hold(
    run: Run, flagged: Stored
) -> None:
    with psycopg.connect(str(flagged["database_url"])) as connection:
        connection.execute("alter table audit_entries disable trigger user")
        connection.execute("update audit_entries set detail = 'role=on_call' where number = 2")
    found = run("audit", "verify", **flagged)
    assert found.status == 1
    (line,) = found.out.strip().splitlines()
    assert "NOT whole: entry 2 does not hold" in line


def test_what_is_no_hash_or_no_id_is_said_in_a_line(run: Run, stored: Stored) -> None:
    found = run("audit", "verify", "--hash", "the newest", **stored)
    assert found.status == 1
    assert "N:HASH" in found.error
    found = run("audit", "show", "--about", "Robin's family", **stored)
    assert found.status == 1
    assert "family:3" in found.error


def test_changes_at_the_command_line_carry_the_account_and_views_the_person(
    run: Run, flagged: Stored
) -> None:
    run("clinic", "hours", "set", "1", "mon-fri 09:00-17:00", **flagged)
    run("flags", "--json", "--by", "Sue", **flagged)
    found = run("audit", "show", **flagged).out
    assert f"account {getpass.getuser()}" in found
    assert "Sue (3)" in found
    assert shown(run, flagged, "--by", "sue") == [("words_shown", "flag:1")]
    mine = shown(run, flagged, "--by", f"account {getpass.getuser()}")
    assert mine == [("hours_set", "staff:1")]


def test_every_change_of_duty_people_and_families_is_an_entry(run: Run, flagged: Stored) -> None:
    before = len(shown(run, flagged))
    for words in (
        ("hours", "set", "1", "mon-fri 09:00-17:00"),
        ("hours", "clear", "1"),
        ("hours", "zone", "Europe/London"),
        ("leave", "add", "1", "--from", "2027-01-04", "--until", "2027-01-05", "--cover", "2"),
        ("leave", "drop", "1"),
        ("rota", "set", "--people", "2,3", "--first-day", "2027-01-04"),
        ("rota", "stand-in", "2", "--from", "2027-01-05 18:00", "--until", "2027-01-06 08:00"),
        ("rota", "drop", "1"),
        ("rota", "clear"),
        ("contact", "Dana", "add", "json://127.0.0.1:9/"),
        ("contact", "Dana", "remove", "1"),
        ("set-role", "--staff", "Noor", "--role", "supervisor"),
        ("family", "--family", ROBINS, "--country", "IE", "--alias", "Maple"),
        ("init", "--name", "the clinic", "--country", "IE"),
    ):
        found = run("clinic", *words, **flagged)
        assert found.status == 0, (words, found.err)
    assert shown(run, flagged)[before:] == [
        ("hours_set", "staff:1"),
        ("hours_set", "staff:1"),
        ("zone_set", ""),
        ("leave_added", "leave:1 staff:1 staff:2"),
        ("leave_dropped", "leave:1"),
        ("rota_set", "staff:2 staff:3"),
        ("stand_in_added", "stand_in:1 staff:2"),
        ("stand_in_dropped", "stand_in:1"),
        ("rota_set", ""),
        ("contact_added", "staff:1 contact:1"),
        ("contact_removed", "staff:1 contact:1"),
        ("role_set", "staff:2"),
        ("country_set", "family:1"),
        ("alias_set", "family:1"),
        ("clinic_set", ""),
    ]
    assert run("audit", "verify", **flagged).status == 0


def test_a_dry_run_is_no_entry(run: Run, flagged: Stored) -> None:
    before = shown(run, flagged)
    run("clinic", "hours", "clear", "1", "--dry-run", **flagged)
    run("clinic", "set-role", "--staff", "Noor", "--role", "supervisor", "--dry-run", **flagged)
    assert shown(run, flagged) == before


def test_no_word_and_no_name_of_a_family_stands_in_the_trail(run: Run, flagged: Stored) -> None:
    run("flags", "--json", **flagged)
    run("clinic", "family", "--family", ROBINS, "--alias", "Maple", **flagged)
    table = "select string_agg(e::text, ' ') from audit_entries e"
    ((written,),) = rows(str(flagged["database_url"]), table)
    for word in (URGENT, "Robin", "Maple", "Sam", "Alex", "Dana", str(SAM)):
        assert word not in str(written)
