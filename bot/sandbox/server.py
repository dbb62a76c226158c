"""The server: Telegram's side, the control side and the page, on loopback only."""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Generator
from importlib import resources

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.bot_api import BotApi, FileDownload
from bot.sandbox.control import routes
from bot.sandbox.state import Sandbox

HOST = "127.0.0.1"

_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_GUARDS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class PortTaken(OSError):
    """Something else already serves on this port."""


def create_app(families: int = 0) -> Starlette:
    """The sandbox as an ASGI application, with its people and `families` more parents."""
    sandbox = Sandbox(families)
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", BotApi(sandbox)),
            Route("/file/bot{token}/{path:path}", FileDownload(sandbox)),
            *routes(sandbox),
            Route("/", _page),
            Route("/page/{name}", _page),
        ]
    )
    app.state.sandbox = sandbox
    return app


async def serve(
    port: int, families: int = 0, on_ready: Callable[[str], None] | None = None
) -> None:
    """Serve on loopback until cancelled; port 0 takes a free one, which `on_ready` is told."""
    app = create_app(families)
    with _listen(port) as listener:
        config = uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            ws="none",
            timeout_graceful_shutdown=2,
            timeout_keep_alive=75,
            server_header=False,
        )
        server = _Server(config, app.state.sandbox)
        serving = asyncio.create_task(server.serve([listener]))
        try:
            await server.ready.wait()
            if on_ready is not None:
                on_ready(f"http://{HOST}:{listener.getsockname()[1]}")
            await asyncio.shield(serving)
        finally:
            server.should_exit = True
            await serving


class _Server(uvicorn.Server):
    """uvicorn that leaves signals to whoever started it, and wakes the waiting to stop."""

    def __init__(self, config: uvicorn.Config, sandbox: Sandbox) -> None:
        super().__init__(config)
        self._sandbox = sandbox
        self.ready = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._sandbox.close()
        await super().shutdown(sockets)


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as problem:
        listener.close()
        raise PortTaken(f"port {port} on {HOST} is in use or not allowed") from problem
    return listener


async def _page(request: Request) -> Response:
    name = request.path_params.get("name", "index.html")
    ending = name.rpartition(".")[2]
    file = resources.files("bot.sandbox").joinpath("page", name)
    if ending not in _TYPES or "/" in name or not file.is_file():
        return Response("Not Found", 404)
    return Response(file.read_bytes(), media_type=_TYPES[ending], headers=_GUARDS)
