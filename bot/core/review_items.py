"""Review items: decisions of triage that a person doubted, for a clinician to label."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.core.people import Role, Staff
from bot.core.triage import Category, Route

REVIEWS_ALL = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})


class Doubt(StrEnum):
    """Why a decision is looked at again.

    not_urgent: it was flagged, and whoever took the flag closed it as not urgent after all.
    missed: it was not flagged, and a therapist says that it should have been.
    said_no: it was asked about, and the parent said that nobody is in danger.
    """

    NOT_URGENT = "not_urgent"
    MISSED = "missed"
    SAID_NO = "said_no"


class Label(StrEnum):
    """What a clinician says the message was; gray where clinicians would differ."""

    URGENT = "urgent"
    ROUTINE = "routine"
    GRAY = "gray"


@dataclass(frozen=True, slots=True)
class Decision:
    """What triage had decided on the message."""

    route: Route | None
    category: Category | None
    reason: str
    evidence: tuple[str, ...] = field(repr=False)
    score: float | None
    language: str
    version: str


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One message whose decision was doubted; `therapist_id` is None where a stranger wrote."""

    id: int
    doubt: Doubt
    raised_at: datetime
    therapist_id: int | None
    country: str
    decision: Decision
    text: str = field(repr=False)
    context: tuple[str, ...] = field(repr=False)
    label: Label | None = None
    category: Category | None = None

    @property
    def is_labelled(self) -> bool:
        """Whether a clinician has said what it was."""
        return self.label is not None


def may_review(by: Staff, therapist_id: int | None) -> bool:
    """Whether somebody may mark or label a message: the family's therapist, or who sees all."""
    return by.role in REVIEWS_ALL or (therapist_id is not None and by.id == therapist_id)


def suggested(item: ReviewItem) -> Label | None:
    """The label that the doubt speaks for; a parent's *No* speaks for none."""
    match item.doubt:
        case Doubt.NOT_URGENT:
            return Label.ROUTINE
        case Doubt.MISSED:
            return Label.URGENT
        case Doubt.SAID_NO:
            return None


def line_of(item: ReviewItem) -> dict[str, Any]:
    """A labelled item in the form of `knowledge/triage/`."""
    assert item.label is not None, "only labelled items have a line"
    urgent = item.label is Label.URGENT
    return {
        "id": f"review-{item.id}",
        "text": item.text,
        "context": list(item.context),
        "label": item.label.value,
        "category": (item.category or Category.OTHER_DANGER).value if urgent else None,
        "kind": "reviewed",
        "locale": f"{item.decision.language or 'en'}-{item.country}",
        "pair": None,
    }


def counted(items: Iterable[ReviewItem]) -> str:
    """How many there are of each label, in words: `3 urgent, 1 gray, 2 without a label`."""
    counts = Counter(item.label for item in items)
    parts = [f"{counts[label]} {label.value}" for label in Label if counts[label]]
    if counts[None]:
        parts.append(f"{counts[None]} without a label")
    return ", ".join(parts) or "none"
