"""Whose clock a time is told by: the clinic's for staff, their own for parents."""

from zoneinfo import ZoneInfo

from bot.adapters.zones import usual_zone
from bot.flows.services import Services
from bot.storage.database import Tx
from bot.storage.people import clinic_country
from bot.storage.rhythms import zone_of_chat


async def clinic_zone(tx: Tx, s: Services) -> ZoneInfo:
    """The zone that is set, or else the usual one of the clinic's country."""
    return ZoneInfo(s.time_zone or usual_zone(await clinic_country(tx)))


async def chat_zone(tx: Tx, s: Services, chat_id: int, country: str) -> ZoneInfo:
    """The clock that a parent lives by: their own, the one that is set, or their country's."""
    return ZoneInfo(await zone_of_chat(tx, chat_id) or s.time_zone or usual_zone(country))
