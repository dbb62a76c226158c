"""Reading age: the Flesch-Kincaid grade, with syllables from a hyphenation dictionary."""

import re

import pyphen

_SENTENCE = re.compile(r"[.!?:]+[\s\"”’']|\n+|$")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_HYPHENS = pyphen.Pyphen(lang="en_GB")


def flesch_kincaid_grade(text: str) -> float:
    """The school grade at which a text is read easily (Kincaid et al. 1975).

    0.39 words a sentence + 11.8 syllables a word - 15.59; 0 for a text without words.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = [part for part in _SENTENCE.split(text) if _WORD.search(part)]
    syllables = sum(_syllables(word) for word in words)
    grade = 0.39 * len(words) / max(len(sentences), 1) + 11.8 * syllables / len(words) - 15.59
    return max(0.0, grade)


def _syllables(word: str) -> int:
    return len(_HYPHENS.positions(word)) + 1
