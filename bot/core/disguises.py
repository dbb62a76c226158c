"""Words in disguise, as a filter is meant not to see them: k@ll, d13, s u i c i d e, wantstodie."""

import re
import unicodedata

_LOOKALIKES = str.maketrans("аеорсухікѕј", "aeopcyxiksj")  # Cyrillic letters among Latin ones
_MIXED = re.compile(r"(?=\w*[a-z])(?=\w*[а-яіѕј])\w+", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe0f\ufeff]")
_MARKS = re.compile("[\u0300-\u036f]")
_SPACED = re.compile(r"(?<![^\W_])[a-z](?:[ .\-_*]{1,3}[a-z]){3,}(?![^\W_])", re.IGNORECASE)
_BETWEEN = re.compile(r"[ .\-_*]")
_SHORT_SPACED = re.compile(
    r"(?<![^\W_])(?:d[ .\-_*]i[ .\-_*]e|k[ .\-_*]m[ .\-_*]s)(?![^\W_])", re.I
)
_LEET_WORD = re.compile(
    r"(?<![\w£$€.])(?=\w*[a-z])(?=[\w@$]*[0-9@$])[a-z0-9@$]{4,}(?![\w])", re.IGNORECASE
)
_MEASURE = re.compile(r"^(?:\d+[a-z]{0,6}|[a-z]{1,3}\d+[a-z]?|\d+\w*|[a-z]+\d+)$", re.IGNORECASE)
_LEET = str.maketrans("013457@$", "oieastas")
_CHAT_ALPHABET = re.compile(r"[a-z][2679][a-z]|\b[23579][a-z]{3}", re.IGNORECASE)  # Arabic, typed
_SHORT_LEET = {"d13": "die", "d1e": "die", "di3": "die", "sh3": "she", "h3": "he", "m3": "me"}
_SHORT = re.compile(rf"\b(?:{'|'.join(_SHORT_LEET)})\b", re.IGNORECASE)
_MASKED = re.compile(r"(?<![\w*@#!$])[a-z]+(?:[*@#!$]+[a-z]+)+(?![\w*@#!$])", re.IGNORECASE)
_SIGNS = re.compile(r"[*@#!$]+")
_ADDRESS = re.compile(r"(\S+@\S+\.\w+|https?://\S+)")
_CRISIS = (
    *("kill", "kills", "killed", "killing", "die", "dies", "died", "dying", "dead", "suicide"),
    *("suicidal", "rape", "raped", "rapes", "cut", "cuts", "cutting", "hang", "hanged", "murder"),
    *("overdose", "abuse", "abused", "molest", "hurt", "stab", "stabbed", "shoot", "drown"),
)
_VERBS = ("kill", "killing", "hurt", "hurting", "cut", "cutting", "harm", "hang", "drown")
_SELVES = ("myself", "herself", "himself", "themself", "themselves", "yourself")
_CORES = (
    *(f"{verb} {whom}" for verb in _VERBS for whom in _SELVES),
    *("want to die", "wants to die", "wanted to die", "wanna die", "going to die", "kill me"),
    *("rather be dead", "want to be dead", "wants to be dead", "better off dead"),
    *("end my life", "end her life", "end his life", "commit suicide", "dont want to live"),
    *("doesnt want to live", "took pills", "took tablets", "wish i was dead"),
    *("wishes he was dead", "wishes she was dead"),
)
_TOGETHER = {core.replace(" ", ""): core for core in sorted(_CORES, key=len, reverse=True)}
_RUN = re.compile("|".join(_TOGETHER), re.IGNORECASE)
_LONG_WORD = re.compile(r"[a-z]{7,}", re.IGNORECASE)


def undisguised(text: str) -> str:
    """`text` with such words as they are meant; addresses of mail and web stay as they are."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _MARKS.sub("", _INVISIBLE.sub("", plain))
    parts = _ADDRESS.split(plain)
    parts[::2] = [_read(part) for part in parts[::2]]
    return "".join(parts)


def _read(plain: str) -> str:
    plain = _MIXED.sub(lambda found: found[0].lower().translate(_LOOKALIKES), plain)
    plain = _SPACED.sub(_closed_up, plain)
    plain = _SHORT_SPACED.sub(lambda found: _BETWEEN.sub("", found[0]), plain)
    plain = _MASKED.sub(_unmasked, plain)
    if len(_CHAT_ALPHABET.findall(plain)) < 2:
        plain = _LEET_WORD.sub(_read_leet, plain)
        plain = _SHORT.sub(lambda found: _SHORT_LEET[found[0].lower()], plain)
    return _LONG_WORD.sub(_apart, plain)


def _closed_up(found: re.Match[str]) -> str:
    """Spaced-out letters as words: wider gaps part words, unless every gap is that wide."""
    words = [re.sub(r"[^a-z]", "", part, flags=re.I) for part in re.split(r" {2,}", found[0])]
    return ("" if all(len(word) == 1 for word in words) else " ").join(words)


def _read_leet(found: re.Match[str]) -> str:
    word = found[0]
    return word if _MEASURE.match(word) else word.translate(_LEET)


def _unmasked(found: re.Match[str]) -> str:
    """A word of danger with signs for some of its vowels; of another, stars are dropped."""
    letters = re.compile(_SIGNS.sub("[aeiou]?", found[0]), re.IGNORECASE)
    meant = next((word for word in _CRISIS if letters.fullmatch(word)), None)
    return meant or re.sub(r"[*#]", "", found[0])


def _apart(found: re.Match[str]) -> str:
    """A long word with a phrase of danger run together in it, taken apart there."""
    return _RUN.sub(lambda run: f" {_TOGETHER[run[0].lower()]} ", found[0]).strip()
