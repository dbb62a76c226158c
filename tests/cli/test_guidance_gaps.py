"""What the guidance had nothing for: grouped, and without a parent's words unless asked for."""

import asyncio
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.messages import Incoming, Words
from bot.core.people import Role
from bot.core.triage import Route
from bot.settings import ROOT
from bot.storage.answers import NewAnswer, add_answer, save_feedback
from bot.storage.messages import add_message
from bot.storage.people import add_family, add_staff
from tests.cli.conftest import Run
from tests.databases import opened, rows

NOW = datetime.now(tz=UTC)
DENTIST = [
    "Marlowe is scared of the dentist",
    "how do I get a child who is afraid to the dentist",
    "she is so frightened of the dentist, Marlowe says",
]
VISA = "do we need a visa for turkey"


def asked(
    family: int, text: str, reason: str = "nothing_close", said: str | None = None, days: int = 1
) -> tuple[int, str, str, str | None, int]:
    """A question: whose, what, what came of it, what they thought of it, how long ago."""
    return family, text, reason, said, days


Asked = tuple[int, str, str, str | None, int]


async def _fill(url: str, questions: list[Asked]) -> None:
    async with opened(url) as storage, storage.database.transaction() as tx:
        dana = await add_staff(tx, "Dana", Role.THERAPIST)
        families = [await add_family(tx, dana, "GB", NOW) for _ in range(4)]
        for number, (family, text, reason, said, days) in enumerate(questions):
            at = NOW - timedelta(days=days)
            incoming = Incoming(number, family, number, "Sam", "en", at, Words(text))
            message_id = await add_message(tx, incoming, families[family].id, None, None)
            answer_id = 0
            for one in reason.split("+"):
                route = Route.ANSWER if one in ("covered", "chosen") else Route.NOT_COVERED
                page = "a-page" if route is Route.ANSWER else None
                new = NewAnswer(message_id, family, page, None, "r", route, one)
                answer_id = await add_answer(tx, new, at)
            if said:
                await save_feedback(tx, answer_id, said)


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A few pages, so that they are read quickly."""
    folder = tmp_path / "knowledge"
    (folder / "guidance").mkdir(parents=True)
    for path in sorted((ROOT / "knowledge" / "guidance").glob("[a-z]*.md"))[:6]:
        shutil.copy(path, folder / "guidance")
    return folder


def test_with_nothing_left_unanswered_that_is_said_in_one_calm_sentence(
    run: Run, stored: dict[str, object]
) -> None:
    found = run("guidance", "gaps", **stored)
    assert found.status == 0
    (line,) = found.out.strip().splitlines()
    assert line.startswith("No question of the last 30 days")


def test_questions_that_are_alike_are_one_group_without_their_words(
    run: Run, stored: dict[str, object], knowledge: Path
) -> None:
    questions = [asked(at, text) for at, text in enumerate(DENTIST)]
    asyncio.run(_fill(str(stored["database_url"]), [*questions, asked(0, VISA)]))
    out = run("guidance", "gaps", **stored, knowledge=knowledge).out
    assert "4 questions in 2 groups" in out
    assert "3 questions, 3 families" in out
    assert "1 question, 1 family" in out
    assert out.count("nearest: ") == 2
    for word in ("Marlowe", "marlowe", "visa", "turkey", "frightened"):
        assert word not in out


def test_only_what_was_declined_or_not_meant_and_lately_is_a_gap(
    run: Run, stored: dict[str, object], knowledge: Path
) -> None:
    questions = [
        asked(0, "answered and fine", "covered"),
        asked(0, "answered and helpful", "covered", "helpful"),
        asked(0, "hello", "greeting"),
        asked(0, "nearly, then chosen", "near_miss+chosen"),
        asked(0, "long ago", days=40),
        asked(0, "declined"),
        asked(0, "nearly", "near_miss"),
        asked(0, "none of these", "near_miss", "not_what_i_meant"),
        asked(0, "not meant", "covered", "not_what_i_meant"),
        asked(0, "chosen, and still not meant", "near_miss+chosen", "not_what_i_meant"),
    ]
    asyncio.run(_fill(str(stored["database_url"]), questions))
    shown = run("guidance", "gaps", "--with-text", "--by", "Dana", **stored, knowledge=knowledge)
    listed = {line.removeprefix("  > ") for line in shown.out.splitlines() if "  > " in line}
    assert listed == {text for _, text, *_ in questions[5:]}
    more = run("guidance", "gaps", "--days", "60", **stored, knowledge=knowledge)
    assert "6 questions in" in more.out


VIEWS = "select staff_id, how, detail from audit_entries where act = 'words_shown'"


def test_parents_words_are_shown_to_somebody_with_a_name_and_that_is_recorded(
    run: Run, stored: dict[str, object], knowledge: Path
) -> None:
    asyncio.run(_fill(str(stored["database_url"]), [asked(0, VISA)]))
    found = run("guidance", "gaps", "--with-text", "--by", "Dana", **stored, knowledge=knowledge)
    assert f"  > {VISA}" in found.out
    (line,) = [one for one in found.err.splitlines() if "parents' words were shown" in one]
    kept = json.loads(line)
    assert (kept["staff"], kept["count"]) == (1, 1)
    assert "visa" not in found.err
    assert rows(str(stored["database_url"]), VIEWS) == [
        (1, "guidance gaps --with-text", "messages=1")
    ]


def test_somebody_who_does_not_work_here_is_shown_no_words(
    run: Run, stored: dict[str, object], knowledge: Path
) -> None:
    asyncio.run(_fill(str(stored["database_url"]), [asked(0, VISA)]))
    found = run("guidance", "gaps", "--with-text", "--by", "Nobody", **stored, knowledge=knowledge)
    assert found.status == 1
    assert "clinic staff" in found.error
    assert VISA not in found.out
    assert rows(str(stored["database_url"]), VIEWS) == []


def test_groups_without_words_are_no_view_of_them(
    run: Run, stored: dict[str, object], knowledge: Path
) -> None:
    asyncio.run(_fill(str(stored["database_url"]), [asked(0, VISA)]))
    run("guidance", "gaps", **stored, knowledge=knowledge)
    assert rows(str(stored["database_url"]), VIEWS) == []


@pytest.mark.parametrize("rest", [(), ("--by", " ")])
def test_without_a_name_parents_words_are_not_shown(
    run: Run, stored: dict[str, object], rest: tuple[str, ...]
) -> None:
    found = run("guidance", "gaps", "--with-text", *rest, **stored)
    assert found.status == 2
    assert "--by" in found.err
