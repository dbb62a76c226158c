"""What a therapist reads of a family's practice: by skill, parent and week."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.people import Family
from bot.core.phrases import Phrases
from bot.core.plan_care import Tally, said_text
from bot.core.planning import FAMILIES_SHOWN, date_text, matching
from bot.core.practice import PracticeAnswer
from bot.core.progress import Progress, Week
from bot.core.replies import Button, Reply

ACTION = "progress"


@dataclass(frozen=True, slots=True)
class ParentsProgress:
    """One parent's part of a skill, week by week."""

    parent: str
    progress: Progress


def family_meant(families: Sequence[Family], name: str) -> Family | None:
    """The one family whose alias holds what was written; None where there are several, or none."""
    wanted = name.strip().casefold()
    found = [one for one in families if wanted in one.alias.casefold()] if wanted else []
    whole = [one for one in found if one.alias.casefold() == wanted]
    chosen = whole or found
    return chosen[0] if len(chosen) == 1 else None


def ask_whose_progress(families: Sequence[Family], name: str, phrases: Phrases) -> Reply:
    """The practice of which family."""
    if not families:
        return Reply(phrases.say("practice.plan_none"))
    found = matching(families, name)
    rows = tuple((Button(one.alias, f"{ACTION}:{one.id}"),) for one in found[:FAMILIES_SHOWN])
    there_are_more = len(found) > FAMILIES_SHOWN
    phrase = "practice.progress_whom_more" if there_are_more else "practice.progress_whom"
    return Reply(phrases.say(phrase), rows)


def progress_text(family: Family, parts: Sequence[ParentsProgress], phrases: Phrases) -> str:
    """Each skill with its parents, each parent with the weeks of which they said something."""
    blocks = [phrases.say("practice.progress_of", alias=family.alias)]
    for title in dict.fromkeys(one.progress.title for one in parts):
        mine = [one for one in parts if one.progress.title == title]
        lines = [line for one in mine for line in _weeks(one, phrases)]
        blocks.append("\n".join((f"**{title}**", *lines)))
    return "\n\n".join(blocks)


def _weeks(one: ParentsProgress, phrases: Phrases) -> list[str]:
    return [
        phrases.say(
            "practice.progress_week",
            parent=one.parent,
            monday=date_text(week.monday),
            said=said_text(_tally(week), phrases),
        )
        for week in one.progress.weeks
        if any(week.days)
    ]


def _tally(week: Week) -> Tally:
    return Tally(*(week.days.count(answer) for answer in PracticeAnswer))
