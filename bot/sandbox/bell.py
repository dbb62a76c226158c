"""Waking whoever waits for something to happen, without anybody asking again and again."""

import asyncio
from contextlib import suppress


class Bell:
    """Wakes everybody who is waiting when it rings; who comes later waits for the next ring."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.broken = False

    def ring(self) -> None:
        """Wake all who wait now."""
        self._event.set()
        self._event = asyncio.Event()

    def retire(self) -> None:
        """Ring for the last time: from now on nobody waits, the server is closing."""
        self.broken = True
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Come back at the next ring, or after `seconds`."""
        if self.broken or seconds <= 0:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)
