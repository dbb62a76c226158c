"""`heldinmind triage`: train, evaluate and explain the decision about a message."""

import sys
from pathlib import Path

import typer

from bot.adapters.large_encoder import encoder_folder, is_made, make_encoder
from bot.adapters.triage_model import WEIGHTS
from bot.app import open_large_embedder
from bot.cli.shared import clear_errors, settings_or_exit
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
def prepare(again: bool = typer.Option(False, help="Make it even if it is there.")) -> None:
    """Make the encoder that triage reads with from its packages: once, half a minute.

    The bot makes it by itself when it is missing; this is for whoever sets up a machine.
    """
    folder = encoder_folder(settings_or_exit().models)
    with clear_errors():
        if is_made(folder) and not again:
            print(f"Already there: {folder}")
            return
        make_encoder(folder, lambda step: print(f"… {step}", file=sys.stderr))
    print(f"Made: {folder}")


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
    with clear_errors():
        vectors = KeptVectors(open_large_embedder(settings_or_exit().models))
    trained = fit(seen, split, vectors, tell=lambda step: print(f"… {step}"))
    trained.save(out)
    line = trained.thresholds
    print(f"{len(seen)} messages → {out} (flag {line.flag}, check {line.check})")
    print(f"\nOn the calibration part, each message unseen by what judged it:\n\n{HEADER}\n{RULE}")
    print("\n".join(row_lines([row("calibration part", trained.apart, trained.concerns())])))
