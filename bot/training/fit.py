"""Fitting the parts, then the stack on predictions for messages that the parts had not seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from bot.adapters.triage_parts import Kernel, Linear
from bot.core.triage import Category
from bot.training.corpus import Example
from bot.training.features import Numbers, Seen, matrix, rarity

SEED = 20
FOLDS = 5
WIDTH = 2.8  # of the kernel, on unit vectors
KERNEL_COST = 4.0
GRAM_COST = 30.0

Labels = NDArray[np.bool_]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The parts, fitted on some messages."""

    kernel: Kernel
    words: Linear
    letters: Linear

    def scores(self, seen: Seen) -> Numbers:
        """One row of part scores and rule features for each message, as the stack reads them."""
        windows = self.kernel.score(seen.window_rows)
        highest = np.full(len(seen), -np.inf, np.float32)
        np.maximum.at(highest, seen.window_of, windows.astype(np.float32))
        columns = [
            highest,
            np.asarray([self.words.score(row) for row in seen.words]),
            np.asarray([self.letters.score(row) for row in seen.letters]),
        ]
        return np.hstack([np.column_stack(columns), seen.rules]).astype(np.float32)


def fit_parts(seen: Seen, urgent: Labels) -> Fitted:
    """The kernel machine and the two linear models, fitted on `seen`."""
    return Fitted(
        _fit_kernel(seen, urgent),
        _fit_linear(seen.words, urgent),
        _fit_linear(seen.letters, urgent),
    )


def _fit_kernel(seen: Seen, urgent: Labels) -> Kernel:
    near = seen.messages @ seen.messages.T
    machine = SVC(C=KERNEL_COST, kernel="precomputed", cache_size=1000)
    machine.fit(np.exp(WIDTH * (near - 1.0)), urgent)
    support = machine.support_
    return Kernel(
        seen.messages[support].astype(np.float16).astype(np.float32),
        machine.dual_coef_[0].astype(np.float32),
        WIDTH,
        float(machine.intercept_[0]),
    )


def _fit_linear(rows: list[list[int]], urgent: Labels) -> Linear:
    weight = rarity(rows)
    model = LogisticRegression(
        C=GRAM_COST, solver="liblinear", max_iter=300, random_state=SEED
    ).fit(matrix(rows, weight), urgent)
    return Linear(
        (weight**2).astype(np.float16).astype(np.float32),
        (model.coef_[0] * weight).astype(np.float16).astype(np.float32),
        float(model.intercept_[0]),
    )


def folds(families: Sequence[str], count: int = FOLDS) -> NDArray[np.int64]:
    """The fold of each message: relatives share one, and the order of messages does not matter."""
    return np.asarray([int(sha256(name.encode()).hexdigest()[:8], 16) % count for name in families])


def unseen_scores(
    seen: Seen, urgent: Labels, fold: NDArray[np.int64], tell: Progress = lambda _: None
) -> Numbers:
    """The scores of each message by parts that were fitted without it and its relatives."""
    found: dict[int, Numbers] = {}
    for number in range(int(fold.max()) + 1):
        tell(f"fold {number + 1}")
        inside, outside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        scores = fit_parts(seen.take(inside), urgent[inside]).scores(seen.take(outside))
        found.update(zip(outside.tolist(), scores, strict=True))
    return np.stack([found[row] for row in range(len(seen))])


@dataclass(frozen=True, slots=True)
class Stack:
    """A logistic regression over part scores and rule features."""

    weights: Numbers
    offset: float

    def probability(self, scores: Numbers) -> Numbers:
        """The calibrated probability of danger of each row."""
        return np.asarray(1.0 / (1.0 + np.exp(-(scores @ self.weights + self.offset))), np.float32)


def fit_stack(scores: Numbers, urgent: Labels, weight: Numbers) -> Stack:
    """The stack, fitted on scores for unseen messages."""
    model = LogisticRegression(C=1.0, max_iter=5000).fit(scores, urgent, sample_weight=weight)
    return Stack(model.coef_[0].astype(np.float32), float(model.intercept_[0]))


def unseen_probabilities(
    scores: Numbers, urgent: Labels, weight: Numbers, fold: NDArray[np.int64]
) -> Numbers:
    """The probability of each message by a stack that was fitted without it and its relatives."""
    found = np.zeros(len(scores), np.float32)
    for number in range(int(fold.max()) + 1):
        out = fold == number
        stack = fit_stack(scores[~out], urgent[~out], weight[~out])
        found[out] = stack.probability(scores[out])
    return found


def fit_categories(
    seen: Seen, examples: Sequence[Example]
) -> tuple[Numbers, Numbers, tuple[Category, ...]]:
    """A linear model that names the kind of danger of an urgent message."""
    known = {category.value for category in Category}
    rows = [
        at for at, example in enumerate(examples) if example.urgent and example.category in known
    ]
    names = np.asarray([examples[row].category for row in rows])
    model = LogisticRegression(C=5.0, max_iter=1000).fit(seen.messages[rows], names)
    order = tuple(Category(name) for name in model.classes_)
    return model.coef_.astype(np.float32), model.intercept_.astype(np.float32), order
