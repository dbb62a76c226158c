"""Skills: what a therapist gives a family to practise for a few minutes at home."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.passages import GuidanceDocument, Review, ReviewStatus, Source

SKILL_SECTIONS = (
    "What to do",
    "How to start",
    "Why it helps",
    "When it was hard",
    "How your therapist sees progress",
)

BARRIERS = (
    "no_time",
    "child_refused",
    "felt_fake",
    "forgot",
    "partner_disagreed",
    "my_own_mood",
)


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill to practise; `barriers` says what helps when practising was hard, by reason."""

    id: str
    title: str
    minutes: int
    themes: tuple[str, ...]
    ages: tuple[str, ...]
    goal: str
    nudges: tuple[str, ...]
    barriers: Mapping[str, str] = field(repr=False)
    sources: tuple[Source, ...]
    version: int
    review: Review
    sections: Mapping[str, str] = field(repr=False)
    sha256: str

    def section(self, name: str) -> str:
        """The text under one of the `SKILL_SECTIONS`."""
        return self.sections[name]

    @property
    def status(self) -> ReviewStatus:
        """What its review is worth for the words as they stand; edited since, it is a draft."""
        return self.review.holds_for(self.sha256)

    def nudge(self, number: int) -> str:
        """The wording for the nudge with this number; wordings take turns."""
        return self.nudges[number % len(self.nudges)]


def is_offered(skill: Skill, *, require_approved: bool) -> bool:
    """Whether parents may be shown it: withdrawn never, drafts unless approval is asked."""
    if require_approved:
        return skill.status is ReviewStatus.APPROVED
    return skill.status is not ReviewStatus.WITHDRAWN


def skills_of(document: GuidanceDocument, skills: Mapping[str, Skill]) -> tuple[Skill, ...]:
    """The skills that a page leads to, as far as they are offered."""
    return tuple(skills[id_] for id_ in document.skills if id_ in skills)
