"""Addresses outside Telegram: kept, listed without what is secret, tried out, forgotten."""

from collections.abc import Iterator

import pytest

from tests.cli.conftest import Run, lived_in
from tests.databases import rows
from tests.outside import Hook, hook


@pytest.fixture
def pager() -> Iterator[Hook]:
    """A web hook on this machine."""
    with hook() as found:
        yield found


@pytest.fixture
async def staffed(stored: dict[str, object]) -> dict[str, object]:
    """A database with Dana, Noor and Sue."""
    async with lived_in(stored):
        pass
    return stored


def test_an_address_is_kept_sealed_listed_without_its_secrets_and_forgotten(
    run: Run, staffed: dict[str, object]
) -> None:
    url = "mailtos://dana:plum-pass@mail.example?to=dana@clinic.example"
    assert "E-Mail is address 1" in run("clinic", "contact", "Dana", "add", url, **staffed).out
    ((kept,),) = rows(str(staffed["database_url"]), "select url from contacts")
    assert isinstance(kept, bytes)
    assert b"plum-pass" not in kept
    listed = run("clinic", "contact", "Dana", "list", **staffed).out
    assert "E-Mail" in listed
    assert "plum-pass" not in listed
    assert run("clinic", "contact", "Dana", "remove", "1", **staffed).status == 0
    assert run("clinic", "contact", "Dana", "remove", "1", **staffed).status == 1


def test_an_address_can_come_by_standard_input(run: Run, staffed: dict[str, object]) -> None:
    typed = "json://pager.example/secret\n"
    found = run("clinic", "contact", "Noor", "add", "-", typed=typed, **staffed)
    assert "JSON is address" in found.out


def test_what_is_no_apprise_url_is_refused_and_not_repeated(
    run: Run, staffed: dict[str, object]
) -> None:
    found = run("clinic", "contact", "Dana", "add", "plum-pass", **staffed)
    assert found.status == 1
    assert "is not an Apprise URL" in found.error
    assert "plum-pass" not in found.err


def test_nobody_of_that_name_is_said(run: Run, staffed: dict[str, object]) -> None:
    found = run("clinic", "contact", "Nobody", "list", **staffed)
    assert found.status == 1
    assert "clinic staff" in found.error


def test_a_test_says_what_was_accepted(run: Run, staffed: dict[str, object], pager: Hook) -> None:
    run("clinic", "contact", "Dana", "add", pager.url(), **staffed)
    assert "accepted" in run("clinic", "contact", "Dana", "test", **staffed).out
    assert pager.texts()[0].startswith("Held in Mind: a test")
    pager.status = 500
    found = run("clinic", "contact", "Dana", "test", **staffed)
    assert found.status == 1
    assert "NOT ACCEPTED" in found.out


def test_an_alarm_address_that_is_none_ends_the_start_without_being_repeated(
    run: Run, staffed: dict[str, object]
) -> None:
    wrong = staffed | {"clinic_alarm_urls": "plum-pass", "telegram_token": "1:x", "http_port": 0}
    found = run("run", **wrong)
    assert found.status == 1
    assert "HELDINMIND_CLINIC_ALARM_URLS" in found.error
    assert "plum-pass" not in found.err


def test_the_settings_show_no_alarm_address(run: Run, staffed: dict[str, object]) -> None:
    shown = run("settings", **(staffed | {"clinic_alarm_urls": "json://plum-pass/"})).out
    assert "HELDINMIND_CLINIC_ALARM_URLS = ********" in shown
    assert "plum-pass" not in shown
