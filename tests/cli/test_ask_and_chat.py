"""Asking the bot in a terminal: one question, or a conversation through a pipe; nobody is told."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.adapters.crisis import load_crisis_numbers
from bot.settings import ROOT
from tests.cli.conftest import Ran, Run
from tests.journeys.processes import environment
from tests.journeys.words import ANSWER, HOLDING, ORDINARY, URGENT

pytestmark = pytest.mark.timeout(600)  # the first run of all embeds the whole guidance

PAGE = "nods-then-does-the-opposite"
SOURCE = "\nFrom: "
PROMPT = "you> "
AGAIN, BEFORE_IT = "she did it again", "Last month she took tablets"
EMERGENCY = load_crisis_numbers(ROOT / "knowledge" / "crisis").of("GB").emergency


@pytest.fixture
def ask(run: Run, index: Path) -> Callable[..., Ran]:
    """Run `heldinmind ask …`."""
    return lambda *words: run("ask", *words, index=index, country="GB")


def test_a_question_is_answered_with_its_source_and_asked_why_says_what_decided(
    ask: Callable[..., Ran],
) -> None:
    found = ask("--why", ORDINARY)
    assert (found.status, found.err) == (0, "")
    reply, _, why = found.out.partition("\nroute: ")
    assert ANSWER in reply
    assert SOURCE in reply
    decision = why.splitlines()
    assert decision[0] == "answer"
    assert [line.partition(":")[0] for line in decision[1:]] == [
        *("category", "reason", "evidence", "score", "guidance", "language")
    ]
    assert f"'id': '{PAGE}'" in decision[5]


def test_an_urgent_question_gets_the_holding_message_and_no_guidance(
    ask: Callable[..., Ran],
) -> None:
    found = ask(URGENT)
    assert (found.status, found.err) == (0, "")
    assert found.out.startswith(HOLDING)
    assert EMERGENCY in found.out
    assert ANSWER not in found.out
    assert SOURCE not in found.out
    assert "route:" not in found.out, "nobody asked why"


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: what was said to each line, how it ended, and its data folder."""

    replies: dict[int, str]
    ran: subprocess.CompletedProcess[str]
    data: Path


LINES = (AGAIN, ORDINARY, "", BEFORE_IT, AGAIN, URGENT)


@pytest.fixture(scope="module")
def talk(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Talk:
    """`heldinmind chat` as a process of its own, fed through a pipe."""
    data = tmp_path_factory.mktemp("chat") / "data"
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "chat"],
        input="".join(f"{line}\n" for line in LINES),
        env=environment(data=data, index=index, country="GB"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    _, *said = ran.stdout.split(PROMPT)
    assert len(said) == len(LINES) + 1, ran.stdout + ran.stderr
    return Talk({number: one.strip() for number, one in enumerate(said)}, ran, data)


def test_a_line_of_a_conversation_is_answered_with_its_source(talk: Talk) -> None:
    answered = talk.replies[LINES.index(ORDINARY)]
    assert answered.startswith("[answer] ")
    assert ANSWER in answered
    assert SOURCE in answered


def test_an_urgent_line_gets_the_holding_message_and_no_guidance(talk: Talk) -> None:
    urgent = talk.replies[LINES.index(URGENT)]
    assert urgent.startswith(f"[urgent] {HOLDING}")
    assert EMERGENCY in urgent
    assert ANSWER not in urgent
    assert SOURCE not in urgent


def test_a_line_is_read_with_those_before_it(talk: Talk) -> None:
    assert not talk.replies[0].startswith("[urgent] ")
    assert talk.replies[4].startswith("[urgent] ")


def test_a_conversation_ends_with_its_lines_and_stores_nothing(talk: Talk) -> None:
    assert talk.replies[LINES.index("")] == "", "an empty line is no message"
    assert talk.replies[len(LINES)] == ""
    assert (talk.ran.returncode, talk.ran.stderr) == (0, "")
    assert not talk.data.exists()
