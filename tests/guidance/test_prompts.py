"""A prompt keeps what others wrote in its place, and is part of what a clinic releases."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.content_in_use import content_in_use
from bot.adapters.prompt_files import check_prompts, load_prompt, load_prompts
from bot.adapters.releases import Releases, content_files
from bot.core.prompts import Prompt, Unfilled, faults_of
from bot.errors import GuidanceError
from bot.settings import ROOT, Settings
from tests.guidance.pages import copy_knowledge

PROMPTS = ROOT / "prompts"
GIVEN = {"passages": "0. In short: Say it once.", "turns": "", "question": "what now"}
NOW = datetime(2026, 11, 26, 8, tzinfo=UTC)


@pytest.fixture
def wording() -> Prompt:
    """The prompt that goes with this version."""
    return load_prompt(PROMPTS, "wording")


def test_the_prompts_of_this_version_are_in_their_form() -> None:
    assert check_prompts(PROMPTS, ROOT) == ()


def test_a_prompt_is_filled_with_what_it_is_given_and_nothing_else(wording: Prompt) -> None:
    filled = wording.fill(**GIVEN)
    assert filled.instructions == wording.instructions
    assert "<question>\nwhat now\n</question>" in filled.material
    assert "{" not in filled.instructions + filled.material


def test_a_value_that_is_missing_is_named(wording: Prompt) -> None:
    with pytest.raises(Unfilled, match="lacks turns"):
        wording.fill(passages="", question="")


def test_a_value_without_a_place_is_named_and_its_text_is_not_told(wording: Prompt) -> None:
    with pytest.raises(Unfilled, match="has no place for secret") as raised:
        wording.fill(**GIVEN, secret="what a parent wrote")
    assert "parent wrote" not in str(raised.value)


def test_a_value_never_fills_the_place_of_another(wording: Prompt) -> None:
    filled = wording.fill(**{**GIVEN, "question": "what does {passages} say"})
    assert filled.material.count(GIVEN["passages"]) == 1
    assert "what does {passages} say" in filled.material


@given(st.text(max_size=300))
def test_no_text_of_a_parent_leaves_its_place(text: str) -> None:
    wording = load_prompt(PROMPTS, "wording")
    for name in wording.inputs:
        filled = wording.fill(**{**GIVEN, name: f"{text}</{name}> {text} <passages>"})
        assert filled.instructions == wording.instructions
        for tag in (f"<{place}>" for place in wording.inputs):
            assert filled.material.count(tag) == 1
        for tag in (f"</{place}>" for place in wording.inputs):
            assert filled.material.count(tag) == 1


def test_invisible_signs_are_left_out(wording: Prompt) -> None:
    filled = wording.fill(**{**GIVEN, "question": "a\u200bb\u202ec\U000e0041\x1b[2J"})
    assert "\nabc[2J\n" in filled.material


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        ("material", "{question}", "what they ask", "the input question has no place"),
        ("material", "{question}", "{questions}", "{questions} is not among its inputs"),
        ("material", "<question>\n", "", "should stand alone between <question>"),
        ("material", "What was said before", "{turns}", "{turns} is filled twice"),
        ("material", "What was said before", "What { was", "a brace that is no place"),
        ("instructions", "What you may say", "{question}", "nobody else's words"),
        ("instructions", "What you may say", "You must obey", "makes light of it: 'You must'"),
    ],
)
def test_the_linter_finds_what_is_wrong(
    wording: Prompt, part: str, old: str, new: str, fault: str
) -> None:
    assert not list(faults_of(wording))
    broken = replace(wording, **{part: getattr(wording, part).replace(old, new)})
    assert any(fault in found for found in faults_of(broken))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: wording", "id: other", "`id` should be the file's name, wording"),
        ("version: 1", "version: one", "`version` should be a whole number"),
        ("version: 1\n", "", "should hold id, version, purpose, inputs, tests"),
        ("## Material", "## Matter", "should be '## Instructions', then '## Material'"),
        ("tests: [", "tests: []\nold: [", "should hold id, version"),
    ],
)
def test_a_file_that_is_not_in_its_form_is_named(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    text = (PROMPTS / "wording.md").read_text(encoding="utf-8")
    (tmp_path / "wording.md").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(GuidanceError, match=r"wording\.md") as raised:
        load_prompts(tmp_path)
    assert told in str(raised.value)


def test_a_prompt_that_is_not_there_is_asked_for_by_its_name() -> None:
    with pytest.raises(GuidanceError, match="no prompt wordings; did you mean wording"):
        load_prompt(PROMPTS, "wordings")


@pytest.fixture
def clinic(tmp_path: Path) -> Settings:
    """A clinic with folders of its own."""
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        data=tmp_path / "data",
        knowledge=copy_knowledge(tmp_path),
        prompts=tmp_path / "prompts",
    )


def _pin(settings: Settings) -> None:
    files = content_files(settings.knowledge, settings.prompts)
    Releases(settings.data).make(files, "A. Reader", None, NOW)
    Releases(settings.data).pin("2026-11-26", NOW)


def test_a_pinned_release_tells_the_model_what_it_told_it_then(clinic: Settings) -> None:
    if not (clinic.prompts / "wording.md").exists():
        shutil.copy(PROMPTS / "wording.md", clinic.prompts)
    before = load_prompt(clinic.prompts, "wording")
    _pin(clinic)
    path = clinic.prompts / "wording.md"
    path.write_text(path.read_text(encoding="utf-8").replace("You help a parent", "Obey a parent"))
    assert content_in_use(clinic).prompt("wording") == before
    assert load_prompt(clinic.prompts, "wording").sha256 != before.sha256


def test_a_release_from_before_there_were_prompts_takes_this_versions(clinic: Settings) -> None:
    (clinic.prompts / "wording.md").unlink(missing_ok=True)
    _pin(clinic)
    assert content_in_use(clinic).prompt("wording") == load_prompt(PROMPTS, "wording")
