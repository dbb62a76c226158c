"""The process's own small web door: health, metrics, and Telegram's webhook."""

import contextlib
import errno
import hmac
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.chat.receiving import DurableQueue, LastAnswer, take_webhook
from bot.core.watch import Kind
from bot.errors import SettingsError
from bot.flows.report_status import Status
from bot.settings import PREFIX

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
SILENT_AFTER = 120.0
WEBHOOK_PATH = "/telegram"
TROUBLES = {
    Kind.TELEGRAM_SILENT: "Telegram has not answered for two minutes",
    Kind.JOBS_OVERDUE: "work is overdue by more than a minute",
    Kind.FLAG_UNDELIVERED: "Telegram has accepted no alert about an urgent message",
    Kind.WORKER_DEAD: "a process that works on messages has died",
}


@dataclass(frozen=True, slots=True)
class Door:
    """What the web door stands on; `secret` is None with long polling, `console` mostly empty."""

    status: Callable[[], Awaitable[Status]]
    queue: DurableQueue | None
    last_answer: LastAnswer
    secret: str | None
    console: Sequence[Route] = ()


def web_app(door: Door) -> Starlette:
    """`/healthz`, `/readyz`, `/metrics`, and with a webhook `/telegram`."""
    routes = [
        Route("/healthz", _answer(door, _problems)),
        Route("/readyz", _answer(door, _cannot_serve)),
        Route("/metrics", _metrics(door)),
    ]
    if door.secret and door.queue:
        routes.append(Route(WEBHOOK_PATH, _webhook(door, door.queue), methods=["POST"]))
    return Starlette(routes=[*routes, *door.console])


Endpoint = Callable[[Request], Awaitable[Response]]


def _answer(door: Door, look: Callable[[Door], Awaitable[list[str]]]) -> Endpoint:
    async def health(_: Request) -> Response:
        problems = await look(door)
        body = {"status": "ill" if problems else "well", "problems": problems}
        return JSONResponse(body, status_code=503 if problems else 200)

    return health


async def _cannot_serve(door: Door) -> list[str]:
    """What keeps this process from doing its part."""
    return _silence(door) + (await _read(door))[1]


async def _problems(door: Door) -> list[str]:
    """The same, and every trouble that the watchdog of any process knows of."""
    status, problems = await _read(door)
    incidents = status.incidents if status else ()
    known = [TROUBLES[Kind(one)] for one in incidents]
    return list(dict.fromkeys([*_silence(door), *problems, *known]))


async def _read(door: Door) -> tuple[Status | None, list[str]]:
    try:
        return await door.status(), []
    except Exception as error:  # noqa: BLE001 - any failure here is what health is asked about
        return None, [f"the database does not answer ({type(error).__name__})"]


def _silence(door: Door) -> list[str]:
    age = door.last_answer.age()
    silent = door.queue is not None and (age is None or age > SILENT_AFTER)
    return [TROUBLES[Kind.TELEGRAM_SILENT]] if silent else []


def _metrics(door: Door) -> Endpoint:
    async def metrics(_: Request) -> Response:
        registry = CollectorRegistry()
        try:
            status = await door.status()
        except Exception as error:  # noqa: BLE001 - without a database there is nothing to count
            said = f"the database does not answer ({type(error).__name__})"
            return PlainTextResponse(said, status_code=503)
        for name, value in status.numbers().items():
            Gauge(f"heldinmind_{name}", name.replace("_", " "), registry=registry).set(value)
        trouble = Gauge("heldinmind_trouble", "open incidents", ["kind"], registry=registry)
        for kind in Kind:
            trouble.labels(kind).set(kind in status.incidents)
        age = door.last_answer.age()
        if age is not None:
            silence = "heldinmind_telegram_silent_seconds"
            Gauge(silence, "since this process was answered", registry=registry).set(age)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return metrics


def _webhook(door: Door, queue: DurableQueue) -> Endpoint:
    async def webhook(request: Request) -> Response:
        sent = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(sent.encode(), (door.secret or "").encode()):
            return PlainTextResponse("wrong secret", status_code=403)
        if not await take_webhook(queue, await request.body()):
            return PlainTextResponse("not an update", status_code=400)
        door.last_answer.note()
        return PlainTextResponse("")

    return webhook


@contextlib.contextmanager
def bound(host: str, port: int) -> Iterator[socket.socket]:
    """A socket at this address; nobody is answered on it before it is served.

    Raises:
        SettingsError: the port is taken, or is not to be had.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with _said_plainly(host, port):
            listener.bind((host, port))
        yield listener


def address_of(listener: socket.socket) -> str:
    """Where a bound socket is reached."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextlib.contextmanager
def _said_plainly(host: str, port: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                f"{PREFIX}HTTP_PORT: port {port} on {host} is taken, perhaps by a bot that runs "
                "already: stop that one, or set another port (0 takes a free one)"
            ) from error
        raise SettingsError(
            f"{PREFIX}HTTP_HOST and {PREFIX}HTTP_PORT: the bot cannot listen on {host}, "
            f"port {port} ({error.strerror})"
        ) from error


async def serve(door: Door, listener: socket.socket) -> None:
    """Serve health, metrics and the webhook on a bound socket.

    Raises:
        SettingsError: another process bound the port as well, and was quicker.
    """
    with _said_plainly(*listener.getsockname()[:2]):
        listener.listen()
    config = uvicorn.Config(
        web_app(door),
        log_level="error",
        access_log=False,
        ws="none",
        lifespan="off",  # there is none, and being cancelled in it would be logged as an error
        timeout_graceful_shutdown=2,
    )
    server = _QuietServer(config)
    try:
        await server.serve([listener])
    finally:
        server.should_exit = True


class _QuietServer(uvicorn.Server):
    """Leaves signals to the command that runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
