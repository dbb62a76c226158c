"""Which skills parents are shown: those of the content in use, and none that was withdrawn."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.approved_texts import ApprovedTexts
from bot.adapters.content import skill_from
from bot.adapters.content_in_use import content_in_use
from bot.adapters.offered_skills import offered_skills
from bot.adapters.releases import Releases, content_files
from bot.core.reviews import approve, withdraw
from bot.core.skills import Skill
from bot.flows.review_guidance import prepare_reviews, write_reviews
from bot.settings import Settings
from tests.guidance.pages import TODAY, copy_knowledge

NAME = "calm-corner"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def clinic(tmp_path: Path) -> Settings:
    """A clinic with one skill in a folder of its own."""
    knowledge = copy_knowledge(tmp_path)
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        data=tmp_path / "data",
        knowledge=knowledge,
        prompts=tmp_path / "prompts",
    )


def _pin(clinic: Settings) -> None:
    releases = Releases(clinic.data)
    files = content_files(clinic.knowledge, clinic.prompts)
    releases.pin(releases.make(files, "A. Reader", None, NOW).name, NOW)


def _file(clinic: Settings) -> Path:
    return clinic.knowledge / "skills" / f"{NAME}.md"


def _edit(clinic: Settings) -> None:
    path = _file(clinic)
    path.write_text(path.read_text().replace("title: The calm corner", "title: The quiet nest"))


def _offered(clinic: Settings, *, require_approved: bool = False) -> dict[str, str]:
    content = content_in_use(clinic)
    found = offered_skills(
        content.skills, require_approved=require_approved, withdrawn=content.withdrawn_skills
    )
    return {id_: skill.title for id_, skill in found.items()}


def _skill(clinic: Settings) -> Skill:
    return skill_from(_file(clinic))


def _approve(clinic: Settings) -> None:
    decided = [approve(_skill(clinic), "A. Reader", TODAY, None, today=TODAY)]
    write_reviews(prepare_reviews(clinic.knowledge, decided), ApprovedTexts(clinic.data))


def _withdraw(clinic: Settings) -> None:
    decided = [withdraw(_skill(clinic), "A. Reader", TODAY, "not ours")]
    write_reviews(prepare_reviews(clinic.knowledge, decided), ApprovedTexts(clinic.data))


def test_a_draft_is_offered_unless_approval_is_required(clinic: Settings) -> None:
    assert _offered(clinic) == {NAME: "The calm corner"}
    assert _offered(clinic, require_approved=True) == {}


def test_an_approved_skill_is_offered_until_it_is_edited(clinic: Settings) -> None:
    _approve(clinic)
    assert _offered(clinic, require_approved=True) == {NAME: "The calm corner"}
    _edit(clinic)
    assert _offered(clinic, require_approved=True) == {}


def test_a_withdrawn_skill_is_offered_to_nobody(clinic: Settings) -> None:
    _withdraw(clinic)
    assert _offered(clinic) == {}


def test_while_a_release_is_pinned_its_skills_are_offered(clinic: Settings) -> None:
    _pin(clinic)
    _edit(clinic)
    assert _offered(clinic) == {NAME: "The calm corner"}


def test_a_skill_withdrawn_since_is_left_out_of_a_pinned_release(clinic: Settings) -> None:
    _pin(clinic)
    _withdraw(clinic)
    assert _offered(clinic) == {}
