"""The whole sandbox: its people, its one bot, its time, and what is going on between them."""

import re
from dataclasses import dataclass, field

from bot.sandbox.calls import Calls
from bot.sandbox.clock import Clock
from bot.sandbox.entities import Json
from bot.sandbox.errors import Refusal
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.numbering import first_number
from bot.sandbox.people import Message, People, Person
from bot.sandbox.updates import Pending, Updates
from bot.sandbox.views import entry
from bot.sandbox.webhooks import Webhooks

USERNAME = "heldinmind_sandbox_bot"
_TOKEN = re.compile(r"(\d{1,18}):[A-Za-z0-9_-]+")


@dataclass(slots=True)
class Profile:
    """What the bot says about itself; a text per language, a command list per scope."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})
    rights: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class Query:
    """A button that was pressed and who pressed it."""

    person_id: int
    answered: bool = False


class Sandbox:
    """Everything the server knows; one bot at a time, whichever token called last."""

    def __init__(self, families: int = 0) -> None:
        self.clock = Clock()
        self.people = People(families)
        self.files = Files()
        self.calls = Calls()
        self.faults = Faults()
        self.events = Events()
        self.updates = Updates()
        self.webhooks = Webhooks(self.updates, self.clock, self.seen)
        self.profile = Profile()
        self.queries: dict[str, Query] = {}
        self.bot_id = 1
        self.token = ""
        self._last_message = first_number()

    def recognise(self, token: str) -> None:
        """Take this token for the bot's; any of the right form will do."""
        if token == self.token:
            return
        found = _TOKEN.fullmatch(token)
        if not found:
            raise Refusal(401)
        self.token, self.bot_id = token, int(found.group(1))
        self.events.tell("profile")

    def bot_user(self) -> Json:
        """The bot as a User of the Bot API."""
        name = self.profile.texts.get(("name", ""), "Held in Mind")
        return {"id": self.bot_id, "is_bot": True, "first_name": name, "username": USERNAME}

    def next_message_id(self) -> int:
        """Message ids rise over all chats, as they do for a real bot."""
        self._last_message += 1
        return self._last_message

    def keep(self, person: Person, message: Message) -> None:
        """A new message stands in the chat."""
        person.messages[message.message_id] = message
        person.action = None if message.by_bot else person.action
        person.bell.ring()
        self.events.tell("message", person=person.id, message=entry(message))

    def changed(self, person: Person, message: Message) -> None:
        """A message in the chat now reads otherwise."""
        person.bell.ring()
        self.events.tell("changed", person=person.id, message=entry(message))

    def seen(self, done: list[Pending]) -> None:
        """The bot has confirmed these updates."""
        for waiting in done:
            if waiting.message is not None and not waiting.message.seen:
                waiting.message.seen = True
                number = waiting.message.message_id
                self.events.tell("seen", person=waiting.person_id, message_id=number)

    async def close(self) -> None:
        """Let everybody who waits go, so that the server can stop at once."""
        self.clock.close()
        self.updates.bell.retire()
        for person in self.people:
            person.bell.retire()
        self.events.close()
        await self.webhooks.remove()
