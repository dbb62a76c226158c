"""A member of staff presses a button under a flag: take it, see it, close it."""

from bot.core.alerts import alert_taken, category_text, taken_by_you, why
from bot.core.deliveries import Delivery, Edit, Lane, Send
from bot.core.flags import Flag, Outcome, Taking, take
from bot.core.people import Role, Staff
from bot.core.replies import Reply, as_written
from bot.core.review_items import Doubt
from bot.flows.services import Services
from bot.flows.steps.flagging import about, update_holding
from bot.storage import flags
from bot.storage.database import Tx
from bot.storage.deliveries import deliveries_about, owe
from bot.storage.inbox import claim_update
from bot.storage.messages import evidence_of, score_of, stored_message
from bot.storage.review_items import add_item

SEES_ALL = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
_TAKING_PHRASES = {
    Taking.ALREADY_YOURS: "flags.already_yours",
    Taking.SOMEBODY_HAS_IT: "flags.somebody_has_it",
    Taking.IS_CLOSED: "flags.is_closed",
    Taking.NOT_YOURS_TO_TAKE: "flags.not_yours",
}


async def take_flag(s: Services, by: Staff, flag_id: int, update_id: int) -> str:
    """Somebody takes a flag; returns what the button says back."""
    async with s.database.transaction() as tx:
        flag = await _locked(tx, s, flag_id, update_id, "take")
        return await _take(tx, s, flag, by) if flag else ""


async def dismiss_flag(s: Services, by: Staff, flag_id: int, update_id: int) -> str:
    """*Not urgent*: the flag is taken and closed in one press."""
    async with s.database.transaction() as tx:
        flag = await _locked(tx, s, flag_id, update_id, "not_urgent")
        if flag is None:
            return ""
        said = await _take(tx, s, flag, by)
        flag = await flags.flag(tx, flag_id)
        if flag.holder and flag.holder.id == by.id and flag.is_open:
            await _close(tx, s, flag, by, Outcome.NOT_URGENT)
        return said


async def close_flag(s: Services, by: Staff, flag_id: int, outcome: Outcome, update_id: int) -> str:
    """Whoever took a flag says how it ended."""
    async with s.database.transaction() as tx:
        flag = await _locked(tx, s, flag_id, update_id, "close")
        if flag is None:
            return ""
        if not flag.is_open:
            return s.phrases.say("flags.is_closed")
        if flag.holder is None or flag.holder.id != by.id:
            return s.phrases.say("flags.not_holder")
        await _close(tx, s, flag, by, outcome)
        return ""


async def show_message(s: Services, by: Staff, flag_id: int, update_id: int) -> str:
    """Show what was written to somebody the flag was sent to, and note that they saw it."""
    async with s.database.transaction() as tx:
        flag = await _locked(tx, s, flag_id, update_id, "show")
        if flag is None:
            return ""
        if not await _may_see(tx, flag, by):
            return s.phrases.say("flags.not_yours")
        reply = Reply(await _shown(tx, s, flag))
        await flags.add_event(tx, flag.id, "shown", s.clock.now(), staff_id=by.id)
        await _tell(tx, s, flag, by, f"shown:{update_id}", reply)
        return ""


async def _locked(tx: Tx, s: Services, flag_id: int, update_id: int, outcome: str) -> Flag | None:
    if not await claim_update(tx, update_id, f"flag_{outcome}", s.clock.now()):
        return None
    return await flags.find_flag(tx, flag_id, lock=True)


async def _may_see(tx: Tx, flag: Flag, by: Staff) -> bool:
    return by.role in SEES_ALL or by.id in await flags.alerted_staff(tx, flag.id)


async def _take(tx: Tx, s: Services, flag: Flag, by: Staff) -> str:
    taking = take(flag, by, alerted=await _may_see(tx, flag, by))
    if taking is not Taking.TAKEN:
        holder = flag.holder.name if flag.holder else ""
        return s.phrases.say(_TAKING_PHRASES[taking], name=holder)
    await flags.mark_acknowledged(tx, flag.id, by)
    await flags.add_event(tx, flag.id, "acknowledged", s.clock.now(), staff_id=by.id)
    taken = await flags.flag(tx, flag.id)
    await _tell_family(tx, s, taken, by)
    await _tell(tx, s, taken, by, f"taken:{by.id}", taken_by_you(taken, s.phrases))
    await _change_alerts(tx, s, taken, by)
    return ""


async def _tell_family(tx: Tx, s: Services, flag: Flag, by: Staff) -> None:
    await update_holding(tx, s, flag, reached=True, known="taken")
    news = Reply(s.phrases.say("holding.taken_news", name=by.name))
    key = f"flag:{flag.id}:taken"
    await owe(tx, Delivery(key, flag.chat_id, Send(news), Lane.FLAG), s.clock.now())


async def _change_alerts(tx: Tx, s: Services, flag: Flag, by: Staff) -> None:
    """Everybody who was alerted sees who has it now, where the alert stood."""
    for owed in await deliveries_about(tx, about(flag)):
        alert = owed.delivery
        is_alert = ":rung:" in alert.key or ":again:" in alert.key
        if not is_alert or not isinstance(alert.what, Send):
            continue
        reply = alert_taken(flag, by, s.phrases, is_theirs=alert.chat_id == by.chat_id)
        edit = Delivery(f"{alert.key}:taken", alert.chat_id, Edit(alert.key, reply), Lane.FLAG)
        await owe(tx, edit, s.clock.now())


async def _close(tx: Tx, s: Services, flag: Flag, by: Staff, outcome: Outcome) -> None:
    await flags.mark_closed(tx, flag.id, outcome)
    await flags.add_event(tx, flag.id, f"closed:{outcome}", s.clock.now(), staff_id=by.id)
    if outcome is Outcome.NOT_URGENT and flag.message_id is not None:
        await add_item(tx, flag.message_id, Doubt.NOT_URGENT, s.clock.now(), by=by)
    ended = s.phrases.say(f"flags.outcome_{outcome}")
    reply = Reply(s.phrases.say("flags.closed", alias=flag.alias, outcome=ended))
    await _tell(tx, s, flag, by, "closed", reply)
    news = Reply(s.phrases.say("holding.closed", name=by.name))
    key = f"flag:{flag.id}:closed:family"
    await owe(tx, Delivery(key, flag.chat_id, Send(news), Lane.FLAG), s.clock.now())


async def _shown(tx: Tx, s: Services, flag: Flag) -> str:
    texts: list[str] = []
    for message_id in sorted(set(await flags.messages_of(tx, flag.id))):
        message = await stored_message(tx, message_id)
        medium = message.kind if f"questions.medium_{message.kind}" in s.phrases.ids() else "other"
        unread = s.phrases.say(
            "flags.shown_unread", medium=s.phrases.say(f"questions.medium_{medium}")
        )
        texts.append(as_written(message.text) or unread)
    evidence = await evidence_of(tx, flag.message_id) if flag.message_id else ()
    shown = s.phrases.say(
        "flags.shown",
        alias=flag.alias,
        category=category_text(flag, s.phrases),
        reason=why(flag.reason, evidence, s.phrases),
        text="\n\n".join(texts),
    )
    return shown + await _score(tx, s, flag)


async def _score(tx: Tx, s: Services, flag: Flag) -> str:
    """The score against the line, and the version that gave it, where there is a score."""
    scored = await score_of(tx, flag.message_id) if flag.message_id else None
    line = s.judgement.thresholds
    if scored is None or line is None:
        return ""
    score, version = scored
    return "\n" + s.phrases.say(
        "flags.shown_score",
        score=f"{score:.2f}",
        flag=f"{line.flag:.2f}",
        check=f"{line.check:.2f}",
        version=version,
    )


async def _tell(tx: Tx, s: Services, flag: Flag, person: Staff, part: str, reply: Reply) -> None:
    assert person.chat_id is not None, "they pressed a button in their chat"
    key = f"flag:{flag.id}:{part}"
    delivery = Delivery(key, person.chat_id, Send(reply), Lane.FLAG, about(flag), person.id)
    await owe(tx, delivery, s.clock.now())
