"""Files as the Bot API describes them in a message, whoever sent them."""

from bot.sandbox.entities import Json
from bot.sandbox.files import StoredFile, picture_size


def describe(kind: str, file: StoredFile, extra: Json | None = None) -> object:
    """What stands under `photo`, `document`, `voice` … of a message."""
    base: Json = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
    }
    return _BY_KIND[kind](base, file, extra or {})


def _photo(base: Json, file: StoredFile, _extra: Json) -> object:
    width, height = picture_size(file.content)
    return [base | {"width": width, "height": height}]


def _document(base: Json, file: StoredFile, _extra: Json) -> object:
    return base | {"file_name": file.name, "mime_type": file.mime_type}


def _voice(base: Json, _file: StoredFile, extra: Json) -> object:
    return base | {"duration": extra.get("duration", 3), "mime_type": "audio/ogg"}


def _audio(base: Json, file: StoredFile, extra: Json) -> object:
    titled = {name: extra[name] for name in ("title", "performer") if name in extra}
    named = {"file_name": file.name, "mime_type": file.mime_type}
    return base | {"duration": extra.get("duration", 3)} | named | titled


def _moving(base: Json, file: StoredFile, extra: Json) -> object:
    size = {"width": extra.get("width", 320), "height": extra.get("height", 240)}
    named = {"file_name": file.name, "mime_type": file.mime_type}
    return base | size | {"duration": extra.get("duration", 3)} | named


def _sticker(base: Json, _file: StoredFile, extra: Json) -> object:
    still = {"type": "regular", "is_animated": False, "is_video": False}
    return base | still | {"width": 512, "height": 512, "emoji": extra.get("emoji", "🙂")}


_BY_KIND = {
    "photo": _photo,
    "document": _document,
    "voice": _voice,
    "audio": _audio,
    "video": _moving,
    "animation": _moving,
    "sticker": _sticker,
}
