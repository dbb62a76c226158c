"""A release holds what a clinic serves, and a damaged one is never served."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.content import load_documents
from bot.adapters.content_in_use import content_in_use
from bot.adapters.releases import MANIFEST, Releases, content_files
from bot.core.phrases import Phrases, filled_in
from bot.errors import ReleaseError
from bot.flows.index_guidance import library_of
from bot.settings import Settings
from tests.guidance.pages import IDS, copy_knowledge, edit, withdraw_page

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def clinic(tmp_path: Path) -> Settings:
    """A clinic with a folder of its own and one release, pinned."""
    knowledge = copy_knowledge(tmp_path)
    found = Settings(
        _env_file=None,  # type: ignore[call-arg]
        data=tmp_path / "data",
        knowledge=knowledge,
        prompts=tmp_path / "prompts",
    )
    _make(found)
    Releases(found.data).pin("2026-11-25", NOW)
    return found


def _make(settings: Settings) -> str:
    files = content_files(settings.knowledge, settings.prompts)
    return Releases(settings.data).make(files, "A. Reader", None, NOW).name


def test_a_pinned_release_is_served_whatever_is_written_in_the_folders(clinic: Settings) -> None:
    before = load_documents(clinic.knowledge / "guidance")
    edit(clinic.knowledge / "guidance" / f"{IDS[0]}.md")
    (clinic.prompts / "holding.yaml").write_text("sent: {broken")
    content = content_in_use(clinic)
    assert load_documents(content.documents) == before
    assert content.phrases().say("holding.sending", who="Dana")
    assert content.warning is None


def test_what_is_withdrawn_is_left_out_of_a_pinned_release(clinic: Settings) -> None:
    withdraw_page(clinic.knowledge / "guidance" / f"{IDS[0]}.md", clinic.data)
    assert library_of(clinic, content_in_use(clinic)).withdrawn == {IDS[0]}


def test_crisis_numbers_never_come_from_a_release(clinic: Settings) -> None:
    assert content_in_use(clinic).crisis == clinic.knowledge / "crisis"


@pytest.mark.parametrize("path", [f"guidance/{IDS[0]}.md", "prompts/holding.yaml", MANIFEST])
@pytest.mark.parametrize("gone", [False, True], ids=["changed", "gone"])
def test_a_damaged_release_is_named_and_not_served(clinic: Settings, path: str, gone: bool) -> None:
    file = clinic.data / "releases" / "2026-11-25" / path
    if gone:
        file.unlink()
    else:
        file.write_text(file.read_text() + "\n")
    with pytest.raises(ReleaseError, match="2026-11-25"):
        content_in_use(clinic)


def test_a_page_that_was_slipped_into_a_release_is_damage(clinic: Settings) -> None:
    folder = clinic.data / "releases" / "2026-11-25" / "guidance"
    shutil.copyfile(folder / f"{IDS[0]}.md", folder / "another.md")
    with pytest.raises(ReleaseError, match=r"guidance/another\.md"):
        content_in_use(clinic)


def test_other_rules_or_models_are_said_aloud_and_refuse_nothing(clinic: Settings) -> None:
    manifest = clinic.data / "releases" / _make(clinic) / MANIFEST
    found = json.loads(manifest.read_text())
    found["rules"]["bot/core/rules/danger.py"] = "0" * 64
    found["models"]["bot/adapters/gone.onnx"] = "0" * 64
    manifest.write_text(json.dumps(found))
    said: list[str] = []
    changed = clinic.model_copy(update={"release": "2026-11-25-2"})
    content = content_in_use(changed, warn=said.append)
    assert content.differs == ("bot/core/rules/danger.py", "bot/adapters/gone.onnx")
    assert said == [content.warning]
    assert "RELEASE 2026-11-25-2" in said[0]
    assert "\n" not in said[0]


def test_the_setting_comes_before_the_pin_and_may_be_a_folder(
    clinic: Settings, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "carried"
    shutil.copytree(clinic.data / "releases" / _make(clinic), elsewhere)
    named = clinic.model_copy(update={"release": str(elsewhere)})
    assert content_in_use(named).documents == elsewhere / "guidance"


def test_without_a_pin_the_folders_are_served(clinic: Settings) -> None:
    assert Releases(clinic.data).unpin()
    assert not Releases(clinic.data).unpin()
    content = content_in_use(clinic)
    assert (content.documents, content.prompts) == (
        clinic.knowledge / "guidance",
        clinic.prompts,
    )


def test_a_release_that_is_not_there_is_named_with_its_neighbours(clinic: Settings) -> None:
    with pytest.raises(ReleaseError, match="did you mean 2026-11-25"):
        Releases(clinic.data).pin("2026-11-24", NOW)


def test_sentences_of_an_older_version_are_made_whole() -> None:
    older = Phrases({"a.kept": "Hello {who}", "a.other": "At {hour}", "a.gone": "Old"})
    current = Phrases({"a.kept": "Hi {who}", "a.other": "Soon", "a.new": "New"})
    whole = filled_in(older, current)
    assert whole.say("a.kept", who="Sam") == "Hello Sam"
    assert (whole.say("a.other"), whole.say("a.new"), whole.say("a.gone")) == ("Soon", "New", "Old")
