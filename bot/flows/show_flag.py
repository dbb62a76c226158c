"""A member of staff opens what was written: that is noted, and the family is told who has."""

from bot.core.alerts import category_text, why
from bot.core.flags import Flag
from bot.core.people import Staff
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.conversation import conversation, owe_media
from bot.flows.steps.flagging import update_holding
from bot.flows.steps.taking import locked, may_see, tell
from bot.storage import alerts, flags
from bot.storage.database import Tx
from bot.storage.messages import evidence_of, score_of


async def show_message(s: Services, by: Staff, flag_id: int, update_id: int) -> str:
    """Show what was written to somebody the flag was sent to, and note that they saw it."""
    async with s.database.transaction() as tx:
        flag = await locked(tx, s, flag_id, update_id, "show")
        if flag is None:
            return ""
        if not await may_see(tx, flag, by):
            return s.phrases.say("flags.not_yours")
        reply = Reply(await _shown(tx, s, flag))
        is_first = await alerts.first_reader(tx, flag.id) is None
        number = await flags.add_event(tx, flag.id, "shown", s.clock.now(), staff_id=by.id)
        await tell(tx, s, flag, by, f"shown:{update_id}", reply)
        await owe_media(tx, s, flag, by)
        if is_first and flag.is_waiting:
            await update_holding(tx, s, flag, known=f"seen:{number}")
        return ""


async def _shown(tx: Tx, s: Services, flag: Flag) -> str:
    evidence = await evidence_of(tx, flag.message_id) if flag.message_id else ()
    shown = s.phrases.say(
        "flags.shown",
        alias=flag.alias,
        category=category_text(flag, s.phrases),
        reason=why(flag.reason, evidence, s.phrases),
        text=await conversation(tx, s, flag),
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
