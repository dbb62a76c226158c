"""Rewording: a language model may say a reviewed page warmer, and nothing that is not in it."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the page that is answered from: its section, and the words as they stand."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is worded: the question and the last turns (both masked), and the passages."""

    question: str = field(repr=False)
    turns: tuple[str, ...] = field(repr=False)
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft; `passages` are the indexes, from 0, of what it rests on."""

    text: str = field(repr=False)
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model wrote, sentence by sentence; nothing of it has been checked yet."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """A sentence that may not be said, and the name of the rule that it broke."""

    sentence: Sentence
    reason: str


@dataclass(frozen=True, slots=True)
class Gated:
    """What is left of a draft: nothing, where its core is gone and the curated reply goes out."""

    kept: tuple[Sentence, ...]
    dropped: tuple[Drop, ...]

    @property
    def core_is_there(self) -> bool:
        """Whether what is left still answers the question."""
        return bool(self.kept)


class Gate(Protocol):
    """Holds every sentence of a draft against the passages it says that it rests on."""

    def check(self, request: Request, draft: Draft) -> Gated:
        """Which sentences may be said, and why the others may not."""
