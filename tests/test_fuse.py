"""The fuse itself: no test leaves this machine unnoticed."""

import socket

import pytest

from tests import fuse


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
