"""Triage: is anybody in danger? Decided before anything else happens to a message."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from bot.core.wording import normalise

COVERED = frozenset({"en"})
_CALL_FOR_HELP = re.compile(
    r"[^\w/]*(?:(?:please|pls|plz|somebody|someone|can you|i need|god) )*help(?: me| us)?"
    r"(?: (?:please|pls|plz|now|someone|somebody))*\W*"
)


class Route(StrEnum):
    """Where a message goes."""

    URGENT = "urgent"
    CHECK = "check"
    THERAPIST = "therapist"
    ANSWER = "answer"
    NOT_COVERED = "not_covered"


class Category(StrEnum):
    """What kind of danger an urgent message speaks of."""

    CHILD_SUICIDE_SELF_HARM = "child_suicide_self_harm"
    PARENT_SUICIDE_SELF_HARM = "parent_suicide_self_harm"
    ABUSE_OR_NEGLECT_OF_CHILD = "abuse_or_neglect_of_child"
    PARENT_LOSING_CONTROL = "parent_losing_control"
    VIOLENCE_OR_WEAPONS = "violence_or_weapons"
    DOMESTIC_VIOLENCE = "domestic_violence"
    MEDICAL_EMERGENCY = "medical_emergency"
    MISSING_OR_RUNAWAY = "missing_or_runaway"
    PSYCHOSIS_OR_MANIA = "psychosis_or_mania"
    ONLINE_EXPLOITATION = "online_exploitation"
    SUBSTANCE_DANGER = "substance_danger"
    OTHER_DANGER = "other_danger"


class Concern(StrEnum):
    """How worried triage is, before guidance is looked at."""

    URGENT = "urgent"
    CHECK = "check"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule found words that it knows. A `certain` hit is urgent by itself.

    `guard` names what made a hit uncertain: a negation, a game, a figure of speech, old history.
    """

    rule: str
    category: Category
    words: str
    certain: bool
    guard: str = ""


@dataclass(frozen=True, slots=True)
class ModelReading:
    """What the trained model makes of a message.

    `score` is a calibrated probability of danger, 0 to 1; `words` are those that moved it most.
    """

    score: float
    category: Category | None
    words: tuple[str, ...]
    version: str


FLAG_BOUNDS, CHECK_BOUNDS = (0.1, 0.8), (0.01, 0.15)
"""Between which scores a clinic may set each line. Beyond them the model would be as good as off,
or everything a flag."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores from `flag` up are urgent; from `check` up to `flag` a safety check is asked."""

    flag: float
    check: float

    def __post_init__(self) -> None:
        """Refuse thresholds with which a message could never be flagged, or never be compared."""
        if not 0.0 <= self.check <= self.flag <= 1.0:
            raise ValueError(
                f"the check ({self.check}) should not be above the flag ({self.flag}), "
                "both between 0 and 1"
            )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Triage's decision, with what a therapist needs to judge it at a glance."""

    concern: Concern
    category: Category | None
    reason: str
    evidence: tuple[str, ...]
    score: float
    language: str
    version: str


def is_covered(language: str) -> bool:
    """Whether the models read this language well enough for an answer from guidance to follow."""
    return language.split("-")[0] in COVERED and "Latn" not in language


def decide(
    text: str,
    hits: Sequence[RuleHit],
    reading: ModelReading,
    thresholds: Thresholds,
    language: str,
) -> Verdict:
    """Rules and model together: a certain rule or a score from the flag up is urgent.

    A score in the band below, a bare call for help, or words that a rule knows in a language the
    model does not cover, are worth a question; a message without a word in it says nothing.

    Raises:
        ValueError: the score is no number; such a one is above no threshold.
    """
    certain = next((hit for hit in hits if hit.certain), None)
    if certain is not None:
        return _verdict(text, Concern.URGENT, f"rule:{certain.rule}", hits, reading, language)
    if not isfinite(reading.score):
        raise ValueError("the model's score is no number")
    if not hits and not any(sign.isalnum() for sign in normalise(text)):
        return Verdict(Concern.NONE, None, "no_words", (), reading.score, language, reading.version)
    if reading.score >= thresholds.flag:
        return _verdict(text, Concern.URGENT, "model", hits, reading, language)
    if reading.score >= thresholds.check:
        return _verdict(text, Concern.CHECK, "near_the_line", hits, reading, language)
    if _CALL_FOR_HELP.fullmatch(text.lower()):
        return _verdict(text, Concern.CHECK, "call_for_help", hits, reading, language)
    if not is_covered(language) and any(not hit.guard for hit in hits):
        return _verdict(text, Concern.CHECK, "words_in_another_language", hits, reading, language)
    return Verdict(Concern.NONE, None, "clear", (), reading.score, language, reading.version)


def _as_written(text: str, words: str) -> str:
    at = text.lower().find(words)
    return text[at : at + len(words)] if at >= 0 else words


def _verdict(
    text: str,
    concern: Concern,
    reason: str,
    hits: Sequence[RuleHit],
    reading: ModelReading,
    language: str,
) -> Verdict:
    speaking = [hit for hit in hits if not hit.guard]
    words = dict.fromkeys(hit.words for hit in speaking) or dict.fromkeys(reading.words)
    category = speaking[0].category if speaking else reading.category
    certain = any(hit.certain for hit in hits)
    score = 1.0 if certain else reading.score
    return Verdict(
        concern,
        category or Category.OTHER_DANGER,
        reason,
        tuple(_as_written(text, part) for part in words),
        score,
        language,
        reading.version,
    )
