"""Reads a text word by word: what each word of meaning is, whether it is denied, and who does it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.grounding import plain
from bot.core.grounding_alike import ALIKE, EMPTY
from bot.core.grounding_words import words
from bot.core.lexical import stem

TOKEN = re.compile(r"[A-Za-z][A-Za-z']*|\d+|[.,;:!?\"()]")
SENTENCE = re.compile(r"(?<=[.!?])[\"')]*\s+")
_DENYING = words(
    "not no never nobody none nor without cannot seldom rarely neither needn't instead "
    "avoid skip skipping hardly"
)
_DENYING_TWO = frozenset({("rather", "than"), ("leave", "out"), ("leave", "off"), ("in", "place")})
_DENIED = 2  # words of meaning after 'not' that it denies; the next may be denied or not
_DOING = 3  # words after its doer that are surely done by it
_YOU = frozenset({"you", "i", "we", "yourself"})
_CHILD = words(
    "they he she child children teen teenager kid kids son daughter baby toddler grandchild"
)
_OTHERS = words(
    "therapist therapists teacher doctor parents partner gran school adult adults "
    "stranger strangers relatives family friends somebody someone"
)
_BEFORE_OBJECTS = words("of by for with from at about to near on in than like")
_NO_ORDERS = words(
    "a an the some many most your their this that these those it there when if while once "
    "before after what how who for to in at by with as children teenagers even much later "
    "all"
)
FAR = "far"  # too far from a doer, or from a 'not', to say
_ENDS_DENYING = words("and but so then or because while")


@dataclass(frozen=True, slots=True)
class Word:
    stem: str
    denied: str
    doer: str


@lru_cache(maxsize=512)
def read(text: str) -> tuple[Word, ...]:
    return tuple(_words(TOKEN.findall(text)))


def _words(tokens: Sequence[str]) -> Iterator[Word]:
    """The words of meaning, with what denies them and who does them."""
    since_not, since_doer, doer = 9, 9, FAR
    begins = True
    for at, token in enumerate(tokens):
        word = token.lower()
        if not word[0].isalnum():
            since_not = 9
            begins = begins or word in ".!?;:"
            continue
        if begins:
            doer, since_doer, begins = "you", 9 if word in _NO_ORDERS else 0, False
        previous = tokens[at - 1].lower() if at else ""
        following = tokens[at + 1].lower() if at + 1 < len(tokens) else ""
        if word in _DENYING or word.endswith("n't") or (word, following) in _DENYING_TWO:
            since_not = 0
            continue
        who = _who(word, previous, following)
        doer, since_doer = (who, 0) if who else (doer, since_doer + 1)
        since_not = 9 if word in _ENDS_DENYING else since_not
        if word not in EMPTY:
            since_not += 1
            denied = "yes" if since_not <= _DENIED else "no" if since_not > _DENIED + 2 else FAR
            yield Word(one_of(word), denied, doer if since_doer <= _DOING else FAR)


def _who(word: str, previous: str, following: str) -> str:
    """Whom a word names as the doer of what comes next; after 'of' or 'with' it names nobody."""
    if previous in _BEFORE_OBJECTS and following != "to":
        return ""
    base = re.sub(r"'(?:re|ll|ve|d|m)$", "", word)
    if base in _YOU:
        return "you"
    return "child" if base in _CHILD else "other" if base in _OTHERS else ""


def one_of(word: str) -> str:
    """A word's stem, or the one that stands for all that mean the same."""
    found = stem(word.replace("'s", "").replace("'", ""))
    return ALIKE.get(found, ALIKE.get(word, found))


def denials(text: str) -> int:
    tokens = [token.lower() for token in TOKEN.findall(plain(text))]
    pairs = zip(tokens, [*tokens[1:], ""], strict=False)
    return sum(
        one in _DENYING or one.endswith("n't") or (one, two) in _DENYING_TWO for one, two in pairs
    )


def places(carried: Sequence[Word]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, word in enumerate(carried):
        found.setdefault(word.stem, []).append(at)
    return found


def near(sentence: str, carrying: str) -> list[str]:
    """The sentences of the passages that share two words of meaning with this one, or the nearest."""
    mine = {word.stem for word in read(plain(sentence))}
    parts = SENTENCE.split(plain(carrying))
    found = [part for part in parts if len(mine & {word.stem for word in read(part)}) >= 2]
    return found or [nearest(sentence, carrying)]


def nearest(sentence: str, carrying: str) -> str:
    """The sentence of the passages that shares most words with this one."""
    mine = {word.stem for word in read(plain(sentence))}

    def shared(other: str) -> float:
        theirs = {word.stem for word in read(plain(other))}
        return len(mine & theirs) / (len(mine | theirs) or 1)

    return max(SENTENCE.split(carrying), key=shared, default="")
