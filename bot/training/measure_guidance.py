"""Measures the guidance on labelled questions, beside BM25 alone and plain Chroma."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.adapters.embedding_cache import Embeds
from bot.adapters.guidance import Guidance
from bot.core.lexical import Lexicon
from bot.core.passages import Match
from bot.core.routing import Consultation
from bot.core.triage import Route
from bot.training.questions import LabelledQuestion

Find = Callable[[str], Sequence[str]]
LONG_WORDS, FEW_WORDS, TIMED = 40, 5, 100


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many, with Wilson's 95 % interval."""

    name: str
    hits: int
    of: int

    def __str__(self) -> str:
        low, high = wilson(self.hits, self.of)
        share = self.hits / self.of if self.of else 0.0
        return f"{self.name:<64} {share:6.3f}  [{low:.3f}, {high:.3f}]  {self.hits}/{self.of}"


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's score interval (Wilson 1927)."""
    if of == 0:
        return 0.0, 1.0
    share, spread = hits / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z * ((share * (1 - share) / of + spread / (4 * of)) ** 0.5) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def measure(guidance: Guidance, questions: Sequence[LabelledQuestion]) -> list[Rate]:
    """The rates that matter: where each kind went, and whether the page found is the right one."""
    found = [(one, guidance.consult(one.text, one.context, therapist="Dana")) for one in questions]
    covered = [(one, got) for one, got in found if one.kind == "covered"]
    answered = [(one, got) for one, got in covered if got.route is Route.ANSWER]
    rates = [
        Rate("covered: answered", len(answered), len(covered)),
        Rate("answered: first page has an accepted theme", _hits(answered, 1), len(answered)),
        Rate("answered: one of three has", _hits(answered, 3), len(answered)),
    ]
    for kind in (
        "not_covered",
        "clinical",
        "admin",
        "wish_for_therapist",
        "small_talk",
        "injection",
        "other_families",
        "banter",
    ):
        of_kind = [(one, got) for one, got in found if one.kind == kind]
        right = sum(got.route is one.wanted for one, got in of_kind)
        rates.append(Rate(f"{kind}: routed as wanted", right, len(of_kind)))
    return [*rates, *_by_form(covered)]


def _by_form(covered: Sequence[tuple[LabelledQuestion, Consultation]]) -> list[Rate]:
    """Whether a right page was among those shown, for the forms of question that are harder."""
    forms: dict[str, Callable[[LabelledQuestion], bool]] = {
        "leans on what was said before": lambda one: bool(one.context),
        f"{LONG_WORDS} words or more": lambda one: len(one.text.split()) >= LONG_WORDS,
        "five words or fewer": lambda one: len(one.text.split()) <= FEW_WORDS,
    }
    rates = []
    for name, is_such in forms.items():
        such = [(one, got) for one, got in covered if is_such(one)]
        rates.append(Rate(f"covered, {name}: a right page shown", _hits(such, 3), len(such)))
    return rates


def milliseconds(guidance: Guidance, questions: Sequence[LabelledQuestion]) -> float:
    """The median time for one question that nobody has asked before, embedding included."""
    took = []
    for at, one in enumerate(questions[:TIMED]):
        began = time.perf_counter()
        guidance.consult(f"{one.text} {at}", one.context)
        took.append((time.perf_counter() - began) * 1000)
    return float(np.median(took))


def _hits(rows: Sequence[tuple[LabelledQuestion, object]], first: int) -> int:
    return sum(_has_theme(one, getattr(got, "matches", ())[:first]) for one, got in rows)


def _has_theme(one: LabelledQuestion, matches: Sequence[Match]) -> bool:
    return any(one.themes & set(match.themes) for match in matches)


def baselines(
    guidance: Guidance, embedder: Embeds, questions: Sequence[LabelledQuestion]
) -> Mapping[str, Sequence[Rate]]:
    """The first page's theme with BM25 alone, and with plain chunks in a vector store."""
    lexicon = Lexicon(guidance.documents.values())
    documents = list(guidance.documents.values())
    chunks = [(d.id, chunk) for d in documents for chunk in _chunks(" ".join(d.sections.values()))]
    vectors = embedder.embed([chunk for _, chunk in chunks])

    def by_words(text: str) -> Sequence[str]:
        return [hit.document_id for hit in lexicon.search(text)]

    def by_chunks(text: str) -> Sequence[str]:
        likeness = vectors @ embedder.embed([text])[0]
        ordered = [chunks[at][0] for at in np.argsort(-likeness)[:20]]
        return list(dict.fromkeys(ordered))

    covered = [one for one in questions if one.kind == "covered"]
    return {
        name: [_theme_rate(guidance, covered, find, first) for first in (1, 3)]
        for name, find in (("BM25 alone", by_words), ("plain chunks", by_chunks))
    }


def _theme_rate(
    guidance: Guidance, covered: Sequence[LabelledQuestion], find: Find, first: int
) -> Rate:
    hits = sum(
        any(one.themes & set(guidance.documents[id_].themes) for id_ in find(one.read)[:first])
        for one in covered
    )
    return Rate(f"covered: one of the first {first} has an accepted theme", hits, len(covered))


def _chunks(text: str, size: int = 1000) -> Sequence[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]
