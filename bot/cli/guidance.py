"""`heldinmind guidance`: check, index, list, show and measure the guidance."""

import typer
from rich.console import Console
from rich.table import Table

from bot.adapters.content import load_documents, load_skills, load_themes
from bot.adapters.embedding_cache import RememberedEmbeddings
from bot.adapters.embeddings import Embedder
from bot.adapters.guidance import Guidance
from bot.cli.shared import clear_errors, progress_bar, settings_or_exit
from bot.core.guidance_form import check_library
from bot.core.passages import GuidanceDocument
from bot.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Check, index, list and show the guidance.")


@app.command()
def check() -> None:
    """Hold every document and skill to its form; exit status 1 if anything is amiss."""
    from bot.adapters.readability import flesch_kincaid_grade

    settings = settings_or_exit()
    with clear_errors():
        documents = _documents(settings)
        skills = load_skills(settings.knowledge / "skills")
        themes = load_themes(settings.knowledge / "themes.yaml")
    findings = check_library(documents, skills, themes, flesch_kincaid_grade)
    for finding in findings:
        print(finding)
    print(f"{len(documents)} documents, {len(skills)} skills, {len(findings)} findings")
    if findings:
        raise typer.Exit(1)


@app.command()
def index() -> None:
    """Bring the index up to date with the documents; only what changed is embedded again."""
    from bot.app import set_up_logging
    from bot.flows.index_guidance import Library, open_guidance

    settings = settings_or_exit()
    set_up_logging("ERROR")
    library = Library(
        settings.knowledge / "guidance",
        settings.index_folder,
        settings.chroma_url,
        require_approved=settings.require_approved,
    )
    with clear_errors(), progress_bar("Indexing the guidance") as progress:
        guidance, change = open_guidance(library, Embedder(settings.embedding_model), progress)
    print(f"{len(guidance.documents)} documents served, release {guidance.release}: {change}")


@app.command("list")
def list_documents(theme: str | None = typer.Option(None, help="Only of this theme.")) -> None:
    """List the documents with their themes and review status."""
    with clear_errors():
        documents = _documents(settings_or_exit())
    table = Table("id", "title", "themes", "ages", "status")
    for one in documents:
        if theme is None or theme in one.themes:
            ages = ", ".join(one.ages)
            table.add_row(one.id, one.title, ", ".join(one.themes), ages, one.review.status)
    Console().print(table)


@app.command()
def show(document_id: str = typer.Argument(..., help="As `guidance list` shows it.")) -> None:
    """Print a document as it stands, with its sources and review."""
    with clear_errors():
        found = {one.id: one for one in _documents(settings_or_exit())}
    if document_id not in found:
        typer.echo(f"There is no document {document_id}: see heldinmind guidance list", err=True)
        raise typer.Exit(1)
    one = found[document_id]
    print(f"{one.title}\n")
    for name, text in one.sections.items():
        print(f"{name}\n{text.strip()}\n")
    for source in one.sources:
        parts = (source.title, source.publisher, source.year)
        print("Source:", ", ".join(str(part) for part in parts if part))
    print(f"Status: {one.review.status}; version {one.version}; sha256 {one.sha256[:12]}")


@app.command()
def train() -> None:
    """Train the routing head again from the labelled questions (development)."""
    from bot.training.questions import read_questions
    from bot.training.routing import train as fit

    settings = settings_or_exit()
    remembered = RememberedEmbeddings(Embedder(settings.embedding_model), settings.index_folder)
    with clear_errors():
        documents = _documents(settings)
    router = fit(documents, remembered, read_questions("train"), read_questions("calibration"))
    router.save()
    print(f"saved; bounds: {router.bounds}")


@app.command()
def evaluate(
    part: str = typer.Option("test", help="train, calibration or test; test once a release."),
) -> None:
    """Measure routing and retrieval on the labelled questions, beside two baselines."""
    from bot.training.measure_guidance import baselines, measure
    from bot.training.questions import read_questions

    guidance, embedder = _opened(settings_or_exit())
    questions = read_questions(part)
    print(f"{len(questions)} questions of the part '{part}'; Wilson's 95 % intervals")
    for rate in measure(guidance, questions):
        print(rate)
    for name, rates in baselines(guidance, embedder, questions).items():
        for rate in rates:
            print(f"{name}: {rate}")


def _documents(settings: Settings) -> tuple[GuidanceDocument, ...]:
    return load_documents(settings.knowledge / "guidance")


def _opened(settings: Settings) -> tuple[Guidance, Embedder]:
    from bot.app import set_up_logging
    from bot.flows.index_guidance import Library, open_guidance

    set_up_logging("ERROR")
    embedder = Embedder(settings.embedding_model)
    library = Library(settings.knowledge / "guidance", settings.index_folder, in_memory=True)
    with clear_errors(), progress_bar("Reading the guidance") as progress:
        return open_guidance(library, embedder, progress)[0], embedder
