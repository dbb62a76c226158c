"""What no worded sentence may bring along that its passages do not say, whatever a model thinks.

Each rule compares a sentence with the passages it rests on. A rule never finds a sentence good: it
finds what is in it and not in them. Whether the rest means the same is for the reader to say.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from bot.core.grounding_words import (
    ABOUT_ITSELF,
    AWAY_FROM_HELP,
    BLAME,
    DIAGNOSES,
    LINKS,
    MARKUP,
    MEDICINES,
    NUMBERS,
    PROMISES,
    REASSURANCES,
    STRONGER,
    UNITS,
    needs_must,
)
from bot.core.lexical import stem
from bot.core.tone import faults_of_tone

MOST_WORDS = 45
MOST_CHARACTERS = 320
FEWEST_WORDS = 3
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*|\d+(?:[.,:]\d+)*")
_QUOTED = re.compile(r'"([^"]*)"')
_APART = re.compile(r"[^a-z0-9]+")
_FOREIGN = re.compile(r"[^\x00-\x7f\u00a3\u20ac\u2013\u2014\u2018-\u201f\u00e0-\u00ff]")
_STARTS = re.compile(r'(?:^|[.!?:;]\s*|["\u201c(]\s*|\s[-\u2013\u2014]\s)(?=[A-Z])')
_WILL = re.compile(r"\b(?:will|won't|shall|going to|gonna)\b|\b\w+'ll\b", re.IGNORECASE)
_FUTURE = re.compile(
    r"(?:'ll|\bwill|\bwon't|\bshall|\bgoing to)(?: (?:not|soon|also|then|always))?((?: [\w']+){1,3})",
    re.IGNORECASE,
)
_INSTEAD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_ENDS = re.compile(r"[.!?][\"')]*\s+(?=[\"(]?[A-Z0-9])")
_ORDERS = re.compile(
    r"(\bsystem\s*:|\bassistant\b|\blanguage models?\b|\bAI\b|\bchat ?bot\b|\bthe (?:bot|model)\b|"
    r"\bignore (?:all|any|the|your|previous)\b.{0,30}\b(?:instruction|rule|rest|page|above)\w*|"
    r"\byou are now\b|\bsystem prompt\b|\bprompt for\b|\byour instructions\b|\bSprachmodell\b|"
    r"\bdecode\b|\bwhen summari[sz]ing\b|\bto every answer\b|\bparents should be sent\b|"
    r"https?:|www\.|\S@\S|[<>{}]|\d[\d ]{6,}\d|\b\d+ ?m[gl]\b)",
    re.IGNORECASE,
)
Rule = Callable[[str, str], bool]


def plain(text: str) -> str:
    """A text with straight quotes and hyphens, its white space single."""
    return " ".join(text.translate(_INSTEAD).split())


def broken_rule(sentence: str, carrying: str) -> str | None:
    """The name of the first rule that a sentence breaks beside the text that carries it."""
    said, carried = plain(sentence), plain(carrying)
    return next((name for name, breaks in RULES if breaks(said, carried)), None)


def pieces_of(text: str) -> list[str]:
    """The sentences in what a model calls one, quotations whole: each has to be carried."""
    said, pieces, begin = plain(text), [], 0
    for found in _ENDS.finditer(said):
        if said.count('"', begin, found.end()) % 2 == 0:
            pieces.append(said[begin : found.end()].strip())
            begin = found.end()
    return [*pieces, said[begin:].strip()]


def gives_orders(passage: str) -> bool:
    """Whether a passage speaks to a program, as no page for parents does."""
    return _ORDERS.search(plain(passage)) is not None


def _only_in(pattern: re.Pattern[str]) -> Rule:
    """Whether a sentence has a hit of the pattern that the passages do not have."""

    def breaks(said: str, carried: str) -> bool:
        known = {_stemmed(found[0]) for found in pattern.finditer(carried)}
        return any(_stemmed(found[0]) not in known for found in pattern.finditer(said))

    return breaks


def _stemmed(text: str) -> str:
    return " ".join(stem(word) for word in _APART.split(text.lower()) if word)


def _is_too_long(said: str, _: str) -> bool:
    return len(said) > MOST_CHARACTERS or len(said.split()) > MOST_WORDS


def _is_no_sentence(said: str, _: str) -> bool:
    words = _WORD.findall(said)
    ends = said.rstrip("\"')")[-1:] in (".", "!", "?")
    return len(words) < FEWEST_WORDS or not ends or not re.match(r'["\'(]?[A-Z0-9]', said)


def _is_foreign(said: str, _: str) -> bool:
    return _FOREIGN.search(said) is not None


def _has_markup(said: str, _: str) -> bool:
    return MARKUP.search(said) is not None or said.count('"') % 2 == 1


def _quotes_otherwise(said: str, carried: str) -> bool:
    """Words in quotation marks have to stand in the passages, letter for letter."""
    text = f" {' '.join(_APART.split(carried.lower()))} "
    quoted = (" ".join(_APART.split(one.lower())).strip() for one in _QUOTED.findall(said))
    return any(f" {one} " not in text for one in quoted)


def _counts_otherwise(said: str, carried: str) -> bool:
    """A number, or a number of something, that the passages do not have."""
    known = set(_numbers(carried))
    return any(one not in known for one in _numbers(said))


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    words = [word.lower() for word in _WORD.findall(text)]
    for at, word in enumerate(words):
        number = word if word[0].isdigit() else NUMBERS.get(word)
        follows = words[at + 1 : at + 3]
        unit = next((stem(one) for one in follows if stem(one) in _stems_of_units()), "")
        if number:
            yield number, unit
            if unit:
                yield number, ""
        elif word in ("one", "an", "a", "each", "every", "per", "once") and unit:
            yield "", unit
        if stem(word) in _stems_of_units():
            yield "", stem(word)


@lru_cache
def _stems_of_units() -> frozenset[str]:
    return frozenset(stem(unit) for unit in UNITS)


def _names_somebody(said: str, carried: str) -> bool:
    """A word with a capital where no sentence begins, unless the passages have the word."""
    known = {word.lower() for word in _WORD.findall(carried)} | {"i"}
    begins = {found.end() for found in _STARTS.finditer(said)} | {0}
    for found in re.finditer(r"[A-Z][A-Za-z'-]*", said):
        inside = found.start() > 0 and said[found.start() - 1].isalpha()
        word = found[0].lower()
        if inside or found.start() in begins or word.split("'")[0] in known or word in known:
            continue
        return True
    return False


def _is_stronger(said: str, carried: str) -> bool:
    """A word such as 'always' or 'must' that the passages do not have."""
    mine, theirs = _words_of(said), _words_of(carried)
    for name, words in STRONGER.items():
        if name in ("must", "nobody", "best"):
            continue
        if words & mine and not words & theirs and not _is_same_strength(name, theirs):
            return True
    return needs_must(_unneeded(said)) and not needs_must(carried)


def _is_same_strength(name: str, theirs: set[str]) -> bool:
    """'cannot' for "can't" or 'not … can'; 'never' for 'do not … ever' is not let through."""
    return name == "cannot" and bool(theirs & {"can", "nobody", "no", "not"})


def _unneeded(said: str) -> str:
    """Without 'do not have to', which binds nobody."""
    return re.sub(r"\b(?:not|n't|needn't|never|don't|doesn't) (?:have|has) to\b", "", said)


def _words_of(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _foretells(said: str, carried: str) -> bool:
    """Something that will be, where the passages do not say that it will."""
    if not _WILL.search(said):
        return False
    if not _WILL.search(carried):
        return True
    known = {word for after in _FUTURE.findall(carried) for word in _stemmed(after).split()}
    return any(
        not known & set(_stemmed(" ".join(after.split()[:2])).split())
        for after in _FUTURE.findall(said)
    )


def _asks(said: str, carried: str) -> bool:
    """A question that is not one of the passages'; words to say are not asked by the bot."""
    return "?" in _QUOTED.sub("", said) and "?" not in carried


def _has_wrong_tone(said: str, carried: str) -> bool:
    return any(fault not in set(faults_of_tone(carried)) for fault in faults_of_tone(said))


def _outside_quotes(rule: Rule) -> Rule:
    return lambda said, carried: rule(_QUOTED.sub('""', said), carried)


RULES: tuple[tuple[str, Rule], ...] = (
    ("language", _is_foreign),
    ("link", _only_in(LINKS)),
    ("markup", _has_markup),
    ("length", _is_too_long),
    ("no sentence", _is_no_sentence),
    ("about itself", _outside_quotes(_only_in(ABOUT_ITSELF))),
    ("quotation", _quotes_otherwise),
    ("number", _counts_otherwise),
    ("medicine", _only_in(MEDICINES)),
    ("diagnosis", _only_in(DIAGNOSES)),
    ("name", _names_somebody),
    ("away from help", _only_in(AWAY_FROM_HELP)),
    ("blame", _outside_quotes(_only_in(BLAME))),
    ("promise", _only_in(PROMISES)),
    ("foretelling", _foretells),
    ("reassurance", _only_in(REASSURANCES)),
    ("stronger", _is_stronger),
    ("question", _asks),
    ("tone", _has_wrong_tone),
)
