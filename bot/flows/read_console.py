"""What staff read in the console: their flags, the whole story of one, and its words on request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.alerts import category_text
from bot.core.flags import Flag
from bot.core.people import Staff
from bot.core.phrases import Phrases
from bot.core.replies import STAR
from bot.flows.services import Services
from bot.flows.steps.clocks import clinic_zone
from bot.flows.steps.taking import SEES_ALL, may_see
from bot.flows.steps.words_of_flag import note_shown, shown_words
from bot.storage import flags
from bot.storage.alerts import flags_sent_to
from bot.storage.database import Tx
from bot.storage.people import staff_names

MOST = 200  # flags on the first page


@dataclass(frozen=True, slots=True)
class FlagLine:
    """One flag at a glance; `since` is by the clinic's clock."""

    id: int
    alias: str
    category: str
    state: str
    since: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a flag's history, in plain words."""

    at: str
    what: str


@dataclass(frozen=True, slots=True)
class Story:
    """A flag with its history; `words` only after they were asked for."""

    flag: FlagLine
    moments: tuple[Moment, ...]
    words: str | None = field(default=None, repr=False)


async def list_flags(s: Services, by: Staff) -> tuple[FlagLine, ...]:
    """The flags that are somebody's business, open ones first, then the newest."""
    async with s.database.reading() as tx:
        theirs = None if by.role in SEES_ALL else await flags_sent_to(tx, by.id)
        zone = await clinic_zone(tx, s)
        return tuple(_line(s, one, zone) for one in await flags.newest_flags(tx, MOST, theirs))


async def tell_story(s: Services, by: Staff, flag_id: int) -> Story | None:
    """All that happened to a flag; None if there is none, or it is not theirs to see."""
    async with s.database.reading() as tx:
        flag = await _seen(tx, by, flag_id)
        return None if flag is None else await _story(tx, s, flag)


async def show_words(s: Services, by: Staff, flag_id: int) -> Story | None:
    """The same with what was said; that somebody has read it is written down, as in Telegram."""
    async with s.database.transaction() as tx:
        flag = await _seen(tx, by, flag_id, lock=True)
        if flag is None:
            return None
        words = await shown_words(tx, s, flag)
        await note_shown(tx, s, flag, by, "console")
        return await _story(tx, s, flag, words.replace("**", "").replace(STAR, "*"))


async def _seen(tx: Tx, by: Staff, flag_id: int, *, lock: bool = False) -> Flag | None:
    flag = await flags.find_flag(tx, flag_id, lock=lock)
    return flag if flag is not None and await may_see(tx, flag, by) else None


async def _story(tx: Tx, s: Services, flag: Flag, words: str | None = None) -> Story:
    names, zone = await staff_names(tx), await clinic_zone(tx, s)
    moments = [
        Moment(_time(s, one.at, zone), _happened(one, names, s.phrases))
        for one in await flags.events_of(tx, flag.id)
    ]
    return Story(_line(s, flag, zone), tuple(moments), words)


def _line(s: Services, flag: Flag, zone: ZoneInfo) -> FlagLine:
    holder = flag.holder.name if flag.holder else ""
    state = s.phrases.say(f"console.state_{flag.state}", name=holder)
    category = category_text(flag, s.phrases)
    since = _time(s, flag.raised_at, zone)
    return FlagLine(flag.id, flag.alias, category, state, since, flag.is_open)


def _time(s: Services, at: datetime, zone: ZoneInfo) -> str:
    return s.phrases.say(
        "console.moment", at=f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}", zone=zone.key
    )


def _happened(event: flags.FlagEvent, names: Mapping[int, str], phrases: Phrases) -> str:
    """One line in plain words. What has no sentence of its own is shown by its name."""
    name = names.get(event.staff_id or 0, "")
    kind, _, rest = event.what.partition(":")
    known = f"console.event_{kind}"
    if known not in phrases.ids():
        return phrases.say("console.event_other", what=event.what, name=name)
    if kind == "closed":
        rest = phrases.say(f"flags.outcome_{rest}")
    rung = "" if event.rung is None else str(event.rung + 1)
    return phrases.say(known, name=name, rung=rung, rest=rest.replace(":", ", "))
