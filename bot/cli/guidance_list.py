"""`heldinmind guidance list` and `show`: what the guidance holds, and one page or skill of it."""

import json
import sys
from collections.abc import Sequence
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from bot.adapters.content import load_all, load_documents, load_skills, load_themes
from bot.adapters.content_in_use import pinned_folder
from bot.cli.shared import clear_errors, settings_or_exit, today
from bot.core.guidance_form import AGES, APPROACHES
from bot.core.passages import ReviewStatus
from bot.core.reviews import Reviewed, describe, named, unknown
from bot.core.skills import Skill
from bot.errors import GuidanceError
from bot.settings import Settings


def list_documents(
    theme: str | None = typer.Option(
        None, help="Pages with this theme, such as co-regulation: knowledge/themes.yaml has all."
    ),
    approach: str | None = typer.Option(None, help=f"One of {', '.join(sorted(APPROACHES))}."),
    age: str | None = typer.Option(None, help=f"One of {', '.join(sorted(AGES, key=len))}."),
    status: ReviewStatus | None = typer.Option(
        None, help="What the review is worth now: a page that was edited since is a draft."
    ),
    skills: bool = typer.Option(False, "--skills", help="The skills, in place of the pages."),
    as_json: bool = typer.Option(False, "--json", help="All there is about each, as JSON."),
) -> None:
    """List the pages with their leading theme, approach, ages and what their review is worth now.

    Filters go together. To another program it gives one line each, with tabs between the columns:
    id, title, theme, approach (of a skill: minutes), ages, status.

    Example: heldinmind guidance list --theme co-regulation --age 0-5
    """
    settings = settings_or_exit()
    with clear_errors():
        _check(settings, theme, approach, age)
        every = _every(settings, skills=skills)
        pinned = pinned_folder(settings)
    found = [
        one
        for one in every
        if (theme is None or theme in one.themes)
        and approach in (None, _approach(one))
        and (age is None or age in one.ages)
        and status in (None, one.status)
    ]
    if as_json:
        print(json.dumps([_all_of(one) for one in found], ensure_ascii=False, indent=2))
    elif sys.stdout.isatty():
        _to_read(found, len(every))
    else:
        for one in found:
            print("\t".join(_row(one)))
    if pinned:
        print(
            f"Release {pinned.name} is pinned: parents are answered from it, not from these files. "
            "See heldinmind guidance diff",
            file=sys.stderr,
        )


def show(
    document_id: str = typer.Argument(..., help="A page or a skill; `guidance list` has the ids."),
) -> None:
    """Print a page or a skill as it stands, with its sources and review.

    Example: heldinmind guidance show after-you-have-shouted
    """
    settings = settings_or_exit()
    with clear_errors():
        (one,) = named(load_all(settings.knowledge), [document_id])
    print(f"{one.title}\n")
    for name, text in one.sections.items():
        print(f"{name}\n{text.strip()}\n")
    if isinstance(one, Skill):
        print("\n".join(_only_of_skills(one)))
    for source in one.sources:
        parts = (source.title, source.publisher, source.year)
        print("Source:", ", ".join(str(part) for part in parts if part))
    print(f"Status: {describe(one, today())}")
    print(f"Version {one.version}; sha256 {one.sha256[:12]}")


def _only_of_skills(skill: Skill) -> tuple[str, ...]:
    """What parents are shown of a skill besides its sections."""
    return (
        f"Goal\n{skill.goal} ({skill.minutes} minutes)\n",
        "Nudges",
        *(f"- {nudge}" for nudge in skill.nudges),
        "\nHelp when it was hard",
        *(f"- {name}: {help_}" for name, help_ in skill.barriers.items()),
        "",
    )


def _every(settings: Settings, *, skills: bool) -> tuple[Reviewed, ...]:
    if skills:
        return load_skills(settings.knowledge / "skills")
    return load_documents(settings.knowledge / "guidance")


def _check(settings: Settings, theme: str | None, approach: str | None, age: str | None) -> None:
    """A filter that nothing can fit is a slip of the pen.

    Raises:
        GuidanceError: names what was meant, perhaps.
    """
    themes = load_themes(settings.knowledge / "themes.yaml")
    for what, asked, known in (
        ("theme", theme, themes),
        ("approach", approach, sorted(APPROACHES)),
        ("age", age, sorted(AGES)),
    ):
        if asked is not None and asked not in known:
            raise GuidanceError(unknown(asked, known, what))


def _to_read(found: Sequence[Reviewed], of: int) -> None:
    console = Console(highlight=False)
    for one in found:
        id_, title, *rest = _row(one)
        console.print(Text(title, style="bold"))
        console.print(Text(f"  {id_}"))
        console.print(Text(f"  {' · '.join(rest)}", style="dim"))
    console.print(f"{len(found)} of {of}")


def _row(one: Reviewed) -> tuple[str, ...]:
    ages, status = ", ".join(one.ages), describe(one, today())
    return (one.id, one.title, one.themes[0], _approach(one), ages, status)


def _approach(one: Reviewed) -> str:
    """A skill has none: what stands there is how long it takes."""
    return f"{one.minutes} minutes" if isinstance(one, Skill) else one.approach


def _all_of(one: Reviewed) -> dict[str, Any]:
    review = one.review
    own: dict[str, Any] = (
        {"minutes": one.minutes, "goal": one.goal}
        if isinstance(one, Skill)
        else {"approach": one.approach, "skills": one.skills, "related": one.related}
    )
    return {
        "id": one.id,
        "title": one.title,
        "themes": one.themes,
        "ages": one.ages,
        "status": one.status,
        "reviewed_by": review.by,
        "reviewed_on": review.on and review.on.isoformat(),
        "due": review.due and review.due.isoformat(),
        "sources": [source.title for source in one.sources],
        "version": one.version,
        "sha256": one.sha256,
        **own,
    }
