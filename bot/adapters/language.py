"""Which language a message is in, told offline; when in doubt it is English."""

import re
import threading
from typing import Final

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

from bot.adapters.language_words import ALSO_ENGLISH, ENGLISH_WORDS, HINDI_WORDS

ENGLISH = "en"
SURE, SURE_SHORT, UNLIKE = (
    0.6,
    0.75,
    0.12,
)  # how likely the other language must be, and how unlikely English
FEWEST_WORDS = 4
_CODES: Final = [
    "EN",
    "ES",
    "FR",
    "DE",
    "PT",
    "IT",
    "NL",
    "PL",
    "TR",
    "TL",
    "AR",
    "HI",
    "UR",
    "RU",
    "UK",
    "RO",
    "SW",
    "SO",
    "ZU",
    "AF",
    "EL",
    "HE",
    "FA",
    "BN",
    "PA",
    "TA",
    "TE",
    "GU",
    "MR",
    "VI",
    "ZH",
    "JA",
    "KO",
    "TH",
    "ID",
    "CS",
    "HU",
    "SV",
    "DA",
    "SQ",
    "HR",
    "BG",
]
PLAINLY = 0.3  # share of small English words that settles it
_ARABIZI = re.compile(r"\b(?=\w*[a-z])\w*[a-z][2357]\w*[a-z]|\b[2357][a-z]{2,}\b", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\b\d+(?:st|nd|rd|th|am|pm|yo|yr|yrs|mg|ml|kg|min|mins|hr|hrs|days?|weeks?|months?)\b", re.I
)
_WORD = re.compile(r"[^\W\d_]+")
_APOSTROPHE = re.compile("['’]")
_LATIN = re.compile(r"[A-Za-z]")


class Languages:
    """Tells languages; reads its tables on first use."""

    def __init__(self) -> None:
        self._detector: LanguageDetector | None = None
        self._lock = threading.Lock()

    def load(self) -> None:
        """Read the tables of the languages, if that has not happened yet."""
        with self._lock:
            if self._detector is None:
                chosen = [
                    Language.from_iso_code_639_1(getattr(IsoCode639_1, code)) for code in _CODES
                ]
                self._detector = (
                    LanguageDetectorBuilder.from_languages(*chosen).with_low_accuracy_mode().build()
                )

    def tell(self, text: str) -> str:
        """The code of the language, `en` when a text is short or unclear.

        Hindi and Urdu, and Arabic, in Latin letters are `hi-Latn` and `ar-Latn`.
        """
        words = [word.lower() for word in _WORD.findall(_APOSTROPHE.sub("", text))]
        if romanised := _romanised(text, words):
            return romanised
        letters = sum(len(word) for word in words)
        if not letters:
            return ENGLISH
        latin = len(_LATIN.findall(text)) > letters / 2
        small = sum(word in ENGLISH_WORDS for word in words)
        if latin and (small >= PLAINLY * len(words) or len(words) < FEWEST_WORDS):
            return ENGLISH
        return self._most_likely(text, SURE_SHORT if len(words) < 9 else SURE)

    def _most_likely(self, text: str, sure: float) -> str:
        self.load()
        assert self._detector is not None
        found = self._detector.compute_language_confidence_values(text[:600])
        likely = {value.language: value.value for value in found[:4]}
        best = found[0]
        if best.value < sure or likely.get(Language.ENGLISH, 0.0) > UNLIKE:
            return ENGLISH
        return best.language.iso_code_639_1.name.lower()


def _romanised(text: str, words: list[str]) -> str | None:
    hindi = [word for word in words if word in HINDI_WORDS]
    strong = {word for word in hindi if word not in ALSO_ENGLISH}
    if len(strong) >= 2 and len(hindi) >= 0.25 * len(words):
        return "hi-Latn"
    arabic = len(_ARABIZI.findall(_ORDINAL.sub(" ", text)))
    return "ar-Latn" if arabic >= 2 and arabic >= 0.15 * len(words) else None
