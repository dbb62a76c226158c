"""Reviewing what people doubted: nobody's words without a name, and every look is recorded."""

import asyncio
import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.messages import Incoming, Words
from bot.core.people import Role
from bot.core.review_items import Doubt
from bot.core.triage import Category, Concern, Route, Verdict
from bot.storage.messages import add_message
from bot.storage.people import add_family, add_staff, save_clinic
from bot.storage.review_items import add_item
from bot.training.corpus import read_file
from tests.cli.conftest import Run
from tests.databases import opened, rows

NOW = datetime.now(tz=UTC)
EARLIER, FLAGGED, MISSED, DENIED = (
    "plum-coloured before",
    "plum-coloured alarm",
    "plum-coloured hint",
    "plum-coloured doubt",
)
Stored = dict[str, object]


async def _fill(url: str) -> None:
    async with opened(url) as storage, storage.database.transaction() as tx:
        await save_clinic(tx, "the clinic", "GB", NOW)
        dana = await add_staff(tx, "Dana", Role.THERAPIST)
        omar = await add_staff(tx, "Omar", Role.THERAPIST)
        await add_staff(tx, "Sue", Role.SUPERVISOR)
        await add_staff(tx, "Noor", Role.ON_CALL)
        danas = await add_family(tx, dana, "IE", NOW)
        omars = await add_family(tx, omar, "GB", NOW)
        written = (
            (danas.id, EARLIER, None),
            (danas.id, FLAGGED, Doubt.NOT_URGENT),
            (danas.id, MISSED, Doubt.MISSED),
            (omars.id, DENIED, Doubt.SAID_NO),
        )
        for number, (family_id, text, doubt) in enumerate(written, start=1):
            incoming = Incoming(number, family_id, number, "Sam", "en", NOW, Words(text))
            category = Category.SUBSTANCE_DANGER
            verdict = Verdict(Concern.CHECK, category, "model", (text,), 0.42, "en", "1-x")
            message_id = await add_message(tx, incoming, family_id, verdict, Route.CHECK)
            if doubt:
                await add_item(tx, message_id, doubt, NOW)


VIEWS = """
    select staff_id, how, detail from audit_entries where starts_with(act, 'words') order by number
"""


def views(stored: Stored) -> list[tuple[object, ...]]:
    """Who was shown words, by which command, and what the trail says besides."""
    return rows(str(stored["database_url"]), VIEWS)


@pytest.fixture
def doubted(stored: Stored) -> Stored:
    """The settings of a clinic where three decisions were doubted."""
    asyncio.run(_fill(str(stored["database_url"])))
    return stored


def test_with_nothing_to_review_that_is_said(run: Run, stored: Stored) -> None:
    assert run("triage", "review", **stored).out.strip() == "Nothing waits for review."


def test_without_a_name_the_items_are_listed_and_no_word_is_shown(
    run: Run, doubted: Stored
) -> None:
    found = run("triage", "review", **doubted)
    assert found.status == 0
    for word in ("not_urgent", "missed", "said_no", "check", "0.42"):
        assert word in found.out
    assert "plum" not in found.out
    assert views(doubted) == []


def test_a_therapist_labels_those_of_their_own_families(run: Run, doubted: Stored) -> None:
    found = run("triage", "review", "--by", "dana", typed="\nu\n1\n", **doubted)
    assert found.status == 0
    assert FLAGGED in found.out
    assert MISSED in found.out
    assert f"before: {EARLIER}" in found.out
    assert DENIED not in found.out
    assert "2 labelled, 0 left." in found.out
    assert views(doubted) == [(1, "triage review", ""), (1, "triage review", "")]
    listed = run("triage", "review", "--again", **doubted).out
    assert "routine" in listed, "what the closed flag speaks for is the suggestion"
    assert "urgent" in listed


def test_a_supervisor_sees_all_and_a_parents_no_suggests_nothing(run: Run, doubted: Stored) -> None:
    found = run("triage", "review", "--by", "Sue", typed="s\ns\n\nx\ng\n", **doubted)
    assert DENIED in found.out
    assert "1 labelled, 2 left." in found.out


def test_quitting_keeps_what_was_labelled_before(run: Run, doubted: Stored) -> None:
    run("triage", "review", "--by", "Sue", typed="g\nq\n", **doubted)
    assert "For review: 1 gray, 2 without a label." in run("triage", "export", **doubted).out
    assert len(views(doubted)) == 2, "the second was seen as well"


@pytest.mark.parametrize(
    ("name", "says"), [("Somebody", "nobody of that name"), ("Noor", "on-call"), (" ", "nobody")]
)
def test_who_has_no_part_in_it_is_shown_nothing(
    run: Run, doubted: Stored, name: str, says: str
) -> None:
    for command in (("review",), ("export", "--with-text")):
        found = run("triage", *command, "--by", name, **doubted)
        assert found.status != 0
        assert "plum" not in found.out + found.err
        if name.strip() or command == ("review",):
            assert says in found.error
    assert views(doubted) == []


def test_an_export_is_a_dry_run_until_somebody_is_named(run: Run, doubted: Stored) -> None:
    found = run("triage", "export", **doubted)
    assert found.status == 0
    assert "3 without a label" in found.out
    assert "Nothing was written" in found.out
    assert "plum" not in found.out
    assert run("triage", "export", "--with-text", **doubted).status == 2
    assert views(doubted) == []


def test_what_was_labelled_is_exported_as_training_messages_are_written(
    run: Run, doubted: Stored, tmp_path: Path
) -> None:
    run("triage", "review", "--by", "Dana", typed="\nu\n1\n", **doubted)
    path = tmp_path / "reviewed.jsonl"
    found = run("triage", "export", "--with-text", "--by", "Dana", "--out", str(path), **doubted)
    assert found.status == 0
    assert "plum" not in found.out + found.err
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["text"] for line in lines] == [FLAGGED, MISSED]
    assert lines[1]["category"] == "child_suicide_self_harm"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    read = list(read_file(path))
    assert [(one.urgent, one.locale, one.context) for one in read] == [
        (False, "en-IE", (EARLIER,)),
        (True, "en-IE", (EARLIER, FLAGGED)),
    ]
    assert views(doubted)[-1] == (1, "triage export", "messages=2")


def test_an_export_without_a_file_goes_to_standard_output(run: Run, doubted: Stored) -> None:
    run("triage", "review", "--by", "Dana", typed="g\nq\n", **doubted)
    out = run("triage", "export", "--with-text", "--by", "Dana", **doubted).out
    (line,) = out.strip().splitlines()
    assert json.loads(line)["label"] == "gray"
