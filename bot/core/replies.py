"""What the bot says: a text with buttons, still independent of Telegram."""

from dataclasses import dataclass

STAR = "\ue000"


def as_written(words: str) -> str:
    """Somebody's own words inside a reply: their stars stay stars and make nothing bold."""
    return words.replace("*", STAR)


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message.

    `data` comes back when it is pressed: `action:argument`, at most 64 bytes (Telegram's limit).
    """

    text: str
    data: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A text, in which `**…**` marks bold, and rows of buttons."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
