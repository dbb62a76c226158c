"""Questions as parents put them, labelled with where they should go; three parts that never mix."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.asking import is_follow_up, readings_of
from bot.core.triage import Route

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "evaluation" / "questions"
WANTED = {
    "covered": Route.ANSWER,
    "clinical": Route.THERAPIST,
    "admin": Route.THERAPIST,
    "wish_for_therapist": Route.THERAPIST,
}


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question, its kind, the themes of which a good answer has one, and what was said before."""

    text: str
    kind: str
    themes: frozenset[str]
    context: tuple[str, ...] = ()

    @property
    def wanted(self) -> Route:
        """Where it should go."""
        return WANTED.get(self.kind, Route.NOT_COVERED)

    @property
    def read(self) -> str:
        """The question together with what it leans on, as it is looked up."""
        if not self.context or not is_follow_up(self.text):
            return self.text
        return readings_of(self.text, self.context)[1]


def read_questions(part: str, folder: Path = FOLDER) -> Sequence[LabelledQuestion]:
    """The questions of one part: train, calibration or test."""
    lines = (folder / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        LabelledQuestion(
            row["text"],
            row["kind"],
            frozenset(row.get("themes", ())),
            tuple(row.get("context", ())),
        )
        for row in rows
    ]
