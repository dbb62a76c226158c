"""What a test holds of a running sandbox."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.sandbox.server import serve

Eventually = Callable[[Callable[[], Awaitable[bool]]], Awaitable[None]]
"""Waits until something is true."""

TOKEN = "4321:sandbox-test-token"
SAM, DANA = 1001, 1002

Json = dict[str, Any]


@asynccontextmanager
async def running_sandbox(port: int = 0) -> AsyncIterator[str]:
    """The address of a fresh sandbox with two more families."""
    ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(port, families=2, on_ready=ready.set_result))
    try:
        yield await ready
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


@dataclass
class World:
    """One running sandbox: its address and both of its sides."""

    url: str
    http: httpx.AsyncClient

    async def api(self, method: str, **parameters: Any) -> Json:
        """Call the Bot API with a JSON body; the answer, good or bad."""
        answer = await self.http.post(f"/bot{TOKEN}/{method}", json=parameters)
        read: Json = answer.json()
        assert answer.status_code == read.get("error_code", 200)
        return read

    async def result(self, method: str, **parameters: Any) -> Any:
        """Call the Bot API; its result, which must be a good one."""
        answer = await self.api(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **parameters: Any) -> str:
        """Call the Bot API; the description of the error it must give."""
        answer = await self.api(method, **parameters)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def control(self, path: str, **body: Any) -> Any:
        """Use the control side, where the call must succeed."""
        answer = await self.http.post(f"/sandbox/{path}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def say(self, person: int, **said: Any) -> Json:
        """Let somebody write to the bot."""
        told: Json = await self.control(f"people/{person}/messages", **said)
        return told

    async def chat(self, person: int, after: int = 0, wait_s: float = 0) -> list[Json]:
        """What somebody sees."""
        params = {"after": after, "timeout": wait_s}
        answer = await self.http.get(f"/sandbox/people/{person}/chat", params=params)
        seen: list[Json] = answer.json()
        return seen

    async def get(self, path: str, **params: Any) -> Any:
        """Read from the control side."""
        answer = await self.http.get(f"/sandbox/{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def violations(self) -> list[str]:
        """What was written down as a break of the specification."""
        return [call["violation"] for call in await self.get("calls") if "violation" in call]


@dataclass
class HookServer:
    """A bot's webhook: answers what it is told to, and keeps what it got."""

    answers: list[int] = field(default_factory=list)
    got: list[Json] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    url: str = ""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request on a connection of its own."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        body = json.loads(await reader.readexactly(int(headers["content-length"])))
        self.secrets.append(headers.get("x-telegram-bot-api-secret-token", ""))
        status = self.answers.pop(0) if self.answers else 200
        if status == 200:
            self.got.append(body)
        writer.write(
            f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )
        await writer.drain()
        writer.close()
        await writer.wait_closed()
