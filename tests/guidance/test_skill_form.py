"""What `guidance check` finds in a skill: one thing spoilt at a time, and exactly that is named."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.core.skill_form import check_skills
from bot.core.skills import BARRIERS, Skill
from tests.guidance.test_form import DOCUMENTS, SKILLS, SOURCES, THEMES

SKILL = SKILLS[0]


def _found(skill: Skill, grade: float = 5.0) -> set[str]:
    skills = [skill, *SKILLS[1:]]
    found = check_skills(skills, DOCUMENTS, THEMES, SOURCES, lambda text: grade)
    return {finding.what for finding in found if finding.id == skill.id}


@pytest.mark.parametrize("minutes", [4, 11])
def test_a_skill_takes_five_to_ten_minutes(minutes: int) -> None:
    assert _found(replace(SKILL, minutes=minutes)) == {f"minutes: {minutes}; 5 to 10 are wanted"}


@pytest.mark.parametrize("barrier", BARRIERS)
def test_a_skill_helps_with_every_barrier(barrier: str) -> None:
    left = {name: text for name, text in SKILL.barriers.items() if name != barrier}
    assert _found(replace(SKILL, barriers=left)) == {f"barriers: nothing for {barrier}"}


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"nudges": ("Go.", "Go.", "Now.")}, "nudges: 2 wordings; 3 are wanted"),
        ({"nudges": ("Go.", "Now.", "A" * 121)}, "nudges: 121 characters in 'AAA"),
        ({"barriers": {**SKILL.barriers, "rain": "Wait."}}, "barriers: rain is none of"),
        ({"themes": ("sailing",)}, "themes: sailing not in themes.yaml"),
        ({"ages": ()}, "ages:  should be some of"),
        ({"sources": ()}, "sources: none"),
        ({"goal": "I just listen."}, "a word that makes light of it: 'just'"),
        ({"id": "unheard-of"}, "no page leads to it"),
    ],
)
def test_what_is_wrong_with_a_skill_is_named(changed: Mapping[str, Any], what: str) -> None:
    found = _found(replace(SKILL, **changed))
    assert any(one.startswith(what) for one in found), found


def test_a_skill_is_short_and_easy_to_read() -> None:
    long = replace(SKILL, sections={**SKILL.sections, "How to start": "word " * 61})
    assert "How to start: 61 words; at most 60 fit a phone" in _found(long)
    assert "What to do: reading grade 8.0; 7 at most" in _found(SKILL, grade=8.0)
