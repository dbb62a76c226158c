"""The people of the sandbox, each with a private chat with the bot and what was said there."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox.bell import Bell
from bot.sandbox.entities import Json
from bot.sandbox.errors import BadControl

FIRST_NEWCOMER = 5001
FIRST_FAMILY = 2000


@dataclass(slots=True)
class Message:
    """One message as the Bot API writes it, with what only the sandbox knows about it."""

    body: Json
    by_bot: bool
    at: float
    kind: str
    file_id: str | None = None
    edited_at: float | None = None
    keyboard: Json | None = None
    offered: set[str] = field(default_factory=set)
    seen: bool = False

    @property
    def message_id(self) -> int:
        """The number both sides know the message by."""
        number: int = self.body["message_id"]
        return number


@dataclass(slots=True)
class Person:
    """Somebody with a phone; a private chat has the id of its person."""

    id: int
    first_name: str
    role: str
    username: str | None = None
    language_code: str | None = None
    blocked: bool = False
    action: str | None = None
    action_until: float = 0.0
    menu_button: Json | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    bell: Bell = field(default_factory=Bell)

    def user(self) -> Json:
        """This person as a User of the Bot API."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return user | self._if_set("username", "language_code")

    def chat(self) -> Json:
        """This person's private chat as a Chat of the Bot API."""
        chat: Json = {"id": self.id, "type": "private", "first_name": self.first_name}
        return chat | self._if_set("username")

    def public(self) -> Json:
        """What the list of people says."""
        named: Json = {"id": self.id, "first_name": self.first_name, "role": self.role}
        return named | self._if_set("username", "language_code")

    def reply_keyboard(self) -> Json | None:
        """The keyboard under the text field, until the bot takes it away."""
        for message in reversed(self.messages.values()):
            keyboard = message.keyboard or {}
            if "remove_keyboard" in keyboard:
                return None
            if "keyboard" in keyboard:
                return keyboard
        return None

    def _if_set(self, *names: str) -> Json:
        return {name: getattr(self, name) for name in names if getattr(self, name)}


class People:
    """Everybody, by id."""

    def __init__(self, families: int = 0) -> None:
        first = (
            Person(1001, "Sam", "parent"),
            Person(1002, "Dana", "therapist"),
            Person(1003, "Noor", "on_call"),
        )
        parents = (_parent(number) for number in range(1, families + 1))
        self._by_id = {person.id: person for person in (*first, *parents)}
        self._next = FIRST_NEWCOMER + max(0, families - (FIRST_NEWCOMER - FIRST_FAMILY - 1))

    def __iter__(self) -> Iterator[Person]:
        return iter(self._by_id.values())

    def get(self, person_id: object) -> Person | None:
        """The person of this id or @username."""
        if isinstance(person_id, str) and person_id.startswith("@"):
            return next((p for p in self if p.username == person_id[1:]), None)
        return self._by_id.get(person_id) if isinstance(person_id, int) else None

    def known(self, person_id: int) -> Person:
        """The person of this id; a control call for anybody else is refused."""
        person = self._by_id.get(person_id)
        if person is None:
            raise BadControl(f"nobody has the id {person_id}", 404)
        return person

    def add(self, first_name: str, username: str | None, language_code: str | None) -> Person:
        """Somebody new, with a private chat with the bot."""
        person = Person(self._next, first_name, "unknown", username, language_code)
        self._next += 1
        self._by_id[person.id] = person
        return person


def _parent(number: int) -> Person:
    return Person(FIRST_FAMILY + number, f"Parent {number}", f"parent-{number}")


def fresh_token() -> str:
    """An id nobody can guess, for callback queries and chat instances."""
    return str(secrets.randbits(60))
