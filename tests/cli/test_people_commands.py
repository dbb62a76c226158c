"""Staff who leave, roles, families that move: what the commands say, refuse and leave alone."""

import psycopg
import pytest
import pytest_asyncio

from bot.core.people import Role
from bot.storage.people import add_family, add_staff
from tests.cli.conftest import Run, lived_in
from tests.databases import rows
from tests.flows.clinic import OMAR, ROBINS

Stored = dict[str, object]


@pytest_asyncio.fixture
async def staffed(stored: Stored) -> Stored:
    """A clinic with Dana and her two families, Noor, Sue, and Omar, a therapist without any."""
    async with lived_in(stored) as clinic, clinic.services.database.transaction() as tx:
        now = clinic.services.clock.now()
        await add_staff(tx, "Omar", Role.THERAPIST, chat_id=OMAR, now=now)
    return stored


def whole(url: object) -> list[list[tuple[object, ...]]]:
    """Everything that these commands change."""
    with psycopg.connect(str(url)) as connection:
        tables = ("staff", "families", "flags", "procrastinate_jobs", "deliveries", "links")
        return [
            list(connection.execute(f"select * from {one} order by id".encode())) for one in tables
        ]


def test_the_families_are_listed_with_their_numbers(run: Run, staffed: Stored) -> None:
    listed = run("clinic", "families", **staffed).out
    for words in ("Robin's family", "Pip's family", "Dana", "IE"):
        assert words in listed


def test_somebody_leaves_and_what_that_means_is_said(run: Run, staffed: Stored) -> None:
    said = run("clinic", "remove-staff", "--staff", "dana", "--families-to", "Omar", **staffed)
    assert said.status == 0
    assert "Dana has left; with Omar now: Robin's family, Pip's family" in said.out
    assert "heldinmind clinic readiness" in said.out
    assert "Dana" not in run("clinic", "staff", **staffed).out
    with_omar = rows(str(staffed["database_url"]), "select distinct therapist_id from families")
    assert with_omar == [(4,)]


def test_who_is_missing_on_the_ladder_afterwards_is_said(run: Run, staffed: Stored) -> None:
    said = run("clinic", "remove-staff", "--staff", "Noor", **staffed).out
    assert "- Nobody has the role on_call any more." in said


def test_turns_of_a_rota_go_on_without_whoever_leaves(run: Run, staffed: Stored) -> None:
    run("clinic", "rota", "set", "--people", "2,3", "--first-day", "2020-01-06", **staffed)
    said = run("clinic", "remove-staff", "--staff", "Noor", **staffed).out
    assert "the turns of being on call go on without them" in said
    assert "Noor" not in run("clinic", "rota", "show", **staffed).out


def test_a_family_moves(run: Run, staffed: Stored) -> None:
    said = run("clinic", "move-family", "--family", "robin's FAMILY", "--to", "4", **staffed)
    assert said.out.startswith("Robin's family is with Omar, and was with Dana\n")


def test_a_role_changes(run: Run, staffed: Stored) -> None:
    said = run("clinic", "set-role", "--staff", "Noor", "--role", "supervisor", **staffed)
    assert said.out.startswith("Noor has the role supervisor, and had on_call\n")
    assert rows(str(staffed["database_url"]), "select role from staff where id = 2") == [
        ("supervisor",)
    ]


def test_a_family_gets_a_country_and_a_name_of_its_own(run: Run, staffed: Stored) -> None:
    words = ("--family", ROBINS, "--country", "ie", "--alias", "Maple")
    said = run("clinic", "family", *words, **staffed)
    assert said.out == "Robin's family reads the numbers of IE and is called Maple\n"
    listed = run("clinic", "families", **staffed).out
    assert "Maple" in listed
    assert "GB" not in listed


@pytest.mark.parametrize(
    "words",
    [
        ("remove-staff", "--staff", "Dana", "--families-to", "Omar"),
        ("remove-staff", "--staff", "Noor"),
        ("set-role", "--staff", "Noor", "--role", "supervisor"),
        ("move-family", "--family", ROBINS, "--to", "Omar"),
        ("family", "--family", ROBINS, "--country", "IE", "--alias", "Maple"),
    ],
)
def test_a_dry_run_says_so_and_changes_nothing(
    run: Run, staffed: Stored, words: tuple[str, ...]
) -> None:
    before = whole(staffed["database_url"])
    found = run("clinic", *words, "--dry-run", **staffed)
    assert (found.status, found.out.startswith("Dry run, nothing is changed: ")) == (0, True)
    assert whole(staffed["database_url"]) == before


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("remove-staff", "--staff", "Dana"), "--families-to"),
        (("remove-staff", "--staff", "Zoe"), "There is nobody called 'Zoe'"),
        (("remove-staff", "--staff", "Dana", "--families-to", "Sue"), "Sue is no therapist"),
        (("set-role", "--staff", "Dana", "--role", "on_call"), "move-family"),
        (("move-family", "--family", "Maple", "--to", "Omar"), "no family called Maple"),
        (("move-family", "--family", ROBINS, "--to", "Noor"), "set-role --staff 2"),
        (("family", "--family", ROBINS), "give --country, --alias, or both"),
        (("family", "--family", ROBINS, "--country", "XX"), "no crisis numbers for XX"),
        (("family", "--family", ROBINS, "--alias", "pip's  family"), "another family"),
    ],
)
def test_what_is_refused_is_said_in_one_line_and_changes_nothing(
    run: Run, staffed: Stored, words: tuple[str, ...], complaint: str
) -> None:
    before = whole(staffed["database_url"])
    found = run("clinic", *words, **staffed)
    assert found.status == 1
    assert complaint in found.error
    assert whole(staffed["database_url"]) == before


def test_a_therapist_who_has_not_opened_their_link_gets_no_family(
    run: Run, staffed: Stored
) -> None:
    with psycopg.connect(str(staffed["database_url"])) as connection:
        connection.execute("update staff set chat_id = null where id = 4")
    found = run("clinic", "move-family", "--family", ROBINS, "--to", "Omar", **staffed)
    assert "heldinmind clinic link 4" in found.error


@pytest_asyncio.fixture
async def alike(staffed: Stored) -> Stored:
    """Omar calls a family what Dana calls one of hers."""
    async with lived_in(staffed) as clinic, clinic.services.database.transaction() as tx:
        now = clinic.services.clock.now()
        omar = await add_staff(tx, "Omar", Role.THERAPIST, chat_id=OMAR, now=now)
        await add_family(tx, omar, "GB", now, ROBINS)
    return staffed


def test_a_name_that_two_families_have_is_asked_for_by_number(run: Run, alike: Stored) -> None:
    dates = ("--on", "2026-12-03", "--at", "15:00")
    found = run("clinic", "session", "--family", ROBINS, *dates, **alike)
    assert found.error == (
        "more than one family is called Robin's family; give its number: 1 (Dana) and 3 (Omar)"
    )
    assert run("clinic", "session", "--family", "3", *dates, **alike).status == 0
    assert rows(str(alike["database_url"]), "select family_id from family_sessions") == [(3,)]
