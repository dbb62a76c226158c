"""Words for a page whose typeface lacks some letters: emoji become words, the rest is named."""

import re
import unicodedata
from collections.abc import Callable
from itertools import groupby

_JOINERS = "\u200d\ufe0e\ufe0f\u20e3"
_SKIN = range(0x1F3FB, 0x1F400)
_SIGNS = frozenset({"So", "Sk", "Sm", "Po"})
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{1,2}")
_ONE_FLAG = "\U0001f1e6"
_PLAIN = {"white smiling face": "smiling face", "heavy black heart": "red heart"}


def settable(text: str, is_set: Callable[[str], bool], unset: str) -> str:
    """The text in letters that are there: `😂` is `(face with tears of joy)`.

    Letters of a writing that is not there are replaced by `unset`, which says so, once a stretch.
    """
    found: list[str] = []
    for kind, letters in groupby(_known(text), key=lambda one: _kind(one, is_set)):
        run = "".join(letters)
        if kind == "set":
            found.append(run)
        else:
            words = dict.fromkeys(map(_word, run)) if kind == "emoji" else (unset,)
            found.append(f" {' '.join(words)} ")
    joined = "".join(found)
    if joined == text:
        return text
    once = re.sub(rf"{re.escape(unset)}(?:\s*{re.escape(unset)})+", unset, joined)
    return re.sub(r" +(?=[ .,;:!?…”\n]|$)|(?<=“) +", "", once).lstrip()


def _known(text: str) -> str:
    """Without what only joins letters or colours them; a flag, which is two letters, is one."""
    plain = "".join(one for one in text if not _is_joiner(one))
    return _FLAG.sub(_ONE_FLAG, plain)


def _is_joiner(letter: str) -> bool:
    return letter in _JOINERS or ord(letter) in _SKIN or unicodedata.category(letter) == "Cf"


def _kind(letter: str, is_set: Callable[[str], bool]) -> str:
    if is_set(letter):
        return "set"
    return "emoji" if unicodedata.category(letter) in _SIGNS else "unset"


def _word(letter: str) -> str:
    if letter == _ONE_FLAG:
        return "(flag)"
    name = unicodedata.name(letter, "sign").lower()
    return f"({_PLAIN.get(name, name)})"
