"""Telegram's side of the server: every call read, checked, carried out and written down."""

import asyncio
import json
import time
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.sandbox.calls import Call
from bot.sandbox.entities import Json
from bot.sandbox.errors import OwnMistake, Refusal, Violation
from bot.sandbox.faults import Fault
from bot.sandbox.methods import METHODS
from bot.sandbox.parameters import check_parameters, read_request
from bot.sandbox.specification import Method, specification
from bot.sandbox.state import Sandbox


@dataclass(slots=True)
class Outcome:
    """What one call comes to: its status and its JSON answer."""

    status: int
    answer: Json
    violation: str | None = None
    parameters: Json = field(default_factory=dict)


class BotApi:
    """The ASGI application behind `/bot{token}/{method}`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._methods = {name.lower(): m for name, m in specification().methods.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, or close the connection without an answer when a fault says so."""
        request = Request(scope, receive)
        token, name = request.path_params["token"], request.path_params["method"]
        method = self._methods.get(name.lower())
        known = method.name if method else name
        at, started = self._sandbox.clock.now(), time.monotonic()
        fault = self._sandbox.faults.take(known)
        outcome = await self._outcome(request, token, known, method, fault)
        ms = (time.monotonic() - started) * 1000
        self._write_down(known, outcome, at, ms, fault)
        if fault and fault.drop:
            await _hang_up(receive, send)
        else:
            await _answer(outcome)(scope, receive, send)

    async def _outcome(
        self, request: Request, token: str, name: str, method: Method | None, fault: Fault | None
    ) -> Outcome:
        raw: Json = {}
        try:
            self._sandbox.recognise(token)
            if method is None:
                raise Violation("", status=404)
            raw = await read_request(request)
            return await self._struck(method, raw, fault)
        except Refusal as refusal:
            return _refused(refusal, raw, name)
        except OwnMistake as mistake:
            said = f"Internal Server Error: the sandbox itself is wrong: {mistake}"
            answer = {"ok": False, "error_code": 500, "description": said}
            return Outcome(500, answer, violation=f"by the sandbox: {mistake}", parameters=raw)

    async def _struck(self, method: Method, raw: Json, fault: Fault | None) -> Outcome:
        """Carry the call out, with what a fault does to it."""
        if fault is None:
            return await self._carried_out(method, raw)
        pause = fault.delay_ms / 1000
        if fault.drop and not fault.status:
            outcome = await self._carried_out(method, raw)
            await asyncio.sleep(pause)
            return outcome
        await asyncio.sleep(pause)
        if refusal := fault.refusal():
            raise refusal
        return await self._carried_out(method, raw)

    async def _carried_out(self, method: Method, raw: Json) -> Outcome:
        handler = METHODS.get(method.name)
        parameters = check_parameters(method, raw)
        if handler is None:
            raise Refusal(501, f"the sandbox does not carry out {method.name}")
        result = await handler(self._sandbox, parameters)
        if problem := method.returns(result):
            raise OwnMistake(f"{method.name}: {problem}")
        return Outcome(200, {"ok": True, "result": result}, parameters=parameters)

    def _write_down(
        self, name: str, outcome: Outcome, at: float, ms: float, fault: Fault | None
    ) -> None:
        call = Call(name, outcome.parameters, at, outcome.status, ms, outcome.violation)
        call.description = outcome.answer.get("description")
        call.fault = fault.told() if fault else None
        entry = self._sandbox.calls.add(call)
        if call.violation or call.fault:
            self._sandbox.events.tell("call", call=entry)


def _refused(refusal: Refusal, raw: Json, name: str) -> Outcome:
    answer: Json = {
        "ok": False,
        "error_code": refusal.status,
        "description": refusal.description,
    }
    if refusal.parameters:
        answer["parameters"] = refusal.parameters
    wrong = refusal.detail or f"unknown method {name}"
    violation = wrong if isinstance(refusal, Violation) else None
    return Outcome(refusal.status, answer, violation, raw)


def _answer(outcome: Outcome) -> Response:
    body = json.dumps(outcome.answer, ensure_ascii=False, separators=(",", ":"))
    headers = {}
    if retry_after := outcome.answer.get("parameters", {}).get("retry_after"):
        headers["Retry-After"] = str(retry_after)
    return Response(body, outcome.status, headers=headers, media_type=JSONResponse.media_type)


async def _hang_up(receive: Receive, send: Send) -> None:
    """Close the connection with nothing said, or in the middle of the answer at worst."""
    cycle = getattr(receive, "__self__", None)
    transport = getattr(cycle, "transport", None)
    if transport is None:
        await send({"type": "http.response.start", "status": 200, "headers": _UNFINISHED})
        return
    transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass


_UNFINISHED = [(b"content-type", b"application/json"), (b"content-length", b"100000")]


class FileDownload:
    """The ASGI application behind `/file/bot{token}/{path}`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the bytes of a file to the bot."""
        path = scope["path_params"]
        try:
            self._sandbox.recognise(path["token"])
            file = self._sandbox.files.at(path["path"])
            if file is None:
                raise Refusal(404)
            response = Response(file.content, media_type="application/octet-stream")
        except Refusal as refusal:
            response = _answer(_refused(refusal, {}, "file"))
        await response(scope, receive, send)
