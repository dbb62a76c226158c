"""What happens, told at once to every open page."""

import asyncio
import json
from collections.abc import AsyncIterator

from bot.sandbox.entities import Json

_QUIET_S = 15.0
_MOST_WAITING = 5000


class Events:
    """Hands each event to every listener; one that cannot keep up is told to start afresh."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Json | None]] = set()
        self.closed = False

    def tell(self, kind: str, **what: object) -> None:
        """Tell every listener that something happened."""
        for listener in list(self._listeners):
            if listener.qsize() >= _MOST_WAITING:
                self._listeners.discard(listener)
                listener.put_nowait(None)
            else:
                listener.put_nowait({"event": kind, **what})

    def close(self) -> None:
        """Let every listener go."""
        self.closed = True
        for listener in self._listeners:
            listener.put_nowait(None)

    async def stream(self) -> AsyncIterator[bytes]:
        """Server-sent events from now on, with a sign of life now and then."""
        mine: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(mine)
        try:
            yield b"retry: 500\n\n" + _line({"event": "hello"})
            while not self.closed and (piece := await _next(mine)):
                yield piece
        finally:
            self._listeners.discard(mine)


async def _next(queue: asyncio.Queue[Json | None]) -> bytes:
    try:
        event = await asyncio.wait_for(queue.get(), _QUIET_S)
    except TimeoutError:
        return b": still here\n\n"
    return _line(event) if event is not None else b""


def _line(event: Json) -> bytes:
    return b"data: " + json.dumps(event).encode() + b"\n\n"
