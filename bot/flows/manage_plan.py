"""A therapist looks at a plan that runs: pauses it, goes on, ends it, or allows nudges again."""

from bot.core.people import Staff
from bot.core.plan_care import STATE_AFTER, Care, plan_shown, read_care, told_of
from bot.core.practice import PlanState, PracticePlan
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.planning import tally_of, title_of
from bot.flows.steps.showing import change_message
from bot.storage.database import Tx
from bot.storage.inbox import claim_update
from bot.storage.people import families_of, parents_of
from bot.storage.people import family as family_of
from bot.storage.practice_plans import NOT_ENDED, find_plan, set_plan_state
from bot.storage.rhythms import change_rhythm


async def manage_plan(
    s: Services, therapist: Staff, argument: str, message_id: int, update_id: int
) -> str:
    """One press under a plan; returns what the button says back."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "manage_plan", s.clock.now()):
            return ""
        asked = read_care(argument)
        plan = await find_plan(tx, asked[0]) if asked else None
        family = {one.id: one for one in await families_of(tx, therapist)}.get(
            plan.family_id if plan else 0
        )
        if asked is None or plan is None or family is None or plan.state not in NOT_ENDED:
            return s.phrases.say("general.button_gone")
        await _do(tx, s, plan, asked[1], therapist.name, update_id)
        now_is = await find_plan(tx, plan.id)
        assert now_is is not None, "plans are never deleted while they are looked at"
        title = title_of(s, plan)
        if now_is.state is PlanState.ENDED:
            reply = Reply(s.phrases.say("practice.plan_ended", alias=family.alias, title=title))
        else:
            tally = await tally_of(tx, plan)
            reply = plan_shown(now_is, family, title, tally, s.phrases)
        assert therapist.chat_id is not None, "they pressed a button in their chat"
        key = f"planning:{update_id}"
        await change_message(tx, s, therapist.chat_id, message_id, key, reply, "planning:")
        return s.phrases.say("practice.excused") if asked[1] is Care.EXCUSE else ""


async def _do(
    tx: Tx, s: Services, plan: PracticePlan, care: Care, therapist: str, update_id: int
) -> None:
    now = s.clock.now()
    if care in STATE_AFTER:
        await set_plan_state(tx, plan.id, STATE_AFTER[care], now)
    told = told_of(care, title_of(s, plan), therapist, s.phrases)
    for parent in await parents_of(tx, await family_of(tx, plan.family_id)):
        if care is Care.EXCUSE:
            await change_rhythm(tx, parent.id, now, flags_excused_at=now)
        if told is not None:
            key = f"plan:{plan.id}:{care}:{update_id}:{parent.id}"
            await say(tx, s, parent.chat_id, key, Reply(told))
