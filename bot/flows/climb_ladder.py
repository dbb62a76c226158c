"""A rung's time has come: the next people are told, unless somebody has taken the flag."""

from bot.core.flags import Flag
from bot.flows.services import Services
from bot.flows.steps.flagging import alarm_nobody, climb_rungs, update_holding
from bot.storage import flags
from bot.storage.database import Tx


async def climb_ladder(s: Services, flag_id: int, rung: int) -> None:
    """Climb from `rung` if that is where the flag stands; running it twice climbs once."""
    async with s.database.transaction() as tx:
        flag = await flags.find_flag(tx, flag_id, lock=True)
        if flag is None or not flag.is_waiting or flag.next_rung != rung:
            return
        was_reached = await flags.somebody_may_have_it(tx, flag_id)
        done = await climb_rungs(tx, s, flag, woken=True)
        if done.reaches_somebody and not was_reached:
            await _say_reached(tx, s, flag)


async def _say_reached(tx: Tx, s: Services, flag: Flag) -> None:
    """A parent who was told that nobody was reached hears that somebody is now."""
    await update_holding(tx, s, flag, reached=True, known=f"reaching:{flag.next_rung}")


async def hurry_ladder(s: Services, flag_id: int, staff_id: int) -> None:
    """Somebody cannot be written to: climb on at once if nobody else on that rung can be."""
    async with s.database.transaction() as tx:
        flag = await flags.find_flag(tx, flag_id, lock=True)
        if flag is None:
            return
        now = s.clock.now()
        await flags.add_event(tx, flag_id, "not_delivered", now, staff_id=staff_id)
        if not flag.is_waiting or await flags.somebody_may_have_it(tx, flag_id):
            return
        done = await climb_rungs(tx, s, flag, hurry=True)
        if not done.reaches_somebody:
            await alarm_nobody(tx, s, flag, done.next_rung)
            await update_holding(tx, s, flag, reached=False, known=f"nobody:{flag.next_rung}")
