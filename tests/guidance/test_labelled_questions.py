"""The labelled questions: three parts that never mix, read with what was said before them."""

import json
from pathlib import Path

import pytest

from bot.core.triage import Route
from bot.training.questions import FOLDER, read_questions

PARTS = ("train", "calibration", "test")
THEMES = Path(__file__).resolve().parents[2] / "knowledge" / "themes.yaml"


def _ids(part: str) -> list[str]:
    lines = (FOLDER / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["id"] for line in lines]


def test_no_id_stands_twice() -> None:
    ids = [id_ for part in PARTS for id_ in _ids(part)]
    assert len(ids) == len(set(ids))


def test_no_question_with_its_context_stands_in_two_parts() -> None:
    asked = {
        part: {(one.text.casefold(), one.context) for one in read_questions(part)} for part in PARTS
    }
    assert not asked["train"] & asked["calibration"]
    assert not asked["train"] & asked["test"]
    assert not asked["calibration"] & asked["test"]


@pytest.mark.parametrize("part", PARTS)
def test_covered_questions_and_only_they_name_themes_of_the_library(part: str) -> None:
    known = THEMES.read_text(encoding="utf-8")
    for one in read_questions(part):
        assert bool(one.themes) == (one.wanted is Route.ANSWER), one.text
        assert all(f"- id: {theme}" in known for theme in one.themes), one.text


def test_a_follow_up_is_read_together_with_the_message_before_it(tmp_path: Path) -> None:
    row = {"id": "a", "text": "and if she says no", "kind": "covered", "context": ["we said sorry"]}
    (tmp_path / "test.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert read_questions("test", tmp_path)[0].read == "we said sorry and if she says no"


def test_a_message_that_stands_by_itself_is_read_alone(tmp_path: Path) -> None:
    text = "my daughter wants her therapist to come to the school play"
    row = {"id": "a", "text": text, "kind": "covered", "context": ["we said sorry"]}
    (tmp_path / "test.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert read_questions("test", tmp_path)[0].read == text
