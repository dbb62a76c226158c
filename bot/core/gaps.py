"""Questions that the guidance had nothing for, told without a parent's words."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.lexical import STOP_WORDS
from bot.core.passages import GuidanceDocument

FAMILIES_TO_SHARE = 3
WORDS_SHOWN = 5
_ORDINARY = re.compile(r"(?<![\w'’-])[a-z]{4,}(?![\w'’-])")
_PLAIN = ("In short", "Try this", "Why it helps", "Ask your therapist if")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that was declined, or whose answer was marked *Not what I meant*."""

    family_id: int
    asked_at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Nearest:
    """The page that comes nearest; `likeness` is a cosine, 1 for the same."""

    document: GuidanceDocument
    likeness: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A group of questions that are alike; `words` are never those of fewer than three families."""

    questions: tuple[Unanswered, ...]
    nearest: Nearest | None
    words: tuple[str, ...]

    @property
    def families(self) -> int:
        """How many families asked."""
        return len({one.family_id for one in self.questions})

    @property
    def first_at(self) -> datetime:
        """When it was first asked."""
        return min(one.asked_at for one in self.questions)

    @property
    def last_at(self) -> datetime:
        """When it was last asked."""
        return max(one.asked_at for one in self.questions)


def ordinary_words(documents: Iterable[GuidanceDocument]) -> frozenset[str]:
    """The words that the pages themselves use in small letters: no name is among them."""
    texts = (one.section(name) for one in documents for name in _PLAIN)
    return frozenset(word for text in texts for word in _ORDINARY.findall(text))


def shared_words(questions: Sequence[Unanswered], ordinary: frozenset[str]) -> tuple[str, ...]:
    """The ordinary words that three families or more used, those of most families first."""
    families: dict[str, set[int]] = defaultdict(set)
    for one in questions:
        for word in _ORDINARY.findall(one.text.lower()):
            families[word].add(one.family_id)
    counts = Counter({word: len(by) for word, by in families.items()})
    fit = (
        word
        for word, count in sorted(counts.items(), key=lambda found: (-found[1], found[0]))
        if count >= FAMILIES_TO_SHARE and word in ordinary and word not in STOP_WORDS
    )
    return tuple(word for word, _ in zip(fit, range(WORDS_SHOWN), strict=False))


def nearest_of(found: Sequence[Nearest]) -> Nearest | None:
    """The page that comes nearest to most of a group, and how near it comes to those."""
    by_page: dict[str, list[Nearest]] = defaultdict(list)
    for one in found:
        by_page[one.document.id].append(one)
    if not by_page:
        return None
    best = max(by_page.values(), key=lambda own: (len(own), max(one.likeness for one in own)))
    return Nearest(best[0].document, sum(one.likeness for one in best) / len(best))
