"""What each part of the triage model adds to the score of one message."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.triage_model import WEIGHTS, Embeds
from bot.adapters.triage_parts import CERTAIN, RULE_FEATURES, Numbers, Parts, Texts
from bot.adapters.triage_reader import Reader
from bot.core.rules import find

START = "before anything is read"


@dataclass(frozen=True, slots=True)
class Share:
    """What one part adds to the log-odds of danger: above zero it speaks for danger."""

    part: str
    adds: float


def shares_of(
    embedder: Embeds, text: str, context: Sequence[str], path: Path = WEIGHTS
) -> tuple[Share, ...]:
    """The share of each part; together they are the log-odds of the model's score.

    Raises:
        ModelError: the weights are missing, damaged or made for another embedder.
    """
    parts, reader = Parts.read(path), Reader()
    reader.load(parts.reader)
    texts = Texts.of(text, context)
    rows = embedder.embed(texts.windows)
    read = reader.log_odds(texts.text, texts.before)
    features = parts.features(texts, rows, find(text, context), read)
    return (Share(START, parts.stack_offset), *_named(features * parts.stack_weights))


def _named(adds: Numbers) -> tuple[Share, ...]:
    """The numbers under the parts that they belong to, in the order the stack has them."""
    rules = slice(CERTAIN, CERTAIN + len(RULE_FEATURES))
    spans = (
        ("likeness to known messages", slice(0, 1)),
        ("words", slice(1, 2)),
        ("runs of letters", slice(2, CERTAIN)),
        ("what the rules found", rules),
        ("the fine-tuned reader", slice(rules.stop, None)),
    )
    return tuple(Share(part, float(adds[span].sum())) for part, span in spans)
