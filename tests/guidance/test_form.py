"""What `guidance check` finds in a page: one thing spoilt at a time, and exactly that is named."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.content import load_documents, load_skills, load_sources, load_themes
from bot.core.guidance_form import check_library
from bot.core.passages import GuidanceDocument, Source
from bot.settings import ROOT

KNOWLEDGE = ROOT / "knowledge"
DOCUMENTS = load_documents(KNOWLEDGE / "guidance")
SKILLS = load_skills(KNOWLEDGE / "skills")
THEMES = load_themes(KNOWLEDGE / "themes.yaml")
SOURCES = load_sources(KNOWLEDGE / "sources.yaml")
PAGE, OTHER = DOCUMENTS[0], DOCUMENTS[1]
COMMON = Source("Common ground of the field (no single source)", None)


def _found(*documents: GuidanceDocument, grade: float = 5.0) -> set[str]:
    """What is said of these pages when they take the place of their like in the library."""
    changed = {document.id: document for document in documents}
    library = [changed.pop(one.id, one) for one in DOCUMENTS]
    found = check_library(
        [*library, *changed.values()], SKILLS, THEMES, SOURCES, lambda text: grade
    )
    return {finding.what for finding in found}


def _with(**sections: str) -> GuidanceDocument:
    named = {name.replace("_", " "): text for name, text in sections.items()}
    return replace(PAGE, sections={**PAGE.sections, **named})


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"themes": ("no-such-theme",)}, "themes: no-such-theme not in themes.yaml"),
        ({"themes": ()}, "themes: 0 of them; 1 to 4 are wanted"),
        ({"approach": "magic"}, "approach: magic is none of"),
        ({"ages": ("6-12",)}, "ages: 6-12 should be some of"),
        ({"parents_say": ("help",) * 20}, "parents_say: 1 ways; 12 are wanted"),
        ({"related": ()}, "related: none"),
        ({"related": ("nowhere",)}, "related: there is no other document nowhere"),
        ({"related": (PAGE.id,)}, f"related: there is no other document {PAGE.id}"),
        ({"skills": ("juggling",)}, "skills: there is no skill juggling"),
        ({"title": "When " * 20}, "title: 100 characters; 75 at most fit a button"),
        ({"sources": ()}, "sources: none"),
    ],
)
def test_front_matter_that_is_wrong_is_named(changed: Mapping[str, Any], what: str) -> None:
    found = _found(replace(PAGE, **changed))
    assert any(one.startswith(what) for one in found), found


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("Just breathe.", "a word that makes light of it: 'Just'"),
        ("Simply wait.", "a word that makes light of it: 'Simply'"),
        ("This always works.", "a promise: 'always works'"),
        ("They will be fine.", "a promise: 'will be fine'"),
        ("Your child has ADHD.", "a diagnosis: 'Your child has ADHD'"),
        ("You should have known.", "blame: 'You should have'"),
    ],
)
def test_a_tone_that_hurts_is_named(sentence: str, what: str) -> None:
    assert what in _found(_with(Why_it_helps=sentence))


def test_a_text_that_reassures_is_not_taken_for_blame_or_promise() -> None:
    kind = "It is not your fault. Tears do not mean that you failed. Nobody can promise it."
    assert _found(_with(Why_it_helps=kind)) == set()


def test_a_section_too_long_for_a_phone_is_named() -> None:
    assert "In short: 61 words; at most 60 fit a phone" in _found(_with(In_short="word " * 61))


def test_a_text_that_is_hard_to_read_is_named() -> None:
    found = _found(grade=7.1)
    assert found == {
        "In short: reading grade 7.1; 7 at most",
        "Try this: reading grade 7.1; 7 at most",
    }


@pytest.mark.parametrize(
    ("section", "text", "what"),
    [
        ("Try_this", "1. One\n2. Two", "Try this: 2 points; 3 to 5 are wanted"),
        ("Words_you_can_use", '- "One"', "Words you can use: 1 points; 2 to 5 are wanted"),
        ("Ask_your_therapist_if", "- one", "Ask your therapist if: 1 points; 2 to 5 are wanted"),
    ],
)
def test_too_few_steps_or_lines_are_named(section: str, text: str, what: str) -> None:
    assert what in _found(_with(**{section: text}))


def test_a_source_that_nobody_read_is_named() -> None:
    made_up = Source("A study of everything", "Somebody", 2024)
    what = "sources: 'A study of everything' does not stand like this in sources.yaml"
    assert what in _found(replace(PAGE, sources=(*PAGE.sources, made_up)))


def test_a_known_source_with_another_year_is_named() -> None:
    wrong = replace(SOURCES[0].source, year=1999)
    assert any("does not stand like this" in one for one in _found(replace(PAGE, sources=(wrong,))))


def test_a_text_that_speaks_of_a_source_owes_it() -> None:
    page = replace(_with(Why_it_helps="Karani and colleagues looked at it."), sources=(COMMON,))
    assert any(one.startswith("sources: the text says 'karani' and owes") for one in _found(page))


def test_two_pages_that_say_nearly_the_same_are_named() -> None:
    twin = replace(OTHER, sections={**OTHER.sections, **PAGE.sections})
    assert f"says nearly the same as {OTHER.id}" in _found(twin)


def test_one_way_of_asking_belongs_to_one_page() -> None:
    said = PAGE.parents_say[0]
    copied = replace(OTHER, parents_say=(*OTHER.parents_say, said.upper()))
    found = _found(copied)
    assert any(one.startswith("parents_say: '") and f"in {PAGE.id} too" in one for one in found)


def test_a_theme_that_no_page_leads_with_is_named() -> None:
    found = check_library(DOCUMENTS, SKILLS, (*THEMES, "sailing"), SOURCES, lambda text: 5.0)
    assert [str(finding) for finding in found] == ["sailing: no document has this theme first"]
