"""Choosing the thresholds: how much doubt may cost, in checks and in false alarms."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.triage import Thresholds

FALSE_FLAGS = 0.03  # of routine messages, hard ones among them
MISSED = 0.02  # of urgent messages
MOST_CHECKS = 0.25  # of routine messages: beyond this nobody would go on using the bot

Numbers = NDArray[np.float32]
Labels = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judged:
    """Scores of messages that the model had not seen, and which of them a rule is certain of."""

    score: Numbers
    certain: Labels
    urgent: Labels

    @property
    def effective(self) -> Numbers:
        """The score that decides: a certain rule counts as one."""
        return np.where(self.certain, np.float32(1.0), self.score)


def thresholds(judged: Judged) -> Thresholds:
    """The flag where false alarms end; the check where misses end, unless that asks too often."""
    routine = np.sort(judged.effective[~judged.urgent])
    urgent = np.sort(judged.effective[judged.urgent])
    flag = _quantile(routine, 1.0 - FALSE_FLAGS)
    sparing = _quantile(routine, 1.0 - FALSE_FLAGS - MOST_CHECKS)
    careful = _quantile(urgent, MISSED)
    return Thresholds(flag, min(flag, max(sparing, careful)))


def _quantile(ordered: Numbers, share: float) -> float:
    return round(float(np.quantile(ordered, share)), 4)
