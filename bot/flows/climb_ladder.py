"""A rung's time has come: the next people are told, unless somebody has taken the flag."""

from bot.flows.services import Services
from bot.flows.steps.flagging import climb_rungs, update_holding
from bot.flows.steps.waiting import tell_who_wait
from bot.storage import alerts, flags


async def climb_ladder(s: Services, flag_id: int, rung: int) -> None:
    """Climb from `rung` if that is where the flag stands; running it twice climbs once.

    A parent who was told that nobody was reached hears that somebody is now, and one who has waited
    for long is told so.
    """
    async with s.database.transaction() as tx:
        flag = await flags.find_flag(tx, flag_id, lock=True)
        if flag is None or not flag.is_waiting or flag.next_rung != rung:
            return
        was_reached = await alerts.somebody_may_have_it(tx, flag_id)
        done = await climb_rungs(tx, s, flag, woken=True)
        if done.reaches_somebody and not was_reached:
            await update_holding(tx, s, flag, known=f"reaching:{flag.next_rung}")
        await tell_who_wait(tx, s, flag, reached=was_reached)
