"""`guidance list` and `show`: finding a page, by whatever one knows of it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.guidance.pages import IDS, copy_knowledge

PAGE = "nods-then-does-the-opposite"


@pytest.fixture
def guidance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """The guidance commands on a copy with three pages and one skill."""
    monkeypatch.setenv("HELDINMIND_KNOWLEDGE", str(copy_knowledge(tmp_path)))
    return lambda *words: run("guidance", *words)


def _ids(text: str) -> set[str]:
    return {line.split("\t")[0] for line in text.splitlines()}


def test_each_page_has_a_line_with_all_that_one_looks_for(guidance: Run) -> None:
    lines = guidance("list").out.splitlines()
    assert {line.split("\t")[0] for line in lines} == set(IDS)
    (line,) = [line for line in lines if line.startswith(PAGE)]
    assert line.split("\t") == [
        PAGE,
        "When your child nods, then does the opposite",
        "teach-back",
        "communication",
        "6-11, 12-17",
        "draft",
    ]


@pytest.mark.parametrize(
    ("filter_", "value", "left"),
    [
        ("--theme", "teach-back", {PAGE}),
        ("--theme", "active-listening", {PAGE}),
        ("--approach", "repair", {"after-you-have-shouted"}),
        ("--age", "0-5", {"after-you-have-shouted", "asked-to-join-the-session"}),
        ("--status", "draft", set(IDS)),
        ("--status", "approved", set()),
    ],
)
def test_a_filter_leaves_what_fits_it(
    guidance: Run, filter_: str, value: str, left: set[str]
) -> None:
    assert _ids(guidance("list", filter_, value).out) == left


def test_filters_go_together(guidance: Run) -> None:
    both = guidance("list", "--age", "0-5", "--approach", "repair").out
    assert _ids(both) == {"after-you-have-shouted"}


def test_a_theme_that_does_not_exist_is_said_with_the_one_that_was_meant(guidance: Run) -> None:
    found = guidance("list", "--theme", "teachback")
    assert found.status == 1
    assert found.err.strip() == "There is no theme teachback; did you mean teach-back?"


def test_json_tells_a_program_everything(guidance: Run) -> None:
    (page,) = json.loads(guidance("list", "--json", "--theme", "teach-back").out)
    assert page["id"] == PAGE
    assert page["status"] == "draft"
    assert page["reviewed_by"] is None
    assert page["skills"] == ["say-it-back", "one-clear-instruction"]


def test_skills_are_listed_with_their_minutes(guidance: Run) -> None:
    (line,) = guidance("list", "--skills").out.splitlines()
    assert line.split("\t")[:4] == [
        "calm-corner",
        "The calm corner",
        "home-environment-and-routines",
        "10 minutes",
    ]


def test_a_skill_is_shown_like_a_page(guidance: Run) -> None:
    said = guidance("show", "calm-corner").out
    assert said.startswith("The calm corner\n")
    assert "How your therapist sees progress" in said
    assert "- Use it yourself this afternoon, and say so: 'I'm off to cool down.'" in said
    assert "- no_time: A cushion behind the sofa" in said
    assert "Status: draft" in said
