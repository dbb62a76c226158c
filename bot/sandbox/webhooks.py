"""Bringing updates to the bot's own address, chat by chat in order, until each is accepted."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

from bot.sandbox.clock import Clock
from bot.sandbox.entities import Json
from bot.sandbox.errors import Refusal
from bot.sandbox.updates import Pending, Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name
_FIRST_WAIT_S = 0.25
_LONGEST_WAIT_S = 30.0
_PATIENCE_S = 10.0
_DEFAULT_CONNECTIONS = 40


@dataclass(slots=True)
class Hook:
    """Where the bot wants its updates, and what went wrong on the way last."""

    url: str
    secret: str | None = field(repr=False)
    connections: int
    certificate: bool = False
    last_error_at: int | None = None
    last_error: str | None = None


class Webhooks:
    """Delivers while an address is set; what is not accepted with a 2xx is brought again."""

    def __init__(
        self, updates: Updates, clock: Clock, accepted: Callable[[list[Pending]], None]
    ) -> None:
        self.hook: Hook | None = None
        self._updates = updates
        self._clock = clock
        self._accepted = accepted
        self._task: asyncio.Task[None] | None = None

    async def set(self, hook: Hook) -> None:
        """Deliver to this address from now on."""
        await self.remove()
        self.hook = hook
        self._updates.interrupt()
        self._task = asyncio.create_task(self._run(hook))

    async def remove(self) -> None:
        """Deliver no more."""
        self.hook = None
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    def info(self) -> Json:
        """What getWebhookInfo says."""
        hook = self.hook
        info: Json = {
            "url": hook.url if hook else "",
            "has_custom_certificate": bool(hook and hook.certificate),
            "pending_update_count": len(self._updates.pending),
        }
        if hook:
            info["max_connections"] = hook.connections
            if hook.last_error:
                info |= {
                    "last_error_date": hook.last_error_at,
                    "last_error_message": hook.last_error,
                }
        if self._updates.allowed:
            info["allowed_updates"] = self._updates.allowed
        return info

    async def _run(self, hook: Hook) -> None:
        busy: dict[int, asyncio.Task[None]] = {}
        limits = httpx.Limits(max_connections=hook.connections)
        async with httpx.AsyncClient(
            verify=False,  # noqa: S501  a bot on this machine signs its own certificate
            timeout=_PATIENCE_S,
            limits=limits,
            trust_env=False,
        ) as client:
            try:
                while not self._updates.bell.broken:
                    self._start(client, hook, busy)
                    await self._updates.bell.wait(1.0)
            finally:
                for task in busy.values():
                    task.cancel()
                await asyncio.gather(*busy.values(), return_exceptions=True)

    def _start(
        self, client: httpx.AsyncClient, hook: Hook, busy: dict[int, asyncio.Task[None]]
    ) -> None:
        for waiting in list(self._updates.pending.values()):
            known = busy.get(waiting.person_id)
            if known is None or known.done():
                chat = self._chat(client, hook, waiting.person_id)
                busy[waiting.person_id] = asyncio.create_task(chat)

    async def _chat(self, client: httpx.AsyncClient, hook: Hook, person_id: int) -> None:
        """Bring what waits in one chat, in order, until nothing does."""
        pause = _FIRST_WAIT_S
        while waiting := self._first(person_id):
            if await self._bring(client, hook, waiting):
                pause = _FIRST_WAIT_S
                self._updates.pending.pop(waiting.update["update_id"], None)
                self._accepted([waiting])
            else:
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_WAIT_S)

    def _first(self, person_id: int) -> Pending | None:
        pending = self._updates.pending.values()
        return next((p for p in pending if p.person_id == person_id), None)

    async def _bring(self, client: httpx.AsyncClient, hook: Hook, waiting: Pending) -> bool:
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            if not _is_loopback(hook.url):
                raise httpx.ConnectError("the sandbox delivers to this machine only")
            answer = await client.post(hook.url, json=waiting.update, headers=headers)
        except httpx.TimeoutException:
            return self._failed(hook, "Read timeout expired")
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            return self._failed(hook, f"Connection failed: {problem}")
        if answer.is_success:
            return True
        said = f"{answer.status_code} {answer.reason_phrase}".strip()
        return self._failed(hook, f"Wrong response from the webhook: {said}")

    def _failed(self, hook: Hook, why: str) -> bool:
        hook.last_error_at, hook.last_error = int(self._clock.now()), why
        return False


def read_hook(url: str, secret: str | None, connections: int | None, certificate: bool) -> Hook:
    """The address as Telegram takes it: HTTPS, or plain HTTP on this machine only."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise Refusal(400, "bad webhook: URL host is empty")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(url)):
        raise Refusal(400, "bad webhook: An HTTPS URL must be provided for webhook")
    return Hook(url, secret, min(max(connections or _DEFAULT_CONNECTIONS, 1), 100), certificate)


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
