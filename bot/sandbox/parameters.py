"""The parameters of a Bot API request, wherever they stand, held against the specification."""

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.sandbox.errors import Refusal, Violation
from bot.sandbox.specification import Field, Method
from bot.sandbox.uploads import Upload, parse_multipart

MOST_BYTES = 50 * 1024 * 1024

_EMPTY = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "user_id": "user_id is empty",
    "message_id": "message identifier is not specified",
    "from_chat_id": "from_chat_id is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "video": "there is no video in the request",
    "audio": "there is no audio in the request",
    "animation": "there is no animation in the request",
}


async def read_request(request: Request) -> dict[str, object]:
    """Query, form, JSON and multipart fields together, as they came."""
    raw: dict[str, object] = dict(parse_qsl(request.url.query, keep_blank_values=True))
    if request.method == "GET":
        return raw
    body = await request.body()
    if len(body) > MOST_BYTES:
        raise Refusal(413)
    raw.update(_body(body, request.headers.get("content-type", "")))
    return raw


def _body(body: bytes, content_type: str) -> dict[str, object]:
    if not body:
        return {}
    if content_type.startswith("multipart/form-data"):
        return parse_multipart(body, content_type)
    if content_type.startswith("application/json"):
        return _json(body)
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _json(body: bytes) -> dict[str, object]:
    try:
        fields = json.loads(body)
    except ValueError as problem:
        raise Violation("can't parse JSON object") from problem
    if not isinstance(fields, dict):
        raise Violation("object expected as request body")
    return {name: value for name, value in fields.items() if value is not None}


def check_parameters(method: Method, raw: dict[str, object]) -> dict[str, Any]:
    """The typed parameters; raises Violation in Telegram's words for what is wrong."""
    given = _attached(method, raw)
    typed: dict[str, Any] = {}
    for name, value in given.items():
        field = method.fields.get(name)
        if field is None:
            raise Violation(f'unknown parameter "{name}" in {method.name}')
        typed[name] = _checked(field, value)
    for field in method.fields.values():
        if field.required and typed.get(field.name, "") == "":
            _missing(field, given)
    return typed


def _attached(method: Method, raw: dict[str, object]) -> dict[str, object]:
    """Put files that are named by 'attach://…' in the place of their name."""
    loose = {n: v for n, v in raw.items() if isinstance(v, Upload) and n not in method.fields}
    if not loose:
        return raw
    rest = {n: v for n, v in raw.items() if n not in loose}
    for name, upload in loose.items():
        mark = f"attach://{name}"
        holder = next((n for n, v in rest.items() if v == mark), None)
        if holder is not None:
            rest[holder] = upload
        elif not any(isinstance(v, str) and mark in v for v in rest.values()):
            raise Violation(f'unknown file "{name}" in {method.name}')
    return rest


def _checked(field: Field, value: object) -> object:
    typed = field.read(value)
    problem = field.check(typed)
    if problem is None or (typed == "" and field.required):
        return typed
    if problem.startswith("must"):
        raise Violation(_wrong(field.name, problem))
    if '"callback_data" must have' in problem:
        raise Violation("BUTTON_DATA_INVALID")
    what = field.name.replace("_", " ")
    raise Violation(f"can't parse {what} JSON object: {problem}")


def _wrong(name: str, problem: str) -> str:
    if name == "reply_markup":
        return "object expected as reply markup"
    if name == "callback_query_id":
        return "invalid callback query ID"
    if name == "text" and "must have" in problem:
        return "MESSAGE_TOO_LONG"
    return f'field "{name}" {problem}'


def _missing(field: Field, given: dict[str, object]) -> None:
    if field.name in given and field.name not in _EMPTY:
        return  # a required text may be empty: setWebhook's address
    raise Violation(_EMPTY.get(field.name, f'parameter "{field.name}" is required'))
