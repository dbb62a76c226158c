"""The labelled messages under `knowledge/triage/`, and which part each of them belongs to."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.errors import GuidanceError

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = ROOT / "knowledge" / "triage"
SPLIT = MESSAGES / "split.json"


class Part(StrEnum):
    """What a message may be used for; relatives always stand in the same part."""

    TRAIN = "train"
    CALIBRATION = "calibration"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled message."""

    id: str
    text: str
    context: tuple[str, ...]
    urgent: bool
    category: str
    kind: str
    locale: str
    pair: str | None
    file: str

    @property
    def language(self) -> str:
        """The language part of the locale; romanised languages keep their script."""
        parts = self.locale.split("-")
        return "-".join(parts[:2]) if "Latn" in parts else parts[0]


def read(folder: Path = MESSAGES) -> list[Example]:
    """Every labelled message of the folder, by file name and line; gray ones are left out."""
    return [example for path in sorted(folder.glob("*.jsonl")) for example in read_file(path)]


def read_file(path: Path) -> Iterator[Example]:
    """The messages of one file of JSON lines, gray ones left out.

    Raises:
        GuidanceError: a line is not in the form of `knowledge/triage/`; it is named by its number.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                found = _example(json.loads(line), path.stem)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise GuidanceError(
                    f"{path}, line {number} is not a labelled message ({type(error).__name__}); "
                    'it should be like {"id": "1", "text": "…", "label": "urgent" or "routine"}'
                ) from None
            if found is not None:
                yield found


def _example(row: dict[str, Any], file: str) -> Example | None:
    if row["label"] not in {"urgent", "routine", "gray"}:
        raise ValueError("no such label")
    if row["label"] == "gray":
        return None
    return Example(
        id=row["id"],
        text=row["text"],
        context=tuple(row.get("context") or ()),
        urgent=row["label"] == "urgent",
        category=row.get("category") or "",
        kind=row.get("kind") or "real",
        locale=row.get("locale") or "en",
        pair=row.get("pair") or None,
        file=file,
    )


def fingerprint(examples: Iterable[Example]) -> str:
    """A hash of everything that training sees, so that weights can name the data they come from."""
    digest = sha256()
    for example in examples:
        row = [example.id, example.text, list(example.context), example.urgent, example.category]
        digest.update(json.dumps(row, ensure_ascii=False).encode())
    return digest.hexdigest()


def parts(path: Path = SPLIT) -> dict[str, Part]:
    """The part of each message that was set apart; every other message is for training."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return {name: part for part in (Part.CALIBRATION, Part.TEST) for name in found[part.value]}


def of_part(examples: Sequence[Example], part: Part, split: dict[str, Part]) -> list[Example]:
    """The examples that belong to `part`."""
    return [example for example in examples if split.get(example.id, Part.TRAIN) is part]
