"""`heldinmind prompts evaluate` and `train`: what the gate is worth, and its making."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import typer

from bot.adapters.content import load_documents
from bot.adapters.content_in_use import content_in_use
from bot.adapters.embeddings import Embedder
from bot.adapters.guidance import Guidance
from bot.cli.shared import clear_errors, settings_or_exit
from bot.settings import Settings


def evaluate(
    part: str = typer.Option("test", help="train, calibration or test; test once a release."),
    questions: int = typer.Option(200, help="How many questions the model is asked; 0: none."),
    drafts: Path | None = typer.Option(
        None, help="Keep the model's drafts in this file, and take those that are there from it."
    ),
    free: bool = typer.Option(
        False, "--free", help="The small model held to no form: it goes on from the page's words."
    ),
) -> None:
    """Measure the gate on its labelled sentences, then a model behind it on covered questions.

    The model is the one that is set (HELDINMIND_CHAT_MODEL), or else the small one of the extra
    `models`, served on this machine. Costs are per million tokens, as HELDINMIND_CHAT_PRICE_IN and
    _OUT say.

    Example: heldinmind prompts evaluate --part calibration --questions 20
    """
    from bot.adapters.grounding import GroundingGate
    from bot.training.grounding import read_cases
    from bot.training.measure_wording import judge, rates_of

    settings = settings_or_exit()
    with clear_errors():
        gate = GroundingGate(Embedder())
        documents = load_documents(settings.knowledge / "guidance")
        judged = judge(gate, read_cases(part), documents)
    print(f"{len(judged)} labelled sentences of the part '{part}'; Wilson's 95 % intervals")
    for rate in rates_of(judged):
        print(rate)
    if questions:
        with clear_errors():
            _ask(settings, questions, drafts, free=free)


def train(
    reader: bool = typer.Option(
        False, "--reader", help="Teach the reader first: half an hour, and the package onnx."
    ),
) -> None:
    """Fit the weights of the grounding gate again from the labelled sentences (development)."""
    from bot.adapters.grounding import READER, Reader
    from bot.adapters.releases import sha256_of
    from bot.training.grounding_fit import fit, save

    settings = settings_or_exit()
    with clear_errors():
        documents = load_documents(settings.knowledge / "guidance")
        if reader:
            from bot.training.encoder_files import write_grounding_reader
            from bot.training.grounding import pairs_for, teach

            write_grounding_reader(teach(pairs_for(documents)))
        digest = sha256_of(READER)
        head = fit(documents, Embedder(), Reader(digest), digest)
    save(head)
    print(f"saved; the reader counts {head.reading}, the bound is {head.bound}")


def _ask(settings: Settings, count: int, path: Path | None, *, free: bool) -> None:
    from bot.app import build_wording
    from bot.training.local_model import FreeWriter
    from bot.training.measure_wording import WAIT, Drafts, ask, covered, report
    from bot.training.questions import read_questions

    guidance = _guidance(settings)
    asked = covered(guidance, (*read_questions("test"), *read_questions("calibration")), count)
    with _model(settings.model_copy(update={"chat_model": None}) if free else settings) as chosen:
        wording = build_wording(chosen, content_in_use(chosen), guidance)
        if wording is None:
            print("HELDINMIND_CHAT_MODE is verbatim: no model is asked")
            return
        if free:
            wording = replace(wording, chat=FreeWriter(chosen.chat_url or ""))
        print(f"{len(asked)} covered questions, asked of {wording.model}; it may take {WAIT:.0f} s")
        found = asyncio.run(ask(wording, Drafts(wording, path), asked))
    for line in report(found, wording.price):
        print(line)
    for one in found:
        for sentence in one.outcome.kept if one.outcome.is_good else ():
            print(f"sent, from {one.page}: {sentence.text}")


@contextlib.contextmanager
def _model(settings: Settings) -> Iterator[Settings]:
    """The settings with the model that is asked; none is set: the small one, served here."""
    from bot.training.local_model import NAME, served
    from bot.training.measure_wording import WAIT

    patient = {"chat_seconds": min(WAIT, 60.0)}
    if settings.chat_model:
        yield settings.model_copy(update=patient)
        return
    with served() as url:
        yield settings.model_copy(update={**patient, "chat_model": NAME, "chat_url": url})


def _guidance(settings: Settings) -> Guidance:
    from bot.app import guidance_embedder, set_up_logging
    from bot.flows.index_guidance import library_of, open_guidance

    set_up_logging("ERROR")
    library = library_of(settings, content_in_use(settings), in_memory=True)
    return open_guidance(library, guidance_embedder(settings))[0]
