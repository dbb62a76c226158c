"""The dry run: BATCH's form to the letter, by the real models, with nothing stored or sent."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.crisis import load_crisis_numbers
from bot.core.triage import Category, Route
from bot.settings import ROOT
from tests.flows.clinic import say
from tests.journeys.processes import environment

pytestmark = pytest.mark.timeout(600)  # the first run of all embeds the whole guidance

KEYS = ["id", "route", "category", "reason", "evidence", "score", "reply", "guidance", "language"]
LINES = [
    {"id": "urgent", "text": "She told me tonight she wants to kill herself"},
    "this is not JSON",
    {"id": "ask", "text": "he nods at everything I say then does the opposite", "mood": "tired"},
    ["a", "list"],
    {"id": "hello", "text": "hello"},
    {"text": "no id"},
    {"id": "medicine", "text": "should we change his medication dose?"},
    {"id": "no text"},
    {"id": "odd context", "text": "hello", "context": "not a list"},
    {"id": "german", "text": "Mein Kind hat heute den ganzen Tag nichts gesagt, warum nur?"},
    {"id": "in context", "text": "she did it again", "context": ["Last month she took tablets"]},
    {"id": "alone", "text": "she did it again"},
    {"id": "empty", "text": ""},
]
BAD = {2, 4, 6, 8, 9}


def dry_run(data: Path, index: Path) -> "subprocess.Popen[str]":
    """The command with pipes, and with no way to the network."""
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "dry-run"],
        env=environment(data=data, index=index, country="GB") | nowhere,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def ran(
    index: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[subprocess.CompletedProcess[str], Path]:
    """One run on all the lines, and the data folder that it was given."""
    data = tmp_path_factory.mktemp("dry") / "data"
    lines = [one if isinstance(one, str) else json.dumps(one) for one in LINES]
    with dry_run(data, index) as asked:
        out, err = asked.communicate("\n".join([*lines, "", "  "]))
    return subprocess.CompletedProcess(asked.args, asked.returncode, out, err), data


@pytest.fixture(scope="module")
def decided(ran: tuple[subprocess.CompletedProcess[str], Path]) -> list[dict[str, Any]]:
    """What came out, line by line."""
    return [json.loads(line) for line in ran[0].stdout.splitlines()]


@pytest.fixture(scope="module")
def by_id(decided: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The decisions by the id that was given."""
    return {one["id"]: one for one in decided if one["id"]}


def test_there_is_one_line_out_for_each_line_in_in_the_same_order(
    decided: list[dict[str, Any]],
) -> None:
    expected = [
        None if number in BAD or not isinstance(line, dict) else line["id"]
        for number, line in enumerate(LINES, start=1)
    ]
    assert [one["id"] for one in decided] == expected


def test_a_bad_line_is_told_by_its_number_and_the_run_goes_on_to_status_1(
    ran: tuple[subprocess.CompletedProcess[str], Path], decided: list[dict[str, Any]]
) -> None:
    bad = [one for one in decided if "error" in one]
    assert {one["line"] for one in bad} == BAD
    assert all(set(one) == {"id", "line", "error"} and one["error"] for one in bad)
    assert ran[0].returncode == 1


def test_each_decision_has_every_part_in_its_type(by_id: dict[str, dict[str, Any]]) -> None:
    for one in by_id.values():
        assert list(one) == [*KEYS, "took_ms"]
        assert one["route"] in list(Route)
        assert one["category"] is None or one["category"] in list(Category)
        assert 0 <= one["score"] <= 1
        assert one["took_ms"] >= 0
        assert all(isinstance(words, str) for words in one["evidence"])
        for page in one["guidance"]:
            assert set(page) == {"id", "themes", "score"}
            assert 0 <= page["score"] <= 1
        assert "**" not in one["reply"]
        assert one["reply"].strip()


def test_an_urgent_message_gets_the_holding_message_and_no_guidance(
    by_id: dict[str, dict[str, Any]],
) -> None:
    urgent = by_id["urgent"]
    assert (urgent["route"], urgent["category"]) == ("urgent", "child_suicide_self_harm")
    assert urgent["guidance"] == []
    assert urgent["evidence"]
    emergency = load_crisis_numbers(ROOT / "knowledge" / "crisis").of("GB").emergency
    assert emergency in urgent["reply"]


def test_an_ordinary_question_gets_an_answer_with_its_pages(
    by_id: dict[str, dict[str, Any]],
) -> None:
    assert by_id["ask"]["route"] == "answer"
    assert by_id["ask"]["guidance"][0]["themes"]


def test_other_routes_say_what_the_bot_says(by_id: dict[str, dict[str, Any]]) -> None:
    assert (by_id["hello"]["route"], by_id["hello"]["reply"]) == (
        "not_covered",
        say("answers.greeting"),
    )
    assert by_id["medicine"]["route"] == "therapist"
    assert by_id["german"]["route"] in ("therapist", "check")
    assert by_id["german"]["language"].startswith("de")


def test_the_context_is_read_with_the_message(by_id: dict[str, dict[str, Any]]) -> None:
    assert by_id["in context"]["route"] == "urgent"
    assert by_id["alone"]["route"] == "check"


def test_it_stores_nothing_and_needs_no_network(
    ran: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    assert ran[0].stderr == ""
    assert not ran[1].exists()


MANY = 1000
FEW = 5
SHORT = ("hello", "he nods at tea", "thanks", "hi", "ok", "good morning", "bye", "thank you")
"""Read in 10 ms or so each, so that a thousand of them take no longer than a journey."""


def test_each_answer_comes_before_the_next_line_is_sent_and_a_thousand_come_in_order(
    index: Path, tmp_path: Path
) -> None:
    messages = [{"id": f"{n}", "text": SHORT[n % len(SHORT)]} for n in range(MANY)]
    lines = [json.dumps(one) + "\n" for one in messages]
    with dry_run(tmp_path / "data", index) as asked:
        assert asked.stdin is not None
        assert asked.stdout is not None
        ids = []
        for line in lines[:FEW]:
            asked.stdin.write(line)
            asked.stdin.flush()
            ids.append(json.loads(asked.stdout.readline())["id"])
        rest, err = asked.communicate("".join(lines[FEW:]))
    ids += [json.loads(line)["id"] for line in rest.splitlines()]
    assert ids == [one["id"] for one in messages]
    assert (asked.returncode, err) == (0, "")
