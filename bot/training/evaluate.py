"""Measuring triage on messages that training never saw, beside two baselines."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rich.progress import track

from bot.adapters.embeddings import Embedder
from bot.adapters.triage import Triage
from bot.core.triage import Concern, Verdict
from bot.training import corpus
from bot.training.baselines import EmbeddingHead, keywords
from bot.training.corpus import ROOT, Example, Part
from bot.training.features import look
from bot.training.measure import Row, row, rows
from bot.training.train import for_training
from bot.training.vectors import KeptVectors

REAL = ROOT.parent / "shared" / "real" / "messages.jsonl"
TIMED = 150


@dataclass(frozen=True, slots=True)
class Measured:
    """One set of messages: triage's figures by group, the baselines' over all, and the misses."""

    name: str
    rows: list[Row]
    baselines: list[Row]
    missed: list[tuple[Example, Verdict]]
    failed: int


def measure_test(vectors: KeptVectors, head: EmbeddingHead) -> Measured:
    """The figures on the part of the messages that nothing was trained or calibrated on."""
    examples = corpus.of_part(corpus.read(), Part.TEST, corpus.parts())
    return measure("test part", examples, vectors, head)


def measure_real(vectors: KeptVectors, head: EmbeddingHead, path: Path = REAL) -> Measured | None:
    """The figures on real posts, where the file exists; they are never trained on."""
    if not path.exists():
        return None
    return measure("real posts", list(corpus.read_file(path)), vectors, head)


def measure(
    name: str, examples: Sequence[Example], vectors: KeptVectors, head: EmbeddingHead
) -> Measured:
    """Judge every message exactly as the bot does."""
    look(examples, vectors)
    triage = Triage(vectors)
    verdicts = [
        triage.judge(one.text, one.context)
        for one in track(examples, description=f"Judging the {name}")
    ]
    concerns = [verdict.concern for verdict in verdicts]
    return Measured(
        name,
        list(rows(examples, concerns)),
        [
            row("keyword list", examples, keywords(examples)),
            row("embeddings only", examples, head.concerns(examples)),
        ],
        [
            (one, verdict)
            for one, verdict in zip(examples, verdicts, strict=True)
            if one.urgent and verdict.concern is Concern.NONE
        ],
        sum(verdict.reason == "triage_failed" for verdict in verdicts),
    )


def head(vectors: KeptVectors) -> EmbeddingHead:
    """The embeddings-only baseline, trained on the same messages as triage."""
    examples = for_training(corpus.read(), corpus.parts())
    look(examples, vectors)
    return EmbeddingHead(examples, vectors)


def milliseconds(embedder: Embedder) -> float:
    """The median time of one decision on a plain chat message, its embedding included."""
    examples = [one for one in corpus.read() if one.file == "plain-chat"][:TIMED]
    triage = Triage(embedder)
    triage.load()
    triage.judge("A first message wakes everything up.", ())
    took = []
    for one in examples:
        start = time.perf_counter()
        triage.judge(one.text, one.context)
        took.append(time.perf_counter() - start)
    return median(took) * 1000
