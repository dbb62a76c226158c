"""Whether a score of 0.3 means three in ten, and what other thresholds would do."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Labels = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Bin:
    """Messages of about the same score: what the model says of them, and what they are."""

    says: float
    are_urgent: float
    count: int


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold would do: the share of urgent messages below it, of routine ones above."""

    threshold: float
    urgent_below: float
    routine_above: float


def bins(scores: Sequence[float], urgent: Sequence[bool], count: int = 10) -> list[Bin]:
    """The messages in `count` equal steps of the score; empty steps are left out."""
    at = np.asarray(scores, np.float64)
    labels = np.asarray(urgent, np.bool_)
    step = np.minimum((at * count).astype(int), count - 1)
    return [
        Bin(float(at[step == one].mean()), float(labels[step == one].mean()), int(sum(step == one)))
        for one in range(count)
        if (step == one).any()
    ]


def calibration_error(found: Sequence[Bin]) -> float:
    """How far the score is from the share, over all messages (expected calibration error)."""
    total = sum(one.count for one in found)
    return sum(one.count * abs(one.says - one.are_urgent) for one in found) / total


def curve(scores: Sequence[float], urgent: Sequence[bool], steps: int = 200) -> list[Point]:
    """What each threshold from 0 to 1 would do."""
    at, labels = np.asarray(scores, np.float64), np.asarray(urgent, np.bool_)
    return [_point(float(one), at, labels) for one in np.linspace(0.0, 1.0, steps + 1)]


def _point(threshold: float, scores: Scores, urgent: Labels) -> Point:
    below = scores < threshold
    return Point(threshold, float(below[urgent].mean()), float((~below)[~urgent].mean()))
