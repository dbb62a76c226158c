"""A clinic approves a page by writing down who read it and when."""

from datetime import date
from pathlib import Path

import pytest

from bot.adapters.content import document_from
from bot.core.passages import ReviewStatus, is_served
from bot.errors import GuidanceError
from bot.settings import ROOT

PAGE = ROOT / "knowledge" / "guidance" / "nods-then-does-the-opposite.md"
DRAFT = "review: {status: draft, by: null, on: null, due: null}"


def _reviewed(folder: Path, review: str) -> Path:
    text = PAGE.read_text(encoding="utf-8")
    assert DRAFT in text, "the page is a draft in the form that every page has"
    path = folder / PAGE.name
    path.write_text(text.replace(DRAFT, review), encoding="utf-8")
    return path


@pytest.mark.parametrize("on", ["on", '"on"'])
def test_a_page_with_a_reviewer_and_a_date_is_approved(tmp_path: Path, on: str) -> None:
    read = document_from(PAGE).sha256
    review = (
        f'review: {{status: approved, by: "A. Reader", {on}: 2026-11-25, due: 2027-11-25, '
        f'sha256: "{read}"}}'
    )
    document = document_from(_reviewed(tmp_path, review))
    assert document.review.status is ReviewStatus.APPROVED
    assert (document.review.by, document.review.on) == ("A. Reader", date(2026, 11, 25))
    assert is_served(document, require_approved=True)


@pytest.mark.parametrize("known", ['by: "A. Reader"', "on: 2026-11-25"])
def test_nobody_approves_without_a_name_and_a_date(tmp_path: Path, known: str) -> None:
    with pytest.raises(GuidanceError, match="approved by whom and on which date"):
        document_from(_reviewed(tmp_path, f"review: {{status: approved, {known}}}"))


def test_reviewing_a_page_does_not_change_what_the_reviewer_stands_behind(tmp_path: Path) -> None:
    draft = document_from(PAGE)
    review = 'review: {status: approved, by: "A. Reader", on: 2026-11-25, due: null}'
    assert document_from(_reviewed(tmp_path, review)).sha256 == draft.sha256
