"""When something happened, as a clock on the wall shows it: unlike 'just now' that stays true."""

from datetime import datetime, tzinfo

from bot.core.phrases import Phrases


def clock_text(at: datetime, now: datetime, zone: tzinfo, phrases: Phrases) -> str:
    """The time of day by the clinic's clock, with the day where that is not today."""
    local = at.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return f"{local:%H:%M}"
    return phrases.say("flags.at_other_day", at=f"{local:%H:%M}", day=day_text(local))


def day_text(local: datetime) -> str:
    """A day without its year: `Tuesday 3 March`."""
    return f"{local:%A} {local.day} {local:%B}"
