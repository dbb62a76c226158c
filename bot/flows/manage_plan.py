"""A therapist looks after a plan that runs: changes it, pauses it, goes on with it, ends it."""

from bot.core.people import Family, Staff
from bot.core.plan_care import (
    HAS_OWN_DAY_AFTER,
    STATE_AFTER,
    Care,
    CareAsked,
    plan_shown,
    read_care,
    told_of,
)
from bot.core.plan_change import ASKING, NEW_AIM, ask_change, changed_by
from bot.core.practice import PlanState, PracticePlan
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.aiming import PLANNING
from bot.flows.steps.answering import say
from bot.flows.steps.changing import keep_change
from bot.flows.steps.planning import standing_lines, tally_of, title_of
from bot.flows.steps.showing import change_message
from bot.storage.database import Tx
from bot.storage.inbox import claim_update
from bot.storage.people import families_of, parents_of
from bot.storage.people import family as family_of
from bot.storage.practice_plans import NOT_ENDED, change_plan, find_plan, set_plan_state
from bot.storage.rhythms import change_rhythm


async def manage_plan(
    s: Services, therapist: Staff, argument: str, message_id: int, update_id: int
) -> str:
    """One press under a plan; returns what the button says back."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "manage_plan", s.clock.now()):
            return ""
        asked = read_care(argument)
        plan = await find_plan(tx, asked.plan_id) if asked else None
        family = {one.id: one for one in await families_of(tx, therapist)}.get(
            plan.family_id if plan else 0
        )
        if asked is None or plan is None or family is None or plan.state not in NOT_ENDED:
            return s.phrases.say("general.button_gone")
        await _do(tx, s, plan, asked, therapist.name, update_id)
        now_is = await find_plan(tx, plan.id)
        assert now_is is not None, "plans are never deleted while they are looked at"
        reply, about = await _shown(tx, s, now_is, family, asked)
        assert therapist.chat_id is not None, "they pressed a button in their chat"
        key = f"{PLANNING}{update_id}"
        chat_id = therapist.chat_id
        await change_message(tx, s, chat_id, message_id, key, reply, PLANNING, about=about)
        return s.phrases.say("practice.excused") if asked.care is Care.EXCUSE else ""


async def _shown(
    tx: Tx, s: Services, plan: PracticePlan, family: Family, asked: CareAsked
) -> tuple[Reply, str | None]:
    """What stands there now, and what it is about where an aim may be written under it."""
    title = title_of(s, plan)
    if plan.state is PlanState.ENDED:
        text = s.phrases.say("practice.plan_ended", alias=family.alias, title=title)
        return Reply(text), None
    if asked.care in ASKING and not asked.value:
        about = f"{NEW_AIM}:{plan.id}" if asked.care is Care.AIM else None
        return ask_change(asked.care, plan, family, title, s.phrases), about
    tally, lines = await tally_of(tx, plan), await standing_lines(tx, s, family, plan)
    return plan_shown(plan, family, title, tally, lines, s.phrases), None


async def _do(
    tx: Tx, s: Services, plan: PracticePlan, asked: CareAsked, therapist: str, update_id: int
) -> None:
    now, care = s.clock.now(), asked.care
    changed = changed_by(asked, s.skills.get(plan.skill_id), now.date())
    if changed:
        await keep_change(tx, s, plan, changed, therapist, update_id)
    if HAS_OWN_DAY_AFTER.get(care) is plan.has_own_day:
        return  # it is so already
    if care in HAS_OWN_DAY_AFTER:
        await change_plan(tx, plan.id, now, has_own_day=HAS_OWN_DAY_AFTER[care])
    if care in STATE_AFTER:
        await set_plan_state(tx, plan.id, STATE_AFTER[care], now)
    told = told_of(care, title_of(s, plan), therapist, s.phrases)
    for parent in await parents_of(tx, await family_of(tx, plan.family_id)):
        if care is Care.EXCUSE:
            await change_rhythm(tx, parent.id, now, flags_excused_at=now)
        if told is not None:
            key = f"plan:{plan.id}:{care}:{update_id}:{parent.id}"
            await say(tx, s, parent.chat_id, key, Reply(told))
