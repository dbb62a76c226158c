"""The phones of a sandbox: what is sent when, and when the bot's answer was accepted."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

DANA = 1002
PATIENCE = 30.0
LOOK_EVERY = 0.005
Call = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A message on its way: who wrote it, its id, and when it was posted."""

    chat_id: int
    message_id: int
    at: float


class Phones:
    """Drives the people of one sandbox."""

    def __init__(self, url: str) -> None:
        self._http = httpx.AsyncClient(base_url=url, timeout=60, trust_env=False)
        self._seen = 0

    async def close(self) -> None:
        """Hang up."""
        await self._http.aclose()

    async def say(self, chat_id: int, text: str) -> Sent:
        """Send a message; its time is the moment before it is posted."""
        at = time.time()
        answer = await self._http.post(f"/sandbox/people/{chat_id}/messages", json={"text": text})
        return Sent(chat_id, answer.raise_for_status().json()["message_id"], at)

    async def calls(self) -> list[Call]:
        """The Bot API calls since the last time."""
        answer = await self._http.get("/sandbox/calls", params={"after": self._seen})
        found: list[Call] = answer.raise_for_status().json()
        self._seen += len(found)
        return found

    async def seconds_until(self, sent: Sent, is_it: Callable[[Call], bool]) -> float:
        """Seconds from posting a message to the acceptance of the call that answers it."""
        deadline = time.time() + PATIENCE
        while time.time() < deadline:
            for call in await self.calls():
                if call["status"] == 200 and is_it(call):
                    return accepted_at(call) - sent.at
            await asyncio.sleep(LOOK_EVERY)
        raise SystemExit(f"no answer to {sent} within {PATIENCE:.0f} s")

    async def strike(self, fault: Call) -> None:
        """Let calls of the bot fail."""
        answer = await self._http.post("/sandbox/faults", json=fault)
        answer.raise_for_status()

    async def forget_faults(self) -> None:
        """No more trouble."""
        (await self._http.delete("/sandbox/faults")).raise_for_status()

    async def quiet(self, seconds: float = 1.0) -> None:
        """Wait until no bot has called for a while (polling aside)."""
        last = time.time()
        while time.time() - last < seconds:
            if any(call["method"] != "getUpdates" for call in await self.calls()):
                last = time.time()
            await asyncio.sleep(0.1)


def accepted_at(call: Call) -> float:
    """When the server had accepted a call: when it came, and how long its answer took."""
    return float(call["at"]) + float(call["ms"]) / 1000


def is_reply_to(chat_id: int) -> Callable[[Call], bool]:
    """Whether a call is a message to this chat."""
    return lambda call: (
        call["method"] == "sendMessage" and int(call["parameters"]["chat_id"]) == chat_id
    )


def is_flag(call: Call) -> bool:
    """Whether a call brings the therapist a flag."""
    return is_reply_to(DANA)(call) and "URGENT" in call["parameters"]["text"]
