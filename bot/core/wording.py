"""How words are made comparable: casing, quotes, disguises, typing habits."""

import re

from bot.core.disguises import undisguised

_APOSTROPHES = re.compile("['’‘ʼ`´]")
_OVERDOSED = re.compile(r"\bo\.?d['’]d\b")
_STRETCHED = re.compile(r"(\w)\1{2,}")
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
    (r"want s to", "wants to"),
    (
        r"(wants?|wanted|going) (?:to+|2) (?:dye|dy|diee)(?! (?:my|her|his|their|it|the|some)\b)",
        r"\1 to die",
    ),
    (r"wants 2", "wants to"),
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
    plain = _OVERDOSED.sub("overdosed", undisguised(text).lower())
    plain = _APOSTROPHES.sub("", plain)
    for sign, word in _EMOJI.items():
        plain = plain.replace(sign, word)
    plain = _STRETCHED.sub(r"\1\1", plain)
    for pattern, to in _FIXES:
        plain = pattern.sub(to, plain)
    return re.sub(r"[ \t]+", " ", plain).strip()


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
