"""`heldinmind run` at its start: what cannot be served on is said before anything is loaded."""

import socket

import pytest

from bot.chat.receiving import LastAnswer
from bot.errors import SettingsError
from bot.flows.report_status import Status
from bot.web import Door, address_of, bound, serve
from tests.cli.conftest import Run

TOKEN = {"telegram_token": "1:x", "telegram_api": "http://127.0.0.1:9"}


def test_a_port_that_is_taken_is_said_in_one_line_with_what_to_do(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        found = run("run", **TOKEN, http_port=port)
    assert (found.status, found.out) == (1, "")
    assert found.error == (
        f"HELDINMIND_HTTP_PORT: port {port} on 127.0.0.1 is taken, perhaps by a bot that runs "
        "already: stop that one, or set another port (0 takes a free one)"
    )


def test_an_address_of_another_machine_is_said_in_one_line(run: Run) -> None:
    found = run("run", **TOKEN, http_host="192.0.2.1", http_port=0)
    assert (found.status, found.out) == (1, "")
    assert "HELDINMIND_HTTP_HOST" in found.error
    assert "cannot listen on 192.0.2.1, port 0" in found.error


def test_a_clinic_whose_alarms_nobody_hears_is_warned_unless_it_is_a_sandbox(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        nowhere = {"http_port": other.getsockname()[1], "telegram_token": "1:x"}
        silent = run("run", **nowhere)
        heard = run("run", **nowhere, clinic_alarm_urls="json://127.0.0.1:9/")
        sandbox = run("run", **nowhere, telegram_api="http://127.0.0.1:9", clinic_alarm_urls="")
    assert "no address hears the clinic's alarms" in silent.err
    assert "HELDINMIND_CLINIC_ALARM_URLS" in silent.err
    assert "alarms" not in heard.err + sandbox.err


@pytest.mark.parametrize(
    ("host", "address"), [("127.0.0.1", "http://127.0.0.1:"), ("::1", "http://[::1]:")]
)
def test_a_free_port_is_told_by_its_number(host: str, address: str) -> None:
    with bound(host, 0) as listener:
        told = address_of(listener)
    assert told.startswith(address)
    assert int(told.removeprefix(address)) > 0


async def test_of_two_that_start_at_once_the_slower_is_told_that_the_port_is_taken() -> None:
    async def status() -> Status:
        raise AssertionError("nobody asks")

    with bound("127.0.0.1", 0) as quicker:
        port = quicker.getsockname()[1]
        with bound("127.0.0.1", port) as slower:
            quicker.listen()
            with pytest.raises(SettingsError, match=f"port {port} on 127.0.0.1 is taken"):
                await serve(Door(status, None, LastAnswer(), None), slower)
