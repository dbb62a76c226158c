"""A flag that stays open for a day alarms the clinic, and again on every day after that."""

from bot.core.alerts import category_text
from bot.flows.services import Services
from bot.flows.steps.alarming import alarm_clinic
from bot.flows.steps.flagging import watch_unclosed_in
from bot.storage import flags


async def watch_unclosed(s: Services, flag_id: int, times: int) -> None:
    """Look whether a flag is closed by now; `times` counts the alarms of one flag."""
    async with s.database.transaction() as tx:
        flag = await flags.find_flag(tx, flag_id, lock=True)
        if flag is None or not flag.is_open:
            return
        now = s.clock.now()
        held = (
            s.phrases.say("alarms.held_by", name=flag.holder.name)
            if flag.holder
            else s.phrases.say("alarms.held_by_nobody")
        )
        sentence = s.phrases.say(
            "alarms.unclosed",
            alias=flag.alias,
            category=category_text(flag, s.phrases),
            hours=int((now - flag.raised_at).total_seconds() // 3600),
            held=held,
        )
        await flags.add_event(tx, flag.id, "unclosed", now)
        await alarm_clinic(tx, s, "unclosed", f"flag:{flag.id}:unclosed:{times}", sentence)
        await watch_unclosed_in(tx, s, flag.id, times + 1)
