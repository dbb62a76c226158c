"""Ways in which a sentence turns its passages with small words: 'more' for 'less', you for them."""

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.core.grounding import plain
from bot.core.grounding_reading import SENTENCE, TOKEN, denials, near, one_of
from bot.core.grounding_words import words

_PRONOUNS = dict.fromkeys(words("you your yours yourself i me my"), "you")
_PRONOUNS |= dict.fromkeys(
    words("they them their theirs themselves he him his she her hers child children teen"), "child"
)
_SMALL = words(
    "more less fewer most least many few much before after until unless without yourself themselves "
    "himself herself alone every always never all both instead own same other "
    "another again now only"
)
_CLOSE = 12  # words within which things make one list
_LISTED = re.compile(r"\b\w+(?:, \w+)+(?:,? (?:and|or) \w+)?\b")
_HANDED = re.compile(
    r"\b(ask|let|have|make|leave|decide|teach)(?: it)?(?: for| to)? "
    r"(your child|your teen|your teenager|the child|them|him|her|the one|the therapist|the teacher|"
    r"the school|your partner|the parent|the other|others)\b(?! know)"
)
_AGAINST = re.compile(
    r"( than |, not |, and not | beats |\bnot only\b| is the same as | in place of )"
)


def pronouns(sentence: str, carrying: str) -> int:
    """Words that stand beside 'you' here and only beside 'they' there, or the reverse."""
    theirs = _beside(plain(carrying))
    return sum(
        bool(theirs.get(place)) and not whom & theirs[place]
        for place, whom in _beside(plain(sentence)).items()
    )


@lru_cache(maxsize=512)
def _beside(text: str) -> Mapping[tuple[str, int], frozenset[str]]:
    """Whom the pronoun just before, or just after, each word names."""
    tokens = [token.lower() for token in TOKEN.findall(text)]
    found: dict[tuple[str, int], set[str]] = {}
    for at, token in enumerate(tokens):
        if not token[0].isalpha() or token in _PRONOUNS:
            continue
        for side in (-1, 1):
            near = tokens[max(at - 1, 0) : at] if side < 0 else tokens[at + 1 : at + 2]
            for other in near:
                whom = _PRONOUNS.get(re.sub(r"'\w+$", "", other))
                if whom:
                    found.setdefault((one_of(token), side), set()).add(whom)
    return {place: frozenset(whom) for place, whom in found.items()}


def small(sentence: str, carrying: str) -> int:
    """Small words that are in none of the sentences that this one is near to."""
    mine = {token.lower() for token in TOKEN.findall(plain(sentence))} & _SMALL
    theirs = {token.lower() for part in near(sentence, carrying) for token in TOKEN.findall(part)}
    return len(mine - theirs)


def handed(text: str) -> set[tuple[str, str]]:
    """Who is asked, left or made to do something."""
    found = re.findall(_HANDED, plain(text).lower())
    return {(verb, _PRONOUNS.get(whom.split()[-1], whom)) for verb, whom in found}


def is_flipped(sentence: str, carrying: str) -> bool:
    """Whether the two sides of a 'than', a 'beats' or a ', not' stand the other way round."""
    sides = _sides(plain(sentence))
    if sides is None:
        return False
    for part in SENTENCE.split(plain(carrying)):
        other = _sides(part)
        if other is None:
            continue
        (left, right), (before, after) = sides, other
        kept = len((left & before) - after) + len((right & after) - before)
        crossed = len((left & after) - before) + len((right & before) - after)
        if crossed > kept:
            return True
    return False


def _sides(text: str) -> tuple[set[str], set[str]] | None:
    left, mark, right = [*_AGAINST.split(text, maxsplit=1), "", ""][:3]
    return (_every(left), _every(right)) if mark else None


def _every(text: str) -> set[str]:
    return {one_of(token.lower()) for token in TOKEN.findall(text) if len(token) > 2}


def nots(sentence: str, carrying: str) -> int:
    """How the number of denials differs from that of what the sentence is nearest to."""
    said, there = denials(sentence), [denials(part) for part in near(sentence, carrying)]
    if min(there) <= said <= sum(there):
        return 0
    return min(abs(said - min(there)), abs(said - sum(there)))


def is_listed_otherwise(sentence: str, carrying: str) -> bool:
    """Whether three or more things stand in a list in another order than in the passages."""
    where: dict[str, int] = {}
    for at, token in enumerate(TOKEN.findall(plain(carrying).lower())):
        where.setdefault(token, at)
    for found in _LISTED.finditer(plain(sentence).lower()):
        items = [item for item in re.split(r",? and |,? or |, ", found[0]) if item in where]
        spots = [where[item] for item in items]
        if len(items) > 2 and max(spots) - min(spots) < _CLOSE and spots != sorted(spots):
            return True
    return False
