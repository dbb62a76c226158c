"""Writes approvals and withdrawals into pages and skills, and keeps what was approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.approved_texts import ApprovedTexts
from bot.adapters.content import file_of, read_text
from bot.adapters.review_file import with_review, without_review, write
from bot.core.passages import ReviewStatus
from bot.core.reviews import Decided


@dataclass(frozen=True, slots=True)
class Change:
    """What is about to be written into one page or skill."""

    decided: Decided
    path: Path
    before: str
    after: str


def prepare_reviews(knowledge: Path, decided: Sequence[Decided]) -> tuple[Change, ...]:
    """What each file under the folder of all guidance will be; nothing is written.

    Raises:
        GuidanceError: a review cannot be written without changing something else.
    """
    changes = []
    for one in decided:
        path = file_of(one.document, knowledge)
        before = read_text(path)
        changes.append(Change(one, path, before, with_review(before, one.review, path)))
    return tuple(changes)


def write_reviews(changes: Sequence[Change], approved: ApprovedTexts) -> None:
    """Write them, each file at once; a copy of what is approved is kept first.

    Raises:
        GuidanceError: a file or the data folder cannot be written.
    """
    for change in changes:
        review = change.decided.review
        if review.status is ReviewStatus.APPROVED and review.sha256:
            approved.keep(review.sha256, without_review(change.before, change.path))
        write(change.path, change.after)
