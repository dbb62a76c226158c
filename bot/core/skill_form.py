"""The form of skills: what a linter can hold of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.core.guidance_form import AGES, HIGHEST_GRADE, MOST_THEMES, Finding, words_in
from bot.core.known_sources import KnownSource, faults_of_sources
from bot.core.passages import GuidanceDocument
from bot.core.skills import BARRIERS, Skill
from bot.core.tone import faults_of_tone

Grade = Callable[[str], float]

MINUTES = range(5, 11)
FEWEST_NUDGES = 3
LONGEST_NUDGE = 120  # characters: what a locked phone shows
MOST_WORDS: Mapping[str, int] = {
    "What to do": 100,
    "How to start": 60,
    "Why it helps": 90,
    "When it was hard": 80,
    "How your therapist sees progress": 70,
}
MOST_BARRIER_WORDS = 50
EASY = ("What to do", "How to start")


def check_skills(
    skills: Sequence[Skill],
    documents: Sequence[GuidanceDocument],
    themes: Iterable[str],
    sources: Sequence[KnownSource],
    grade: Grade,
) -> tuple[Finding, ...]:
    """Everything that is wrong with the skills, one after another."""
    known = frozenset(themes)
    led_to = frozenset(id_ for document in documents for id_ in document.skills)
    return tuple(
        Finding(skill.id, problem)
        for skill in skills
        for problem in (
            *_front(skill, known, led_to),
            *_nudges(skill),
            *_barriers(skill),
            *_text(skill, grade),
            *faults_of_sources(skill.sources, _whole(skill), sources),
            *faults_of_tone(_whole(skill)),
        )
    )


def _front(skill: Skill, themes: frozenset[str], led_to: frozenset[str]) -> Iterable[str]:
    if skill.minutes not in MINUTES:
        yield f"minutes: {skill.minutes}; {MINUTES[0]} to {MINUTES[-1]} are wanted"
    unknown = [theme for theme in skill.themes if theme not in themes]
    if unknown:
        yield f"themes: {', '.join(unknown)} not in themes.yaml"
    if not 1 <= len(skill.themes) <= MOST_THEMES:
        yield f"themes: {len(skill.themes)} of them; 1 to {MOST_THEMES} are wanted"
    if not skill.ages or not set(skill.ages) <= AGES:
        yield f"ages: {', '.join(skill.ages)} should be some of {', '.join(sorted(AGES))}"
    if skill.id not in led_to:
        yield "no page leads to it: name it under `skills` of one"


def _nudges(skill: Skill) -> Iterable[str]:
    different = len(set(skill.nudges))
    if different < FEWEST_NUDGES:
        yield f"nudges: {different} wordings; {FEWEST_NUDGES} are wanted"
    for nudge in skill.nudges:
        if len(nudge) > LONGEST_NUDGE:
            yield f"nudges: {len(nudge)} characters in '{nudge[:30]}…'; {LONGEST_NUDGE} at most"


def _barriers(skill: Skill) -> Iterable[str]:
    missing = [name for name in BARRIERS if not skill.barriers.get(name, "").strip()]
    if missing:
        yield f"barriers: nothing for {', '.join(missing)}"
    strange = sorted(set(skill.barriers) - set(BARRIERS))
    if strange:
        yield f"barriers: {', '.join(strange)} is none of {', '.join(BARRIERS)}"
    for name, help_ in skill.barriers.items():
        count = words_in(help_)
        if count > MOST_BARRIER_WORDS:
            yield f"barriers: {count} words for {name}; {MOST_BARRIER_WORDS} at most"


def _text(skill: Skill, grade: Grade) -> Iterable[str]:
    for name, most in MOST_WORDS.items():
        count = words_in(skill.section(name))
        if count > most:
            yield f"{name}: {count} words; at most {most} fit a phone"
    for name in EASY:
        found = grade(skill.section(name))
        if found > HIGHEST_GRADE:
            yield f"{name}: reading grade {found:.1f}; {HIGHEST_GRADE:.0f} at most"


def _whole(skill: Skill) -> str:
    return "\n".join(
        (skill.title, skill.goal, *skill.nudges, *skill.barriers.values(), *skill.sections.values())
    )
