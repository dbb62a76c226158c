"""The library as it stands in the repository: its form, and what may be served of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.content import load_documents, load_skills, load_themes
from bot.adapters.phrasebook import load_phrases
from bot.adapters.readability import flesch_kincaid_grade
from bot.core.answers import compose
from bot.core.guidance_form import check_library
from bot.core.passages import GuidanceDocument, ReviewStatus, is_served
from bot.settings import ROOT

DOCUMENTS = load_documents(ROOT / "knowledge" / "guidance")
SKILLS = load_skills(ROOT / "knowledge" / "skills")
THEMES = load_themes(ROOT / "knowledge" / "themes.yaml")
PHRASES = load_phrases(ROOT / "prompts")
LONGEST_FIRST_PART = 1000


def test_every_document_and_skill_is_in_its_form() -> None:
    assert check_library(DOCUMENTS, SKILLS, THEMES, flesch_kincaid_grade) == ()


def test_the_linter_finds_what_is_wrong() -> None:
    sections = {**DOCUMENTS[0].sections, "In short": "This always works. " * 30}
    spoilt = replace(
        DOCUMENTS[0], themes=("no-such-theme",), related=("nowhere",), sections=sections
    )
    found = {f.what.partition(":")[0] for f in check_library([spoilt], SKILLS, (), lambda _: 9.0)}
    assert found >= {"themes", "related", "In short", "a promise", "Try this"}


def test_there_are_four_documents_for_each_theme_and_two_dozen_skills() -> None:
    by_theme = {theme: sum(d.themes[0] == theme for d in DOCUMENTS) for theme in THEMES}
    assert min(by_theme.values()) >= 1, by_theme
    assert len(THEMES) == 34
    assert len(SKILLS) >= 8


def test_nothing_in_the_library_claims_to_be_reviewed() -> None:
    assert {document.review.status for document in DOCUMENTS} == {ReviewStatus.DRAFT}


@given(status=st.sampled_from(ReviewStatus), require_approved=st.booleans())
def test_nothing_withdrawn_or_unapproved_is_served_when_approval_is_required(
    status: ReviewStatus, require_approved: bool
) -> None:
    document = _with_status(DOCUMENTS[0], status)
    served = is_served(document, require_approved=require_approved)
    if status is ReviewStatus.WITHDRAWN or require_approved:
        assert served == (status is ReviewStatus.APPROVED)
    else:
        assert served


def _with_status(document: GuidanceDocument, status: ReviewStatus) -> GuidanceDocument:
    review = replace(document.review, status=status, sha256=document.sha256)
    return replace(document, review=review)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_every_answer_fits_a_phone_and_names_its_source_and_status(
    document: GuidanceDocument,
) -> None:
    reply = compose(document, PHRASES, answer_id=1, therapist="Dana")
    assert len(reply.text) <= LONGEST_FIRST_PART
    assert "not reviewed" in reply.text
    assert "From:" in reply.text
    assert {button.data for row in reply.buttons for button in row} >= {
        "helpful:1",
        "notthis:1",
        "ask:1",
        "more:1",
    }
