"""A server on loopback that answers as OpenAI-style servers do: well, badly, late or not at all."""

import asyncio
import contextlib
import json
import re
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

NAME = "wordsmith-1.0"
Answer = Callable[[dict[str, Any]], Awaitable[Response]]


def sentences(*said: tuple[str, Sequence[int]]) -> str:
    """A draft as a model writes it."""
    return json.dumps({"sentences": [{"text": text, "passages": list(on)} for text, on in said]})


def says(content: str | None, *, finish: str = "stop", **more: Any) -> Answer:
    """An ordinary answer with this content."""

    async def answer(_: dict[str, Any]) -> Response:
        message = {"role": "assistant", "content": content, **more}
        choice = {"index": 0, "message": message, "finish_reason": finish}
        body = {
            "id": "1",
            "object": "chat.completion",
            "created": 0,
            "model": NAME,
            "choices": [choice],
            "usage": {"prompt_tokens": 900, "completion_tokens": 60, "total_tokens": 960},
        }
        return JSONResponse(body)

    return answer


def fails(status: int) -> Answer:
    """An error in place of an answer."""

    async def answer(_: dict[str, Any]) -> Response:
        return JSONResponse({"error": {"message": "no", "type": "server"}}, status_code=status)

    return answer


def stalls(seconds: float) -> Answer:
    """An answer that comes, but late."""

    async def answer(body: dict[str, Any]) -> Response:
        await asyncio.sleep(seconds)
        return await says(sentences(("Too late.", [0])))(body)

    return answer


def raw(text: str) -> Answer:
    """Something that is not even an answer."""

    async def answer(_: dict[str, Any]) -> Response:
        return PlainTextResponse(text, media_type="application/json")

    return answer


def takes_no_schema(then: Answer) -> Answer:
    """A server that knows no `response_format`."""

    async def answer(body: dict[str, Any]) -> Response:
        return await (fails(400) if "response_format" in body else then)(body)

    return answer


def in_words_of(write: Callable[[str], str]) -> Answer:
    """An answer that depends on what was asked: `write` gets the whole prompt."""

    async def answer(body: dict[str, Any]) -> Response:
        told = "\n".join(str(one["content"]) for one in body["messages"])
        return await says(write(told))(body)

    return answer


@dataclass(slots=True)
class ModelServer:
    """What a test plays with: the next answers, and what was asked."""

    url: str
    otherwise: Answer = field(default=says(sentences(("Fine.", [0]))))
    next: list[Answer] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    left: int = 0

    async def answer(self, request: Request) -> Response:
        """One call."""
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("authorization"))
        answering = asyncio.ensure_future(
            (self.next.pop(0) if self.next else self.otherwise)(self.asked[-1])
        )
        while not answering.done():
            await asyncio.wait({answering}, timeout=0.02)
            if await request.is_disconnected():
                answering.cancel()
                self.left += 1
                return Response(status_code=499)
        return answering.result()

    @property
    def told(self) -> str:
        """All that was ever sent to the model, as one text."""
        return "\n".join(str(one["content"]) for body in self.asked for one in body["messages"])


@asynccontextmanager
async def model_server() -> AsyncIterator[ModelServer]:
    """A server on a free port of loopback, for as long as it is used."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        found = ModelServer(f"http://127.0.0.1:{listening.getsockname()[1]}/v1")
        routes = [Route("/v1/chat/completions", found.answer, methods=["POST"])]
        config = uvicorn.Config(
            Starlette(routes=routes), log_level="error", access_log=False, lifespan="off", ws="none"
        )
        server = _Quiet(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:  # noqa: ASYNC110 - uvicorn tells it in no other way
            await asyncio.sleep(0.01)
        try:
            yield found
        finally:
            server.should_exit = server.force_exit = True
            await serving


@asynccontextmanager
async def cut_off_server() -> AsyncIterator[str]:
    """The address of a server that begins to answer, and hangs up in the middle."""

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n"
        writer.write(f'{head}{{"choices": [{{"message"'.encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"


class _Quiet(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


@contextmanager
def model_server_beside() -> Iterator[ModelServer]:
    """The same server on a thread of its own, for tests that wait for other processes."""
    started: Future[ModelServer] = Future()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with model_server() as found:
            started.set_result(found)
            await stopping.wait()

    stopping = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    try:
        yield started.result(timeout=10)
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(timeout=10)
        loop.close()


def word_for_word(told: str) -> str:
    """A draft that says the first two sentences of the page's short answer as they stand."""
    (short,) = re.findall(r"^0\. In short: (.*)$", told, re.MULTILINE)
    return sentences(*((one, [0]) for one in re.split(r"(?<=[.!?])\s+", short)[:2]))
