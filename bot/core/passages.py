"""Guidance documents and their passages: what the bot may say, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

SECTIONS = (
    "In short",
    "Try this",
    "Words you can use",
    "Why it helps",
    "Ask your therapist if",
)


class ReviewStatus(StrEnum):
    """Whether the clinic has read a document and stands behind it."""

    DRAFT = "draft"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document's facts come from."""

    title: str
    publisher: str | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Who reviewed a document, and until when that holds."""

    status: ReviewStatus
    by: str | None = None
    on: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class GuidanceDocument:
    """One document for one question that a parent really has."""

    id: str
    title: str
    themes: tuple[str, ...]
    approach: str
    ages: tuple[str, ...]
    sources: tuple[Source, ...]
    parents_say: tuple[str, ...]
    related: tuple[str, ...]
    skills: tuple[str, ...]
    version: int
    review: Review
    sections: Mapping[str, str] = field(repr=False)
    sha256: str

    def section(self, name: str) -> str:
        """The text under one of the `SECTIONS`."""
        return self.sections[name]


@dataclass(frozen=True, slots=True)
class Match:
    """A document that may answer a question; `score` is 0 to 1."""

    document_id: str
    themes: tuple[str, ...]
    score: float
