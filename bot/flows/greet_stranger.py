"""Somebody who has not joined writes: how to join, or, if it is urgent, the clinic's on-call."""

from dataclasses import replace

from bot.core.about_bot import topic_of
from bot.core.flags import Flag
from bot.core.holds import danger_in
from bot.core.messages import Incoming
from bot.core.pace import OF_STRANGER, paced
from bot.core.people import Stranger
from bot.core.receiving import EDIT_STEPS, Plan, Situation, Step, plan
from bot.core.triage import Category, Concern, Route, Verdict
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.checking import ask_again, ask_check, end_with_no, raise_from_check
from bot.flows.steps.gathering import say_gathered
from bot.flows.steps.raising import follow_or_raise, raise_or_join
from bot.flows.steps.strangers import stranger_reply
from bot.storage.checks import Check, open_check
from bot.storage.database import Tx
from bot.storage.flags import open_flag
from bot.storage.inbox import claim_update
from bot.storage.links import find_invitation
from bot.storage.messages import add_message, earlier_version, how_much_lately, recent_texts


async def greet_stranger(s: Services, stranger: Stranger, incoming: Incoming) -> Step | None:
    """Handle a message from nobody we know; None if it was handled before."""
    async with s.database.transaction() as tx:
        flag = await open_flag(tx, stranger.chat_id, None)
        check = await open_check(tx, stranger.chat_id)
        number = incoming.message_id if incoming.edited else None
        context = await recent_texts(tx, stranger.chat_id, s.clock.now(), without=number)
        earlier = await earlier_version(tx, stranger.chat_id, number) if number else None
        lately = await how_much_lately(tx, stranger.chat_id, incoming.sent_at, s.bounds.stranger)
        invitation = await find_invitation(tx, stranger.chat_id, s.clock.now())
    verdict = Verdict(Concern.NONE, None, "no_words", (), 0.0, "en", "")
    if incoming.text.strip():
        verdict = await s.judgement.judge(incoming.text, context)
    situation = Situation(flag is not None, check is not None, earlier)
    planned = plan(incoming.content, situation, verdict, language_is_covered=True)
    asks_what_this_is = topic_of(incoming.text, is_first=not context) is not None
    if planned.step is Step.ASK_CHECK and invitation is not None and asks_what_this_is:
        planned = Plan(Step.CONSULT)  # they have just been asked to join, and want to know what
    bound, now = s.bounds.stranger, s.clock.now()
    planned = replace(planned, step=paced(planned.step, lately, bound, now, of=OF_STRANGER))
    async with s.database.transaction() as tx:
        if not await claim_update(tx, incoming.update_id, planned.step, s.clock.now()):
            return None
        await _write(tx, s, stranger, incoming, verdict, planned, flag, check)
    return planned.step


async def _write(
    tx: Tx,
    s: Services,
    stranger: Stranger,
    incoming: Incoming,
    verdict: Verdict,
    planned: Plan,
    flag: Flag | None,
    check: Check | None,
) -> None:
    chat_id, category = incoming.chat_id, verdict.category
    route = Route.URGENT if planned.step is Step.RAISE else Route.NOT_COVERED
    message_id = await add_message(tx, incoming, None, verdict, route)
    if planned.step is Step.FOLLOW_UP and flag:
        danger = danger_in(verdict)
        await follow_or_raise(tx, s, flag, None, incoming, message_id, danger)
    elif planned.step is Step.RAISE and check and planned.check_state:
        state = planned.check_state
        await raise_from_check(tx, s, check, None, state, category=category, message_id=message_id)
    elif planned.step is Step.RAISE:
        await raise_or_join(
            tx,
            s,
            chat_id=chat_id,
            parent=None,
            category=category or Category.OTHER_DANGER,
            reason=verdict.reason,
            message_id=message_id,
        )
    elif planned.step is Step.ASK_CHECK:
        await ask_check(tx, s, chat_id, message_id, category)
    elif planned.step is Step.ASK_AGAIN and check:
        await ask_again(tx, s, check, message_id)
    elif planned.step is Step.GATHER:
        await say_gathered(tx, s, chat_id, message_id)
    elif planned.step is not Step.GATHERED and planned.step not in EDIT_STEPS:
        if check and planned.check_state:
            await end_with_no(tx, s, check, None, "")
        reply = await stranger_reply(tx, s, stranger)
        await say(tx, s, chat_id, f"stranger:{message_id}", reply)
