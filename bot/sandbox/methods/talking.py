"""What happens around messages: pressed buttons answered, typing shown, chats described."""

from bot.sandbox.entities import Json
from bot.sandbox.errors import Refusal, Violation
from bot.sandbox.methods.chats import find_chat, open_chat
from bot.sandbox.methods.handler import Handler, Params
from bot.sandbox.state import Sandbox

_ACTION_LASTS_S = 5.0
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


async def answer_callback(sandbox: Sandbox, p: Params) -> bool:
    """End the waiting on a pressed button, perhaps with a word to whoever pressed it."""
    query = sandbox.queries.get(p["callback_query_id"])
    if query is None:
        raise Refusal(400, "query is too old and response timeout expired or query ID is invalid")
    query.answered = True
    sandbox.events.tell(
        "answered",
        person=query.person_id,
        query=p["callback_query_id"],
        text=p.get("text", ""),
        alert=bool(p.get("show_alert")),
        url=p.get("url"),
    )
    return True


async def send_action(sandbox: Sandbox, p: Params) -> bool:
    """Show that the bot is typing; it wears off after five seconds or with a message."""
    person = open_chat(sandbox, p["chat_id"])
    if p["action"] not in _ACTIONS:
        raise Violation("wrong parameter action in request")
    person.action = p["action"]
    person.action_until = sandbox.clock.now() + _ACTION_LASTS_S
    sandbox.events.tell("action", person=person.id, action=p["action"])
    return True


async def get_chat(sandbox: Sandbox, p: Params) -> Json:
    """What the bot may know about a private chat."""
    person = find_chat(sandbox, p["chat_id"])
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return {
        **person.chat(),
        "accent_color_id": person.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


async def pin_or_unpin(sandbox: Sandbox, p: Params) -> bool:
    """Accepted; the page shows no pins."""
    open_chat(sandbox, p["chat_id"])
    return True


METHODS: dict[str, Handler] = {
    "answerCallbackQuery": answer_callback,
    "sendChatAction": send_action,
    "getChat": get_chat,
    "pinChatMessage": pin_or_unpin,
    "unpinChatMessage": pin_or_unpin,
    "unpinAllChatMessages": pin_or_unpin,
}
