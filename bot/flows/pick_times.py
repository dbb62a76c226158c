"""A parent picks the days and the time of a plan, by buttons."""

from bot.core.foresight import in_turn_with
from bot.core.people import Parent
from bot.core.practice import PracticePlan, Times, suggested_days
from bot.core.replies import Reply
from bot.core.rhythm import Rhythm
from bot.core.times import (
    ask_time,
    left_alone,
    offer,
    picked,
    read_days,
    read_times,
    rests_now,
)
from bot.flows.services import Services
from bot.flows.steps.foreseeing import next_nudge, plans_picked
from bot.flows.steps.planning import home_zone, title_of
from bot.flows.steps.showing import change_message
from bot.storage.database import Tx
from bot.storage.inbox import claim_update
from bot.storage.practice_plans import (
    NOT_ENDED,
    drop_times,
    find_plan,
    pick_times,
    rest_times,
    times_of,
    wake_times,
)
from bot.storage.rhythms import change_rhythm, ensure_rhythm, find_rhythm

DAYS, HOURS, AT, CHANGE, LEAVE = "days", "hours", "at", "replan", "leave"
REST, GO_ON = "rest", "goon"


async def choose_times(
    s: Services, parent: Parent, action: str, argument: str, message_id: int, update_id: int
) -> str:
    """One more tap towards days and a time; returns what the button says back."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, f"times_{action}", s.clock.now()):
            return ""
        plan = await _plan(tx, parent, argument)
        if plan is None or plan.skill_id not in s.skills:
            return s.phrases.say("general.button_gone")
        await ensure_rhythm(tx, parent.id, home_zone(s, parent.family))
        rhythm = await find_rhythm(tx, parent.id)
        assert rhythm is not None, "it was just made sure of"
        reply = await _answer(tx, s, parent, plan, rhythm, action, argument)
        if reply is None:
            return s.phrases.say("practice.pick_a_day")
        key = f"times:{update_id}"
        await change_message(tx, s, parent.chat_id, message_id, key, reply, "plan:", "times:")
        return ""


async def _plan(tx: Tx, parent: Parent, argument: str) -> PracticePlan | None:
    number = argument.partition(".")[0]
    plan = await find_plan(tx, int(number)) if number.isdecimal() else None
    if plan is None or plan.family_id != parent.family.id or plan.state not in NOT_ENDED:
        return None
    return plan


async def _answer(
    tx: Tx,
    s: Services,
    parent: Parent,
    plan: PracticePlan,
    rhythm: Rhythm,
    action: str,
    argument: str,
) -> Reply | None:
    therapist = parent.family.therapist.name
    skill = s.skills[plan.skill_id]
    known = (await times_of(tx, parent.id)).get(plan.id)
    if action == CHANGE:
        days = known.days if known and known.days else suggested_days(plan.often)
        return offer(plan, skill, days, s.phrases, therapist=therapist, known=known)
    if action in (LEAVE, REST, GO_ON):
        return await _turn(tx, s, parent, plan, known, action)
    found = read_days(argument)
    if action == DAYS and found is not None:
        return offer(plan, skill, found[1], s.phrases, therapist=therapist, known=known)
    if action == HOURS and found is not None and found[1]:
        return ask_time(plan.id, found[1], rhythm.quiet, s.phrases)
    times = read_times(argument)
    if action != AT or times is None:
        return None
    now = s.clock.now()
    await pick_times(tx, plan.id, parent.id, times[1], now)
    # whoever picks a time wants to hear from us: waiting ends, and what was ignored is forgotten
    await change_rhythm(tx, parent.id, now, waiting_since=None, counts_from=rhythm.day_before(now))
    every = await plans_picked(tx, parent)
    others = in_turn_with((plan, times[1]), every)
    return picked(
        skill,
        times[1],
        str(rhythm.zone),
        rhythm.quiet,
        s.phrases,
        in_turn=[title_of(s, one) for one in others],
        next_nudge=await next_nudge(tx, s, parent),
        beside_others=any(one.has_own_day for one in (plan, *(other for other, _ in every))),
    )


async def _turn(
    tx: Tx, s: Services, parent: Parent, plan: PracticePlan, known: Times | None, action: str
) -> Reply:
    """One plan ends, rests or goes on for one parent; the other parent's nudges stay theirs."""
    now, skill = s.clock.now(), s.skills[plan.skill_id]
    had_days = known is not None and bool(known.days)
    if action == LEAVE or not had_days:
        await drop_times(tx, plan.id, parent.id, now)
        return left_alone(plan, skill, s.phrases, had_days=had_days)
    if action == REST:
        await rest_times(tx, plan.id, parent.id, now)
        return rests_now(plan, skill, s.phrases)
    await wake_times(tx, parent.id, now, plan.id)
    text = s.phrases.say("practice.goes_on", title=skill.title)
    return Reply(f"{text}\n{await next_nudge(tx, s, parent)}".rstrip())
