"""The fuse itself: no test, and no process that a test starts, leaves this machine unnoticed."""

import socket
import subprocess
import sys

import pytest

from tests import fuse
from tests.databases import KEY, Server
from tests.journeys.processes import environment, run_command

REACH = "import socket; socket.create_connection(('192.0.2.1', 443), 1)"
GO_ON = f"""
import subprocess, sys
try:
    subprocess.run([sys.executable, "-c", {REACH!r}], check=True)
except subprocess.CalledProcessError:
    print("goes on as if nothing had been")
"""


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.org", "0.0.0.0"])
def test_other_machines_are_not_here(host: str) -> None:
    assert not fuse.is_here(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", b"127.0.0.1"])
def test_loopback_is_here(host: str | bytes) -> None:
    assert fuse.is_here(host)


def test_a_connection_to_another_machine_is_stopped_and_remembered() -> None:
    with socket.socket() as reaching, pytest.raises(fuse.ReachedOut):
        reaching.connect(("192.0.2.1", 443))
    assert fuse.TRIED.pop() == "192.0.2.1"


def test_looking_up_another_machine_is_stopped_and_remembered() -> None:
    with pytest.raises(fuse.ReachedOut):
        socket.getaddrinfo("api.telegram.org", 443)
    assert fuse.TRIED.pop() == "api.telegram.org"


def test_a_process_that_a_test_starts_is_stopped_and_told_even_if_it_hides_the_error(
    heard: fuse.Heard,
) -> None:
    ran = subprocess.run([sys.executable, "-c", GO_ON], capture_output=True, text=True, check=True)
    assert "goes on" in ran.stdout
    assert "ReachedOut: tests stay on this machine" in ran.stderr
    (told,) = heard.new()
    assert told.startswith("192.0.2.1, by ")
    assert heard.new() == [], "each is told once"


def test_the_bot_as_the_journeys_start_it_is_stopped_and_told(
    server: Server, heard: fuse.Heard
) -> None:
    settings = environment(
        database_url=server.fresh(),
        key=KEY,
        telegram_token="1:x",
        telegram_api="http://api.telegram.invalid",
    )
    with pytest.raises(AssertionError, match="HELDINMIND_TELEGRAM_API"):
        run_command("clinic", "link", "1", settings=settings)
    (told,) = heard.new()
    assert told.startswith("api.telegram.invalid, by ")
    assert told.endswith("clinic link 1")
