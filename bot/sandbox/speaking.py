"""What people do in their chats: write, edit, press a button, block the bot."""

import base64
import binascii
import mimetypes
import re
from functools import cache

from bot.sandbox.entities import Json, found_in
from bot.sandbox.errors import BadControl
from bot.sandbox.files import StoredFile, sample_picture
from bot.sandbox.media import describe
from bot.sandbox.people import Message, Person, fresh_token
from bot.sandbox.state import Query, Sandbox
from bot.sandbox.uploads import Upload
from bot.sandbox.views import KINDS, kind_of

FIELDS = frozenset(
    {"text", "photo", "voice", "document", "video", "sticker", "contact", "location"}
    | {"caption", "reply_to", "edit", "forward", "file_name"}
)
_FILES = ("photo", "voice", "document", "video")
_NAMES = {"photo": "photo.png", "voice": "voice.ogg", "document": "note.txt", "video": "clip.mp4"}
_DATA_URL = re.compile(r"data:([\w.+/-]*)(?:;[\w=.+-]+)*;base64,(.*)", re.DOTALL)
_LONG_TEXT = 4096


def say(sandbox: Sandbox, person: Person, said: Json) -> Json:
    """A message of this person, or a changed one, goes to the bot."""
    if unknown := set(said) - FIELDS:
        raise BadControl(f"unknown field of a message: {', '.join(sorted(unknown))}")
    if said.get("edit") is not None:
        return _edit(sandbox, person, said)
    content, file_id = _content(sandbox, person, said)
    return send(sandbox, person, content, file_id, said.get("reply_to"))


def send(
    sandbox: Sandbox,
    person: Person,
    content: Json,
    file_id: str | None = None,
    reply_to: int | None = None,
) -> Json:
    """Put a message of this person into the chat and queue it for the bot."""
    now = sandbox.clock.now()
    body: Json = {
        "message_id": sandbox.next_message_id(),
        "from": person.user(),
        "chat": person.chat(),
        "date": int(now),
        **content,
    }
    if reply_to is not None:
        quoted = _message(person, reply_to).body
        body["reply_to_message"] = {n: v for n, v in quoted.items() if n != "reply_to_message"}
    message = Message(body, by_bot=False, at=now, kind=kind_of(content), file_id=file_id)
    sandbox.keep(person, message)
    update_id = sandbox.updates.add("message", dict(body), person.id, message)
    return {"message_id": message.message_id, "update_id": update_id}


def _edit(sandbox: Sandbox, person: Person, said: Json) -> Json:
    message = _message(person, said["edit"])
    if message.by_bot:
        raise BadControl("only own messages can be edited")
    body, now = message.body, sandbox.clock.now()
    if message.kind == "text":
        body |= _text(_required(said, "text"))
        body.pop("entities", None) if not found_in(body["text"]) else None
    else:
        body["caption"] = str(said.get("caption", said.get("text", "")))
    body["edit_date"] = int(now)
    message.edited_at = now
    sandbox.changed(person, message)
    update_id = sandbox.updates.add("edited_message", dict(body), person.id, message)
    return {"message_id": message.message_id, "update_id": update_id}


def _content(sandbox: Sandbox, person: Person, said: Json) -> tuple[Json, str | None]:
    forwarded = _forwarded(sandbox, said.get("forward"))
    for kind in _FILES:
        if said.get(kind):
            file = sandbox.files.store(kind, _upload(kind, said[kind], said.get("file_name")))
            captioned = {"caption": str(said["caption"])} if said.get("caption") else {}
            return {kind: describe(kind, file), **captioned, **forwarded}, file.file_id
    if said.get("sticker"):
        return _sticker(sandbox, said["sticker"]) | forwarded, None
    if said.get("contact"):
        return {"contact": _contact(person, said["contact"]), **forwarded}, None
    if said.get("location"):
        return {"location": _location(said["location"]), **forwarded}, None
    return {**_text(_required(said, "text")), **forwarded}, None


def _required(said: Json, name: str) -> str:
    text = said.get(name)
    if not isinstance(text, str) or not text.strip():
        raise BadControl(f"a message needs {', '.join((name, *KINDS[:-2]))}")
    return text


def _text(text: str) -> Json:
    if len(text) > _LONG_TEXT:
        raise BadControl(f"a text has at most {_LONG_TEXT} characters")
    entities = found_in(text)
    return {"text": text, "entities": entities} if entities else {"text": text}


def _upload(kind: str, given: object, name: object) -> Upload:
    """`true`, the name of a file, or the bytes themselves as base64 or a data URL."""
    file_name = str(name) if name else _NAMES[kind]
    mime_type = mimetypes.guess_type(file_name)[0] or "application/octet-stream"
    if not isinstance(given, str):
        return Upload(file_name, mime_type, _sample(kind))
    if data := _DATA_URL.fullmatch(given):
        content = base64.b64decode(data.group(2))
        ending = mimetypes.guess_extension(data.group(1)) or ""
        file_name = str(name) if name else f"{kind}{ending}"
        return Upload(file_name, data.group(1) or mime_type, content)
    if (decoded := _base64(given)) is not None:
        return Upload(file_name, mime_type, decoded)
    return Upload(given, mimetypes.guess_type(given)[0] or mime_type, _sample(kind))


def _base64(given: str) -> bytes | None:
    if len(given) < 24 or len(given) % 4:
        return None
    try:
        return base64.b64decode(given, validate=True)
    except (binascii.Error, ValueError):
        return None


@cache
def _sample(kind: str) -> bytes:
    return sample_picture() if kind == "photo" else f"A {kind} from the sandbox.\n".encode()


def _sticker(sandbox: Sandbox, given: object) -> Json:
    emoji = given if isinstance(given, str) else "🙂"
    file: StoredFile = sandbox.files.store("sticker", Upload("s.webp", "image/webp", b"sticker"))
    return {"sticker": describe("sticker", file, {"emoji": emoji})}


def _contact(person: Person, given: object) -> Json:
    if isinstance(given, dict):
        return {"first_name": person.first_name, "phone_number": "+440000000000", **given}
    return {
        "first_name": person.first_name,
        "phone_number": "+440000000000",
        "user_id": person.id,
    }


def _location(given: object) -> Json:
    place = given if isinstance(given, dict) else {}
    return {
        "latitude": float(place.get("latitude", 51.5)),
        "longitude": float(place.get("longitude", -0.12)),
    }


def _forwarded(sandbox: Sandbox, given: object) -> Json:
    if not given:
        return {}
    name = given if isinstance(given, str) else "Somebody else"
    date = int(sandbox.clock.now())
    return {"forward_origin": {"type": "hidden_user", "sender_user_name": name, "date": date}}


def _message(person: Person, message_id: object) -> Message:
    message = person.messages.get(message_id) if isinstance(message_id, int) else None
    if message is None:
        raise BadControl(f"{person.first_name}'s chat has no message {message_id}", 404)
    return message


def press_data(sandbox: Sandbox, person: Person, message_id: object, data: str) -> Json:
    """Press an inline button, one that the message shows or has shown."""
    message = _message(person, message_id)
    if data not in message.offered:
        raise BadControl(f"message {message_id} never had a button with the data {data!r}")
    query_id = fresh_token()
    sandbox.queries[query_id] = Query(person.id)
    query: Json = {
        "id": query_id,
        "from": person.user(),
        "message": dict(message.body),
        "chat_instance": str(person.id * 7_919),
        "data": data,
    }
    update_id = sandbox.updates.add("callback_query", query, person.id)
    return {"callback_query_id": query_id, "update_id": update_id}


def press_text(sandbox: Sandbox, person: Person, text: str) -> Json:
    """Press a button of a reply keyboard: its text, a contact or a place is sent."""
    button = _reply_button(person, text)
    if button is None:
        raise BadControl(f"no reply keyboard of this chat ever had a button {text!r}")
    if button.get("request_contact"):
        return send(sandbox, person, {"contact": _contact(person, True)})
    if button.get("request_location"):
        return send(sandbox, person, {"location": _location(True)})
    return send(sandbox, person, _text(text))


def _reply_button(person: Person, text: str) -> Json | None:
    for message in reversed(person.messages.values()):
        for row in (message.keyboard or {}).get("keyboard", []):
            for button in row:
                known: Json = {"text": button} if isinstance(button, str) else button
                if known["text"] == text:
                    return known
    return None


def set_blocked(sandbox: Sandbox, person: Person, blocked: bool) -> None:
    """Block or unblock the bot, and tell it so as Telegram does."""
    if person.blocked == blocked:
        return
    bot = sandbox.bot_user()
    away: Json = {"status": "kicked", "user": bot, "until_date": 0}
    here: Json = {"status": "member", "user": bot}
    person.blocked = blocked
    change = {
        "chat": person.chat(),
        "from": person.user(),
        "date": int(sandbox.clock.now()),
        "old_chat_member": here if blocked else away,
        "new_chat_member": away if blocked else here,
    }
    sandbox.updates.add("my_chat_member", change, person.id)
    sandbox.events.tell("blocked" if blocked else "unblocked", person=person.id)
