"""What reached us from a chat, freed of Telegram's shapes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Medium(StrEnum):
    """A message that holds something other than words."""

    PHOTO = "photo"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    STICKER = "sticker"
    DOCUMENT = "document"
    CONTACT = "contact"
    LOCATION = "location"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Words:
    """Something written."""

    text: str


@dataclass(frozen=True, slots=True)
class Media:
    """Something that cannot be read, with the words written under it (often none)."""

    medium: Medium
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """`/name argument`."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A button under one of our messages was pressed."""

    action: str
    argument: str
    callback_id: str


Content = Words | Media | Command | Press


@dataclass(frozen=True, slots=True, repr=False)
class Incoming:
    """One thing somebody sent, edited or pressed in a private chat.

    `message_id` is Telegram's id of the message, or of the message whose button was pressed;
    `sent_at` is Telegram's time.
    """

    update_id: int
    chat_id: int
    message_id: int
    sender_name: str
    language_code: str | None
    sent_at: datetime
    content: Content
    edited: bool = False
    forwarded: bool = False
    reply_to: int | None = None

    @property
    def text(self) -> str:
        """The words in it: the text or the caption, else nothing."""
        match self.content:
            case Words(text) | Media(caption=text):
                return text
            case Command(argument=text):
                return text
            case Press():
                return ""

    def __repr__(self) -> str:
        return f"Incoming(update_id={self.update_id}, content={type(self.content).__name__})"


@dataclass(frozen=True, slots=True)
class Unusable:
    """An update that no private chat stands behind; `why` is a short machine word."""

    update_id: int
    why: str
