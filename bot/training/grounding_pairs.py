"""Makes pairs for teaching the grounding reader: a page's sentences, kept true or bent.

From each sentence of a page come rephrasings that the page still carries, and others that it does
not: negated, turned round, with another number, another doer, a word made stronger, something
added. They only teach; what the gate is worth is measured on sentences that people wrote.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.grounding_words import words
from bot.training.grounding_words import ADDITIONS, OPPOSITES, SAME, STRONGER

Change = Callable[[str, random.Random], str | None]
_SENTENCE = re.compile(r"(?<=[.!?])[\"”']?\s+(?=[\"“'A-Z])")
_NUMBER = re.compile(
    r"\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|half|\d+)\b",
    re.IGNORECASE,
)
_COUNTS = ("two", "three", "four", "five", "six", "ten", "twelve", "twenty", "thirty", "fifty")
_IMPERATIVE = re.compile(
    r"^(Add|Agree|Ask|Be|Begin|Believe|Block|Breathe|Bring|Build|Calm|Catch|Check|Choose|Clear|Come|"
    r"Count|Cut|Decide|Describe|Do|Draw|Drop|Expect|Fill|Find|Finish|Fix|Fold|Get|Give|Go|Greet|"
    r"Hang|Hear|Help|Hold|Hook|Join|Keep|Learn|Leave|Let|Lie|Listen|Look|Lose|Make|Mark|Meet|Move|"
    r"Name|Note|Notice|Offer|Pack|Pick|Plan|Play|Practise|Put|Read|Repeat|Say|See|Send|Set|Settle|"
    r"Share|Show|Shrink|Sit|Skip|Slow|Sort|Speak|Spend|Split|Start|Stay|Step|Stop|Swap|Take|Talk|"
    r"Teach|Tell|Think|Tie|Touch|Try|Turn|Use|Wait|Walk|Watch|Work|Write)\b"
)
_VERB = re.compile(
    r"\b(is|are|was|were|can|may|will|should|does|do|did|has|have|helps|need|needs)\b"
)
_LONG = {"don't": "do not", "can't": "cannot", "isn't": "is not", "won't": "will not"}
_LONG |= {"didn't": "did not", "doesn't": "does not", "it's": "it is", "you're": "you are"}
_LINKING = words("with that this from when what than then they your their them have will")
_DOERS: tuple[tuple[str, str], ...] = (
    ("your child", "you"),
    ("they", "you"),
    ("you", "your child"),
    ("them", "you"),
)
_DOERS += (("the therapist", "your child"), ("your therapist", "your child"), ("yourself", "alone"))


@dataclass(frozen=True, slots=True)
class Pair:
    """What a sentence is said to rest on, the sentence, and whether it does."""

    passage: str
    sentence: str
    carried: bool


def sentences_of(text: str) -> list[str]:
    """The sentences of a passage; one in quotation marks is whole."""
    if text.startswith(('"', "“")):
        return [text]
    return [part.strip() for part in _SENTENCE.split(text) if len(part.split()) > 2]


def pairs_of(
    passages: Sequence[str], elsewhere: Sequence[str], chance: random.Random
) -> Iterator[Pair]:
    """Pairs from the passages of one page; `elsewhere` are sentences of other pages."""
    for at, passage in enumerate(passages):
        found = sentences_of(passage)
        for place, one in enumerate(found):
            after = found[place + 1] if place + 1 < len(found) else None
            for sentence in _kept(one, after, chance):
                yield Pair(_around(passages, at, chance), sentence, True)
            for sentence in _bent(one, after, elsewhere, chance):
                yield Pair(_around(passages, at, chance), sentence, False)
        others = [p for where, p in enumerate(passages) if where != at]
        stray = chance.choice(sentences_of(chance.choice(others)) or [""])
        if stray and stray not in passage:
            yield Pair(passage, _reworded(stray, chance), False)
        if chance.random() < 0.5:
            yield Pair(passage, _reworded(chance.choice(elsewhere), chance), False)


def _around(passages: Sequence[str], at: int, chance: random.Random) -> str:
    """The passage, at times with a second one before or after it, as merged sentences claim."""
    if chance.random() < 0.7:
        return passages[at]
    other = chance.choice([p for where, p in enumerate(passages) if where != at])
    return f"{passages[at]} {other}" if chance.random() < 0.5 else f"{other} {passages[at]}"


def _kept(one: str, after: str | None, chance: random.Random) -> list[str]:
    made = [_reworded(one, chance), _reworded(_led(one, chance), chance)]
    if after and '"' not in one + after and len((one + after).split()) < 30:
        joint = chance.choice((", and ", "; ", ", and then "))
        made.append(_reworded(one.rstrip(".") + joint + _lower(after), chance))
    if shorter := _without_item(one):
        made.append(_reworded(shorter, chance))
    return made


def _bent(
    one: str, after: str | None, elsewhere: Sequence[str], chance: random.Random
) -> list[str]:
    changes: list[Change] = [_negated, _opposite, _recounted, _stronger, _redone, _added]
    changes += [_exchanged, _twice]
    chance.shuffle(changes)
    made = [bent for change in changes if (bent := change(one, chance))][:4]
    if after and _IMPERATIVE.match(one) and _IMPERATIVE.match(after) and chance.random() < 0.4:
        made.append(f"{after.rstrip('.')} first, and then {_lower(one)}")
    if chance.random() < 0.4:
        made.append(one.rstrip(".!?") + ", and " + _lower(chance.choice(elsewhere)))
    return [_reworded(bent, chance) if chance.random() < 0.6 else bent for bent in made]


def _reworded(text: str, chance: random.Random) -> str:
    """With a few words changed for others that mean the same."""
    for pattern, same in chance.sample(SAME, len(SAME)):
        if chance.random() < 0.5:
            text = re.sub(rf"\b{pattern}\b", chance.choice(same), text, count=1)
    for short, long in _LONG.items():
        if chance.random() < 0.3:
            text = text.replace(long, short) if chance.random() < 0.5 else text.replace(short, long)
    return text[:1].upper() + text[1:]


def _led(one: str, chance: random.Random) -> str:
    if one.startswith(('"', "“")):
        return chance.choice(("You could say: ", "You might say: ", "Words you can use: ")) + one
    if _IMPERATIVE.match(one):
        lead = chance.choice(("You can ", "You could ", "Then ", "It can help to ", "Try to "))
        return lead + _lower(one)
    return one


def _without_item(one: str) -> str | None:
    """A list without one of its items."""
    found = re.search(r", [^,.:;\"]{2,30}(?=,| or | and )", one)
    return one[: found.start()] + one[found.end() :] if found else None


def _negated(one: str, chance: random.Random) -> str | None:
    undone = re.sub(
        r"\b(do not|don't|does not|doesn't|not|never|seldom) ", "", one, count=1, flags=re.I
    )
    if undone != one:
        return undone[:1].upper() + undone[1:]
    if _IMPERATIVE.match(one):
        return chance.choice(("Do not ", "Don't ", "You need not ", "Never ")) + _lower(one)
    found = _VERB.search(one)
    if not found:
        return None
    verb = found[0]
    put = "do not need" if verb == "need" else "does not help" if verb == "helps" else f"{verb} not"
    return one[: found.start()] + put + one[found.end() :]


def _opposite(one: str, chance: random.Random) -> str | None:
    known = [(a, b) for a, b in OPPOSITES if re.search(rf"\b{a}\b", one, re.I)]
    if not known:
        return None
    word, other = chance.choice(known)
    return re.sub(rf"\b{word}\b", other, one, count=1, flags=re.I)


def _recounted(one: str, chance: random.Random) -> str | None:
    found = _NUMBER.search(one)
    if not found:
        return None
    other = chance.choice([count for count in _COUNTS if count != found[0].lower()])
    return one[: found.start()] + other + one[found.end() :]


def _stronger(one: str, chance: random.Random) -> str | None:
    known = [(a, b) for a, b in STRONGER if re.search(rf"\b{a}\b", one, re.I)]
    if known:
        word, others = chance.choice(known)
        return re.sub(rf"\b{word}\b", chance.choice(others), one, count=1, flags=re.I)
    if _IMPERATIVE.match(one) and chance.random() < 0.5:
        return chance.choice(("You must always ", "Every day, ", "From now on, always ")) + _lower(
            one
        )
    return None


def _redone(one: str, chance: random.Random) -> str | None:
    if _IMPERATIVE.match(one) and chance.random() < 0.6:
        doer = chance.choice(("Let your child ", "Ask the therapist to ", "Ask your child to "))
        return doer + _lower(one)
    known = [(a, b) for a, b in _DOERS if re.search(rf"\b{a}\b", one, re.I)]
    if not known:
        return None
    word, other = chance.choice(known)
    return re.sub(rf"\b{word}\b", other, one, count=1, flags=re.I)


def _added(one: str, chance: random.Random) -> str | None:
    return one.rstrip('.!?"”') + chance.choice(ADDITIONS)


def _exchanged(one: str, chance: random.Random) -> str | None:
    """Two words of meaning have changed places, or you and your child have."""
    if re.search(r"\b(you|your)\b", one) and re.search(r"\b(they|them|their)\b", one):
        turned = {"you": "them", "your": "their", "they": "you", "them": "you", "their": "your"}
        return re.sub(r"\b(you|your|they|them|their)\b", lambda found: turned[found[0]], one)
    words = [found for found in re.finditer(r"\b[a-z]{4,}\b", one) if found[0] not in _LINKING]
    if len(words) < 3:
        return None
    first, second = sorted(chance.sample(words, 2), key=lambda found: found.start())
    between = one[first.end() : second.start()]
    return one[: first.start()] + second[0] + between + first[0] + one[second.end() :]


def _twice(one: str, chance: random.Random) -> str | None:
    """Two words turned into their opposites, or one denied and another turned round."""
    once = _opposite(one, chance)
    return once and (_opposite(once, chance) if chance.random() < 0.5 else _negated(once, chance))


def _lower(text: str) -> str:
    return text if text.startswith(("I ", "I'", '"')) else text[:1].lower() + text[1:]
