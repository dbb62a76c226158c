"""The clock of the clinic: staff read times by it, wherever a family lives."""

from zoneinfo import ZoneInfo

from bot.adapters.zones import FALLBACK, usual_zone
from bot.flows.services import Services
from bot.storage.database import Tx
from bot.storage.people import the_clinic


async def clinic_zone(tx: Tx, s: Services) -> ZoneInfo:
    """The zone that is set, or else the usual one of the clinic's country."""
    if s.time_zone:
        return ZoneInfo(s.time_zone)
    clinic = await the_clinic(tx)
    return ZoneInfo(usual_zone(clinic.country) if clinic else FALLBACK)
