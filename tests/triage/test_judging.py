"""Triage as the bot uses it: what is plain, what is harmless, and what happens when it breaks."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.adapters.embeddings import Vectors, large_embedder
from bot.adapters.triage import Triage
from bot.adapters.triage_model import TriageModel
from bot.core.triage import Category, Concern
from bot.errors import ModelError


@pytest.fixture(scope="module")
def triage() -> Triage:
    found = Triage(large_embedder())
    found.load()
    return found


@pytest.mark.parametrize(
    ("message", "category"),
    [
        ("She told me tonight she wants to kill herself.", Category.CHILD_SUICIDE_SELF_HARM),
        ("I don't want to be alive any more", Category.PARENT_SUICIDE_SELF_HARM),
        ("my toddler drank some bleach, she is coughing", Category.MEDICAL_EMERGENCY),
        ("my husband hit me again and I'm scared to go home", Category.DOMESTIC_VIOLENCE),
        ("I shook the baby", Category.PARENT_LOSING_CONTROL),
        ("his uncle has been touching him", Category.ABUSE_OR_NEGLECT_OF_CHILD),
    ],
)
def test_what_is_said_outright_is_urgent_and_named(
    triage: Triage, message: str, category: Category
) -> None:
    verdict = triage.judge(message, ())
    assert verdict.concern is Concern.URGENT
    assert verdict.category is category
    assert verdict.evidence


@pytest.mark.parametrize(
    "message",
    [
        "I could have died laughing when she told the waiter to use his inside voice",
        "he nods at everything I say then does the opposite",
        "she's killing it at swimming this term",
        "thank you, that helped a lot",
        "how do I get him to put his shoes on in the morning",
    ],
)
def test_an_ordinary_message_is_not_flagged(triage: Triage, message: str) -> None:
    assert triage.judge(message, ()).concern is not Concern.URGENT


def test_the_conversation_is_read_with_the_message(triage: Triage) -> None:
    before = ("last month she took a whole box of tablets and we were in A&E all night",)
    assert triage.judge("she did it again", before).concern is Concern.URGENT


class Broken:
    """An embedder that fails, or gives vectors of the wrong width."""

    name = "broken"

    def __init__(self, width: int | None) -> None:
        self._width = width

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self._width is None:
            raise MemoryError
        return np.zeros((len(texts), self._width), np.float32)


@pytest.mark.parametrize("width", [None, 3])
def test_a_broken_embedder_means_that_a_person_is_told(width: int | None) -> None:
    verdict = Triage(Broken(width)).judge("a quiet day", ())
    assert (verdict.concern, verdict.category) == (Concern.URGENT, Category.OTHER_DANGER)
    assert verdict.reason == "triage_failed"


def test_missing_weights_are_told_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="triage train"):
        TriageModel(large_embedder(), tmp_path / "none.npz").load()


def test_damaged_weights_are_told_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(b"not weights")
    with pytest.raises(ModelError, match="damaged"):
        TriageModel(large_embedder(), path).load()
