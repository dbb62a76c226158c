"""Approving and withdrawing pages and skills: who stands behind which words, and until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from bot.core.guidance_form import Finding
from bot.core.passages import GuidanceDocument, Review, ReviewStatus
from bot.core.skills import Skill
from bot.errors import GuidanceError

Reviewed = GuidanceDocument | Skill  # what a clinic approves or withdraws
One = TypeVar("One", bound=Reviewed)


@dataclass(frozen=True, slots=True)
class Decided:
    """A page or a skill, and the review it gets."""

    document: Reviewed
    review: Review

    @property
    def reviewed(self) -> Reviewed:
        """The page or skill as it is with that review."""
        return replace(self.document, review=self.review)


def named(documents: Iterable[One], ids: Sequence[str]) -> list[One]:
    """The pages or skills with these ids, each once, in the order in which they were asked for.

    Raises:
        GuidanceError: there is none of an id; names those that are near.
    """
    found = {document.id: document for document in documents}
    missing = [unknown(id_, found, "page") for id_ in ids if id_ not in found]
    if missing:
        raise GuidanceError("\n".join([*missing, "See heldinmind guidance list"]))
    return [found[id_] for id_ in dict.fromkeys(ids)]


def unknown(name: str, known: Iterable[str], what: str) -> str:
    """That there is none of this name, and which are near."""
    near = get_close_matches(name, list(known), n=3, cutoff=0.5)
    asked = f"; did you mean {', '.join(near)}?" if near else ""
    return f"There is no {what} {name}{asked}"


def approve(document: Reviewed, by: str, on: date, due: date | None, *, today: date) -> Decided:
    """The words as they stand are read and approved; an earlier review is replaced.

    Raises:
        GuidanceError: nobody is named, or the dates cannot be.
    """
    name = name_of(by)
    if on > today:
        raise GuidanceError(f"--on {on} is yet to come: it is the day on which the page was read")
    if due is not None and due <= today:
        raise GuidanceError(f"--due {due} is not ahead: it is the day by which it is read again")
    review = Review(ReviewStatus.APPROVED, name, on, due, document.sha256)
    return Decided(document, review)


def withdraw(document: Reviewed, by: str, on: date, reason: str) -> Decided:
    """Nobody is answered from it any more.

    Raises:
        GuidanceError: it is withdrawn already, or there is no name or reason.
    """
    if document.review.status is ReviewStatus.WITHDRAWN:
        raise GuidanceError(f"{document.id}: already {describe(document, on)}")
    why = " ".join(reason.split())
    if not why:
        raise GuidanceError("--reason is empty: say why the page is withdrawn")
    return Decided(document, Review(ReviewStatus.WITHDRAWN, name_of(by), on, reason=why))


def name_of(by: str) -> str:
    """Whoever answers for a decision, in one line.

    Raises:
        GuidanceError: nobody is named.
    """
    name = " ".join(by.split())
    if not name:
        raise GuidanceError("--by is empty: it is the name of whoever answers for it")
    return name


def unapproved(documents: Iterable[One]) -> list[One]:
    """What `--all` approves: every draft, also those edited since; nothing that was withdrawn."""
    return [document for document in documents if document.status is ReviewStatus.DRAFT]


def is_edited_since(document: Reviewed) -> bool:
    """Whether it was approved in other words than it has now."""
    review = document.review
    return review.status is ReviewStatus.APPROVED and review.sha256 not in (None, document.sha256)


def is_lost(document: Reviewed) -> bool:
    """Whether an approval is written down that counts no more."""
    return document.review.status is ReviewStatus.APPROVED is not document.status


def is_overdue(document: Reviewed, today: date) -> bool:
    """Whether an approval that counts should have been renewed by now."""
    due = document.review.due
    return document.status is ReviewStatus.APPROVED and due is not None and due < today


def describe(document: Reviewed, today: date) -> str:
    """The status with what it rests on, such as `approved by A. Reader on 2026-11-25`."""
    review = document.review
    whom = f"by {review.by} on {review.on}" if review.by and review.on else ""
    match document.status:
        case ReviewStatus.WITHDRAWN:
            return ": ".join(part for part in (f"withdrawn {whom}".strip(), review.reason) if part)
        case ReviewStatus.APPROVED:
            return f"approved {whom}{_due(document, today)}"
        case _:
            return f"draft{_lost(document)}"


def _due(document: Reviewed, today: date) -> str:
    if document.review.due is None:
        return ""
    past = "; was to be read again by" if is_overdue(document, today) else ", until"
    return f"{past} {document.review.due}"


def _lost(document: Reviewed) -> str:
    """Why an approval that is written down counts no more."""
    review = document.review
    if is_edited_since(document):
        return f" (edited since {review.by} approved it on {review.on})"
    if is_lost(document):
        return f" (the approval by {review.by} on {review.on} does not say which words were read)"
    return ""


def check_reviews(documents: Iterable[Reviewed], today: date) -> tuple[Finding, ...]:
    """Approvals that count no more, and those whose date has passed."""
    return tuple(
        Finding(document.id, f"review: {describe(document, today)}")
        for document in documents
        if is_lost(document) or is_overdue(document, today)
    )
