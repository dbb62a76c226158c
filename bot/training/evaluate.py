"""Measuring triage on messages, beside two baselines, and saying what each figure is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.progress import track

from bot.adapters.triage import Triage
from bot.adapters.triage_model import Embeds
from bot.core.triage import Concern, Thresholds
from bot.training import corpus
from bot.training.baselines import EmbeddingHead, keywords
from bot.training.corpus import ROOT, Example, Part
from bot.training.cost import TIMED, Cost, measure_cost
from bot.training.features import look
from bot.training.measure import Row, row, rows
from bot.training.train import for_training, train
from bot.training.vectors import KeptVectors

REAL = ROOT.parent / "shared" / "real" / "messages.jsonl"
NOTES = {
    Part.TEST: "Messages that nothing was trained or calibrated on, judged as the bot judges.",
    Part.CALIBRATION: (
        "Messages that the thresholds were chosen on. Each was scored by parts and by a stack that "
        "were fitted without it and its relatives, so this is no figure for the weights that are "
        "shipped; and as the thresholds were chosen here, it flatters them."
    ),
    Part.TRAIN: "Messages that triage was trained on: no measure of anything but its memory.",
}
REAL_NOTE = (
    "Public posts by strangers, longer than chat messages and mostly about the writer; not part of "
    "the repository. Rules were written after reading some of them, which flatters these figures."
)
REVIEWED_NOTE = (
    "Messages of this clinic that somebody doubted and a clinician labelled: the hard ones, chosen "
    "by what went wrong, so no share here holds for an ordinary week. Gray ones are left out."
)
FILE_NOTE = (
    "Labelled messages of a file. Whether triage was taught with any of them, or was changed after "
    "somebody had read them, is not known here."
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One set of messages with every decision, the figures by group, and the baselines' over all.

    `scores` are those that decide: a certain rule counts as 1.
    """

    name: str
    note: str
    line: Thresholds
    examples: Sequence[Example]
    concerns: Sequence[Concern]
    scores: Sequence[float]
    rows: Sequence[Row]
    baselines: Sequence[Row]
    failed: int = 0

    @property
    def missed(self) -> list[tuple[Example, float]]:
        """The urgent messages of which triage said nothing, and their scores."""
        every = zip(self.examples, self.concerns, self.scores, strict=True)
        return [(one, score) for one, seen, score in every if _is_missed(one, seen)]


def _is_missed(example: Example, seen: Concern) -> bool:
    return example.urgent and seen is Concern.NONE


def measure_part(part: Part, vectors: KeptVectors, tell: Callable[[str], None]) -> Measured:
    """The figures on a part of the messages; on the calibration part nothing judges what it saw."""
    every, split = corpus.read(), corpus.parts()
    if part is Part.CALIBRATION:
        return _measure_calibration(every, split, vectors, tell)
    examples = corpus.of_part(every, part, split)
    tell("fitting the embeddings-only baseline")
    head = _head(for_training(every, split), vectors)
    return measure(f"{part.value} part", NOTES[part], examples, vectors, head)


def measure_real(vectors: KeptVectors, path: Path = REAL) -> Measured | None:
    """The figures on real posts, where the file exists; they are never trained on."""
    if not path.exists():
        return None
    head = _head(for_training(corpus.read(), corpus.parts()), vectors)
    return measure("real posts", REAL_NOTE, list(corpus.read_file(path)), vectors, head)


def measure(
    name: str,
    note: str,
    examples: Sequence[Example],
    vectors: Embeds,
    head: EmbeddingHead | None,
) -> Measured:
    """Judge every message exactly as the bot does; only `KeptVectors` keep anything on disk."""
    if isinstance(vectors, KeptVectors):
        look(examples, vectors)
    triage = Triage(vectors)
    triage.load()
    verdicts = [
        triage.judge(one.text, one.context)
        for one in track(examples, description=f"Judging the {name}")
    ]
    concerns = [verdict.concern for verdict in verdicts]
    return Measured(
        name,
        note,
        triage.thresholds,
        examples,
        concerns,
        [verdict.score for verdict in verdicts],
        list(rows(examples, concerns)),
        _baselines(examples, head),
        sum(verdict.reason == "triage_failed" for verdict in verdicts),
    )


def _measure_calibration(
    every: Sequence[Example],
    split: dict[str, Part],
    vectors: KeptVectors,
    tell: Callable[[str], None],
) -> Measured:
    trained = train(for_training(every, split), split, vectors, tell=tell)
    examples, concerns = trained.apart, trained.concerns()
    head = _head(corpus.of_part(every, Part.TRAIN, split), vectors)
    return Measured(
        "calibration part",
        NOTES[Part.CALIBRATION],
        trained.thresholds,
        examples,
        concerns,
        [float(score) for score in trained.unseen.effective],
        list(rows(examples, concerns)),
        _baselines(examples, head),
    )


def _head(examples: Sequence[Example], vectors: KeptVectors) -> EmbeddingHead:
    """The embeddings-only baseline, fitted on what triage was fitted on."""
    look(examples, vectors)
    return EmbeddingHead(examples, vectors)


def _baselines(examples: Sequence[Example], head: EmbeddingHead | None) -> list[Row]:
    found = [row("keyword list", examples, keywords(examples))]
    if head is not None:
        found.append(row("embeddings only", examples, head.concerns(examples)))
    return found


def cost_of_a_decision(models: Path | None = None) -> Cost:
    """Time and memory of one decision on plain chat messages, and on long ones.

    `models` is the folder that the encoder is kept in.
    """
    every, split = corpus.read(), corpus.parts()
    known = [one for one in every if split.get(one.id, Part.TRAIN) is Part.TRAIN]
    short = [one.text for one in known if one.file == "plain-chat"][:TIMED]
    long = [one.text for one in known if one.file == "plain-long"][: TIMED // 3]
    return measure_cost(short, long, models)
