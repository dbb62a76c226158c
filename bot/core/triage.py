"""Triage: is anybody in danger? Decided before anything else happens to a message."""

from dataclasses import dataclass
from enum import StrEnum


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
    """A rule found words that it knows. A `certain` hit is urgent by itself."""

    rule: str
    category: Category
    words: str
    certain: bool


@dataclass(frozen=True, slots=True)
class ModelReading:
    """What the trained model makes of a message.

    `score` is a calibrated probability of danger, 0 to 1; `words` are those that moved it most.
    """

    score: float
    category: Category | None
    words: tuple[str, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores from `flag` up are urgent; from `check` up to `flag` a safety check is asked."""

    flag: float
    check: float


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
