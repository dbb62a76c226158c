"""Changing a plan that runs: what changes is kept, and the parents read how it stands now."""

from collections.abc import Mapping
from typing import Any

from bot.core.deliveries import Delivery, Send
from bot.core.messages import Incoming
from bot.core.people import Staff
from bot.core.plan_change import NEW_AIM, told_of_change
from bot.core.planning import LONGEST_AIM
from bot.core.practice import PracticePlan
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.aiming import PLANNING, plan_written_under
from bot.flows.steps.answering import say
from bot.flows.steps.planning import title_of
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.people import families_of, parents_of
from bot.storage.people import family as family_of
from bot.storage.practice_plans import NOT_ENDED, change_plan, find_plan


async def keep_change(
    tx: Tx,
    s: Services,
    plan: PracticePlan,
    values: Mapping[str, Any],
    therapist: str,
    update_id: int,
) -> None:
    """Change a plan and tell its parents; what is so already is not told."""
    if all(getattr(plan, name) == value for name, value in values.items()):
        return
    await change_plan(tx, plan.id, s.clock.now(), **values)
    now_is = await find_plan(tx, plan.id)
    assert now_is is not None, "plans are never deleted while they are looked at"
    told = told_of_change(now_is, title_of(s, plan), therapist, s.phrases)
    for parent in await parents_of(tx, await family_of(tx, plan.family_id)):
        key = f"plan:{plan.id}:change:{update_id}:{parent.id}"
        await owe(tx, Delivery(key, parent.chat_id, Send(told)), s.clock.now())


async def changed_aim_wanted(tx: Tx, s: Services, sender: Staff, incoming: Incoming) -> int | None:
    """The plan for which a therapist was just asked for another aim."""
    shown = await plan_written_under(tx, sender, incoming, s.clock.now())
    kind, _, number = ((shown.delivery.about if shown else None) or "").partition(":")
    return int(number) if kind == NEW_AIM else None


async def take_changed_aim(
    tx: Tx, s: Services, sender: Staff, incoming: Incoming, plan_id: int
) -> str:
    """Give a plan that runs another aim; a short word for what was done."""
    words, key = " ".join(incoming.text.split()), f"{PLANNING}{incoming.update_id}"
    plan = await find_plan(tx, plan_id)
    is_theirs = plan is not None and plan.family_id in {
        one.id for one in await families_of(tx, sender)
    }
    if plan is None or not is_theirs or plan.state not in NOT_ENDED:
        await say(tx, s, incoming.chat_id, key, Reply(s.phrases.say("general.button_gone")))
        return "unclear"
    if not words or len(words) > LONGEST_AIM:
        phrase = "practice.aim_too_long" if words else "practice.aim_words_only"
        again = Send(Reply(s.phrases.say(phrase, longest=LONGEST_AIM)))
        about = f"{NEW_AIM}:{plan.id}"
        await owe(tx, Delivery(key, incoming.chat_id, again, about=about), s.clock.now())
        return "unclear"
    await keep_change(tx, s, plan, {"goal": words}, sender.name, incoming.update_id)
    kept = s.phrases.say("practice.aim_kept", title=title_of(s, plan))
    await say(tx, s, incoming.chat_id, key, Reply(kept))
    return "aim"
