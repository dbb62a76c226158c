"""`heldinmind guidance`: check, index and measure the guidance; the rest has files of its own."""

import typer

from bot.adapters.content import load_documents, load_skills, load_sources, load_themes
from bot.adapters.content_in_use import content_in_use
from bot.adapters.embedding_cache import RememberedEmbeddings
from bot.adapters.embeddings import Embedder
from bot.adapters.guidance import Guidance
from bot.cli.guidance_diff import diff
from bot.cli.guidance_gaps import gaps
from bot.cli.guidance_list import list_documents, show
from bot.cli.guidance_release import app as release_app
from bot.cli.guidance_review import approve, withdraw
from bot.cli.shared import clear_errors, progress_bar, settings_or_exit, today
from bot.core.guidance_form import check_library
from bot.core.passages import GuidanceDocument
from bot.core.reviews import check_reviews
from bot.core.skill_form import check_skills
from bot.settings import Settings

app = typer.Typer(
    no_args_is_help=True, help="Check, approve, release, index and show the guidance."
)
app.command("list")(list_documents)
app.command()(show)
app.command()(approve)
app.command()(withdraw)
app.command()(diff)
app.command()(gaps)
app.add_typer(release_app, name="release")


@app.command()
def check() -> None:
    """Hold every page and skill to its form; exit status 1 if anything is amiss.

    Each finding is one line, `id: what`: sections, lengths, a reading grade above 7, tone, themes,
    links, sources that sources.yaml lacks, pages that say nearly the same, reviews that count no
    more.
    """
    from bot.adapters.readability import flesch_kincaid_grade

    settings = settings_or_exit()
    with clear_errors():
        documents = _documents(settings)
        skills = load_skills(settings.knowledge / "skills")
        themes = load_themes(settings.knowledge / "themes.yaml")
        sources = load_sources(settings.knowledge / "sources.yaml")
    findings = (
        *check_library(documents, skills, themes, sources, flesch_kincaid_grade),
        *check_skills(skills, documents, themes, sources, flesch_kincaid_grade),
        *check_reviews((*documents, *skills), today()),
    )
    for finding in findings:
        print(finding)
    print(f"{len(documents)} documents, {len(skills)} skills, {len(findings)} findings")
    if findings:
        raise typer.Exit(1)


@app.command()
def index() -> None:
    """Bring the index up to date with the documents; only what changed is embedded again."""
    from bot.app import guidance_embedder, set_up_logging
    from bot.flows.index_guidance import library_of, open_guidance

    settings = settings_or_exit()
    set_up_logging("ERROR")
    with clear_errors(), progress_bar("Indexing the guidance") as progress:
        library = library_of(settings, content_in_use(settings))
        guidance, change = open_guidance(library, guidance_embedder(settings), progress)
    print(f"{len(guidance.documents)} documents served (fingerprint {guidance.release})")
    print(f"passages: {change.added} added, {change.dropped} dropped, {change.kept} kept")


@app.command()
def train() -> None:
    """Train the routing head again from the labelled questions (development)."""
    from bot.app import guidance_embedder
    from bot.training.questions import read_questions
    from bot.training.routing import train as fit

    settings = settings_or_exit()
    with clear_errors():
        remembered = RememberedEmbeddings(guidance_embedder(settings), settings.index_folder)
        documents = _documents(settings)
    router = fit(documents, remembered, read_questions("train"), read_questions("calibration"))
    router.save()
    print(f"saved; bounds: {router.bounds}")


@app.command()
def evaluate(
    part: str = typer.Option("test", help="train, calibration or test; test once a release."),
) -> None:
    """Measure routing and retrieval on the labelled questions, beside two baselines."""
    from bot.training.measure_guidance import baselines, measure, milliseconds
    from bot.training.questions import read_questions

    guidance, embedder = _opened(settings_or_exit())
    questions = read_questions(part)
    print(f"{len(questions)} questions of the part '{part}'; Wilson's 95 % intervals")
    for rate in measure(guidance, questions):
        print(rate)
    for name, rates in baselines(guidance, embedder, questions).items():
        for rate in rates:
            print(f"{name}: {rate}")
    print(f"one question: {milliseconds(guidance, questions):.1f} ms p50, embedding included")


def _documents(settings: Settings) -> tuple[GuidanceDocument, ...]:
    return load_documents(settings.knowledge / "guidance")


def _opened(settings: Settings) -> tuple[Guidance, Embedder]:
    from bot.app import guidance_embedder, set_up_logging
    from bot.flows.index_guidance import library_of, open_guidance

    set_up_logging("ERROR")
    with clear_errors(), progress_bar("Reading the guidance") as progress:
        embedder = guidance_embedder(settings)
        library = library_of(settings, content_in_use(settings), in_memory=True)
        return open_guidance(library, embedder, progress)[0], embedder
