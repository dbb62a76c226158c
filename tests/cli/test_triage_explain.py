"""One decision at a glance: category, words, the part that decided, score against the lines."""

import pytest

from bot.adapters.embeddings import Embedder, large_embedder
from bot.adapters.explanation import START, shares_of
from bot.adapters.triage_model import TriageModel
from bot.core.rules import find
from tests.cli.conftest import Run

PLAIN = "she told me she swallowed the whole box of tablets"


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return large_embedder()


def test_an_urgent_message_names_its_rule_category_words_lines_and_version(run: Run) -> None:
    shown = run("triage", "explain", PLAIN).out
    assert "URGENT: a person is told at once" in shown
    assert "child_suicide_self_harm" in shown
    assert "swallowed the whole box of tablets" in " ".join(shown.split())
    assert "a rule is certain: overdosed" in shown
    assert "score     1.000  (flag 0." in shown
    assert "version 2-" in shown


def test_an_ordinary_message_says_that_nothing_was_seen(run: Run) -> None:
    shown = run("triage", "explain", "how do I praise him without overdoing it?").out
    assert "NOTHING: triage sees no danger" in shown
    assert "the fine-tuned reader" in shown


def test_the_message_before_counts(run: Run) -> None:
    before = "last month she took a box of tablets"
    shown = run("triage", "explain", "she did it again", "--before", before).out
    assert "URGENT" in shown
    assert "rule:again:" in shown


@pytest.mark.parametrize("text", [PLAIN, "how do I praise him?", "", "long " * 300])
def test_the_shares_of_the_parts_add_up_to_the_score(embedder: Embedder, text: str) -> None:
    shares = shares_of(embedder, text, ())
    assert shares[0].part == START
    odds = sum(share.adds for share in shares)
    score = TriageModel(embedder).read(text, (), find(text, ())).score
    assert 1 / (1 + 2.718281828**-odds) == pytest.approx(score, abs=1e-5)
