"""A fuse: whatever reaches for a machine other than this one is stopped, and remembered.

It is armed in the process of the tests and, through `fused/sitecustomize.py`, in every Python
process that they start. It hears Python's own sockets, not those that a library in C opens for
itself, as that of PostgreSQL does.
"""

import os
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

TRIED: list[str] = []
HEARD_IN = "FUSE_HEARD_IN"
_FUSED = Path(__file__).parent / "fused"
_REACHING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


class ReachedOut(OSError):
    """A test tried to leave this machine."""


class Heard:
    """What processes that tests started have reached for, as they wrote it into a file."""

    def __init__(self, file: Path) -> None:
        self._file, self._told = file, 0

    def environment(self) -> dict[str, str]:
        """The variables that arm the fuse in a process, and in those that it starts."""
        before = os.environ.get("PYTHONPATH")
        path = os.pathsep.join([str(_FUSED), *([before] if before else [])])
        return {"PYTHONPATH": path, HEARD_IN: str(self._file)}

    def new(self) -> list[str]:
        """What was reached for since this was last asked."""
        lines = self._file.read_text().splitlines() if self._file.exists() else []
        found, self._told = lines[self._told :], len(lines)
        return found


def arm(heard: Path | None = None) -> None:
    """Stop it from now on, for as long as the process lives; tell it in a file as well."""

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _REACHING:
            _allow_only_here(arguments[1], heard)
        elif event == "socket.getaddrinfo":
            _allow_only_here((arguments[0],), heard)

    sys.addaudithook(hear)


def _allow_only_here(address: Any, heard: Path | None) -> None:
    if address is None or isinstance(address, str | bytes) or is_here(address[0]):
        return
    host = _text(address[0])
    TRIED.append(host)
    if heard is not None:
        with heard.open("a") as file:
            file.write(f"{host}, by {' '.join(sys.argv[:4])}\n")
    raise ReachedOut(f"tests stay on this machine, and one reached for {host}")


def _text(host: Any) -> str:
    return host.decode() if isinstance(host, bytes) else str(host or "")


def is_here(host: Any) -> bool:
    """Whether a host is this machine by its loopback."""
    text = _text(host)
    if text in ("", "localhost"):
        return True
    try:
        return ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False
