"""`heldinmind triage evaluate`: the policy's table, an ordinary week, every group, the cost."""

from pathlib import Path

import typer

from bot.adapters.triage_model import TriageModel
from bot.app import open_large_embedder
from bot.cli.shared import clear_errors, settings_or_exit
from bot.cli.storage_work import with_storage
from bot.core.review_items import Label, ReviewItem, line_of
from bot.flows.review_triage import read_items
from bot.training.card import write_card as write_block
from bot.training.corpus import Example, Part, read_file
from bot.training.evaluate import (
    FILE_NOTE,
    REVIEWED_NOTE,
    Measured,
    cost_of_a_decision,
    measure,
    measure_part,
    measure_real,
)
from bot.training.report import cost_lines, goal_lines, table, week_lines
from bot.training.report import write as write_report
from bot.training.vectors import KeptVectors


def evaluate(
    part: Part = typer.Option(
        Part.TEST, help="Which messages. The test part is for releases: look at it once."
    ),
    reviewed: bool = typer.Option(
        False, help="Instead, the messages of this clinic that were labelled; none is shown."
    ),
    file: Path | None = typer.Option(
        None,
        exists=True,
        dir_okay=False,
        help="Instead, the labelled messages of a file, in the form of knowledge/triage/.",
    ),
    report: Path | None = typer.Option(
        None, help="A folder for the report: Markdown and pictures (needs the extra `eval`)."
    ),
    write_card: bool = typer.Option(
        False, help="Fill the measured block of docs/safety/model-card.md; test part only."
    ),
    misses: bool = typer.Option(False, help="List the urgent messages that were missed."),
) -> None:
    """Measure triage beside a keyword list and an embeddings-only head, and say what it costs.

    On the test part, and where they exist on real posts. On the calibration part, which takes
    minutes, no message is judged by what was fitted on it.
    """
    if write_card and (part is not Part.TEST or reviewed or file):
        raise typer.BadParameter("--write-card is for the test part")
    with clear_errors():
        if reviewed:
            _on_reviewed(misses)
            return
        if file is not None:
            _on_file(file, misses)
            return
        models = settings_or_exit().models
        vectors = KeptVectors(open_large_embedder(models))
        sets = _of_part(part, vectors)
        for measured in sets:
            _show(measured, misses)
        version = TriageModel(vectors).version
        cost = cost_of_a_decision(models)
        print("\n" + "\n".join(cost_lines(cost)))
        if report is not None:
            print(f"\n→ {write_report(report, sets, cost, version)}")
        if write_card:
            write_block(sets[0], version)


def _of_part(part: Part, vectors: KeptVectors) -> list[Measured]:
    found = [measure_part(part, vectors, lambda step: print(f"… {step}"))]
    real = measure_real(vectors)
    return found if real is None else [*found, real]


def _on_reviewed(misses: bool) -> None:
    """Judge the clinic's own labelled messages; neither words nor vectors of them are kept."""
    settings = settings_or_exit()
    items = with_storage(settings, lambda storage: read_items(storage.database, labelled=True))
    examples = [_example(one) for one in items if one.label is not Label.GRAY]
    if not examples:
        print("Nothing has a label yet: heldinmind triage review --by NAME")
        return
    embedder = open_large_embedder(settings.models)
    measured = measure("reviewed messages", REVIEWED_NOTE, examples, embedder, None)
    _show(measured, misses, has_week=False)


def _on_file(path: Path, misses: bool) -> None:
    """Judge the messages of any file; neither words nor vectors of them are kept."""
    examples = list(read_file(path))
    if not examples:
        print(f"{path} holds no message that is urgent or routine.")
        return
    embedder = open_large_embedder(settings_or_exit().models)
    _show(measure(path.stem, FILE_NOTE, examples, embedder, None), misses, has_week=False)


def _example(item: ReviewItem) -> Example:
    line = line_of(item)
    return Example(
        id=line["id"],
        text=line["text"],
        context=tuple(line["context"]),
        urgent=item.label is Label.URGENT,
        category=line["category"] or "",
        kind=item.doubt.value,
        locale=line["locale"],
        pair=None,
        file="reviewed",
    )


def _show(measured: Measured, misses: bool, *, has_week: bool = True) -> None:
    print(f"\n## {measured.name} ({measured.failed} failed)\n\n{measured.note}\n")
    print("\n".join(goal_lines(measured)) + "\n")
    if has_week:
        print("\n".join(week_lines(measured)) + "\n")
    print("\n".join(table(measured)))
    if misses:
        print("\nMissed:")
        for example, score in measured.missed:
            print(f"- {example.id} {example.category} {example.kind} {score:.3f}")
