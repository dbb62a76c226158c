"""Measuring by command: on the clinic's own labelled messages, without showing or keeping them."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.core.messages import Incoming, Words
from bot.core.people import Role
from bot.core.review_items import Doubt, Label
from bot.core.triage import Category, Concern, Route, Verdict
from bot.storage.messages import add_message
from bot.storage.people import add_family, add_staff
from bot.storage.review_items import add_item, review_items_of, save_label
from bot.training import vectors
from tests.cli.conftest import Run
from tests.cli.test_triage_review import NOW
from tests.databases import opened

LABELLED = (
    ("she told me she wants to kill herself", Label.URGENT),
    ("thank you, that was plum-coloured", Label.ROUTINE),
    ("who can say", Label.GRAY),
)


async def _fill(url: str) -> None:
    async with opened(url) as storage, storage.database.transaction() as tx:
        dana = await add_staff(tx, "Dana", Role.THERAPIST)
        family = await add_family(tx, dana, "GB", NOW)
        for number, (text, _) in enumerate(LABELLED, start=1):
            incoming = Incoming(number, 1, number, "Sam", "en", NOW, Words(text))
            verdict = Verdict(Concern.NONE, None, "clear", (), 0.1, "en", "1-x")
            message_id = await add_message(tx, incoming, family.id, verdict, Route.ANSWER)
            await add_item(tx, message_id, Doubt.MISSED, NOW)
        for item, (_, label) in zip(await review_items_of(tx), LABELLED, strict=True):
            await save_label(tx, item.id, label, Category.OTHER_DANGER, dana, NOW)


def test_reviewed_messages_are_measured_without_being_shown_or_kept(
    run: Run, stored: dict[str, object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asyncio.run(_fill(str(stored["database_url"])))
    monkeypatch.setattr(vectors, "STORE", tmp_path / "vectors.npz")
    found = run("triage", "evaluate", "--reviewed", "--misses", **stored)
    assert found.status == 0
    assert "| all | 1 | 1 |" in found.out
    assert "no share here holds for an ordinary week" in found.out
    for text, _ in LABELLED:
        assert text not in found.out + found.err
    assert not (tmp_path / "vectors.npz").exists()


def test_with_nothing_labelled_that_is_said(run: Run, stored: dict[str, object]) -> None:
    found = run("triage", "evaluate", "--reviewed", **stored)
    assert "Nothing has a label yet" in found.out


def test_the_card_is_written_from_the_test_part_only(run: Run) -> None:
    any_file = str(Path(__file__))
    for wrong in (("--reviewed",), ("--part", "calibration"), ("--file", any_file)):
        assert run("triage", "evaluate", "--write-card", *wrong).status == 2


def test_the_messages_of_any_file_are_measured_without_being_kept(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(vectors, "STORE", tmp_path / "vectors.npz")
    rows = [
        {"id": str(number), "text": text, "label": label.value}
        for number, (text, label) in enumerate(LABELLED)
    ]
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    found = run("triage", "evaluate", "--file", str(path), "--misses")
    assert found.status == 0
    assert "## mine" in found.out
    assert "| all | 1 | 1 |" in found.out
    for text, _ in LABELLED:
        assert text not in found.out + found.err
    assert not (tmp_path / "vectors.npz").exists()


@pytest.mark.parametrize("line", ["no json", "[]", '{"id": "2", "text": "x", "label": "mild"}'])
def test_a_line_of_another_form_is_named_by_its_number(run: Run, tmp_path: Path, line: str) -> None:
    path = tmp_path / "mine.jsonl"
    good = {"id": "1", "text": "thank you", "label": "routine"}
    path.write_text(f"{json.dumps(good)}\n{line}\n", encoding="utf-8")
    found = run("triage", "evaluate", "--file", str(path))
    assert found.status == 1
    assert "mine.jsonl, line 2 is not a labelled message" in found.error


def test_a_file_with_nothing_to_measure_is_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('{"id": "1", "text": "who can say", "label": "gray"}\n', encoding="utf-8")
    assert (
        "no message that is urgent or routine" in run("triage", "evaluate", "--file", str(path)).out
    )
