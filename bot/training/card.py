"""The part of the model card that is measured: figures, and every missed message of a set."""

from collections.abc import Iterator
from pathlib import Path

from bot.errors import SettingsError
from bot.training.corpus import ROOT, Example
from bot.training.evaluate import Measured
from bot.training.report import goal_lines

CARD = ROOT / "docs" / "safety" / "model-card.md"
BEGIN = "<!-- measured: written by `heldinmind triage evaluate --write-card`, not by hand -->"
END = "<!-- end of measured -->"


def write_card(measured: Measured, version: str, path: Path = CARD) -> None:
    """Fill the marked block of the model card; the rest of the page stays as it is.

    Raises:
        SettingsError: the page is not there, or has no such block.
    """
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SettingsError(f"{path} has no block between {BEGIN} and {END}")
    block = "\n".join(_lines(measured, version))
    path.write_text(f"{before}{BEGIN}\n{block}\n{END}{after}", encoding="utf-8")


def _lines(measured: Measured, version: str) -> Iterator[str]:
    yield f"Weights {version}, on the {measured.name}: {len(measured.examples)} messages.\n"
    yield from goal_lines(measured)
    yield f"\nUrgent messages of which triage said nothing ({len(measured.missed)}):\n"
    for example, score in measured.missed:
        yield f"- {_told(example)} ({example.id}, {example.category}, {example.kind}, {score:.3f})"


def _told(example: Example) -> str:
    """The message on one line, behind what came before it."""
    before = "".join(f"[before: {_flat(one)}] " for one in example.context)
    return f"{before}“{_flat(example.text)}”"


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("<", "&lt;").replace("|", "\\|")
