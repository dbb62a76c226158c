"""Crisis wording in languages other than English, looked for in every message."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from bot.core.rules.crisis_words import NOT_MEANT, WORDS
from bot.core.rules.more_crisis_words import OTHERS
from bot.core.triage import RuleHit


def hits(plain: str) -> Iterator[RuleHit]:
    """The crisis wording of each language that a normalised message holds."""
    bare = without_accents(plain)
    for language, rows in (WORDS | OTHERS).items():
        for category, pattern in rows:
            match = _compiled(pattern).search(bare)
            if match:
                guard = "figurative" if _unmeant(bare, match.start(), match.end()) else ""
                yield RuleHit(f"{language}:{category.value}", category, match[0], not guard, guard)


def without_accents(text: str) -> str:
    """`text` with its accents and Arabic vowel signs taken off."""
    split = unicodedata.normalize("NFD", text)
    return (
        "".join(sign for sign in split if not unicodedata.combining(sign))
        .replace("ł", "l")
        .replace("ı", "i")
    )


def _unmeant(bare: str, start: int, end: int) -> bool:
    return re.search(NOT_MEANT, bare[max(0, start - 40) : end + 50]) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})")
