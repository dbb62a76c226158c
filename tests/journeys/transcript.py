"""Writes down a journey as it is lived: who wrote what, and what they read."""

import difflib
import re
from collections.abc import Iterable
from pathlib import Path

from tests.journeys.people import Person, Seen

EVENING = "21:40"
_CLOCK = re.compile(r"Raised at \d\d:\d\d")


class Transcript:
    """A journey in Markdown, in the order in which it was told."""

    def __init__(self, title: str, opening: str) -> None:
        self._lines = [f"# {title}", "", opening, ""]

    def tells(self, words: str) -> None:
        """A line of narration."""
        self._lines += [f"*{words}*", ""]

    def writes(self, person: Person, text: str, **more: object) -> None:
        """Somebody writes."""
        person.says(text, **more)
        self.wrote(person.name, text)

    def reads(self, person: Person, message: Seen) -> Seen:
        """Somebody has read this."""
        self.read(person.name, message.text, message.buttons)
        return message

    def presses(self, person: Person, label: str, under: Seen) -> None:
        """Somebody presses a button."""
        person.presses(label, under)
        self.pressed(person.name, label)

    def begins(self, heading: str) -> None:
        """A part of its own."""
        self._lines += [f"## {heading}", ""]

    def wrote(self, name: str, text: str) -> None:
        """Somebody has written."""
        self._lines += [f"**{name}** writes:", "", *_quoted(text), ""]

    def read(self, name: str, text: str, labels: Iterable[str] = ()) -> None:
        """Somebody has read this, with these buttons under it; the clock is the evening's."""
        told = _CLOCK.sub(f"Raised at {EVENING}", text)
        self._lines += [f"**{name}** reads:", "", *_quoted(told), ""]
        if shown := " ".join(f"`{label}`" for label in labels):
            self._lines += [f"> {shown}", ""]

    def pressed(self, name: str, label: str) -> None:
        """Somebody has pressed a button."""
        self._lines += [f"**{name}** presses `{label}`.", ""]

    def text(self) -> str:
        """All of it."""
        return "\n".join(self._lines).rstrip() + "\n"

    def is_as_in(self, path: Path, *, keep: bool) -> None:
        """Write it there, or fail with what is different."""
        if keep:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.text(), encoding="utf-8")
            return
        kept = path.read_text(encoding="utf-8").splitlines()
        changes = list(difflib.unified_diff(kept, self.text().splitlines(), str(path), "now"))
        assert not changes, "\n".join(["run with KEEP_PICTURES=1 to write it anew:", *changes])


def _quoted(text: str) -> list[str]:
    return [f"> {line}".rstrip() + ("  " if line else "") for line in text.splitlines()]
