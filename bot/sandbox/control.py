"""The control side: what the page, the tests and outside checks use to play the people."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox import speaking
from bot.sandbox.entities import Json
from bot.sandbox.errors import BadControl
from bot.sandbox.methods.profile import commands_for, menu_button_for
from bot.sandbox.people import Person
from bot.sandbox.state import Sandbox
from bot.sandbox.views import buttons, entry
from bot.sandbox.web_apps import web_app_address

Endpoint = Callable[[Request], Awaitable[Response]]

_FOLLOW_S = 25.0
_LONGEST_WAIT_S = 120.0


def routes(sandbox: Sandbox) -> list[Route]:
    """Every control call with its verb and its path."""
    control = Control(sandbox)
    person = "/sandbox/people/{id:int}"
    table: list[tuple[str, str, Endpoint]] = [
        ("GET", "/sandbox/people", control.people),
        ("POST", "/sandbox/people", control.add_person),
        ("GET", person, control.phone),
        ("POST", person + "/messages", control.say),
        ("POST", person + "/start", control.start),
        ("POST", person + "/press", control.press),
        ("POST", person + "/web_app", control.web_app),
        ("GET", person + "/chat", control.chat),
        ("POST", person + "/block", control.block),
        ("POST", person + "/unblock", control.unblock),
        ("GET", "/sandbox/clock", control.follow_clock),
        ("POST", "/sandbox/clock", control.forward_clock),
        ("GET", "/sandbox/faults", control.faults),
        ("POST", "/sandbox/faults", control.add_fault),
        ("DELETE", "/sandbox/faults", control.clear_faults),
        ("GET", "/sandbox/calls", control.calls),
        ("GET", "/sandbox/events", control.events),
        ("GET", "/sandbox/files/{file_id}", control.file),
    ]
    return [Route(path, _guarded(endpoint), methods=[verb]) for verb, path, endpoint in table]


def _guarded(endpoint: Endpoint) -> Endpoint:
    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except BadControl as problem:
            return JSONResponse({"error": problem.detail}, problem.status)

    return guarded


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object of a control call; an empty body is an empty object."""
    body = await request.body()
    try:
        read = json.loads(body) if body else {}
    except ValueError as problem:
        raise BadControl("the body must be JSON") from problem
    if not isinstance(read, dict):
        raise BadControl("the body must be a JSON object")
    return read


def _number(request: Request, name: str, default: float) -> float:
    given = request.query_params.get(name)
    try:
        return default if given is None else float(given)
    except ValueError as problem:
        raise BadControl(f"{name} must be a number") from problem


class Control:
    """The endpoints of the control side, on one sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def _person(self, request: Request) -> Person:
        return self._sandbox.people.known(request.path_params["id"])

    async def people(self, _request: Request) -> Response:
        """Everybody there is."""
        return JSONResponse([person.public() for person in self._sandbox.people])

    async def add_person(self, request: Request) -> Response:
        """Somebody new."""
        asked = await read_json(request)
        first_name = asked.get("first_name")
        if not isinstance(first_name, str) or not first_name.strip():
            raise BadControl("a person needs a first_name")
        person = self._sandbox.people.add(
            first_name.strip(), asked.get("username"), asked.get("language_code")
        )
        self._sandbox.events.tell("person", person=person.public())
        return JSONResponse({"id": person.id})

    async def phone(self, request: Request) -> Response:
        """What stands around the messages on this person's phone."""
        person, now = self._person(request), self._sandbox.clock.now()
        keyboard = person.reply_keyboard()
        shown: Json = {
            **person.public(),
            "blocked": person.blocked,
            "action": person.action if person.action_until > now else None,
            "reply_keyboard": buttons(keyboard) if keyboard else None,
            "commands": commands_for(self._sandbox, person),
            "menu_button": menu_button_for(self._sandbox, person),
            "bot": self._sandbox.bot_user(),
            "about": self._sandbox.profile.texts.get(("description", ""), ""),
            "connected": bool(self._sandbox.token),
        }
        return JSONResponse(shown)

    async def say(self, request: Request) -> Response:
        """A message of this person, or a changed one."""
        said = await read_json(request)
        return JSONResponse(speaking.say(self._sandbox, self._person(request), said))

    async def start(self, request: Request) -> Response:
        """This person opens the bot by a deep link."""
        payload = str((await read_json(request)).get("payload") or "")
        said = {"text": f"/start {payload}".strip()}
        return JSONResponse(speaking.say(self._sandbox, self._person(request), said))

    async def press(self, request: Request) -> Response:
        """This person presses a button, inline or under the text field."""
        asked, person = await read_json(request), self._person(request)
        if isinstance(asked.get("data"), str):
            pressed = speaking.press_data(
                self._sandbox, person, asked.get("message_id"), asked["data"]
            )
        elif isinstance(asked.get("text"), str):
            pressed = speaking.press_text(self._sandbox, person, asked["text"])
        else:
            raise BadControl("a press needs data or text")
        return JSONResponse(pressed)

    async def web_app(self, request: Request) -> Response:
        """The address a Mini App button opens for this person."""
        url = (await read_json(request)).get("url")
        if not isinstance(url, str) or not url.startswith(("http://", "https://")):
            raise BadControl("a Mini App needs a url")
        address = web_app_address(self._sandbox, self._person(request), url)
        return JSONResponse({"url": address})

    async def chat(self, request: Request) -> Response:
        """What this person sees after a message; `timeout` waits until there is something."""
        person = self._person(request)
        after = _number(request, "after", 0)
        deadline = time.monotonic() + min(_number(request, "timeout", 0), _LONGEST_WAIT_S)
        while not (seen := [m for n, m in person.messages.items() if n > after]):
            left = deadline - time.monotonic()
            if left <= 0 or person.bell.broken:
                break
            await person.bell.wait(left)
        return JSONResponse([entry(message) for message in seen])

    async def block(self, request: Request) -> Response:
        """This person blocks the bot."""
        speaking.set_blocked(self._sandbox, self._person(request), True)
        return JSONResponse({"blocked": True})

    async def unblock(self, request: Request) -> Response:
        """This person lets the bot write again."""
        speaking.set_blocked(self._sandbox, self._person(request), False)
        return JSONResponse({"blocked": False})

    async def follow_clock(self, request: Request) -> Response:
        """The offset: at once, or with `after` when it has become another one."""
        clock = self._sandbox.clock
        if "after" in request.query_params:
            seconds = min(_number(request, "timeout", _FOLLOW_S), _LONGEST_WAIT_S)
            await _unless_gone(request, clock.follow(_number(request, "after", 0), seconds))
        return JSONResponse({"offset_seconds": clock.offset, "now": round(clock.now(), 3)})

    async def forward_clock(self, request: Request) -> Response:
        """Move time on, and wait until the followers have caught up."""
        seconds = (await read_json(request)).get("forward_seconds")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
            raise BadControl("forward_seconds must be a number of seconds, 0 or more")
        moving = asyncio.ensure_future(self._sandbox.clock.forward(seconds))
        await asyncio.sleep(0)
        self._sandbox.events.tell("clock", offset_seconds=self._sandbox.clock.offset)
        followers = await moving
        offset = self._sandbox.clock.offset
        return JSONResponse({"offset_seconds": offset, "followers": followers})

    async def faults(self, _request: Request) -> Response:
        """The faults that are still to come."""
        return JSONResponse(self._sandbox.faults.shown())

    async def add_fault(self, request: Request) -> Response:
        """Order a fault."""
        fault = self._sandbox.faults.add(await read_json(request))
        self._sandbox.events.tell("faults", faults=self._sandbox.faults.shown())
        return JSONResponse(fault.shown())

    async def clear_faults(self, _request: Request) -> Response:
        """No more faults."""
        self._sandbox.faults.clear()
        self._sandbox.events.tell("faults", faults=[])
        return JSONResponse([])

    async def calls(self, request: Request) -> Response:
        """Every Bot API call after this number."""
        return JSONResponse(self._sandbox.calls.after(int(_number(request, "after", 0))))

    async def events(self, _request: Request) -> Response:
        """What happens, as server-sent events."""
        headers = {"Cache-Control": "no-store"}
        stream = self._sandbox.events.stream()
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    async def file(self, request: Request) -> Response:
        """The bytes of a file, for the page to show."""
        file = self._sandbox.files.get(request.path_params["file_id"])
        if file is None:
            raise BadControl("no such file", 404)
        picture = file.mime_type in {"image/png", "image/jpeg", "image/webp", "image/gif"}
        kind = file.mime_type if picture else "application/octet-stream"
        return Response(file.content, media_type=kind)


async def _unless_gone(request: Request, work: Awaitable[float]) -> None:
    """Wait for something as long as whoever asked is still there."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()
        working.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
