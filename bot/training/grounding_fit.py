"""Fits the few weights of the grounding gate, and chooses the score from which a sentence is said.

The weights of the measures are fitted on `train`. How much the reader counts, and the bound, are
chosen on `calibration`, which neither the reader nor the weights have seen.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from bot.adapters.embeddings import Embedder
from bot.adapters.grounding import HEAD, MEASURES, Head, Reads, measures_of
from bot.core.grounding import broken_rule, plain
from bot.core.passages import GuidanceDocument
from bot.training.grounding import Case, places_of, read_cases

STRENGTH = 0.3  # of the fit; weaker fits are pulled towards nought
READINGS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
MISSED = 0.01  # of what is not carried, on the calibration part, may pass
Rows = NDArray[np.float64]


class Labelled:
    """The labelled sentences of a part, measured: only those that no rule has dropped."""

    def __init__(
        self,
        cases: Sequence[Case],
        pages: Mapping[str, Mapping[str, str]],
        embedder: Embedder,
        reader: Reads | None,
    ) -> None:
        every = [(case, carrying(case, pages)) for case in cases]
        left = [(c, text) for c, text in every if broken_rule(c.text, text) is None]
        self.rows: Rows = np.array([measures_of(plain(c.text), t, embedder) for c, t in left])
        self.carries = np.array(
            [reader.carries(t, plain(c.text)) if reader else 0 for c, t in left]
        )
        self.carried = np.array([case.carried for case, _ in left])
        self.not_carried_in_all = sum(not case.carried for case in cases)


def carrying(case: Case, pages: Mapping[str, Mapping[str, str]]) -> str:
    """The text of the passages that a labelled sentence claims."""
    return plain(" ".join(pages[case.page][place] for place in case.places))


def fit(
    documents: Sequence[GuidanceDocument], embedder: Embedder, reader: Reads, reader_sha256: str
) -> Head:
    """The head for a reader."""
    pages = {document.id: places_of(document) for document in documents}
    train = Labelled(read_cases("train"), pages, embedder, None)
    calibration = Labelled(read_cases("calibration"), pages, embedder, reader)
    scaler = StandardScaler().fit(train.rows)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(scaler.transform(train.rows), train.carried)
    weights = model.coef_[0] / scaler.scale_
    constant = float(model.intercept_[0] - weights @ scaler.mean_)
    own = calibration.rows @ weights + constant
    reading, bound = max(
        ((much, _bound(own + much * calibration.carries, calibration)) for much in READINGS),
        key=lambda chosen: _passed(own + chosen[0] * calibration.carries, chosen[1], calibration),
    )
    named = {name: round(float(x), 5) for name, x in zip(MEASURES, weights, strict=True)}
    return Head(named, round(constant, 5), reading, round(bound, 4), reader_sha256)


def _bound(scores: Rows, part: Labelled) -> float:
    """The lowest score above all but the few sentences that may be missed, and a little more."""
    wrong = np.sort(scores[~part.carried])[::-1]
    return float(wrong[int(MISSED * part.not_carried_in_all)]) + 1e-3


def _passed(scores: Rows, bound: float, part: Labelled) -> float:
    """How many carried sentences pass; between equals, the better ordered scores."""
    good, bad = scores[part.carried], scores[~part.carried]
    return float((good >= bound).mean() + 0.1 * (good[:, None] > bad[None, :]).mean())


def save(head: Head, path: Path = HEAD) -> None:
    """Write a head where the gate reads it."""
    path.write_text(json.dumps(asdict(head), indent=1) + "\n", encoding="utf-8")
