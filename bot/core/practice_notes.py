"""A line that a parent adds to a day's practice, written under *Did it* or right after it."""

import re
from datetime import timedelta

from bot.core.asking import signs_in

NOTE_WITHIN = timedelta(minutes=5)
"""What is written so soon after *Did it* may be the line that it asked for."""
_THEY = r"(?:i|we|you|he|she|they|it|this|that|there|my|the)\b"
_VERB = (
    r"(?:do|does|did(?! (?:it|this|that|my|the)\b)|is|are|was|were|can|could|should|shall|would|"
    r"will|may|might|has|have)"
)
_LEAD = r"(?:(?:and|but|so|ok(?:ay)?|hi|hello|hey|now|also|right|well|thanks|thank you)\W+)*"
_ASKS = re.compile(
    "|".join(
        (
            r"[?\uFF1F\u061F]",
            rf"^\W*{_LEAD}{_VERB} {_THEY}",
            rf"^\W*{_LEAD}(?:why\b|how\b|what (?:{_VERB}|if|about|to|else)\b)",
            rf"^\W*{_LEAD}(?:when|where|who|which)(?: \w+)? {_VERB} {_THEY}",
            r"\b(?:how|what|when) (?:do|can|should|could|would) (?:i|we)\b",
            r"\b(?:how|what) to (?:do|say)\b",
            r"\b(?:don(?:'|’)?t|do not) know (?:how|what|why|if|whether)\b",
            r"\bi(?:(?:'|’)?m)? wonder(?:ing)?\b",
            r"\b(?:any|some) (?:\w+ )?(?:tips?|ideas?|advice|suggestions?)\b",
            r"\bhelp (?:me|us|please)\b|\bplease help\b|\bneed (?:some )?(?:help|advice)\b",
            r"\b(?:can|could|would) you\b",
            r"\b(?:tell|show|explain to) me (?:how|what|why|when|more)\b",
        )
    ),
    re.IGNORECASE,
)


def asks_something(text: str, therapist: str | None) -> bool:
    """Whether words plainly want an answer: a question, a greeting, a wish; else they tell."""
    plain = " ".join(text.split())
    return bool(_ASKS.search(plain)) or any(one.certain for one in signs_in(plain, therapist))
