"""How words are made comparable: casing, quotes, spaced-out letters, leet, typing habits."""

import re
import unicodedata

_LOOKALIKES = str.maketrans("аеорсухікѕј", "aeopcyxiksj")  # Cyrillic letters among Latin ones
_MIXED = re.compile(r"(?=\w*[a-z])(?=\w*[а-яіѕј])\w+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe0f\ufeff]")
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_OVERDOSED = re.compile(r"\bo\.?d['’]d\b")
_SPACED = re.compile(r"(?<![^\W_])[a-z](?:[ .\-_*]{1,3}[a-z]){3,}(?![^\W_])")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_STARRED = re.compile(r"(?<=[a-z])[*@#](?=[a-z])")
_LEET_WORD = re.compile(r"(?<![\w£$€.])(?=\w*[a-z])(?=[\w@$!]*[0-9@$!])[a-z0-9@$!]{4,}(?![\w])")
_MEASURE = re.compile(r"^(?:\d+[a-z]{0,6}|[a-z]{1,3}\d+[a-z]?|\d+\w*|[a-z]+\d+|[a-z]+!+)$")
_LEET = str.maketrans("013457@$!", "oieastasi")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
WINDOW_LENGTH = 220
MOST_WINDOWS = 24

_EMOJI = {
    "🔪": " knife ",
    "🔫": " gun ",
    "💊": " pills ",
    "🩸": " blood ",
    "⚰": " coffin ",
    "🪦": " grave ",
    "☠": " dead ",
    "🪢": " rope ",
}

_TYPED: tuple[tuple[str, str], ...] = (
    (r"su+(?:ic|c|cc|ci|cci|is|s|ss|iec|uic)[aiy]*de?", "suicide"),
    (r"(?:su+(?:ic|c|cc|ci|is|iec)[aiy]*d[aei]+l{1,2}e?y?|suicidle)", "suicidal"),
    (r"sewer ?slide|sewer ?cide|sooicide|toaster bath", "suicide"),
    (r"kms|kmself", "kill myself"),
    (r"kys", "kill yourself"),
    (r"unalive(?:d|ing|s)?|un alive", "kill"),
    (r"seggs", "sex"),
    (r"grippy sock", "psychiatric"),
    (r"oded", "overdosed"),
    (r"od(?:ing)?(?= on| again| tonight)", "overdose"),
    (r"over ?dose?d", "overdosed"),
    (r"over ?dos(?:e|ing)", "overdose"),
    (r"paracetomol|parasetamol|paracetmol|tylenol|acetaminophen|panadol|calpol", "paracetamol"),
    (r"wan+a|wnt to|want 2|wanto", "want to"),
    (r"gon+a|gunna|gona", "going to"),
    (r"hav(?:ing)? 2", "have to"),
    (r"tryna|tryin to|trying 2", "trying to"),
    (r"dnt|dosent|doesn t", "dont"),
    (r"cudnt|couldn t", "couldnt"),
    (r"wudnt|wont wont", "wouldnt"),
    (r"hisself|himsef|himselve?", "himself"),
    (r"herslef|herselve?|hersef", "herself"),
    (r"my ?self|mysef|meself", "myself"),
    (r"thier|thare", "their"),
    (r"2nite|tonite|2night|tonigt", "tonight"),
    (r"2day", "today"),
    (r"2moro|tmrw|tomoz|tmr|2morrow|tomorow|tommorow|tommorrow", "tomorrow"),
    (r"bcoz|bcuz|cuz|coz|becoz|bcos", "because"),
    (r"ppl", "people"),
    (r"u", "you"),
    (r"ur", "your"),
    (r"r", "are"),
    (r"pls|plz", "please"),
    (r"dauter|daugther|doughter|dghter", "daughter"),
    (r"dyin", "dying"),
    (r"kil|kll|kiil", "kill"),
    (r"harmin", "harming"),
    (r"cuttin", "cutting"),
    (r"hittin", "hitting"),
    (r"chokin", "choking"),
    (r"breathin", "breathing"),
    (r"bleedin", "bleeding"),
    (r"siezure|seisure|seziure|seizur", "seizure"),
    (r"unconcious|unconsious|unconsciuos", "unconscious"),
    (r"razer|rasor", "razor"),
    (r"nife|knif", "knife"),
    (r"skool", "school"),
)
_FIXES = tuple((re.compile(rf"\b(?:{pattern})\b"), to) for pattern, to in _TYPED)


def normalise(text: str) -> str:
    """`text` in the one spelling that rules and word models compare: lower case, no apostrophes."""
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = _MIXED.sub(lambda found: found[0].translate(_LOOKALIKES), plain)
    plain = _OVERDOSED.sub("overdosed", _INVISIBLE.sub("", plain))
    plain = _APOSTROPHES.sub("", plain)
    for sign, word in _EMOJI.items():
        plain = plain.replace(sign, word)
    plain = _SPACED.sub(_closed_up, plain)
    plain = _LEET_WORD.sub(_read_leet, plain)
    plain = _STARRED.sub("", _STRETCHED.sub(r"\1\1", plain))
    for pattern, to in _FIXES:
        plain = pattern.sub(to, plain)
    return re.sub(r"[ \t]+", " ", plain).strip()


def _closed_up(found: re.Match[str]) -> str:
    """Spaced-out letters as words: wider gaps part words, unless every gap is that wide."""
    words = [re.sub(r"[^a-z]", "", part) for part in re.split(r" {2,}", found[0])]
    return ("" if all(len(word) == 1 for word in words) else " ").join(words)


def _read_leet(found: re.Match[str]) -> str:
    word = found[0]
    return word if _MEASURE.match(word) else word.translate(_LEET)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text`, in order, none of them empty."""
    return tuple(part.strip() for part in _SENTENCE_END.split(text) if part and part.strip())


def windows(text: str, length: int = WINDOW_LENGTH) -> tuple[str, ...]:
    """Half-overlapping runs of sentences of about `length` characters that cover the whole text.

    A text that fits into one window is its own only window. A very long text is covered to its end
    by longer windows, so that there are never more than `MOST_WINDOWS`.
    """
    if len(text) <= length * 1.4:
        return (text,)
    pieces = [piece for sentence in sentences(text) for piece in _pieces(sentence, length)]
    found: list[str] = []
    start = end = 0
    while end < len(pieces):
        end = start + _count_that_fit(pieces[start:], length)
        found.append(" ".join(pieces[start:end]))
        start += max(1, (end - start) // 2)
    return tuple(found) if len(found) <= MOST_WINDOWS else windows(text, length * 2)


def _pieces(sentence: str, length: int) -> list[str]:
    words = sentence.split()
    pieces: list[str] = []
    for word in words:
        for part in (word[at : at + length] for at in range(0, len(word), length)):
            if pieces and len(pieces[-1]) + len(part) < length:
                pieces[-1] += f" {part}"
            else:
                pieces.append(part)
    return pieces


def _count_that_fit(pieces: list[str], length: int) -> int:
    total = 0
    for count, piece in enumerate(pieces):
        total += len(piece) + 1
        if count and total > length:
            return count
    return len(pieces)
