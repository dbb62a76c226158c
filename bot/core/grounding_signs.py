"""How a sentence stands beside the passages it rests on: signs, as numbers, of what may differ.

They are read word by word: which words are new, which are denied in one and not in the other, who
does what, what comes first, which 'may' is gone. Each is 0 where nothing differs.
"""

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from itertools import pairwise

from bot.core.grounding import plain
from bot.core.grounding_alike import OPPOSITES
from bot.core.grounding_reading import FAR, SENTENCE, TOKEN, Word, nearest, places, read
from bot.core.grounding_turns import handed, is_flipped, is_listed_otherwise, nots, pronouns, small
from bot.core.grounding_words import words

_CLAUSE = re.compile(r"[.,;:!?()\"]+\s*|\s(?:and then|but|while)\s")
_HEDGES = words(
    "may might can could often some many most mostly sometimes seldom usually perhaps "
    "common tend tends probably generally likely possible times"
)
_TIMES = words("first then before after afterwards next later last once until beforehand")
_NEAR = 7


@dataclass(frozen=True, slots=True)
class Signs:
    """What may differ; counts, or shares from 0 to 1."""

    new: float  # words of meaning that the passages lack, 0 to 4
    new_share: float
    new_run: float  # the longest run of them
    opposite: float  # a word whose opposite the passages have, and not it
    denied: float  # words denied in one and not in the other
    doer: float  # words done by somebody else
    turned: float  # pairs of words in the other order
    turned_in_time: float  # the same beside a word such as 'first'
    swapped: float  # neighbours that stand side by side the other way round
    strangers: float  # neighbours in a clause that share no clause of the passages
    strangers_far: float  # those that share no sentence there either
    pronouns: float  # 'you' beside a word where the passages have 'them', or the reverse
    small: float  # small words that turn a sentence, such as 'more', 'until' or 'yourself'
    handed: float  # what is asked of, or left to, somebody whom the passages do not ask
    flipped: float  # what stands before and after 'than' or ', not' has changed places
    nots: float  # how many more or fewer times it says 'not' than what it is nearest to
    listed: float  # things that are listed in another order, three or more
    bolder: float  # a 'may' or 'often' that is gone
    shyer: float  # one that is new

    def row(self) -> tuple[float, ...]:
        """The numbers in the order of `NAMES`."""
        return tuple(map(float, astuple(self)))


NAMES = tuple(field.name for field in fields(Signs))


def signs_of(sentence: str, carrying: str) -> Signs:
    """The signs of one sentence beside the text that carries it."""
    said, carried = read(plain(sentence)), read(plain(carrying))
    known = {word.stem for word in carried}
    fresh = [word.stem not in known for word in said]
    shared = [word for word in said if word.stem in known]
    turned, mine = _turned(shared, carried), {word.stem for word in said}
    in_time = bool(_TIMES & {token.lower() for token in TOKEN.findall(sentence)})
    hedged, hedges = _hedges(sentence), _hedges(nearest(sentence, carrying))
    count = max(len(said), 1)
    return Signs(
        new=min(sum(fresh), 4),
        new_share=sum(fresh) / count,
        new_run=min(_longest_run(fresh), 4),
        opposite=min(sum(_is_opposite(w, known - mine) for w in said if w.stem not in known), 2),
        denied=min(_differing(shared, carried, "denied"), 3),
        doer=min(_differing(shared, carried, "doer"), 3),
        turned=turned,
        turned_in_time=turned * in_time,
        swapped=min(_swapped(shared, carried), 3),
        strangers=min(_strangers(sentence, carrying, _CLAUSE), 3),
        strangers_far=min(_strangers(sentence, carrying, SENTENCE), 3),
        pronouns=min(pronouns(sentence, carrying), 2),
        small=min(small(sentence, carrying), 3),
        handed=min(len(handed(sentence) - handed(carrying)), 1),
        flipped=float(is_flipped(sentence, carrying)),
        nots=min(nots(sentence, carrying), 2),
        listed=float(is_listed_otherwise(sentence, carrying)),
        bolder=float(hedges and not hedged),
        shyer=float(hedged and not hedges),
    )


def _is_opposite(word: Word, lost: set[str]) -> bool:
    """Whether a new word is the opposite of one that the passages have and the sentence has not."""
    return any(other in lost for other in OPPOSITES.get(word.stem, ()))


def _differing(shared: Sequence[Word], carried: Sequence[Word], what: str) -> int:
    """How many shared words are surely never so in the passages as they are in the sentence."""
    known: dict[str, set[str]] = {}
    for word in carried:
        known.setdefault(word.stem, set()).add(getattr(word, what))
    return sum(
        getattr(word, what) != FAR and not {FAR, getattr(word, what)} & known[word.stem]
        for word in shared
    )


def _turned(shared: Sequence[Word], carried: Sequence[Word]) -> float:
    """The share of pairs of words that stand the other way round in the passages."""
    where = places(carried)
    spots = [where[word.stem][0] for word in shared if len(where[word.stem]) == 1]
    pairs = [(a, b) for at, a in enumerate(spots) for b in spots[at + 1 :]]
    return sum(a > b for a, b in pairs) / len(pairs) if pairs else 0.0


def _swapped(shared: Sequence[Word], carried: Sequence[Word]) -> int:
    """How many neighbouring words stand close by in the passages, in the other order alone."""
    where = places(carried)
    count = 0
    for one, two in pairwise(shared):
        gaps = [b - a for a in where[one.stem] for b in where[two.stem] if abs(b - a) <= _NEAR]
        count += bool(gaps) and max(gaps) < 0
    return count


def _strangers(sentence: str, carrying: str, cut: re.Pattern[str]) -> int:
    """Neighbours in a clause of the sentence that meet in none of the parts of the passages."""
    parts = [{word.stem for word in read(part)} for part in cut.split(plain(carrying)) if part]
    known = set().union(*parts) if parts else set()
    count = 0
    for clause in _CLAUSE.split(plain(sentence)):
        stems = [word.stem for word in read(clause or "") if word.stem in known]
        count += sum(
            one != two and not any(one in part and two in part for part in parts)
            for one, two in pairwise(stems)
        )
    return count


def _longest_run(fresh: Sequence[bool]) -> int:
    longest = run = 0
    for is_new in fresh:
        run = run + 1 if is_new else 0
        longest = max(longest, run)
    return longest


def _hedges(text: str) -> bool:
    return bool(_HEDGES & {token.lower() for token in TOKEN.findall(text)})
