"""Words, pairs of words and runs of letters of a message, as numbers in a fixed range."""

import re
from collections.abc import Iterator, Sequence
from zlib import crc32

BUCKETS = 1 << 18
LONGEST = 6000  # characters of a text that are read for runs of letters
_WORD = re.compile(r"[^\W_]+|[?!]")


def words_of(plain: str) -> list[str]:
    """The words of a normalised text."""
    return _WORD.findall(plain)


def word_grams(plain: str, prefix: str = "") -> Iterator[str]:
    """Single words, pairs and triples, and pairs with one word between."""
    words = words_of(plain)
    for at, word in enumerate(words):
        yield prefix + word
        for gap in (1, 2):
            if at + gap < len(words):
                joint = " " if gap == 1 else " * "
                yield f"{prefix}{word}{joint}{words[at + gap]}"
        if at + 2 < len(words):
            yield f"{prefix}{word} {words[at + 1]} {words[at + 2]}"


def letter_grams(plain: str, prefix: str = "") -> Iterator[str]:
    """Runs of three to five letters within words, their edges marked by spaces."""
    for word in plain[:LONGEST].split():
        edged = f" {word} "
        for size in (3, 4, 5):
            for at in range(max(1, len(edged) - size + 1)):
                yield prefix + edged[at : at + size]


def bucket(gram: str) -> int:
    """The number of a gram, the same on every machine."""
    return crc32(gram.encode()) % BUCKETS


def word_buckets(plain: str, context: Sequence[str]) -> list[int]:
    """The sorted numbers of a message's word grams; those of earlier messages are kept apart."""
    found = {bucket(gram) for gram in word_grams(plain)}
    for earlier in context:
        found |= {bucket(gram) for gram in word_grams(earlier, "<")}
    return sorted(found)


def letter_buckets(plain: str) -> list[int]:
    """The sorted numbers of a message's runs of letters."""
    return sorted({bucket(gram) for gram in letter_grams(plain)})
