"""Training and measuring: parts that never mix, weights that come from the data, honest shares."""

import numpy as np
import pytest

from bot.adapters.embeddings import large_embedder
from bot.adapters.triage_model import WEIGHTS
from bot.adapters.triage_parts import Parts, digest
from bot.core.triage import Concern
from bot.training import calibrate, corpus, fit
from bot.training.corpus import Example, Part
from bot.training.features import look
from bot.training.measure import Share, row
from bot.training.split import families, part_of
from bot.training.train import for_training
from bot.training.vectors import KeptVectors


@pytest.fixture(scope="module")
def sample() -> list[Example]:
    return [one for one in corpus.read() if one.file == "plain-chat"][:120]


def test_relatives_of_what_is_set_apart_are_not_trained_on() -> None:
    examples, split = corpus.read(), corpus.parts()
    related = families(examples)
    apart = {related[one.id] for one in examples if one.id in split}
    assert not [one.id for one in examples if related[one.id] in apart and one.id not in split]


def test_nothing_of_the_test_part_is_trained_on() -> None:
    examples, split = corpus.read(), corpus.parts()
    test = {one.id for one in corpus.of_part(examples, Part.TEST, split)}
    assert len(test) > 1000
    assert not test & {one.id for one in for_training(examples, split)}


def test_the_part_of_a_family_is_always_the_same() -> None:
    assert part_of("aa0001") is part_of("aa0001")
    assert {part_of(f"family {number}") for number in range(60)} == set(Part)


def test_messages_that_share_phrases_are_one_family() -> None:
    text = "she hid the blue cup under the stairs by the red door again"
    one, two, other = (
        Example(name, body, (), True, "", "plain", "en", None, "x")
        for name, body in (("a", text), ("b", f"so {text} today"), ("c", "we had soup for tea"))
    )
    found = families([one, two, other])
    assert found["a"] == found["b"] != found["c"]


def test_the_weights_name_the_messages_that_they_come_from() -> None:
    examples = for_training(corpus.read(), corpus.parts())
    with np.load(WEIGHTS) as file:
        manifest = str(file["manifest"])
        kept = {name: file[name] for name in file.files}
    assert corpus.fingerprint(examples) in manifest
    assert digest(kept) in manifest
    assert 0 < Parts.read(WEIGHTS).thresholds.check < Parts.read(WEIGHTS).thresholds.flag < 1


def test_training_twice_gives_the_same_numbers(
    sample: list[Example], tmp_path_factory: pytest.TempPathFactory
) -> None:
    vectors = KeptVectors(large_embedder(), tmp_path_factory.mktemp("vectors") / "kept.npz")
    seen = look(sample, vectors)
    urgent = np.asarray([one.urgent for one in sample])
    first, second = (fit.fit_parts(seen, urgent).scores(seen) for _ in range(2))
    assert np.array_equal(first, second)
    assert first[urgent, 0].mean() > first[~urgent, 0].mean()


def test_thresholds_hold_what_they_promise() -> None:
    rng = np.random.default_rng(20)
    urgent = rng.random(4000) < 0.5
    score = np.clip(rng.normal(np.where(urgent, 0.7, 0.3), 0.15), 0, 1).astype(np.float32)
    judged = calibrate.Judged(score, np.zeros(4000, bool), urgent)
    line = calibrate.thresholds(judged)
    assert line.check <= line.flag
    assert (score[~urgent] >= line.flag).mean() <= calibrate.FALSE_FLAGS + 0.002
    checked = ((score >= line.check) & (score < line.flag))[~urgent].mean()
    assert checked <= calibrate.MOST_CHECKS + 0.002
    assert (score[urgent] < line.check).mean() <= calibrate.MISSED + 0.002


def test_a_share_knows_how_little_few_messages_say() -> None:
    low, high = Share(0, 20).interval
    assert low == 0.0
    assert high == pytest.approx(0.161, abs=0.001)
    assert str(Share(0, 0)) == "–"


def test_no_concern_for_an_urgent_message_counts_as_missed(sample: list[Example]) -> None:
    concerns = [Concern.NONE if one.urgent else Concern.CHECK for one in sample]
    figures = row("all", sample, concerns)
    assert figures.missed.value == 1.0
    assert figures.checks.value == 1.0
    assert figures.false_flags.hits == 0
