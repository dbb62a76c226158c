"""A fuse: whatever reaches for a machine other than this one is stopped, and remembered."""

import sys
from ipaddress import ip_address
from typing import Any

TRIED: list[str] = []
_REACHING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


class ReachedOut(OSError):
    """A test tried to leave this machine."""


def arm() -> None:
    """Stop it from now on, for as long as the process lives."""
    sys.addaudithook(_hear)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _REACHING:
        _allow_only_here(arguments[1])
    elif event == "socket.getaddrinfo":
        _allow_only_here((arguments[0],))


def _allow_only_here(address: Any) -> None:
    if address is None or isinstance(address, str | bytes) or is_here(address[0]):
        return
    TRIED.append(str(address[0]))
    raise ReachedOut(f"tests stay on this machine, and one reached for {address[0]}")


def is_here(host: Any) -> bool:
    """Whether a host is this machine by its loopback."""
    text = host.decode() if isinstance(host, bytes) else host
    if text in (None, "", "localhost"):
        return True
    try:
        return ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False
