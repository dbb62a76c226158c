"""`heldinmind prompts`: what a language model is told can be read, compared and checked."""

import shutil
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.cli.conftest import Run
from tests.guidance.pages import copy_knowledge


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Prompts of a clinic's own, beside a small guidance."""
    monkeypatch.setenv("HELDINMIND_KNOWLEDGE", str(copy_knowledge(tmp_path)))
    found = tmp_path / "prompts"
    shutil.copytree(ROOT / "prompts", found, dirs_exist_ok=True)
    monkeypatch.setenv("HELDINMIND_PROMPTS", str(found))
    return found


def _edit(folder: Path, old: str, new: str) -> None:
    path = folder / "wording.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_list_names_prompts_and_files_of_sentences(run: Run, folder: Path) -> None:
    lines = run("prompts", "list").out.splitlines()
    assert lines[0].startswith("wording\tversion 1\t")
    assert any(line.startswith("answers.yaml\t") for line in lines)


def test_a_prompt_is_shown_with_what_goes_into_its_places(run: Run, folder: Path) -> None:
    shown = run("prompts", "show", "wording").out
    assert "{question}: what the parent asks now" in shown
    assert "Only what the passages say" in shown


def test_a_prompt_that_is_not_there_is_named_with_those_that_are_near(
    run: Run, folder: Path
) -> None:
    found = run("prompts", "show", "wordin")
    assert found.status == 1
    assert "did you mean wording" in found.err


def test_a_form_that_is_broken_ends_with_one_finding_a_line(run: Run, folder: Path) -> None:
    assert run("prompts", "check").status == 0
    _edit(folder, "{turns}\n</turns>", "{turn}\n</turns>")
    found = run("prompts", "check")
    assert found.status == 1
    assert "wording: {turn} is not among its inputs" in found.out
    assert found.out.splitlines()[-1].endswith("2 findings")


def test_what_changed_since_the_release_is_shown_line_by_line(run: Run, folder: Path) -> None:
    assert "No release is pinned" in run("prompts", "diff").out
    made = run("guidance", "release", "make", "--by", "A. Reader")
    name = made.out.split("pin ")[-1].split()[0]
    assert run("guidance", "release", "pin", name).status == 0
    assert run("prompts", "diff").out == f"The same words as in release {name}\n"
    _edit(folder, "Stay close to the words", "Keep to the words")
    shown = run("prompts", "diff", "wording").out
    assert "-2. Stay close to the words" in shown
    assert "+2. Keep to the words" in shown
    assert "prompts/wording: changed" in run("guidance", "diff").out
