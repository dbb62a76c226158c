"""A minute after an alert: if Telegram has not accepted it, the second channel is used."""

from bot.core.deliveries import DeliveryState
from bot.flows.services import Services
from bot.flows.steps.reaching import reach_or_alarm
from bot.storage.deliveries import alert_state
from bot.storage.flags import find_flag


async def watch_alert(s: Services, flag_id: int, rung: int, staff_id: int) -> None:
    """Look at the alert of one person at one rung."""
    async with s.database.transaction() as tx:
        flag = await find_flag(tx, flag_id)
        if flag is None or not flag.is_waiting:
            return
        if await alert_state(tx, flag_id, rung, staff_id) is DeliveryState.OWED:
            await reach_or_alarm(tx, s, flag, rung, staff_id)
