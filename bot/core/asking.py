"""What kind of thing a parent asks for, as far as plain words show it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core import signs
from bot.core.signs import pattern_of


class Intent(StrEnum):
    """What a message wants, other than guidance."""

    GREETING = "greeting"
    THANKS = "thanks"
    CLINICAL = "clinical"
    ADMIN = "admin"
    WISH_FOR_THERAPIST = "wish_for_therapist"
    INJECTION = "injection"
    OTHER_FAMILIES = "other_families"
    BANTER = "banter"


@dataclass(frozen=True, slots=True)
class Sign:
    """Words in a message that speak for an intent; a `certain` one decides alone."""

    intent: Intent
    words: str
    certain: bool


_RULES = tuple(
    (intent, certain, pattern_of(lines))
    for intent, certain, lines in (
        (Intent.INJECTION, True, signs.INJECTION),
        (Intent.OTHER_FAMILIES, True, signs.OTHER_FAMILIES),
        (Intent.WISH_FOR_THERAPIST, True, signs.WISH_FOR_THERAPIST),
        (Intent.CLINICAL, True, signs.CLINICAL),
        (Intent.ADMIN, True, signs.ADMIN),
        (Intent.BANTER, True, signs.BANTER),
        (Intent.WISH_FOR_THERAPIST, False, signs.PERHAPS_A_WISH),
        (Intent.CLINICAL, False, signs.PERHAPS_CLINICAL),
        (Intent.ADMIN, False, signs.PERHAPS_ADMIN),
    )
)

_HELLO = re.compile(
    r"^(?:(?:hi+|hey+|hello+|hiya|yo|howdy|heya|morning|evening|afternoon|good "
    r"(?:morning|evening|afternoon|day)|greetings|salaam|namaste|hallo|moin|servus|hola|"
    r"bonjour|ciao|sup|how are (?:you|u|ye)"
    r"(?: (?:today|doing|keeping))?|how(?:'|’)?s it going|you (?:there|ok)|anyone there|hi there|"
    r"hello there|there|again|all|everyone|bot|what(?:'|’)?s up|is this (?:thing )?(?:on|working)|"
    r"testing?|just testing|start)\W*)+$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^(?:(?:ok(?:ay)?|oh|ah|aw+|that(?:'|’)?s|that (?:was|is)|this (?:is|was)|it(?:'|’)?s|great|"
    r"lovely|brilliant|perfect|fab|super|cool|good|nice|grand|sound|very|really|so|much|many|thanks?|"
    r"thank (?:you|u|ye)|thankyou|thx|ty|tysm|cheers|ta|appreciate(?:d)?(?: (?:it|that|this))?|"
    r"helpful|useful|helps|helped|lol|ha(?:ha)+|ha|fair enough|see|"
    r"a (?:lot|million|bunch|mill)|i|will (?:try|do)|i(?:'|’)?ll (?:try|do|give)|try|it|that|this|"
    r"tonight|for (?:that|this|your help|the (?:help|tips?|advice))|you(?:'|’)?re (?:a )?"
    r"(?:great|star|the best|legend|lifesaver)|got it|makes sense|bye|goodbye|good ?night|"
    r"night|see (?:you|ya)|no worries|a go|again|we(?:'|’)?ll|do|amazing|god bless(?: you)?|bless)"
    r"\W*)+$",
    re.IGNORECASE,
)


SMALL_TALK_WORDS = 14


def signs_in(text: str, therapist: str | None = None) -> tuple[Sign, ...]:
    """Every sign of an intent other than guidance, the rules' order kept."""
    plain = by_role(" ".join(text.split()), therapist)
    small = _small_talk(plain)
    found = (
        Sign(intent, hit.group(0), certain)
        for intent, certain, rule in _RULES
        if (hit := rule.search(plain))
    )
    return (*small, *found)


def by_role(text: str, therapist: str | None) -> str:
    """The text with the therapist called by their role: guidance knows nobody by name."""
    if not therapist:
        return text
    return re.sub(rf"\b{re.escape(therapist)}\b", "the therapist", text, flags=re.IGNORECASE)


def _small_talk(plain: str) -> tuple[Sign, ...]:
    if len(plain.split()) > SMALL_TALK_WORDS:
        return ()
    if not any(mark.isalnum() for mark in plain) or _HELLO.match(plain):
        return (Sign(Intent.GREETING, plain, True),)
    if _THANKS.match(plain):
        return (Sign(Intent.THANKS, plain, True),)
    return ()


_FOLLOW_UP = re.compile(
    r"^(?:and|but|ok(?:ay)? (?:and|but|so)|so|what (?:if|about|now|then|next|else)|how (?:about|so|"
    r"long|often|come)|why|which|then what|now what|like what|such as|does (?:that|this|it)|"
    r"(?:is|are|was|would|will|should|can|could|did) (?:that|this|it|those|these)|"
    r"(?:i|we) (?:tried|did|have tried|already)|(?:he|she|they|it)(?:'|’)?s?\b|that\b|tried|"
    r"still|same|again|any(?:thing)? (?:else|other|more)|more|for how long|and what|no\b|yes\b|"
    r"then\b)",
    re.IGNORECASE,
)
_SHORT_FOLLOW_UP = re.compile(
    r"^(?:(?:what|how|when|where) (?:do|does|should|can|would) (?:i|we|you|he|she|it|they)\b|"
    r"(?:do|should|can|could|would) (?:i|we) "
    r"(?:stay|go|keep|say|tell|do|wait|stop|leave|let|try|have)\b|"
    r"(?:is|was) (?:it|that)\b|should i have\b|too (?:big|small|much|late|soon|early)\b|"
    r"every (?:time|day|night)\b|normal\b|keep \w+ing\b|now\b|any chance\b|anything better\b)",
    re.IGNORECASE,
)
FOLLOW_UP_WORDS, SHORT_WORDS = 14, 7
WINDOW_SENTENCES = 2
LONG_WORDS = 40
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


def is_follow_up(text: str) -> bool:
    """Whether a message leans on what was said before it ('and if she's older?')."""
    words, plain = len(text.split()), text.strip()
    if words <= SHORT_WORDS and _SHORT_FOLLOW_UP.match(plain):
        return True
    return words <= FOLLOW_UP_WORDS and bool(_FOLLOW_UP.match(plain))


def readings_of(text: str, context: Sequence[str]) -> tuple[str, ...]:
    """The texts to look up for a message: itself, with what it leans on, and a long one's parts."""
    own = " ".join(text.split())
    readings = [own]
    if context and is_follow_up(own):
        readings.append(f"{' '.join(context[-1].split())} {own}")
    if len(own.split()) > LONG_WORDS:
        readings += windows_of(text)
    return tuple(dict.fromkeys(readings))


def windows_of(text: str) -> list[str]:
    """A long message in overlapping stretches of two sentences."""
    sentences = [" ".join(part.split()) for part in _SENTENCE.split(text) if part.strip()]
    sentences = [piece for sentence in sentences for piece in _pieces(sentence)]
    last = max(len(sentences) - WINDOW_SENTENCES + 1, 1)
    return [" ".join(sentences[at : at + WINDOW_SENTENCES]) for at in range(last)]


def _pieces(sentence: str) -> list[str]:
    words = sentence.split()
    return [" ".join(words[at : at + LONG_WORDS]) for at in range(0, len(words), LONG_WORDS)]
