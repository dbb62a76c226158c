"""Writes down a journey as it is lived: who wrote what, and what they read."""

import difflib
from pathlib import Path

from tests.journeys.people import Person, Seen


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
        self._lines += [f"**{person.name}** writes:", "", *_quoted(text), ""]

    def reads(self, person: Person, message: Seen) -> Seen:
        """Somebody has read this."""
        self._lines += [f"**{person.name}** reads:", "", *_quoted(message.text), ""]
        if message.buttons:
            labels = " ".join(f"`{label}`" for label in message.buttons)
            self._lines += [f"> {labels}", ""]
        return message

    def presses(self, person: Person, label: str, under: Seen) -> None:
        """Somebody presses a button."""
        person.presses(label, under)
        self._lines += [f"**{person.name}** presses `{label}`.", ""]

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
