"""What stands outside Telegram: a mail server and a web hook on loopback that keep what comes."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """A mail server and every message that it took; `refuses` answers with an error."""

    def __init__(self, port: int = 0) -> None:
        self.messages: list[EmailMessage] = []
        self.refuses = False
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a message, or refuse it."""
        if self.refuses:
            return "451 try again later"
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.messages.append(found)
        return "250 taken"

    def url(self, address: str = "dana@clinic.example") -> str:
        """An Apprise URL of somebody who gets mail here."""
        port = self._controller.port
        return f"mailto://127.0.0.1:{port}?mode=insecure&from=bot@clinic.example&to={address}"

    def texts(self, address: str = "") -> list[str]:
        """Subject and text of every message to an address, or of all."""
        mine = [one for one in self.messages if address in str(one["To"])]
        return [f"{one['Subject']}\n{_text(one)}" for one in mine]

    def start(self) -> None:
        """Listen."""
        self._controller.start()

    def stop(self) -> None:
        """Stop listening."""
        self._controller.stop()


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    return "" if body is None else str(body.get_content())


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mail server on a free port of loopback."""
    made = Mailbox(_free_port())
    made.start()
    try:
        yield made
    finally:
        made.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Hook:
    """A web hook and what was posted to it; `status` is what it answers."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.status = 200
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._serving = threading.Thread(target=self._server.serve_forever, daemon=True)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if hook.status == 200:
                    hook.bodies.append(json.loads(body))
                    hook.paths.append(self.path)
                self.send_response(hook.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler

    def url(self, path: str = "hook") -> str:
        """An Apprise URL that ends here."""
        return f"json://127.0.0.1:{self._server.server_port}/{path}"

    def texts(self) -> list[str]:
        """Title and text of everything that came."""
        return [f"{one['title']}\n{one['message']}" for one in self.bodies]

    def start(self) -> None:
        """Listen."""
        self._serving.start()

    def stop(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._serving.join()
        self._server.server_close()


@contextmanager
def hook() -> Iterator[Hook]:
    """A web hook on a free port of loopback."""
    made = Hook()
    made.start()
    try:
        yield made
    finally:
        made.stop()
