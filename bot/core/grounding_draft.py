"""What is left of a draft once its sentences are judged, and whether it is still an answer."""

import re
from collections.abc import Sequence

from bot.core.rewording import Drop, Gated, Sentence

CORE = frozenset({"In short", "Try this"})
FEWEST_KEPT = 0.6  # of the sentences; with fewer left, what was meant is not there
LONGEST_TEXT = 900  # characters of a chat message
_LEANS = re.compile(
    r"^(?:then|and|but|so|or|this|that|these|those|it|they|he|she|both|also|too|after that|"
    r"afterwards|in that case|once (?:it|that)|instead|otherwise|such)\b",
    re.IGNORECASE,
)
LEANING, LOST = "leans on what was dropped", "too little is left"
Judged = Sequence[tuple[Sentence, str | None]]


def settle(judged: Judged, sections: Sequence[str]) -> Gated:
    """The draft without what fails; without its core, or with too little left, nothing of it.

    `judged` are the sentences in order, each with the rule it broke or None; `sections` are those
    of the request's passages.
    """
    kept: list[Sentence] = []
    dropped: list[Drop] = []
    was_dropped = False
    for sentence, reason in judged:
        reason = reason or (LEANING if was_dropped and _LEANS.match(sentence.text) else None)
        was_dropped = reason is not None
        if reason is None:
            kept.append(sentence)
        else:
            dropped.append(Drop(sentence, reason))
    if kept and not _stands(kept, len(judged), sections):
        dropped += [Drop(sentence, LOST) for sentence in kept]
        kept = []
    return Gated(tuple(kept), tuple(dropped))


def _stands(kept: Sequence[Sentence], of: int, sections: Sequence[str]) -> bool:
    """Whether enough is left, with the page's answer or one of its steps in it."""
    rests_on = {sections[at] for sentence in kept for at in sentence.passages}
    length = sum(len(sentence.text) + 1 for sentence in kept)
    return len(kept) >= FEWEST_KEPT * of and bool(rests_on & CORE) and length <= LONGEST_TEXT
