"""The sweep: whoever is to be nudged now gets one nudge, and is looked at again when it is time."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.core.deliveries import Delivery, Send
from bot.core.nudges import Decision, Nudge, decide
from bot.core.plan_care import over_text
from bot.core.practice import PracticePlan, Times
from bot.core.practice_replies import ask_another_time, nudge_reply
from bot.core.replies import Reply
from bot.core.rhythm import delay_of
from bot.flows.services import Services
from bot.flows.steps.foreseeing import chosen_of
from bot.flows.steps.nudging import ABOUT
from bot.flows.steps.planning import tally_of, title_of
from bot.flows.steps.trying import is_willing, tomorrow_begins, with_tried_times
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.holidays import holidays_ahead
from bot.storage.nudges import REMEMBERED, add_nudge, calms_of, past_nudges
from bot.storage.people import family as family_of
from bot.storage.people import parents_of
from bot.storage.practice_plans import end_finished_plans, picked_plans
from bot.storage.rhythms import Listener, change_rhythm, due_listeners, look_again

log = structlog.get_logger(__name__)
BATCH = 200
PACE = timedelta(seconds=0.05)
"""Nudges of one sweep are this far apart, so that replies and flags find room between them."""
AT_ONCE = 20
SOON = timedelta(minutes=1)


async def send_nudges(s: Services) -> int:
    """Nudge everybody who is due; running it twice, or twice at once, nudges nobody twice."""
    await _end_finished(s)
    sent = 0
    while True:
        async with s.database.transaction() as tx:
            listeners = await due_listeners(tx, s.clock.now(), BATCH)
            if not listeners:
                return sent
            sent += await _look_at(tx, s, listeners, sent)


async def _end_finished(s: Services) -> None:
    """Plans whose last day has passed end, and their parents read what came of them."""
    async with s.database.transaction() as tx:
        for plan in await end_finished_plans(tx, s.clock.now().date()):
            family = await family_of(tx, plan.family_id)
            for parent in await parents_of(tx, family):
                tally = await tally_of(tx, plan, parent.id)
                title, name = title_of(s, plan), family.therapist.name
                reply = Reply(over_text(title, tally, name, s.phrases))
                key = f"plan:{plan.id}:over:{parent.id}"
                quiet = Send(reply, is_quiet=True)
                await owe(tx, Delivery(key, parent.chat_id, quiet), s.clock.now())


async def _look_at(tx: Tx, s: Services, listeners: Sequence[Listener], before: int) -> int:
    now = s.clock.now()
    ids = [one.parent_id for one in listeners]
    holidays = await holidays_ahead(tx, now)
    picked = await picked_plans(tx, ids)
    plans = await with_tried_times(tx, s, listeners, picked, holidays, now)
    past = await past_nudges(tx, ids, (now - REMEMBERED).date())
    calms = await calms_of(tx, listeners)
    sent = 0
    for one in listeners:
        decided = decide(
            one.rhythm,
            chosen_of(s, tuple(plans.get(one.parent_id, ()))),
            past.get(one.parent_id, ()),
            calms[one.parent_id],
            now,
            delay=delay_of(one.parent_id, s.nudge_spread),
            holidays=holidays,
        )
        for nudge in decided.nudges:
            sent += await _nudge(tx, s, one, plans, nudge, before + sent)
        if decided.asks_another_time:
            await _ask_another_time(tx, s, one, plans[one.parent_id])
        await look_again(tx, one.parent_id, _next_look(s, one, decided, now))
    return sent


async def _nudge(
    tx: Tx,
    s: Services,
    one: Listener,
    plans: Mapping[int, Sequence[tuple[PracticePlan, Times]]],
    nudge: Nudge,
    before: int,
) -> int:
    now = s.clock.now()
    nudge_id = await add_nudge(tx, one.parent_id, nudge, now)
    if nudge_id is None:
        return 0
    skill_id = next(p.skill_id for p, _ in plans[one.parent_id] if p.id == nudge.plan_id)
    reply = nudge_reply(s.skills[skill_id], nudge.wording, nudge_id, s.phrases)
    key = f"nudge:{nudge.plan_id}:{one.parent_id}:{nudge.day}:{int(now.timestamp())}"
    delivery = Delivery(key, one.chat_id, Send(reply), about=f"{ABOUT}{nudge_id}")
    await owe(tx, delivery, now, at=_send_at(now, before))
    return 1


async def _ask_another_time(
    tx: Tx, s: Services, one: Listener, plans: Sequence[tuple[PracticePlan, Times]]
) -> None:
    now = s.clock.now()
    await change_rhythm(tx, one.parent_id, now, waiting_since=now)
    offered = [
        (plan.id, s.skills[plan.skill_id].title) for plan, _ in plans if plan.skill_id in s.skills
    ]
    key = f"waiting:{one.parent_id}:{one.rhythm.day_of(now)}"
    await owe(tx, Delivery(key, one.chat_id, Send(ask_another_time(offered, s.phrases))), now)


def _send_at(now: datetime, before: int) -> datetime | None:
    """A few are sent at once; many keep their distance."""
    return None if before < AT_ONCE else now + PACE * (before - AT_ONCE)


def _next_look(s: Services, one: Listener, decided: Decision, now: datetime) -> datetime | None:
    if decided.look_at is None:
        return None
    if is_willing(s, one.learns):
        return max(min(decided.look_at, tomorrow_begins(one, now)), now + SOON)
    return max(decided.look_at, now + SOON)
