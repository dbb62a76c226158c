"""Buttons under a flag, by their action: each runs one use case."""

from collections.abc import Awaitable, Callable, Mapping

from bot.core.flags import Outcome
from bot.core.messages import Press
from bot.core.people import Staff
from bot.flows.close_flag import close_flag, skip_note
from bot.flows.open_console import send_console_link
from bot.flows.pass_flag import choose_colleague, pass_flag
from bot.flows.services import Services
from bot.flows.show_flag import show_message
from bot.flows.take_flag import dismiss_flag, dismiss_unread, take_flag
from bot.flows.watch_holder import stay_on_it

OfOneFlag = Callable[[Services, Staff, int, int], Awaitable[str]]
_OF_ONE_FLAG: Mapping[str, OfOneFlag] = {
    "take": take_flag,
    "show": show_message,
    "noturgent": dismiss_flag,
    "dismiss": dismiss_unread,
    "pass": choose_colleague,
    "onit": stay_on_it,
    "nonote": skip_note,
    "console": send_console_link,
}


async def press_under_flag(s: Services, who: Staff, update_id: int, press: Press) -> str | None:
    """What a button under a flag says back; None if it is no button of a flag."""
    first, _, second = press.argument.partition(".")
    flag_id = int(first) if first.isdecimal() else 0
    if press.action in _OF_ONE_FLAG:
        return await _OF_ONE_FLAG[press.action](s, who, flag_id, update_id)
    if press.action == "passto" and second.isdecimal():
        return await pass_flag(s, who, flag_id, int(second), update_id)
    if press.action == "close" and second in list(Outcome):
        return await close_flag(s, who, flag_id, Outcome(second), update_id)
    return None
