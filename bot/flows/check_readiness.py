"""Look whether every family's ladder ends in a reachable person, and tell the clinic if not."""

import hashlib
from datetime import datetime

from bot.core.duty import Leave
from bot.core.people import Family, Staff
from bot.core.phrases import Phrases
from bot.core.readiness import Gap, Readiness, check_readiness
from bot.flows.services import Services
from bot.flows.steps.alarming import alarm_clinic
from bot.flows.steps.out_of_reach import note_out_of_reach
from bot.storage.database import Tx
from bot.storage.duty import the_duty
from bot.storage.people import all_staff
from bot.storage.reachability import (
    active_families,
    note_presence,
    note_refusal,
    unreachable_staff,
)

NAMED = 10


async def prove_reachability(s: Services) -> None:
    """Ask Telegram of each member of staff whether it would deliver to them; nothing is shown."""
    async with s.database.reading() as tx:
        linked = [one.chat_id for one in await all_staff(tx) if one.chat_id is not None]
    for chat_id in linked:
        refused = await s.probe(chat_id)
        async with s.database.transaction() as tx:
            if refused is None:
                continue
            if refused:
                lost = await note_refusal(tx, chat_id, refused, s.clock.now())
                if lost is not None:
                    await note_out_of_reach(tx, s, lost)
            else:
                await note_presence(tx, chat_id)


async def look_at_readiness(s: Services) -> Readiness:
    """Look at every family's ladder; what is wrong alarms the clinic, once until it changes."""
    async with s.database.transaction() as tx:
        now = s.clock.now()
        found = await read_readiness(tx, now)
        if found.has_concerns:
            sentence = " ".join(sentences(found, s.phrases))
            kind = "not_ready" if found.lost else "readiness"
            await alarm_clinic(tx, s, kind, _key(found, now), sentence)
    return found


def _key(found: Readiness, now: datetime) -> str:
    """Lost families alarm every day anew; anything else once, until it changes."""
    what = (
        [one.id for one in found.lost],
        [one.id for one in found.unreached],
        [leave.id for _, leave in found.uncovered],
        sorted({one.id for gap in found.gaps for one in gap.families}),
    )
    day = f"{now:%Y-%m-%d}:" if found.lost else ""
    return f"readiness:{day}{hashlib.sha256(repr(what).encode()).hexdigest()[:16]}"


async def read_readiness(tx: Tx, now: datetime) -> Readiness:
    """What stands between families and a person at this moment."""
    families, staff = await active_families(tx), await all_staff(tx)
    return check_readiness(families, staff, await unreachable_staff(tx), await the_duty(tx), now)


def sentences(found: Readiness, phrases: Phrases) -> list[str]:
    """What is wrong, in plain words, the worst first."""
    return [
        *([phrases.say("readiness.lost", families=_named(found.lost, phrases))] * bool(found.lost)),
        *(phrases.say("readiness.unreached", name=one.name) for one in found.unreached),
        *(_leave(one, leave, phrases) for one, leave in found.uncovered),
        *(_gap(one, phrases) for one in found.gaps),
    ]


def _leave(person: Staff, leave: Leave, phrases: Phrases) -> str:
    until = f"{leave.ends_at:%d %B}"
    return phrases.say("readiness.uncovered", name=person.name, until=until)


def _gap(gap: Gap, phrases: Phrases) -> str:
    return phrases.say(
        "readiness.gap",
        begins=f"{gap.begins_at:%d %B %H:%M %Z}",
        ends=f"{gap.ends_at:%d %B %H:%M %Z}",
        families=_named(gap.families, phrases),
    )


def _named(families: tuple[Family, ...], phrases: Phrases) -> str:
    names = ", ".join(one.alias for one in families[:NAMED])
    left = len(families) - NAMED
    return names if left <= 0 else phrases.say("readiness.and_more", names=names, count=left)
