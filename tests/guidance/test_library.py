"""The library as it stands in the repository: its form, and what may be served of it."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.content import load_documents, load_skills, load_sources, load_themes
from bot.adapters.phrasebook import load_phrases
from bot.adapters.readability import flesch_kincaid_grade
from bot.core.answers import FIRST_LENGTH, compose, steps_of, therapist_lines_of
from bot.core.guidance_form import AGES, APPROACHES, check_library
from bot.core.passages import GuidanceDocument, Review, ReviewStatus, is_served
from bot.core.skill_form import check_skills
from bot.settings import ROOT

DOCUMENTS = load_documents(ROOT / "knowledge" / "guidance")
SKILLS = load_skills(ROOT / "knowledge" / "skills")
THEMES = load_themes(ROOT / "knowledge" / "themes.yaml")
PHRASES = load_phrases(ROOT / "prompts")
SOURCES = load_sources(ROOT / "knowledge" / "sources.yaml")


def test_every_document_and_skill_is_in_its_form() -> None:
    grade = flesch_kincaid_grade
    assert check_library(DOCUMENTS, SKILLS, THEMES, SOURCES, grade) == ()
    assert check_skills(SKILLS, DOCUMENTS, THEMES, SOURCES, grade) == ()


def test_there_are_four_documents_for_each_theme_and_two_dozen_skills() -> None:
    by_theme = {theme: sum(d.themes[0] == theme for d in DOCUMENTS) for theme in THEMES}
    assert min(by_theme.values()) >= 4, by_theme
    assert len(THEMES) == 34
    assert len(DOCUMENTS) >= 140
    assert len(SKILLS) >= 24


def test_every_age_and_approach_has_its_pages() -> None:
    assert {age for document in DOCUMENTS for age in document.ages} == AGES
    assert {document.approach for document in DOCUMENTS} == APPROACHES


def test_nothing_in_the_library_claims_to_be_reviewed() -> None:
    reviews = [*(d.review for d in DOCUMENTS), *(s.review for s in SKILLS)]
    assert {review.status for review in reviews} == {ReviewStatus.DRAFT}


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
    assert len(reply.text) <= FIRST_LENGTH
    assert f"\n2. {steps_of(document)[1]}" in reply.text
    assert "not reviewed" in reply.text
    assert "From:" in reply.text
    assert {button.data for row in reply.buttons for button in row} >= {
        "helpful:1",
        "notthis:1",
        "ask:1",
        "more:1",
    }


def test_an_approved_page_fits_a_phone_too_whoever_read_it() -> None:
    for document in DOCUMENTS:
        review = Review(
            ReviewStatus.APPROVED,
            "Dr Marguerite Featherstonehaugh-Okonkwo",
            date(2026, 11, 25),
            sha256=document.sha256,
        )
        reply = compose(
            replace(document, review=review), PHRASES, answer_id=1, therapist="Marguerite"
        )
        assert len(reply.text) <= FIRST_LENGTH, document.id
        assert "Reviewed by Dr Marguerite" in reply.text


def test_the_rest_of_every_page_says_what_to_do_when_somebody_is_in_danger() -> None:
    for document in DOCUMENTS:
        rest = compose(document, PHRASES, answer_id=1, therapist="Dana", part="more").text
        lines = [f"• {line}" for line in therapist_lines_of(document)]
        assert all(line in rest for line in lines), document.id
        assert "press **I need a person**" in rest


def test_answers_do_not_all_begin_alike() -> None:
    said = [PHRASES.say(f"answers.heard_{theme}") for theme in THEMES]
    openings = Counter(" ".join(line.split()[:2]) for line in said)
    assert len(set(said)) == len(THEMES)
    assert openings.most_common(1)[0][1] <= len(THEMES) // 4
