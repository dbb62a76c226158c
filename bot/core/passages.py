"""Guidance documents and their passages: what the bot may say, and where it stands."""

import hashlib
from collections.abc import Iterable, Mapping
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

APPROACHES = ("communication", "repair", "attachment", "partnership", "home")
AGES = ("0-5", "6-11", "12-17")


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
    """What somebody decided about a text, until when that holds, and the hash of what they read."""

    status: ReviewStatus
    by: str | None = None
    on: date | None = None
    due: date | None = None
    sha256: str | None = None
    reason: str | None = None

    def holds_for(self, sha256: str) -> ReviewStatus:
        """The status of the text with this hash: an approval of other words is none."""
        if self.status is ReviewStatus.APPROVED and self.sha256 != sha256:
            return ReviewStatus.DRAFT
        return self.status


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

    @property
    def status(self) -> ReviewStatus:
        """What its review is worth for the words as they stand; edited since, it is a draft."""
        return self.review.holds_for(self.sha256)


@dataclass(frozen=True, slots=True)
class Match:
    """A document that may answer a question; `score` is 0 to 1."""

    document_id: str
    themes: tuple[str, ...]
    score: float


class PassageKind(StrEnum):
    """What a passage is made from: a section of the text, or one way in which parents put it."""

    SECTION = "section"
    PARENTS_SAY = "parents_say"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that a question is compared with."""

    document_id: str
    kind: PassageKind
    text: str

    @property
    def id(self) -> str:
        """The same for the same words, so an index knows what it already holds."""
        digest = hashlib.sha256(self.text.encode()).hexdigest()[:20]
        return f"{self.document_id}:{self.kind}:{digest}"


def document_of(passage_id: str) -> str:
    """The document that a passage belongs to, as its id says."""
    return passage_id.split(":", 1)[0]


def passages_of(document: GuidanceDocument) -> tuple[Passage, ...]:
    """A document cut up: each section under its title and theme, and each way of asking."""
    about = f"{document.title} ({document.themes[0].replace('-', ' ')})"
    sections = [
        Passage(document.id, PassageKind.SECTION, f"{about}. {name}: {text}")
        for name, text in document.sections.items()
    ]
    asked = dict.fromkeys((document.title, *document.parents_say))
    return (*sections, *(Passage(document.id, PassageKind.PARENTS_SAY, text) for text in asked))


def is_served(document: GuidanceDocument, *, require_approved: bool) -> bool:
    """Whether parents may be answered from it: withdrawn never, drafts unless approval is asked."""
    if require_approved:
        return document.status is ReviewStatus.APPROVED
    return document.status is not ReviewStatus.WITHDRAWN


def release_of(documents: Iterable[GuidanceDocument]) -> str:
    """A short hash of exactly what is served: ids and the hashes of the files."""
    lines = sorted(f"{document.id} {document.sha256}" for document in documents)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
