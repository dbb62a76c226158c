"""`heldinmind guidance release`: freeze what is served, and return to it."""

import typer
from rich.console import Console
from rich.table import Column, Table

from bot.adapters.clock import machine_time
from bot.adapters.content import load_documents, load_skills
from bot.adapters.content_in_use import pinned_folder
from bot.adapters.phrasebook import load_phrases
from bot.adapters.releases import (
    Releases,
    content_files,
    installed_models,
    installed_rules,
    open_release,
    read_manifest,
)
from bot.cli.shared import clear_errors, settings_or_exit, today
from bot.core.passages import ReviewStatus
from bot.core.releases import Release, differing
from bot.core.reviews import check_reviews, name_of
from bot.errors import ReleaseError
from bot.settings import PREFIX, Settings

app = typer.Typer(no_args_is_help=True, help="Freeze what is served, and return to it.")
NAME = typer.Argument(..., help="As `guidance release list` shows it.")


@app.command()
def make(
    by: str = typer.Option(..., help="Who answers for it."),
    note: str | None = typer.Option(None, help="What it is for."),
) -> None:
    """Copy the pages, skills and sentences as they are now, with the hashes of all that decides.

    It lies in the data folder and changes nothing by itself: pin it to serve from it.
    """
    settings = settings_or_exit()
    with clear_errors():
        documents = load_documents(settings.knowledge / "guidance")
        load_skills(settings.knowledge / "skills")
        load_phrases(settings.prompts)
        files = content_files(settings.knowledge, settings.prompts)
        release = Releases(settings.data).make(files, name_of(by), note, machine_time())
    print(f"Release {release.name}")
    _counts(release)
    approved = sum(one.status is ReviewStatus.APPROVED for one in documents)
    print(f"{approved} of {len(documents)} pages are approved")
    for finding in check_reviews(documents, today()):
        print(f"  {finding}")
    print(f"Made. To serve from it: heldinmind guidance release pin {release.name}")


@app.command("list")
def list_releases() -> None:
    """List the releases, the oldest first."""
    settings = settings_or_exit()
    releases = Releases(settings.data)
    with clear_errors():
        pinned = pinned_folder(settings)
        found = [read_manifest(releases.folder / name) for name in releases.names()]
    table = Table(Column("name", no_wrap=True), "made", "by", "note", "pages", "")
    for one in found:
        mark = "pinned" if pinned == releases.folder / one.name else ""
        pages = str(one.count("guidance"))
        table.add_row(one.name, f"{one.made_at:%Y-%m-%d %H:%M}", one.by, one.note, pages, mark)
    Console().print(table)
    if pinned and pinned.parent != releases.folder:
        print(f"Served from {pinned}")


@app.command()
def show(name: str = NAME) -> None:
    """Show a release, whether its copies are whole, and whether the program is still the same."""
    settings = settings_or_exit()
    with clear_errors():
        folder = Releases(settings.data).folder_of(name)
        release = read_manifest(folder)
        print(f"{release.name}, made {release.made_at:%Y-%m-%d %H:%M} UTC by {release.by}")
        print(f"note: {release.note or '-'}")
        _counts(release)
        print(f"folder: {folder}")
        print(f"pinned: {'yes' if pinned_folder(settings) == folder else 'no'}")
        changed = differing(release, installed_rules(), installed_models())
        print(f"rules and models: {', '.join(changed) + ' differ' if changed else 'the same'}")
        open_release(folder)
        print("copies: whole")


@app.command()
def pin(name: str = NAME) -> None:
    """Serve from this release, from the bot's next start on."""
    settings = settings_or_exit()
    with clear_errors():
        releases = Releases(settings.data)
        releases.pin(name, machine_time())
        release = read_manifest(releases.folder_of(name))
    print(f"Release {release.name} is pinned: it counts from the bot's next start.")
    if changed := differing(release, installed_rules(), installed_models()):
        print(f"Rules or models are not those it was made with: {', '.join(changed)}")
    _about_setting(settings)


@app.command()
def unpin() -> None:
    """Serve the working folders again, from the bot's next start on."""
    settings = settings_or_exit()
    with clear_errors():
        if not Releases(settings.data).unpin():
            raise ReleaseError("No release is pinned")
    print(f"Nothing is pinned: {settings.knowledge} and {settings.prompts} are served.")
    _about_setting(settings)


def _counts(release: Release) -> None:
    print(
        f"{release.count('guidance')} pages, {release.count('skills')} skills, "
        f"{release.count('prompts')} files of sentences; by hash alone: {len(release.rules)} files "
        f"of rules, {len(release.models)} models (version {release.version})"
    )


def _about_setting(settings: Settings) -> None:
    if settings.release:
        print(f"{PREFIX}RELEASE={settings.release} comes before it, as long as it is set.")
