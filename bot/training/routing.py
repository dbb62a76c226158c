"""Trains and measures the routing head; the same data gives the same weights."""

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.adapters.embedding_cache import Embeds
from bot.adapters.guidance import Guidance
from bot.adapters.router import COVERED, WANTED, Router, coverage_features, intent_features
from bot.core.asking import signs_in
from bot.core.routing import Bounds
from bot.training.questions import LabelledQuestion

OTHER = "other"
NEVER = Bounds(2.0, 2.0, 2.0)
STEPS = np.linspace(0.05, 0.95, 91)


def train(
    guidance: Guidance,
    embedder: Embeds,
    fit: Sequence[LabelledQuestion],
    calibrate: Sequence[LabelledQuestion],
) -> Router:
    """Fit both models on `fit`, and choose the bounds on `calibrate`."""
    intent = _fit_intent(guidance, embedder, fit)
    coverage = _fit_coverage(guidance, fit)
    router = Router(
        intent.coef_.astype(np.float32),
        intent.intercept_.astype(np.float32),
        coverage.coef_[0].astype(np.float32),
        float(coverage.intercept_[0]),
        NEVER,
    )
    bounds = _choose_bounds(router, guidance, calibrate)
    return Router(
        router.intent_weights,
        router.intent_offsets,
        router.coverage_weights,
        router.coverage_offset,
        bounds,
    )


def _fit_intent(
    guidance: Guidance, embedder: Embeds, fit: Sequence[LabelledQuestion]
) -> LogisticRegression:
    labels = [str(intent) for intent in WANTED]
    rows = [(one.text, one.kind if one.kind in labels else OTHER) for one in fit]
    rows += [(line, OTHER) for d in guidance.documents.values() for line in d.parents_say]
    vectors = embedder.embed([text for text, _ in rows])
    features = [
        intent_features(vector, signs_in(text))
        for (text, _), vector in zip(rows, vectors, strict=True)
    ]
    numbers = {label: at for at, label in enumerate([*labels, OTHER])}
    model = LogisticRegression(C=20.0, class_weight="balanced", max_iter=2000)
    return model.fit(np.stack(features), [numbers[label] for _, label in rows])


def _fit_coverage(guidance: Guidance, fit: Sequence[LabelledQuestion]) -> LogisticRegression:
    rows = [one for one in fit if one.kind in (COVERED, "not_covered")]
    features = [_coverage(guidance, one) for one in rows]
    model = LogisticRegression(C=3.0, class_weight="balanced", max_iter=2000)
    return model.fit(np.stack(features), [one.kind == COVERED for one in rows])


def _coverage(guidance: Guidance, one: LabelledQuestion) -> np.ndarray:
    read = guidance.read(one.text, ())
    assert read is not None, "there are documents to rank"
    return coverage_features(read.ranked, read.text)


def _choose_bounds(
    router: Router, guidance: Guidance, calibrate: Sequence[LabelledQuestion]
) -> Bounds:
    """The bounds that make the mean of the rates of right routes best."""
    rows = []
    for one in calibrate:
        read = guidance.read(one.text, ())
        assert read is not None
        found = router.likelihood(one.text, read.vector, read.ranked, signs_in(one.text))
        wish = sum(found[str(intent)] for intent in WANTED)
        rows.append((one.kind, wish, found[COVERED]))
    therapist = max(STEPS, key=lambda at: (_therapist_rate(rows, at), -abs(at - 0.5)))
    answer = max(STEPS, key=lambda at: (_answer_rate(rows, at), -abs(at - 0.5)))
    return Bounds(answer=float(answer), near=float(answer) * 0.6, therapist=float(therapist))


Row = tuple[str, float, float]


def _rate(flags: Sequence[bool]) -> float:
    return sum(flags) / max(len(flags), 1)


def _therapist_rate(rows: Sequence[Row], at: float) -> float:
    passed = _rate([wish >= at for kind, wish, _ in rows if kind in set(map(str, WANTED))])
    kept = _rate([wish < at for kind, wish, _ in rows if kind in (COVERED, "not_covered")])
    return passed + kept


def _answer_rate(rows: Sequence[Row], at: float) -> float:
    answered = _rate([covered >= at for kind, _, covered in rows if kind == COVERED])
    declined = _rate([covered < at for kind, _, covered in rows if kind == "not_covered"])
    return answered + declined
