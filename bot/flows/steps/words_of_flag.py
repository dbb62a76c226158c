"""The words of a flag before somebody's eyes: that is written down, and the family is told."""

from bot.core.alerts import category_text, why
from bot.core.audit import Act
from bot.core.flags import Flag
from bot.core.people import Staff
from bot.flows.services import Services
from bot.flows.steps.conversation import conversation
from bot.flows.steps.flagging import update_holding
from bot.storage import alerts, flags
from bot.storage.database import Tx
from bot.storage.messages import evidence_of, score_of


async def shown_words(tx: Tx, s: Services, flag: Flag) -> str:
    """All that was said, why it was flagged, and the score where there is one."""
    evidence = await evidence_of(tx, flag.message_id) if flag.message_id else ()
    shown = s.phrases.say(
        "flags.shown",
        alias=flag.alias,
        category=category_text(flag, s.phrases),
        reason=why(flag.reason, evidence, s.phrases),
        text=await conversation(tx, s, flag),
    )
    return shown + await _score(tx, s, flag)


async def note_shown(tx: Tx, s: Services, flag: Flag, by: Staff, how: str) -> None:
    """Write down who opened it, and by which door; the family hears it of the first."""
    is_first = await alerts.first_reader(tx, flag.id) is None
    number = await flags.add_event(tx, flag.id, "shown", s.clock.now(), staff_id=by.id)
    tx.note(Act.WORDS_SHOWN, *flag.ids, by=by, how=how)
    if is_first and flag.is_waiting:
        await update_holding(tx, s, flag, known=f"seen:{number}")


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
