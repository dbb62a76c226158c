"""Sending files, places and contacts, and fetching files."""

from functools import partial

from bot.sandbox.entities import Json
from bot.sandbox.errors import Refusal
from bot.sandbox.files import StoredFile
from bot.sandbox.media import describe
from bot.sandbox.methods.chats import open_chat, send
from bot.sandbox.methods.handler import Handler, Params
from bot.sandbox.methods.texts import read_caption
from bot.sandbox.state import Sandbox
from bot.sandbox.uploads import Upload

_MOST_TO_FETCH = 20 * 1024 * 1024
_MOST_PHOTO = 10 * 1024 * 1024


async def send_file(sandbox: Sandbox, p: Params, *, kind: str) -> Json:
    """Send a file of one kind, freshly uploaded or known by its id."""
    open_chat(sandbox, p["chat_id"])
    file = _file(sandbox, kind, p[kind])
    content = {kind: describe(kind, file, p), **read_caption(p)}
    if kind == "animation":
        content["document"] = describe("document", file)
    return send(sandbox, p, content, file.file_id)


def _file(sandbox: Sandbox, kind: str, given: Upload | str) -> StoredFile:
    if isinstance(given, Upload):
        if not given.content:
            raise Refusal(400, "file must be non-empty")
        if kind == "photo" and len(given.content) > _MOST_PHOTO:
            raise Refusal(400, f"file of size {len(given.content)} bytes is too big for a photo")
        return sandbox.files.store(kind, given)
    if given.startswith(("http://", "https://")):
        raise Refusal(400, "failed to get HTTP URL content")
    file = sandbox.files.get(given)
    if file is None:
        raise Refusal(400, "wrong file identifier/HTTP URL specified")
    return file


async def send_location(sandbox: Sandbox, p: Params) -> Json:
    """Send a place."""
    place = {"latitude": p["latitude"], "longitude": p["longitude"]}
    return send(sandbox, p, {"location": place})


async def send_contact(sandbox: Sandbox, p: Params) -> Json:
    """Send somebody's telephone number."""
    names = ("phone_number", "first_name", "last_name", "vcard")
    return send(sandbox, p, {"contact": {name: p[name] for name in names if name in p}})


async def get_file(sandbox: Sandbox, p: Params) -> Json:
    """Say where a file can be downloaded."""
    file = sandbox.files.get(p["file_id"])
    if file is None:
        raise Refusal(400, "wrong file_id or the file is temporarily unavailable")
    if len(file.content) > _MOST_TO_FETCH:
        raise Refusal(400, "file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": file.path,
    }


METHODS: dict[str, Handler] = {
    "sendPhoto": partial(send_file, kind="photo"),
    "sendDocument": partial(send_file, kind="document"),
    "sendVoice": partial(send_file, kind="voice"),
    "sendAudio": partial(send_file, kind="audio"),
    "sendVideo": partial(send_file, kind="video"),
    "sendAnimation": partial(send_file, kind="animation"),
    "sendSticker": partial(send_file, kind="sticker"),
    "sendLocation": send_location,
    "sendContact": send_contact,
    "getFile": get_file,
}
