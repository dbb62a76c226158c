"""Giving a plan by buttons: each tap adds one choice, and a button carries all choices so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.people import Family
from bot.core.phrases import Phrases
from bot.core.practice import OFTEN, WEEKS, PracticePlan
from bot.core.replies import Button, Reply, as_written
from bot.core.skills import Skill

ACTION = "give"
FAMILIES_SHOWN = 40
SEND, DROP = "send", "drop"
AIM = "aim"
LONGEST_AIM = 200
AIM_WITHIN = timedelta(minutes=5)
"""What a therapist writes so soon after they were shown a plan to send is its aim."""


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """What a therapist has chosen so far; `ending` is the last tap, to send it or to leave it.

    `draft_id`: the draft that holds the aim they wrote; without one it is the skill's own.
    """

    family_id: int
    skill_id: str | None = None
    often: int | None = None
    weeks: int | None = None
    ending: str | None = None
    draft_id: int | None = None

    def __str__(self) -> str:
        return f"{self.family_id}.{self.skill_id}.{self.often}.{self.weeks}"


def read_choice(argument: str) -> PlanChoice | None:
    """The choices that a pressed button carries: `12.slow-voice.3.8.send.5`, or fewer."""
    family, skill, often, weeks, ending, draft = (*argument.split("."), *[""] * 6)[:6]
    if not family.isdecimal() or often not in ("", *map(str, OFTEN)):
        return None
    if weeks not in ("", *map(str, WEEKS)) or ending not in ("", SEND, DROP):
        return None
    return PlanChoice(
        int(family),
        skill or None,
        int(often) if often else None,
        int(weeks) if weeks else None,
        ending or None,
        int(draft) if draft.isdecimal() else None,
    )


def plan_data(family_id: int, skill_id: str) -> str:
    """What a button carries that begins a plan with this skill."""
    return f"{ACTION}:{family_id}.{skill_id}"


def ask_family(families: Sequence[Family], name: str, phrases: Phrases) -> Reply:
    """The first question: for whom, of those whose alias holds `name`."""
    if not families:
        return Reply(phrases.say("practice.plan_none"))
    found = matching(families, name)
    rows = tuple((Button(one.alias, f"{ACTION}:{one.id}"),) for one in found[:FAMILIES_SHOWN])
    there_are_more = len(found) > FAMILIES_SHOWN
    text = phrases.say("practice.plan_whom_more" if there_are_more else "practice.plan_whom")
    if not any(name.strip().casefold() in one.alias.casefold() for one in families):
        text = phrases.say("practice.plan_no_such", name=as_written(name.strip()))
    return Reply(text, rows)


def matching(families: Sequence[Family], name: str) -> list[Family]:
    """Those whose alias holds `name`, the whole alias first; all of them if none does."""
    wanted = name.strip().casefold()
    found = [one for one in families if wanted in one.alias.casefold()] or list(families)
    return sorted(found, key=lambda one: one.alias.casefold() != wanted)


def ask_skill(family: Family, skills: Mapping[str, Skill], phrases: Phrases) -> Reply:
    """Which skill."""
    titled = sorted(skills.values(), key=lambda one: one.title)
    rows = tuple((Button(one.title, plan_data(family.id, one.id)),) for one in titled)
    return Reply(phrases.say("practice.plan_which", alias=family.alias), rows)


def ask_often(family: Family, skill: Skill, phrases: Phrases) -> Reply:
    """How often a week."""
    text = phrases.say(
        "practice.plan_how_often", alias=family.alias, title=skill.title, minutes=skill.minutes
    )
    rows = tuple(
        (
            Button(
                phrases.say("practice.pick_often_button", often=often_text(often, phrases)),
                f"{ACTION}:{family.id}.{skill.id}.{often}",
            ),
        )
        for often in OFTEN
    )
    return Reply(text, rows)


def ask_weeks(family: Family, skill: Skill, often: int, phrases: Phrases) -> Reply:
    """For how many weeks."""
    text = phrases.say(
        "practice.plan_until",
        alias=family.alias,
        title=skill.title,
        often=often_text(often, phrases),
    )
    row = tuple(
        Button(
            phrases.say("practice.weeks_button", weeks=weeks),
            f"{ACTION}:{family.id}.{skill.id}.{often}.{weeks}",
        )
        for weeks in WEEKS
    )
    return Reply(text, (row[:2], row[2:]))


def plan_at_a_look(
    family: Family, skill: Skill, choice: PlanChoice, until: date, goal: str, phrases: Phrases
) -> str:
    """Everything that was chosen; `goal` is its aim as it stands."""
    assert choice.often is not None, "it is asked before"
    return phrases.say(
        "practice.plan_check",
        alias=family.alias,
        title=skill.title,
        often=often_text(choice.often, phrases),
        until=date_text(until),
        goal=as_written(goal),
    )


def ask_to_send(shown: str, choice: PlanChoice, parents: Sequence[str], phrases: Phrases) -> Reply:
    """The plan at a look, and whether to send it."""
    asked = phrases.say("practice.plan_ask", parents=listed(parents, phrases))
    so_far = f"{ACTION}:{choice}"
    draft = "" if choice.draft_id is None else f".{choice.draft_id}"
    send = Button(phrases.say("practice.send_button"), f"{so_far}.{SEND}{draft}")
    drop = Button(phrases.say("practice.drop_button"), f"{so_far}.{DROP}")
    return Reply(f"{shown.rstrip()}\n\n{asked}", ((send, drop),))


def plan_given(
    family: Family, plan: PracticePlan, title: str, parents: Sequence[str], phrases: Phrases
) -> Reply:
    """What the therapist reads when a plan is made: who was told of it, and that is true."""
    if not parents:
        return Reply(
            phrases.say(
                "practice.plan_sent_nobody",
                alias=family.alias,
                title=title,
                often=often_text(plan.often, phrases),
                until=date_text(plan.ends_on),
            )
        )
    return Reply(
        phrases.say(
            "practice.plan_sent",
            parents=listed(parents, phrases),
            alias=family.alias,
            title=title,
            often=often_text(plan.often, phrases),
            until=date_text(plan.ends_on),
        )
    )


def often_text(often: int, phrases: Phrases) -> str:
    """How often, in words."""
    return phrases.say(f"practice.often_{often}")


def date_text(day: date) -> str:
    """A day as people write it."""
    return f"{day.day} {day:%B %Y}"


def listed(names: Sequence[str], phrases: Phrases) -> str:
    """Names in a row: `Sam`, `Sam and Alex`; the word for nobody when there is none."""
    if not names:
        return phrases.say("practice.nobody")
    if len(names) == 1:
        return names[0]
    return phrases.say("practice.and", some=", ".join(names[:-1]), last=names[-1])
