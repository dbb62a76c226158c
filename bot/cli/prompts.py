"""`heldinmind prompts`: what a language model is told, and the sentences the bot says itself."""

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from bot.adapters.content import read_text
from bot.adapters.content_in_use import pinned_folder
from bot.adapters.phrasebook import load_phrases
from bot.adapters.prompt_files import check_prompts, load_prompts, prompt_paths
from bot.cli.guidance_diff import STYLES
from bot.cli.prompts_evaluate import evaluate, train
from bot.cli.shared import clear_errors, settings_or_exit
from bot.core.reviews import unknown
from bot.errors import GuidanceError
from bot.settings import ROOT

app = typer.Typer(
    no_args_is_help=True,
    help="What a language model is told, and the fixed sentences of the bot: list, show, compare "
    "and check the files under prompts/. They are part of a release, as the guidance is.",
)
app.command()(evaluate)
app.command()(train)


@app.command("list")
def list_prompts() -> None:
    """List the prompts for a language model, then the files of sentences.

    One line each, with tabs between: id, version (of a file of sentences: how many), what it is
    for, the first twelve signs of its sha256.
    """
    folder = settings_or_exit().prompts
    with clear_errors():
        prompts, phrases = load_prompts(folder), load_phrases(folder)
    for one in prompts:
        print(f"{one.id}\tversion {one.version}\t{one.purpose}\t{one.sha256[:12]}")
    for path in sorted(folder.glob("*.yaml")):
        count = sum(id_.startswith(f"{path.stem}.") for id_ in phrases.ids())
        print(f"{path.name}\t{count} sentences\tsaid by the bot word for word\t")


@app.command()
def show(
    prompt_id: str = typer.Argument(..., help="A prompt; `heldinmind prompts list` has the ids."),
) -> None:
    """Print a prompt as the model reads it, with what goes into each {place}.

    The instructions are sent first and hold nobody else's words. The material follows: whatever a
    parent or a page wrote stands between tags there, and cannot close them.

    Example: heldinmind prompts show wording
    """
    folder = settings_or_exit().prompts
    with clear_errors():
        path = _path(folder, prompt_id)
        if path.suffix == ".yaml":
            print(read_text(path))
            return
        (one,) = (found for found in load_prompts(folder) if found.id == prompt_id)
    print(f"{one.id}, version {one.version}: {one.purpose}\n")
    print(f"Instructions\n{one.instructions}\n\nMaterial\n{one.material}\n")
    for name, what in one.inputs.items():
        print(f"{{{name}}}: {what}")
    print(f"Tests: {', '.join(one.tests)}\nsha256 {one.sha256}")


@app.command()
def diff(
    prompt_id: str | None = typer.Argument(None, help="One prompt or file; none: all of them."),
) -> None:
    """Show what changed in prompts and sentences since the release that is pinned.

    A changed prompt changes what parents may read, so a clinic releases it like a page:
    heldinmind guidance release make, then pin.
    """
    settings = settings_or_exit()
    with clear_errors():
        pinned = pinned_folder(settings)
        paths = [_path(settings.prompts, prompt_id)] if prompt_id else _paths(settings.prompts)
        if pinned is None:
            print("No release is pinned; nothing to compare with. See heldinmind guidance release")
            return
        gone = [] if prompt_id else _gone(pinned / "prompts", paths)
        found = [line for path in (*paths, *gone) for line in _changes(path, pinned)]
    console = Console(highlight=False)
    for line in found:
        style = next((style for start, style in STYLES.items() if line.startswith(start)), "")
        console.print(Text(line, style=style), soft_wrap=True)
    if not found:
        print(f"The same words as in release {pinned.name}")


@app.command()
def check() -> None:
    """Hold every prompt to its form; exit status 1 if anything is amiss.

    Each finding is one line, `id: what`: a {place} that no input fills or that stands outside its
    tags, an input without a place, a brace that is no place, somebody else's words among the
    instructions, a word that the tone forbids, a test that is missing.
    """
    folder = settings_or_exit().prompts
    with clear_errors():
        findings = check_prompts(folder, ROOT)
        phrases = load_phrases(folder)
    for finding in findings:
        print(finding)
    count = len(prompt_paths(folder))
    print(f"{count} prompts, {len(phrases.ids())} sentences, {len(findings)} findings")
    if findings:
        raise typer.Exit(1)


def _paths(folder: Path) -> list[Path]:
    return [*prompt_paths(folder), *sorted(folder.glob("*.yaml"))]


def _path(folder: Path, name: str) -> Path:
    """The file of a prompt by its id, or a file of sentences by its name.

    Raises:
        GuidanceError: there is none; names those that are near.
    """
    known = {p.stem if p.suffix == ".md" else p.name: p for p in _paths(folder)}
    if name not in known:
        raise GuidanceError(f"{unknown(name, tuple(known), 'prompt')}\nSee heldinmind prompts list")
    return known[name]


def _gone(released: Path, paths: list[Path]) -> list[Path]:
    """Where files stood that the release has and the folder has no more."""
    now, folder = {path.name for path in paths}, paths[0].parent
    return [folder / path.name for path in _paths(released) if path.name not in now]


def _changes(path: Path, pinned: Path) -> Iterator[str]:
    before = pinned / "prompts" / path.name
    old = read_text(before) if before.is_file() else ""
    new = read_text(path) if path.is_file() else ""
    since = f"{path.name}: release {pinned.name}"
    names = (since, f"{path.name}: now")
    return unified_diff(old.splitlines(), new.splitlines(), *names, lineterm="")
