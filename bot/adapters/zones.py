"""Time zones: the usual one of a country, the ones it has, and the one that somebody names."""

from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

FALLBACK = "UTC"


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """A country's zones, the most usual first, from the tables of the package `tzdata`."""
    return tuple(zone for code, zone in _table() if code == country)


def usual_zone(country: str) -> str:
    """The zone that most people of a country live in, as far as one can say."""
    return next(iter(zones_of(country)), FALLBACK)


def find_zone(words: str) -> str | None:
    """The zone of a city or the name of a zone: `new york`, `Europe/London`; None: not known."""
    wanted = words.strip().lower().replace(" ", "_")
    if not wanted:
        return None
    known = sorted(available_timezones())
    whole = (zone for zone in known if zone.lower() == wanted)
    city = (zone for zone in known if "/" in zone and zone.lower().rpartition("/")[2] == wanted)
    return next(whole, None) or next(city, None)


@cache
def _table() -> tuple[tuple[str, str], ...]:
    text = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((fields[0], fields[2]) for fields in lines)
