"""What Telegram demands of the buttons under a message, beyond their types."""

from urllib.parse import urlsplit

from bot.sandbox.entities import Json
from bot.sandbox.errors import Violation

_STYLES = frozenset({"danger", "success", "primary"})
_ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
_MOST_BUTTONS = 100


def check_keyboard(keyboard: Json | None) -> None:
    """Refuse buttons that lead nowhere or to an address Telegram would not open."""
    if keyboard is None:
        return
    rows = _rows(keyboard)
    if sum(len(row) for row in rows) > _MOST_BUTTONS:
        raise Violation("reply markup is too long")
    for row in rows:
        for button in row:
            _check(button, inline="inline_keyboard" in keyboard)


def offered_by(keyboard: Json | None) -> set[str]:
    """The callback data of all its buttons."""
    rows = _rows(keyboard or {})
    return {
        b["callback_data"]
        for row in rows
        for b in row
        if isinstance(b, dict) and "callback_data" in b
    }


def _rows(keyboard: Json) -> list[list[Json | str]]:
    rows: list[list[Json | str]] = keyboard.get("inline_keyboard") or keyboard.get("keyboard") or []
    return rows


def _check(button: Json | str, inline: bool) -> None:
    if isinstance(button, str):
        return
    if not button["text"].strip():
        kind = "inline keyboard button" if inline else "keyboard button"
        raise Violation(f"can't parse {kind}: Text of the button must be non-empty")
    if button.get("style") not in (None, *_STYLES):
        raise Violation("can't parse button: invalid button style specified")
    if inline:
        _check_action(button)
    if "web_app" in button:
        _check_web_app(button["web_app"]["url"])


def _check_action(button: Json) -> None:
    actions = [name for name in _ACTIONS if name in button]
    if not actions:
        raise Violation(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise Violation(f"can't parse inline keyboard button: more than one of {actions}")
    if "url" in button:
        _check_url(button["url"])


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    plain = parts.scheme in {"http", "https"} and parts.hostname
    known = parts.hostname in _HERE or "." in (parts.hostname or "")
    if not (plain and known) and parts.scheme not in {"tg", "ton"}:
        raise Violation(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_web_app(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in _HERE:
        raise Violation(
            f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
        )
