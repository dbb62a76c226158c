"""Somebody has taken a flag and is silent: they are asked, and then the ladder goes on."""

from bot.core.alerts import ask_holder, released, with_console
from bot.core.flags import Flag, FlagState
from bot.core.holds import Hold, Next, after_silence
from bot.core.people import Staff
from bot.flows.services import Services
from bot.flows.steps.flagging import climb_rungs, update_holding
from bot.flows.steps.taking import keep_promises, locked, tell, tell_writers
from bot.storage import flags, holds
from bot.storage.database import Tx


async def watch_holder(s: Services, flag_id: int, hold_number: int) -> None:
    """Look whether anything has followed an acknowledgement; running it twice does it once."""
    async with s.database.transaction() as tx:
        flag = await flags.find_flag(tx, flag_id, lock=True)
        hold = await holds.hold_of(tx, flag_id)
        if flag is None or flag.holder is None or flag.state is not FlagState.ACKNOWLEDGED:
            return
        if hold is None or hold.number != hold_number:
            return
        silence = after_silence(hold, s.clock.now(), s.holder_patience)
        if silence.next is Next.RELEASE:
            await _release(tx, s, flag, flag.holder, hold)
            return
        if silence.next is Next.ASK:
            await _ask(tx, s, flag, flag.holder, hold)
        await tx.defer(
            holds.WATCH_HOLDER, lock=None, at=silence.look_at, flag_id=flag_id, hold=hold_number
        )


async def stay_on_it(s: Services, by: Staff, flag_id: int, update_id: int) -> str:
    """*I am on it*: the holder is busy with the family; returns what the button says back."""
    async with s.database.transaction() as tx:
        flag = await locked(tx, s, flag_id, update_id, "on_it")
        if flag is None:
            return ""
        if flag.holder is None or flag.holder.id != by.id or not flag.is_open:
            return s.phrases.say("flags.not_holder")
        await flags.add_event(tx, flag.id, "on_it", s.clock.now(), staff_id=by.id)
        return s.phrases.say("flags.on_it")


async def _ask(tx: Tx, s: Services, flag: Flag, holder: Staff, hold: Hold) -> None:
    now = s.clock.now()
    number = await flags.add_event(tx, flag.id, "asked_holder", now, staff_id=holder.id)
    reply = ask_holder(flag, s.phrases, now - hold.active_at, s.holder_patience / 3)
    await tell(tx, s, flag, holder, f"ask:{number}", reply)


async def _release(tx: Tx, s: Services, flag: Flag, holder: Staff, hold: Hold) -> None:
    """Everybody hears the truth: the ladder, the family, and whoever had it."""
    await holds.mark_released(tx, flag.id)
    number = await flags.add_event(tx, flag.id, "released", s.clock.now(), staff_id=holder.id)
    await keep_promises(tx, s, holder, number)
    waiting = await flags.flag(tx, flag.id)
    await climb_rungs(tx, s, waiting, woken=True)
    await update_holding(tx, s, waiting, known=f"released:{hold.number}")
    emergency = s.directory.of(flag.country).emergency
    news = s.phrases.say("holding.released_news", name=holder.name, emergency=emergency)
    await tell_writers(tx, s, waiting, f"released:{hold.number}", news)
    reply = with_console(released(waiting, s.phrases), waiting, s.phrases, s.console_url)
    await tell(tx, s, waiting, holder, f"again:released:{hold.number}", reply)
