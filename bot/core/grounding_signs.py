"""How a sentence stands beside the passages it rests on: signs, as numbers, of what may differ.

They are read word by word: which words are new, which are denied in one and not in the other, who
does what, what comes first, which 'may' is gone. Each is 0 where nothing differs.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from functools import lru_cache
from itertools import pairwise

from bot.core.grounding import plain
from bot.core.grounding_alike import ALIKE, EMPTY, OPPOSITES
from bot.core.grounding_words import words
from bot.core.lexical import stem

_TOKEN = re.compile(r"[A-Za-z][A-Za-z']*|\d+|[.,;:!?\"()]")
_SENTENCE = re.compile(r"(?<=[.!?])[\"')]*\s+")
_CLAUSE = re.compile(r"[.,;:!?()\"]+\s*|\s(?:and then|but|while)\s")
_PRONOUNS = dict.fromkeys(words("you your yours yourself i me my"), "you")
_PRONOUNS |= dict.fromkeys(
    words("they them their theirs themselves he him his she her hers child children teen"), "child"
)
_DENYING = words(
    "not no never nobody none nor without cannot seldom rarely neither needn't instead "
    "avoid skip skipping hardly"
)
_DENYING_TWO = frozenset({("rather", "than"), ("leave", "out"), ("leave", "off"), ("in", "place")})
_DENIED = 2  # words of meaning after 'not' that it denies; the next may be denied or not
_DOING = 3  # words after its doer that are surely done by it
_HEDGES = words(
    "may might can could often some many most mostly sometimes seldom usually perhaps "
    "common tend tends probably generally likely possible times"
)
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
_FAR = "far"  # too far from a doer, or from a 'not', to say
_ENDS_DENYING = words("and but so then or because while")
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
    nots: float  # how many more or fewer times it says 'not' than what it is nearest to
    bolder: float  # a 'may' or 'often' that is gone
    shyer: float  # one that is new

    def row(self) -> tuple[float, ...]:
        """The numbers in the order of `NAMES`."""
        return tuple(map(float, astuple(self)))


NAMES = tuple(field.name for field in fields(Signs))


@dataclass(frozen=True, slots=True)
class _Word:
    stem: str
    denied: str
    doer: str


def signs_of(sentence: str, carrying: str) -> Signs:
    """The signs of one sentence beside the text that carries it."""
    said, carried = _read(plain(sentence)), _read(plain(carrying))
    known = {word.stem for word in carried}
    fresh = [word.stem not in known for word in said]
    shared = [word for word in said if word.stem in known]
    turned = _turned(shared, carried)
    in_time = bool(_TIMES & {token.lower() for token in _TOKEN.findall(sentence)})
    mine, theirs = _hedges(sentence), _hedges(_nearest(sentence, carrying))
    count = max(len(said), 1)
    return Signs(
        new=min(sum(fresh), 4),
        new_share=sum(fresh) / count,
        new_run=min(_longest_run(fresh), 4),
        opposite=min(sum(_has_opposite(word, known) for word in said), 2),
        denied=min(_differing(shared, carried, "denied"), 3),
        doer=min(_differing(shared, carried, "doer"), 3),
        turned=turned,
        turned_in_time=turned * in_time,
        swapped=min(_swapped(shared, carried), 3),
        strangers=min(_strangers(sentence, carrying, _CLAUSE), 3),
        strangers_far=min(_strangers(sentence, carrying, _SENTENCE), 3),
        pronouns=min(_pronouns(sentence, carrying), 2),
        nots=min(_nots(sentence, carrying), 2),
        bolder=float(theirs and not mine),
        shyer=float(mine and not theirs),
    )


@lru_cache(maxsize=512)
def _read(text: str) -> tuple[_Word, ...]:
    return tuple(_words(_TOKEN.findall(text)))


def _words(tokens: Sequence[str]) -> Iterator[_Word]:
    """The words of meaning, with what denies them and who does them."""
    since_not, since_doer, doer = 9, 9, _FAR
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
            denied = "yes" if since_not <= _DENIED else "no" if since_not > _DENIED + 2 else _FAR
            yield _Word(_one_of(word), denied, doer if since_doer <= _DOING else _FAR)


def _who(word: str, previous: str, following: str) -> str:
    """Whom a word names as the doer of what comes next; after 'of' or 'with' it names nobody."""
    if previous in _BEFORE_OBJECTS and following != "to":
        return ""
    base = re.sub(r"'(?:re|ll|ve|d|m)$", "", word)
    if base in _YOU:
        return "you"
    return "child" if base in _CHILD else "other" if base in _OTHERS else ""


def _one_of(word: str) -> str:
    """A word's stem, or the one that stands for all that mean the same."""
    found = stem(word.replace("'s", "").replace("'", ""))
    return ALIKE.get(found, ALIKE.get(word, found))


def _has_opposite(word: _Word, known: set[str]) -> bool:
    if word.stem in known:
        return False
    return any(other in known for other in OPPOSITES.get(word.stem, ()))


def _differing(shared: Sequence[_Word], carried: Sequence[_Word], what: str) -> int:
    """How many shared words are surely never so in the passages as they are in the sentence."""
    known: dict[str, set[str]] = {}
    for word in carried:
        known.setdefault(word.stem, set()).add(getattr(word, what))
    return sum(
        getattr(word, what) != _FAR and not {_FAR, getattr(word, what)} & known[word.stem]
        for word in shared
    )


def _turned(shared: Sequence[_Word], carried: Sequence[_Word]) -> float:
    """The share of pairs of words that stand the other way round in the passages."""
    places = _places(carried)
    spots = [places[word.stem][0] for word in shared if len(places[word.stem]) == 1]
    pairs = [(a, b) for at, a in enumerate(spots) for b in spots[at + 1 :]]
    return sum(a > b for a, b in pairs) / len(pairs) if pairs else 0.0


def _swapped(shared: Sequence[_Word], carried: Sequence[_Word]) -> int:
    """How many neighbouring words stand close by in the passages, in the other order alone."""
    places = _places(carried)
    count = 0
    for one, two in pairwise(shared):
        gaps = [b - a for a in places[one.stem] for b in places[two.stem] if abs(b - a) <= _NEAR]
        count += bool(gaps) and max(gaps) < 0
    return count


def _strangers(sentence: str, carrying: str, cut: re.Pattern[str]) -> int:
    """Neighbours in a clause of the sentence that meet in none of the parts of the passages."""
    parts = [{word.stem for word in _read(part)} for part in cut.split(plain(carrying)) if part]
    known = set().union(*parts) if parts else set()
    count = 0
    for clause in _CLAUSE.split(plain(sentence)):
        stems = [word.stem for word in _read(clause or "") if word.stem in known]
        count += sum(
            one != two and not any(one in part and two in part for part in parts)
            for one, two in pairwise(stems)
        )
    return count


def _pronouns(sentence: str, carrying: str) -> int:
    """Words that stand beside 'you' here and only beside 'they' there, or the reverse."""
    theirs = _beside(plain(carrying))
    return sum(
        bool(theirs.get(place)) and not whom & theirs[place]
        for place, whom in _beside(plain(sentence)).items()
    )


@lru_cache(maxsize=512)
def _beside(text: str) -> Mapping[tuple[str, int], frozenset[str]]:
    """Whom the pronoun just before, or just after, each word names."""
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    found: dict[tuple[str, int], set[str]] = {}
    for at, token in enumerate(tokens):
        if not token[0].isalpha() or token in _PRONOUNS:
            continue
        for side in (-1, 1):
            near = tokens[max(at - 1, 0) : at] if side < 0 else tokens[at + 1 : at + 2]
            for other in near:
                whom = _PRONOUNS.get(re.sub(r"'\w+$", "", other))
                if whom:
                    found.setdefault((_one_of(token), side), set()).add(whom)
    return {place: frozenset(whom) for place, whom in found.items()}


def _nots(sentence: str, carrying: str) -> int:
    """How the number of denials differs from that of what the sentence is nearest to."""
    mine = {word.stem for word in _read(plain(sentence))}
    near = [
        part
        for part in _SENTENCE.split(carrying)
        if len(mine & {word.stem for word in _read(plain(part))}) >= 2
    ] or [_nearest(sentence, carrying)]
    said, there = _denials(sentence), [_denials(part) for part in near]
    if min(there) <= said <= sum(there):
        return 0
    return min(abs(said - min(there)), abs(said - sum(there)))


def _denials(text: str) -> int:
    tokens = [token.lower() for token in _TOKEN.findall(plain(text))]
    pairs = zip(tokens, [*tokens[1:], ""], strict=True)
    return sum(
        one in _DENYING or one.endswith("n't") or (one, two) in _DENYING_TWO for one, two in pairs
    )


def _places(carried: Sequence[_Word]) -> Mapping[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(carried):
        places.setdefault(word.stem, []).append(at)
    return places


def _longest_run(fresh: Sequence[bool]) -> int:
    longest = run = 0
    for is_new in fresh:
        run = run + 1 if is_new else 0
        longest = max(longest, run)
    return longest


def _hedges(text: str) -> bool:
    return bool(_HEDGES & {token.lower() for token in _TOKEN.findall(text)})


def _nearest(sentence: str, carrying: str) -> str:
    """The sentence of the passages that shares most words with this one."""
    mine = {word.stem for word in _read(plain(sentence))}

    def shared(other: str) -> float:
        theirs = {word.stem for word in _read(plain(other))}
        return len(mine & theirs) / (len(mine | theirs) or 1)

    return max(_SENTENCE.split(carrying), key=shared, default="")
