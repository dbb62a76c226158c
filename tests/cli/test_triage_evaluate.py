"""Measuring by command: on the clinic's own labelled messages, without showing or keeping them."""

import asyncio
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
    for wrong in (("--reviewed",), ("--part", "calibration")):
        assert run("triage", "evaluate", "--write-card", *wrong).status == 2
