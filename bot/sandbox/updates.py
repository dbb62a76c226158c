"""What waits for the bot: updates in order, until the bot has confirmed them."""

import time
from dataclasses import dataclass

from bot.sandbox.bell import Bell
from bot.sandbox.entities import Json
from bot.sandbox.errors import OwnMistake, Refusal
from bot.sandbox.numbering import first_number
from bot.sandbox.people import Message
from bot.sandbox.specification import Check, specification

_ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Pending:
    """One update that the bot has not confirmed yet, and whose chat it belongs to."""

    update: Json
    person_id: int
    message: Message | None


class Updates:
    """The queue of the bot; one poller at a time, the newest one wins."""

    def __init__(self) -> None:
        self.pending: dict[int, Pending] = {}
        self.allowed: list[str] = []
        self.bell = Bell()
        self._next = first_number()
        self._poller = 0
        self._check: Check = specification().check("Update")

    def add(self, kind: str, content: Json, person_id: int, message: Message | None = None) -> int:
        """Queue one update, unless the bot asked not to get this kind; return its id."""
        update_id = self._next
        self._next += 1
        update = {"update_id": update_id, kind: content}
        if problem := self._check(update):
            raise OwnMistake(f"update: {problem}")
        if self._wanted(kind):
            self.pending[update_id] = Pending(update, person_id, message)
            self.bell.ring()
        return update_id

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds the bot wants; None leaves it as it was."""
        if kinds is not None:
            self.allowed = kinds

    def confirm(self, update_id: int) -> list[Pending]:
        """Forget everything up to and including this update; return what was forgotten."""
        done = [number for number in self.pending if number <= update_id]
        return [self.pending.pop(number) for number in done]

    def drop(self) -> None:
        """Forget everything that waits."""
        self.pending.clear()

    async def poll(self, limit: int, seconds: float) -> list[Json]:
        """The next updates, waiting up to `seconds`; Conflict when another poller came."""
        self._poller += 1
        mine = self._poller
        self.bell.ring()
        deadline = time.monotonic() + seconds
        while not self.pending and not self.bell.broken:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            await self.bell.wait(left)
            if mine != self._poller:
                raise _terminated()
        return [waiting.update for waiting in list(self.pending.values())[:limit]]

    def interrupt(self) -> None:
        """End the poll that is under way, as setting a webhook does."""
        self._poller += 1
        self.bell.ring()

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in _ON_REQUEST_ONLY


def _terminated() -> Refusal:
    only_one = "make sure that only one bot instance is running"
    return Refusal(409, f"terminated by other getUpdates request; {only_one}")
