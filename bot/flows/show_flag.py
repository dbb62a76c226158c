"""A member of staff opens what was written: that is noted, and the family is told who has."""

from bot.core.alerts import category_text, why
from bot.core.flags import Flag
from bot.core.people import Staff
from bot.core.replies import Reply, as_written
from bot.flows.services import Services
from bot.flows.steps.flagging import update_holding
from bot.flows.steps.taking import locked, may_see, tell
from bot.storage import flags
from bot.storage.database import Tx
from bot.storage.messages import evidence_of, score_of, stored_message


async def show_message(s: Services, by: Staff, flag_id: int, update_id: int) -> str:
    """Show what was written to somebody the flag was sent to, and note that they saw it."""
    async with s.database.transaction() as tx:
        flag = await locked(tx, s, flag_id, update_id, "show")
        if flag is None:
            return ""
        if not await may_see(tx, flag, by):
            return s.phrases.say("flags.not_yours")
        reply = Reply(await _shown(tx, s, flag))
        is_first = await flags.first_reader(tx, flag.id) is None
        await flags.add_event(tx, flag.id, "shown", s.clock.now(), staff_id=by.id)
        await tell(tx, s, flag, by, f"shown:{update_id}", reply)
        if is_first and flag.is_waiting:
            await update_holding(tx, s, flag, reached=True, known="seen")
        return ""


async def _shown(tx: Tx, s: Services, flag: Flag) -> str:
    texts: list[str] = []
    for message_id in sorted(set(await flags.messages_of(tx, flag.id))):
        message = await stored_message(tx, message_id)
        medium = message.kind if f"questions.medium_{message.kind}" in s.phrases.ids() else "other"
        unread = s.phrases.say(
            "flags.shown_unread", medium=s.phrases.say(f"questions.medium_{medium}")
        )
        text = as_written(message.text) or unread
        if message.chat_id != flag.chat_id:
            text = s.phrases.say("flags.shown_other_parent", text=text)
        texts.append(text)
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
