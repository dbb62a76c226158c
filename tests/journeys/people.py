"""The people of a journey: what they say, press and open, and what they expect to read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from tests.journeys.waiting import PATIENCE, wait_for


@dataclass(frozen=True, slots=True)
class Seen:
    """One message as somebody sees it on their phone."""

    id: int
    from_bot: bool
    text: str
    kind: str
    buttons: Mapping[str, str]
    entry: Mapping[str, Any]

    def says(self, *words: str) -> bool:
        """Whether all of these words stand in it; `Family 1` does not stand in `Family 12`."""
        return all(re.search(re.escape(one) + r"(?!\d)", self.text) for one in words)


def seen(entry: Mapping[str, Any]) -> Seen:
    """A line of a chat, as the control interface gives it."""
    return Seen(
        id=entry["message_id"],
        from_bot=entry["from"] == "bot",
        text=entry["text"],
        kind=entry["kind"],
        buttons={b["text"]: b.get("data", "") for row in entry["buttons"] for b in row},
        entry=entry,
    )


class Answers:
    """What the bot said back to pressed buttons, read from its calls once and in order."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http
        self._read = 0
        self._said: dict[str, str] = {}

    def to(self, query: str) -> tuple[str] | None:
        """What a press was answered with, in a tuple; None while it is not answered."""
        for call in self.http.get("/sandbox/calls", params={"after": self._read}).json():
            self._read = call["n"]
            if call["method"] == "answerCallbackQuery":
                said = call["parameters"]
                self._said[str(said.get("callback_query_id"))] = str(said.get("text") or "")
        return (self._said[query],) if query in self._said else None


class Person:
    """Somebody with a phone. What was expected once is ticked off and not found a second time."""

    def __init__(self, answers: Answers, id_: int, name: str, alias: str = "") -> None:
        self.id, self.name, self.alias = id_, name, alias
        self._answers, self._http = answers, answers.http
        self._path = f"/sandbox/people/{id_}"
        self._ticked: set[int] = set()
        self._from = 0

    def _post(self, what: str, **body: object) -> dict[str, Any]:
        answer = self._http.post(f"{self._path}/{what}", json=body)
        assert answer.is_success, f"{self.name}: {answer.text}"
        found: dict[str, Any] = answer.json()
        return found

    # What they do.

    def says(self, text: str, **more: object) -> int:
        """Write a message; returns its id."""
        return self.sends(text=text, **more)

    def sends(self, **what: object) -> int:
        """Send anything that the sandbox knows: `photo=True`, `voice=True`, `caption=…`."""
        number: int = self._post("messages", **what)["message_id"]
        return number

    def replies(self, to: Seen, text: str, **more: object) -> int:
        """Write under a message."""
        return self.says(text, reply_to=to.id, **more)

    def edits(self, message_id: int, text: str) -> None:
        """Change a message of their own."""
        self._post("messages", edit=message_id, text=text)

    def opens(self, link: str) -> None:
        """Open the bot by a deep link, or by its code alone."""
        self._post("start", payload=link.rpartition("start=")[2])

    def presses(self, label: str, under: Seen | None = None) -> str:
        """Press a button, on the newest message that shows it; returns what it said back."""
        message = under or self.sees_button(label)
        pressed = self._post("press", message_id=message.id, data=message.buttons[label])
        return self._answer(pressed["callback_query_id"], label)

    def taps(self, label: str) -> None:
        """Press a button of the keyboard below the text field."""
        self._post("press", text=label)

    def blocks_the_bot(self) -> None:
        """From now on the bot cannot write here."""
        self._post("block")

    def unblocks_the_bot(self) -> None:
        """The bot may write again."""
        self._post("unblock")

    # What they see.

    def chat(self) -> list[Seen]:
        """What stands in their chat, oldest first."""
        answer = self._http.get(f"{self._path}/chat", params={"after": self._from})
        return [seen(entry) for entry in answer.raise_for_status().json()]

    def reads(self) -> list[Seen]:
        """What the bot wrote to them."""
        return [one for one in self.chat() if one.from_bot]

    def looks_ahead(self) -> None:
        """From now on only what is new counts."""
        self._from = max((one.id for one in self.chat()), default=self._from)

    def expects(self, *words: str, within: float = PATIENCE, kind: str = "text") -> Seen:
        """Wait for a message of the bot's that holds all of these words; tick it off."""

        def find() -> Seen | None:
            fresh = (one for one in self.reads() if one.id not in self._ticked)
            return next((one for one in fresh if one.kind == kind and one.says(*words)), None)

        found = wait_for(find, lambda: f"{self.name} reads {words}; {self._told()}", within=within)
        self._ticked.add(found.id)
        return found

    def sees_change(self, message: Seen, *words: str, within: float = PATIENCE) -> Seen:
        """Wait until a message that stands in the chat has come to hold these words."""

        def find() -> Seen | None:
            return next((o for o in self.chat() if o.id == message.id and o.says(*words)), None)

        told = f"message {message.id} of {self.name}"
        return wait_for(find, lambda: f"{told} comes to say {words}; {self._told()}", within=within)

    def sees_button(self, label: str) -> Seen:
        """The newest message that shows a button of this label."""

        def find() -> Seen | None:
            return next((one for one in reversed(self.reads()) if label in one.buttons), None)

        return wait_for(find, lambda: f"{self.name} sees a button {label!r}; {self._told()}")

    def count(self, *words: str) -> int:
        """How many of the bot's messages here hold all of these words."""
        return sum(one.says(*words) for one in self.reads())

    def was_told_of(self, family: "Person") -> bool:
        """Whether a flag or a question of this family has come to them."""
        return bool(self.count(f"URGENT: {family.alias}") + self.count(f"from {family.alias}"))

    def has_been_heard(self) -> bool:
        """Whether the bot has taken in everything that this person sent."""
        return all(one.entry.get("seen", True) for one in self.chat() if not one.from_bot)

    def _answer(self, query: str, label: str) -> str:
        (said,) = wait_for(
            lambda: self._answers.to(query), lambda: f"{label!r} is answered; {self._told()}"
        )
        return said

    def _told(self) -> str:
        last = [f"{o.id}: {o.text[:100]!r} {list(o.buttons)}" for o in self.reads()[-6:]]
        return f"{self.name} has been told:\n  " + "\n  ".join(last)
