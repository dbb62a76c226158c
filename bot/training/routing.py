"""Trains the ranking and the routing head; the same data gives the same weights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from bot.adapters.embedding_cache import Embeds
from bot.adapters.ranking import Ranked
from bot.adapters.router import (
    COVERED,
    GRAMS,
    GRAMS_GAIN,
    LABELS,
    NOT_COVERED,
    WANTED,
    Router,
    dense_features,
    findings,
    grams_of,
)
from bot.adapters.topics import Topics
from bot.core.asking import Sign, signs_in
from bot.core.passages import GuidanceDocument
from bot.core.routing import Bounds, by_signs
from bot.training.questions import LabelledQuestion
from bot.training.ranking import fit_ranking, look_up_lines, look_up_questions
from bot.training.topics import fit_topics, shares_unseen, taught_by

NEVER = Bounds(2.0, 2.0, 2.0)
STEPS = np.linspace(0.02, 0.98, 97)
LINE = 0.1  # a line from a document counts as so much of a labelled question
PARTS = 5
NEAR = 0.3  # of the bound of an answer: from there up, titles are offered
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """A text as it was looked up, the signs in the message, its label and how much it counts."""

    text: str
    signs: tuple[Sign, ...]
    vector: Floats
    ranked: Ranked
    label: str
    count: float


def train(
    documents: Sequence[GuidanceDocument],
    embedder: Embeds,
    fit: Sequence[LabelledQuestion],
    calibrate: Sequence[LabelledQuestion],
) -> Router:
    """Fit ranking and head on `fit` and the documents' lines; choose the bounds on the rest.

    The bounds are chosen on `calibrate` together with `fit`, each part of which is judged by a
    head that has not seen it.
    """
    taught = taught_by(documents, fit)
    vectors = embedder.embed([one.text for one in taught])
    topics = fit_topics(taught, vectors)
    labels = topics.labels
    unseen = shares_unseen(taught, vectors, labels)
    cut = len(taught) - len(fit)
    lines = look_up_lines(documents, embedder, unseen[:cut], labels)
    asked = look_up_questions(documents, embedder, fit, unseen[cut:], labels)
    weights = fit_ranking([lines, asked])
    ids = [document.id for document in documents]
    known = _examples(lines.texts, embedder, lines.ranked(ids, weights), COVERED, LINE)
    own = _labelled(fit, embedder, asked.ranked(ids, weights))
    theirs = _shares(topics, embedder, calibrate)
    checked = look_up_questions(documents, embedder, calibrate, theirs, labels)
    others = _labelled(calibrate, embedder, checked.ranked(ids, weights))
    router = _fit(topics, weights, [*own, *known])
    judged = [_judge(router, example) for example in others]
    for part in range(PARTS):
        rest = [example for at, example in enumerate(own) if at % PARTS != part]
        unaware = _fit(topics, weights, [*rest, *known])
        judged += [_judge(unaware, example) for example in own[part::PARTS]]
    return replace(router, bounds=_bounds(judged))


def _shares(topics: Topics, embedder: Embeds, questions: Sequence[LabelledQuestion]) -> Floats:
    texts = [one.read for one in questions]
    rows = zip(texts, embedder.embed(texts), strict=True)
    return np.stack([topics.shares(text, vector) for text, vector in rows])


def _labelled(
    questions: Sequence[LabelledQuestion], embedder: Embeds, ranked: Sequence[Ranked]
) -> list[Example]:
    vectors = embedder.embed([one.read for one in questions])
    rows = zip(questions, vectors, ranked, strict=True)
    return [
        Example(one.read, signs_in(one.text), v, r, _label(one.kind), 1.0) for one, v, r in rows
    ]


def _label(kind: str) -> str:
    return kind if kind in LABELS else NOT_COVERED


def _examples(
    texts: Sequence[str], embedder: Embeds, ranked: Sequence[Ranked], label: str, count: float
) -> list[Example]:
    rows = zip(texts, embedder.embed(texts), ranked, strict=True)
    return [Example(text, signs_in(text), v, found, label, count) for text, v, found in rows]


def _fit(topics: Topics, weights: Floats, examples: Sequence[Example]) -> Router:
    usual = np.stack([findings(e.ranked, e.text) for e in examples if e.count == 1.0])
    mean, spread = usual.mean(axis=0), usual.std(axis=0) + 1e-6
    dense = np.stack(
        [dense_features(e.text, e.vector, e.ranked, e.signs, mean, spread) for e in examples]
    )
    labels = np.array([LABELS.index(e.label) for e in examples])
    counts = np.array([e.count for e in examples])
    per_label = np.bincount(labels, counts, len(LABELS))
    counts *= (per_label.sum() / len(LABELS) / per_label)[labels]
    model = LogisticRegression(C=1.0, max_iter=3000)
    model.fit(hstack([csr_matrix(dense), _grams(examples)]).tocsr(), labels, counts)
    learnt = model.coef_.astype(np.float32)
    cut = dense.shape[1]
    offsets = model.intercept_.astype(np.float32)
    return Router(topics, weights, mean, spread, learnt[:, :cut], learnt[:, cut:], offsets, NEVER)


def _grams(examples: Sequence[Example]) -> csr_matrix:
    found = [grams_of(example.text) for example in examples]
    rows = np.repeat(np.arange(len(found)), [len(own) for own in found])
    values = np.concatenate([np.full(len(own), GRAMS_GAIN / len(own) ** 0.5) for own in found])
    return csr_matrix((values, (rows, np.concatenate(found))), shape=(len(found), GRAMS))


@dataclass(frozen=True, slots=True)
class Judged:
    """What the head made of a text whose label is known."""

    label: str
    covered: float
    therapist: float


def _judge(router: Router, example: Example) -> Judged:
    found = router.likelihood(example.text, example.vector, example.ranked, example.signs)
    if by_signs(example.signs):  # decided before the head is asked
        return Judged("settled", 0.0, 0.0)
    therapist = sum(found[intent] for intent in WANTED)
    return Judged(example.label, found[COVERED], therapist)


def _bounds(judged: Sequence[Judged]) -> Bounds:
    """The bounds under which the rates of right routes are best together."""
    wanted = {intent.value for intent in WANTED}
    passed = [one.therapist for one in judged if one.label in wanted]
    kept = [one.therapist for one in judged if one.label in (COVERED, NOT_COVERED)]
    therapist = _best_step(passed, kept)
    left = [one for one in judged if one.therapist < therapist]
    answered = [one.covered for one in left if one.label == COVERED]
    declined = [one.covered for one in left if one.label == NOT_COVERED]
    answer = _best_step(answered, declined)
    return Bounds(answer=answer, near=answer * NEAR, therapist=therapist)


def _best_step(above: Sequence[float], below: Sequence[float]) -> float:
    high, low = np.array(above), np.array(below)
    right = [float((high >= at).mean() + (low < at).mean()) for at in STEPS]
    best = max(range(len(STEPS)), key=lambda n: (right[n], -abs(STEPS[n] - 0.5)))
    return float(STEPS[best])
