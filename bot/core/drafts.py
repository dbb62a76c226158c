"""Reads what a language model wrote: the one form that is a draft, and nothing that is near it."""

import json
import re
from dataclasses import dataclass
from typing import Any

from bot.core.rewording import Draft, Drop, Sentence

MOST_SENTENCES = 12
LONGEST_SENTENCE = 400
MOST_PASSAGES = 8
LETTERS_A_TOKEN = 3.5
SCHEMA: dict[str, Any] = {
    "title": "draft",
    "description": "The answer, sentence by sentence, each with the passages that carry it.",
    "type": "object",
    "properties": {
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "passages": {"type": "array", "items": {"type": "integer"}},
                },
                "required": ["text", "passages"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["sentences"],
    "additionalProperties": False,
}
FORM = (
    "Write JSON and nothing else, in this form: "
    '{"sentences": [{"text": "one sentence", "passages": [0]}]}'
)
_FENCED = re.compile(r"\A```(?:json)?\s*\n(.*)\n```\Z", re.DOTALL)


class NotADraft(ValueError):
    """What came back is not in the form; `why` is a word or two, never what it said."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Use:
    """How many tokens an answer cost: those read, and those written."""

    read: int = 0
    written: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.read + self.written

    def less(self, other: "Use") -> "Use":
        """What this is more than another; either part may be below nought."""
        return Use(self.read - other.read, self.written - other.written)


def tokens_in(text: str) -> int:
    """About how many tokens a text has, where nobody counts them."""
    return round(len(text) / LETTERS_A_TOKEN)


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost; None where nobody said."""

    read: float | None = None
    written: float | None = None

    def of(self, use: Use) -> float:
        """What this much cost, as far as prices are known."""
        return ((self.read or 0.0) * use.read + (self.written or 0.0) * use.written) / 1e6


@dataclass(frozen=True, slots=True)
class Written:
    """What came of asking a model once; without a draft, `why` says what went wrong."""

    draft: Draft | None
    why: str = ""
    answered_by: str | None = None
    use: Use | None = None


@dataclass(frozen=True, slots=True)
class Reworded:
    """What may be said of a draft, and all that was written; without `is_good` it is not sent."""

    kept: tuple[Sentence, ...] = ()
    dropped: tuple[Drop, ...] = ()
    is_good: bool = False
    why: str = ""
    answered_by: str | None = None
    use: Use | None = None


def draft_in(text: str) -> Draft:
    """The draft that a text is, as JSON.

    Raises:
        NotADraft: it is no JSON, or JSON of another form.
    """
    fenced = _FENCED.match(text.strip())
    try:
        return draft_of(json.loads(fenced[1] if fenced else text))
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, NotADraft) else NotADraft("no JSON") from None


def draft_of(found: object) -> Draft:
    """The draft that decoded JSON is.

    Raises:
        NotADraft: it is of another form, endless, or says one thing twice.
    """
    if not isinstance(found, dict) or set(found) != {"sentences"}:
        raise NotADraft("another form")
    sentences = found["sentences"]
    if not isinstance(sentences, list) or len(sentences) > MOST_SENTENCES:
        raise NotADraft("another form")
    draft = Draft(tuple(_sentence(one) for one in sentences))
    said = [" ".join(re.findall(r"\w+", one.text.lower())) for one in draft.sentences]
    if len(set(said)) < len(said):
        raise NotADraft("repeats itself")
    return draft


def _sentence(found: object) -> Sentence:
    if not isinstance(found, dict) or set(found) != {"text", "passages"}:
        raise NotADraft("another form")
    text, passages = found["text"], found["passages"]
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_SENTENCE:
        raise NotADraft("another form")
    if not isinstance(passages, list) or len(passages) > MOST_PASSAGES:
        raise NotADraft("another form")
    if not all(isinstance(one, int) and not isinstance(one, bool) and one >= 0 for one in passages):
        raise NotADraft("another form")
    return Sentence(" ".join(text.split()), tuple(dict.fromkeys(passages)))
