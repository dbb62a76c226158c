"""Takes names and numbers out of what is sent to a language model, and out of what comes back."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

CHILD, THERAPIST, NAME = "[child]", "[therapist]", "[name]"
CONTACT, DATE, ADDRESS, NUMBER = "[contact]", "[date]", "[address]", "[number]"
SPOKEN_OF = {CHILD: "your child", THERAPIST: "your therapist"}
MARK = re.compile(r"\[(?:child|therapist|name|contact|date|address|number)\]")

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_ROAD = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|close|court|crescent|way|place|gardens|terrace"
    r"|square|hill|park|row|walk|boulevard|blvd|stra(?:ß|ss)e|weg|rue|calle|via)"
)
_PLAIN = (
    (CONTACT, re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.I)),
    (CONTACT, re.compile(r"\b(?:https?://|www\.|t\.me/)\S+", re.I)),
    (CONTACT, re.compile(r"(?<![\w.])@\w{3,}")),
    (DATE, re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b")),
    (DATE, re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? \d{{2,4}})?\b", re.I)),
    (DATE, re.compile(rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{2,4}})?\b", re.I)),
    (ADDRESS, re.compile(rf"\b\d{{1,4}}[a-z]?,?(?: [\w'’]+){{1,3}} {_ROAD}\b\.?", re.I)),
    (ADDRESS, re.compile(r"\b(?:flat|apartment|apt|unit|house number|no\.) ?\d+[a-z]?\b", re.I)),
    (ADDRESS, re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")),
    (CONTACT, re.compile(r"(?<!\w)\+?\(?\d(?:[\s().\-/]*\d){6,}")),
    (NUMBER, re.compile(r"\d{3,}")),
)
_CALLED = re.compile(r"\b(?:called|named|name is|name['’]?s|names are)\s+([^\W\d_]{2,})", re.I)
_PIECE = re.compile(rf"{MARK.pattern}|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BEGINS = re.compile(r"(?:\A|[.!?…:;\n\"“”'‘’(*•-])\s*\Z")
_POSSESSIVE = re.compile(r"['’]s?\Z", re.I)
_OF_ALIASES = frozenset(re.findall(r"\w+", "family families the and of house case de la von van"))
_CAPITALISED = frozenset(
    re.findall(
        r"\w+",
        """
    i im ive id ill mum mummy mom mommy mama ma dad daddy papa pa nan nana nanna gran granny
    grandma grandpa grandad granddad auntie aunt uncle ok okay tv god christmas easter eid ramadan
    diwali hanukkah monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december english french german spanish
    polish arabic urdu hindi chinese british american european youtube tiktok whatsapp minecraft
    roblox fortnite lego nhs gp senco
    """,
    )
)


@dataclass(frozen=True, slots=True)
class Names:
    """Who might be named: the family's alias, its parents, the therapist and other staff."""

    alias: str = field(repr=False)
    parents: tuple[str, ...] = field(repr=False)
    therapist: str = field(repr=False)
    staff: tuple[str, ...] = field(default=(), repr=False)


class Masker:
    """Masks texts of one family.

    Names that the clinic has are found however they are written. Others are found by their capital
    letter, or after words such as *called*; `ordinary` are words that may begin a sentence.
    """

    def __init__(
        self, names: Names, texts: Iterable[str] = (), ordinary: Iterable[str] = ()
    ) -> None:
        self._ordinary = _CAPITALISED.union(ordinary)
        self._known: dict[str, str] = {}
        self._learn(_words_of(names.therapist), THERAPIST)
        self._learn((word for one in names.parents for word in _words_of(one)), NAME)
        self._learn(_words_of(names.alias), CHILD)
        self._learn((word for one in names.staff for word in _words_of(one)), NAME)
        for text in texts:
            self._learn(self._others_in(text), NAME)

    def mask(self, text: str) -> str:
        """The text with every name and number that is found replaced by its mark."""
        for mark, pattern in _PLAIN:
            text = pattern.sub(mark, text)
        others = {_key(one) for one in self._others_in(text)}

        def masked(piece: re.Match[str]) -> str:
            return self._masked(piece[0], others)

        return _PIECE.sub(masked, text)

    def _masked(self, word: str, others: set[str]) -> str:
        if MARK.fullmatch(word):
            return word
        keys = (_key(word), *(_key(part) for part in re.split("[-’']", word)))
        mark = next((self._known[key] for key in keys if key in self._known), None)
        mark = mark or (NAME if _key(word) in others else None)
        if mark is None:
            return word
        ending = _POSSESSIVE.search(word)
        return mark + (ending[0] if ending else "")

    def _learn(self, words: Iterable[str], mark: str) -> None:
        for word in words:
            if len(word) > 1 and _key(word) not in _OF_ALIASES:
                self._known.setdefault(_key(word), mark)

    def _others_in(self, text: str) -> Sequence[str]:
        """Names that nobody told us, as far as they can be told from other words."""
        found = [one for one in _CALLED.findall(text) if _key(one) not in self._ordinary]
        for piece in _PIECE.finditer(text):
            word, key = piece[0], _key(piece[0])
            if not word[0].isupper() or key in _CAPITALISED:
                continue
            may_be_plain = word.isupper() or _BEGINS.search(text[: piece.start()])
            if not (may_be_plain and key in self._ordinary):
                found.append(word)
        return found


def spoken(text: str) -> str | None:
    """A model's sentence with marks said in words; None where one names what nobody may know."""
    for mark, words in SPOKEN_OF.items():
        text = re.sub(rf"\A{re.escape(mark)}", words.capitalize(), text).replace(mark, words)
    return None if "[" in text or "]" in text else text


def _words_of(name: str) -> Sequence[str]:
    return [piece for piece in re.findall(r"[^\W\d_]+", name) if piece.lower() not in _OF_ALIASES]


def _key(word: str) -> str:
    return _POSSESSIVE.sub("", word.casefold()).replace("'", "").replace("’", "")
