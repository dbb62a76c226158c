"""`heldinmind triage`: train, evaluate and explain the decision about a message."""

from pathlib import Path

import typer

from bot.adapters.embeddings import Embedder
from bot.adapters.triage_model import WEIGHTS
from bot.cli.triage_evaluate import evaluate
from bot.cli.triage_explain import explain
from bot.cli.triage_export import export
from bot.cli.triage_review import review
from bot.training import corpus
from bot.training.corpus import Part
from bot.training.measure import row
from bot.training.report import HEADER, RULE, row_lines
from bot.training.train import for_training
from bot.training.train import train as fit
from bot.training.vectors import KeptVectors

app = typer.Typer(no_args_is_help=True, help="Train, measure, explain and review triage.")
app.command()(explain)
app.command()(evaluate)
app.command()(review)
app.command()(export)


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
    print("\n".join(row_lines([row("calibration part", trained.apart, trained.concerns())])))
