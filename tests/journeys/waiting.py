"""Waiting for something to become true: asked again and again until a deadline."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

PATIENCE = 20.0
"""Seconds that anything may take on a busy machine before a test fails."""

PAUSE = 0.05


class TookTooLong(AssertionError):
    """What was waited for did not come."""


def wait_for(
    ask: Callable[[], Found | None],
    what: Callable[[], str] | str,
    *,
    within: float = PATIENCE,
) -> Found:
    """The first answer that is neither None nor false; after `within` seconds the test fails."""
    deadline = time.monotonic() + within
    while True:
        found = ask()
        if found:
            return found
        if time.monotonic() > deadline:
            told = what if isinstance(what, str) else what()
            raise TookTooLong(f"not within {within:g} s: {told}")
        time.sleep(PAUSE)
