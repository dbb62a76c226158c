"""The form of guidance documents and skills: what a linter can hold of it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.answers import steps_of, therapist_lines_of, words_of
from bot.core.known_sources import KnownSource, faults_of_sources
from bot.core.passages import GuidanceDocument, ReviewStatus
from bot.core.skills import Skill
from bot.core.tone import faults_of_tone

Grade = Callable[[str], float]

APPROACHES = frozenset({"communication", "repair", "attachment", "partnership", "home"})
AGES = frozenset({"0-5", "6-11", "12-17"})
MOST_WORDS: Mapping[str, int] = {
    "In short": 60,
    "Try this": 130,
    "Words you can use": 90,
    "Why it helps": 90,
    "Ask your therapist if": 70,
}
FEWEST_SAID = 12
LONGEST_TITLE = 75  # characters: it has to fit a button
STEPS = range(3, 6)
LINES = range(2, 6)
MOST_THEMES = 4
HIGHEST_GRADE = 7.0
EASY = ("In short", "Try this")
ALIKE = 0.6
_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a file that is not in its form."""

    id: str
    what: str

    def __str__(self) -> str:
        return f"{self.id}: {self.what}"


def check_library(
    documents: Sequence[GuidanceDocument],
    skills: Sequence[Skill],
    themes: Iterable[str],
    sources: Sequence[KnownSource],
    grade: Grade,
) -> tuple[Finding, ...]:
    """Everything that is wrong with the library, document by document."""
    known = frozenset(themes)
    ids = frozenset(document.id for document in documents)
    skill_ids = frozenset(skill.id for skill in skills)
    findings: list[Finding] = []
    for document in documents:
        problems = [
            *_front(document, known),
            *_links(document, ids, skill_ids),
            *_text(document, grade),
            *faults_of_sources(document.sources, _whole(document), sources),
            *faults_of_tone(_whole(document)),
        ]
        findings += [Finding(document.id, problem) for problem in problems]
    return (
        *findings,
        *_near_duplicates(documents),
        *_said_twice(documents),
        *_uncovered(documents, known),
    )


def _front(document: GuidanceDocument, themes: frozenset[str]) -> Iterable[str]:
    unknown = [theme for theme in document.themes if theme not in themes]
    if unknown:
        yield f"themes: {', '.join(unknown)} not in themes.yaml"
    if not 1 <= len(document.themes) <= MOST_THEMES:
        yield f"themes: {len(document.themes)} of them; 1 to {MOST_THEMES} are wanted"
    if document.approach not in APPROACHES:
        yield f"approach: {document.approach} is none of {', '.join(sorted(APPROACHES))}"
    if not document.ages or not set(document.ages) <= AGES:
        yield f"ages: {', '.join(document.ages)} should be some of {', '.join(sorted(AGES))}"
    if len(set(document.parents_say)) < FEWEST_SAID:
        yield f"parents_say: {len(set(document.parents_say))} ways; {FEWEST_SAID} are wanted"
    if len(document.title) > LONGEST_TITLE:
        yield f"title: {len(document.title)} characters; {LONGEST_TITLE} at most fit a button"
    if document.review.status is ReviewStatus.APPROVED and not document.review.by:
        yield "review: approved, but not by whom"


def _links(
    document: GuidanceDocument, ids: frozenset[str], skills: frozenset[str]
) -> Iterable[str]:
    if not document.related:
        yield "related: none; name the page to read next"
    for related in document.related:
        if related not in ids or related == document.id:
            yield f"related: there is no other document {related}"
    for skill in document.skills:
        if skill not in skills:
            yield f"skills: there is no skill {skill}"


def _text(document: GuidanceDocument, grade: Grade) -> Iterable[str]:
    for name, most in MOST_WORDS.items():
        count = words_in(document.section(name))
        if count > most:
            yield f"{name}: {count} words; at most {most} fit a phone"
    for name in EASY:
        found = grade(document.section(name))
        if found > HIGHEST_GRADE:
            yield f"{name}: reading grade {found:.1f}; {HIGHEST_GRADE:.0f} at most"
    yield from _counts(document)


def _counts(document: GuidanceDocument) -> Iterable[str]:
    for name, found, wanted in (
        ("Try this", len(steps_of(document)), STEPS),
        ("Words you can use", len(words_of(document)), LINES),
        ("Ask your therapist if", len(therapist_lines_of(document)), LINES),
    ):
        if found not in wanted:
            yield f"{name}: {found} points; {wanted[0]} to {wanted[-1]} are wanted"


def words_in(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def _whole(document: GuidanceDocument) -> str:
    return "\n".join(document.sections.values())


def _near_duplicates(documents: Sequence[GuidanceDocument]) -> Iterable[Finding]:
    bags = [(d.id, _bag(d)) for d in documents]
    for at, (first, words) in enumerate(bags):
        for second, others in bags[at + 1 :]:
            if len(words & others) / max(len(words | others), 1) > ALIKE:
                yield Finding(first, f"says nearly the same as {second}")


def _said_twice(documents: Sequence[GuidanceDocument]) -> Iterable[Finding]:
    """One way of asking that two pages claim: the retriever could not tell them apart."""
    owner: dict[str, str] = {}
    for document in documents:
        for said in dict.fromkeys(" ".join(_WORD.findall(s.lower())) for s in document.parents_say):
            if said in owner:
                yield Finding(document.id, f"parents_say: '{said}' stands in {owner[said]} too")
            owner.setdefault(said, document.id)


def _bag(document: GuidanceDocument) -> frozenset[str]:
    text = f"{document.section('In short')} {document.section('Try this')}".lower()
    return frozenset(_WORD.findall(text))


def _uncovered(documents: Sequence[GuidanceDocument], themes: frozenset[str]) -> Iterable[Finding]:
    covered = {document.themes[0] for document in documents if document.themes}
    for theme in sorted(themes - covered):
        yield Finding(theme, "no document has this theme first")
