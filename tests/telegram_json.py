"""Updates as Telegram sends them, from its documentation and from real ones."""

import time
from itertools import count
from typing import Any

Json = dict[str, Any]
_updates = count(700_000_001)
SENT = int(time.time())


def user(chat_id: int, name: str = "Sam", language: str | None = "en") -> Json:
    """A person, as they stand in `from`."""
    found: Json = {"id": chat_id, "is_bot": False, "first_name": name}
    return found | ({"language_code": language} if language else {})


def message(chat_id: int, message_id: int, name: str = "Sam", **rest: Any) -> Json:
    """A message in a private chat."""
    return {
        "message_id": message_id,
        "from": user(chat_id, name),
        "chat": {"id": chat_id, "first_name": name, "type": "private"},
        "date": SENT,
        **rest,
    }


def update(**rest: Any) -> Json:
    """An update with a number of its own."""
    return {"update_id": next(_updates), **rest}


def written(chat_id: int, message_id: int, text: str, name: str = "Sam", **rest: Any) -> Json:
    """Somebody wrote something; a command is marked as one."""
    if text.startswith("/"):
        length = len(text.split()[0])
        rest["entities"] = [{"offset": 0, "length": length, "type": "bot_command"}]
    return update(message=message(chat_id, message_id, name, text=text, **rest))


def edited(chat_id: int, message_id: int, text: str, name: str = "Sam") -> Json:
    """Somebody changed what they wrote."""
    return update(edited_message=message(chat_id, message_id, name, text=text, edit_date=SENT + 60))


def pressed(chat_id: int, message_id: int, data: str, name: str = "Sam") -> Json:
    """Somebody pressed a button under one of the bot's messages."""
    bot = {"id": 1, "is_bot": True, "first_name": "Held in Mind", "username": "held_bot"}
    under = message(chat_id, message_id, name, text="…") | {"from": bot}
    return update(
        callback_query={
            "id": f"4382bfdwdsb323b2d9{message_id}",
            "from": user(chat_id, name),
            "message": under,
            "chat_instance": "-5834289438",
            "data": data,
        }
    )


FILE = {
    "file_id": "AgADBAADGTo4Gz8cZAeR-ouu4XBx78EeqRkABHahi76pN-aO0UoDAAEC",
    "file_unique_id": "x",
}
PICTURE = FILE | {"width": 90, "height": 67, "file_size": 1105}
MEDIA: dict[str, Any] = {
    "photo": [PICTURE, FILE | {"width": 800, "height": 600}],
    "voice": FILE | {"duration": 4, "mime_type": "audio/ogg"},
    "audio": FILE | {"duration": 9, "title": "Lullaby"},
    "video": FILE | {"width": 320, "height": 240, "duration": 3},
    "video_note": FILE | {"length": 240, "duration": 3},
    "sticker": FILE
    | {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
    "document": FILE | {"file_name": "letter.pdf", "mime_type": "application/pdf"},
    "contact": {"phone_number": "+440000000", "first_name": "Gran"},
    "location": {"longitude": -0.1, "latitude": 51.5},
}
OTHER: Json = {"dice": {"emoji": "🎲", "value": 4}}
FORWARDED: Json = {
    "forward_origin": {"type": "hidden_user", "sender_user_name": "Gran", "date": SENT - 900}
}


def media(chat_id: int, message_id: int, kind: str, caption: str = "", **rest: Any) -> Json:
    """Somebody sent something other than words."""
    held = OTHER if kind == "other" else {kind: MEDIA[kind]}
    under = {"caption": caption} if caption else {}
    return update(message=message(chat_id, message_id, **held, **under, **rest))
