"""Changing a plan that runs, by buttons: how often, until when, its aim."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.core.people import Family
from bot.core.phrases import Phrases
from bot.core.plan_care import ACTION, Care, CareAsked, care_button
from bot.core.planning import date_text, often_text
from bot.core.practice import OFTEN, WEEKS, PracticePlan, ends_after
from bot.core.replies import Button, Reply, as_written
from bot.core.skills import Skill

NEW_AIM = "newaim"
"""What the message is about that asks for another aim: `newaim:12`."""
OWN_AIM = "own"
ASKING = (Care.CHANGE, Care.OFTEN, Care.UNTIL, Care.AIM)


def changed_by(asked: CareAsked, skill: Skill | None, today: date) -> Mapping[str, Any]:
    """What a press changes of a plan, by name; nothing where it only asks, or makes no sense."""
    number = int(asked.value) if asked.value.isdecimal() else 0
    match asked.care:
        case Care.OFTEN if number in OFTEN:
            return {"often": number}
        case Care.UNTIL if number in WEEKS:
            return {"ends_on": ends_after(today, number)}
        case Care.AIM if asked.value == OWN_AIM and skill is not None:
            return {"goal": skill.goal}
        case _:
            return {}


def ask_change(
    care: Care, plan: PracticePlan, family: Family, title: str, phrases: Phrases
) -> Reply:
    """What to change, or into what."""
    text = phrases.say(
        f"practice.changing_{care}",
        alias=family.alias,
        title=title,
        often=often_text(plan.often, phrases),
        until=date_text(plan.ends_on),
        goal=as_written(plan.goal),
    )
    back = care_button(plan, Care.SHOW, phrases)
    return Reply(text, (*_offered(care, plan, phrases), (back,)))


def _offered(care: Care, plan: PracticePlan, phrases: Phrases) -> tuple[tuple[Button, ...], ...]:
    match care:
        case Care.OFTEN:
            return tuple(
                (_button(plan, care, often, often_text(often, phrases)),) for often in OFTEN
            )
        case Care.UNTIL:
            labels = [phrases.say("practice.weeks_button", weeks=weeks) for weeks in WEEKS]
            row = [_button(plan, care, *one) for one in zip(WEEKS, labels, strict=True)]
            return tuple(row[:2]), tuple(row[2:])
        case Care.AIM:
            own = phrases.say("practice.own_aim_button")
            return ((_button(plan, care, OWN_AIM, own),),)
        case _:
            return tuple(
                (care_button(plan, one, phrases),) for one in (Care.OFTEN, Care.UNTIL, Care.AIM)
            )


def _button(plan: PracticePlan, care: Care, value: object, label: str) -> Button:
    return Button(label, f"{ACTION}:{plan.id}.{care}.{value}")


def told_of_change(plan: PracticePlan, title: str, therapist: str, phrases: Phrases) -> Reply:
    """What the parents read: the plan as it is now, and the way to other days."""
    text = phrases.say(
        "practice.plan_changed",
        therapist=therapist,
        title=title,
        often=often_text(plan.often, phrases),
        until=date_text(plan.ends_on),
        goal=as_written(plan.goal),
    )
    days = Button(phrases.say("practice.change_button", title=title), f"replan:{plan.id}")
    return Reply(text, ((days,),))
