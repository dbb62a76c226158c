"""`heldinmind triage`: train, evaluate and explain the decision about a message."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import typer

from bot.adapters.embeddings import Embedder
from bot.adapters.triage_model import WEIGHTS
from bot.cli.triage_explain import explain
from bot.cli.triage_export import export
from bot.cli.triage_review import review
from bot.training import corpus
from bot.training import evaluate as evaluation
from bot.training.corpus import Part
from bot.training.evaluate import Measured
from bot.training.measure import Row, row
from bot.training.train import for_training
from bot.training.train import train as fit
from bot.training.vectors import KeptVectors

app = typer.Typer(no_args_is_help=True, help="Train, measure, explain and review triage.")
app.command()(explain)
app.command()(review)
app.command()(export)
HEADER = (
    "| group | urgent | routine | urgent missed | flagged at once | routine flagged "
    "| routine checked |"
)
RULE = f"|{' --- |' * 7}"


@app.command()
def train(
    out: Path = typer.Option(WEIGHTS, help="Where the weights go."),
    reader: bool = typer.Option(
        False, help="Fine-tune the reader again first: half an hour, and the package onnx."
    ),
) -> None:
    """Train on knowledge/triage (all but the test part) and write the weights."""
    examples, split = corpus.read(), corpus.parts()
    if reader:
        from bot.training.encoder_files import fine_tune_and_write

        fine_tune_and_write(corpus.of_part(examples, Part.TRAIN, split))
    seen = for_training(examples, split)
    trained = fit(seen, split, KeptVectors(Embedder()), tell=lambda step: print(f"… {step}"))
    trained.save(out)
    line = trained.thresholds
    print(f"{len(seen)} messages → {out} (flag {line.flag}, check {line.check})")
    print(f"\nOn the calibration part, each message unseen by what judged it:\n\n{HEADER}\n{RULE}")
    print("\n".join(_lines([row("calibration part", trained.apart, trained.concerns())])))


@app.command()
def evaluate(
    misses: bool = typer.Option(False, help="List the urgent messages that were missed."),
) -> None:
    """Print the policy's table on the test part and, where they exist, on real posts."""
    embedder = Embedder()
    vectors = KeptVectors(embedder)
    head = evaluation.head(vectors)
    sets = [evaluation.measure_test(vectors, head), evaluation.measure_real(vectors, head)]
    for measured in sets:
        if measured is not None:
            _show(measured, misses)
    print(f"\nOne decision, embedding included: {evaluation.milliseconds(embedder):.1f} ms p50")


def _show(measured: Measured, misses: bool) -> None:
    print(f"\n## {measured.name} ({measured.failed} failed)\n\n{HEADER}\n{RULE}")
    print("\n".join(_lines([measured.rows[0], *measured.baselines, *measured.rows[1:]])))
    if misses:
        print("\n".join(_missed(measured)))


def _lines(rows: Sequence[Row]) -> Iterable[str]:
    for one in rows:
        figures = (one.missed, one.flagged, one.false_flags, one.checks)
        yield f"| {one.group} | {one.urgent} | {one.routine} | {' | '.join(map(str, figures))} |"


def _missed(measured: Measured) -> Iterable[str]:
    yield "\nMissed:"
    for example, verdict in measured.missed:
        yield f"- {example.id} {example.category} {example.kind} {verdict.score:.3f}"
