"""Finds documents by their words (BM25), also when the words are misspelt."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.passages import GuidanceDocument

TITLE_WEIGHT = 3
SATURATION = 1.2
LENGTH = 0.5
LIKE_ENOUGH = 0.5
CORRECTIONS = 2

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"['’`]")
STOP_WORDS = frozenset(
    """a about all also am an and any are as at be because been but by can could did do does doing
    dont for from get gets getting go goes going got had has have he her hers him his how i id if
    ill im in into is isnt it its ive just me my no not now of off on or our out really say says
    she should so some than that thats the their them then there these they this those to too u
    up us very was we were what when which who why will with would ye you your hes shes theyre
    child children kid kids son daughter boy girl mum mom dad thing things like please help hi
    hello ok okay""".split()  # noqa: SIM905 - a list of a hundred words is unreadable
)


def words_of(text: str) -> list[str]:
    """The words of a text that carry meaning, cut to their stems."""
    plain = _APOSTROPHE.sub("", text.lower())
    return [stem(word) for word in _WORD.findall(plain) if word not in STOP_WORDS]


def stem(word: str) -> str:
    """A word without its commonest English endings: `shouting`, `shouted` and `shouts` meet."""
    for ending, left in (("ies", 3), ("ing", 4), ("ed", 4), ("ly", 4), ("es", 4), ("s", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= left - 1 and word[-2:] != "ss":
            cut = word[: -len(ending)] + ("y" if ending == "ies" else "")
            return cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "ls" else cut
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def trigrams(word: str) -> frozenset[str]:
    """The runs of three letters in a word, its ends marked."""
    marked = f"^{word}$"
    return frozenset(marked[at : at + 3] for at in range(len(marked) - 2))


@dataclass(frozen=True, slots=True)
class LexicalHit:
    """How well a document's words meet a question's; `covered` is the share of it, 0 to 1."""

    document_id: str
    covered: float


class Lexicon:
    """The words of all documents; built once, then only read, so any thread may search it."""

    def __init__(self, documents: Iterable[GuidanceDocument]) -> None:
        counts = {document.id: _counted(document) for document in documents}
        lengths = {id_: sum(words.values()) for id_, words in counts.items()}
        mean = sum(lengths.values()) / max(len(lengths), 1)
        self._weights: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for id_, words in counts.items():
            norm = SATURATION * (1 - LENGTH + LENGTH * lengths[id_] / max(mean, 1))
            for word, count in words.items():
                weight = count * (SATURATION + 1) / (count + norm)
                self._weights[word].append((id_, weight / (SATURATION + 1)))
        self._rarity = {
            word: math.log(1 + (len(counts) - len(found) + 0.5) / (len(found) + 0.5))
            for word, found in self._weights.items()
        }
        self._unknown = math.log(1 + (len(counts) + 0.5) / 0.5)
        self._by_trigram: dict[str, list[str]] = defaultdict(list)
        for word in self._weights:
            for run in trigrams(word):
                self._by_trigram[run].append(word)

    def search(self, text: str, count: int = 20) -> list[LexicalHit]:
        """The documents whose words cover most of the text's, the best first."""
        wanted = Counter(words_of(text))
        scores: dict[str, float] = defaultdict(float)
        possible = 0.0
        for word in wanted:
            possible += self._rarity.get(word, self._unknown)
            for known, likeness in self._readings(word):
                for id_, weight in self._weights[known]:
                    scores[id_] += likeness * self._rarity[known] * weight
        best = sorted(scores, key=lambda id_: (-scores[id_], id_))[:count]
        return [LexicalHit(id_, min(1.0, scores[id_] / possible)) for id_ in best]

    def known_share(self, text: str) -> float:
        """How much of the text is in words the documents use, 0 to 1; 0 for no words at all."""
        words = set(words_of(text))
        weights = {word: self._rarity.get(word, self._unknown) for word in words}
        known = sum(weight for word, weight in weights.items() if word in self._weights)
        return known / sum(weights.values()) if weights else 0.0

    def _readings(self, word: str) -> Iterable[tuple[str, float]]:
        if word in self._weights:
            return [(word, 1.0)]
        return self._nearest(word) if len(word) >= 4 else []

    def _nearest(self, word: str) -> list[tuple[str, float]]:
        runs = trigrams(word)
        shared = Counter(known for run in runs for known in self._by_trigram.get(run, ()))
        likeness = {known: 2 * count / (len(runs) + len(known)) for known, count in shared.items()}
        best = sorted(likeness, key=lambda known: (-likeness[known], known))[:CORRECTIONS]
        return [(known, likeness[known]) for known in best if likeness[known] >= LIKE_ENOUGH]


def _counted(document: GuidanceDocument) -> Mapping[str, int]:
    words = words_of(document.title) * TITLE_WEIGHT
    for text in (*document.sections.values(), *document.parents_say, *document.themes):
        words += words_of(text)
    return Counter(words)
