"""A parent looks at their practice, pauses, goes on, stops, sets their quiet hours and clock."""

from datetime import timedelta

from bot.adapters.zones import find_zone, zones_of
from bot.core.consent import tag
from bot.core.people import Parent
from bot.core.replies import Reply
from bot.core.rhythm import Rhythm
from bot.core.rhythm_replies import (
    ask_learning,
    ask_pause,
    ask_quiet,
    ask_zone,
    paused_text,
    practice_overview,
    quiet_text,
)
from bot.core.rhythm_words import read_date, read_quiet_hours
from bot.core.standing import FOR_EVER
from bot.core.times import zone_text
from bot.core.triage import Concern
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.foreseeing import next_nudge
from bot.flows.steps.planning import home_zone
from bot.flows.steps.trying import is_willing, terms_of_trying
from bot.storage.database import Tx
from bot.storage.inbox import claim_update
from bot.storage.practice_plans import plans_of, times_of, wake_times
from bot.storage.rhythms import (
    agree_to_learning,
    change_rhythm,
    ensure_rhythm,
    find_rhythm,
    learning_agreed,
)

COMMANDS = ("practice", "pause", "resume", "quiet", "timezone", "stop")
TELL_WHEN = frozenset({"resume", "quiet", "timezone"})
"""After these a parent reads when the next nudge comes."""
ZONES_OFFERED = 8
PRESSES = {"pause": "pause", "quiet": "quiet", "zone": "timezone"}


async def set_rhythm(
    s: Services, parent: Parent, what: str, argument: str, update_id: int, *, written: bool = False
) -> bool:
    """One of the `COMMANDS`, written or pressed; `argument` is what stands behind it.

    False: what was written behind a command is not harmless, and has to be heard as a message.
    """
    if written and argument and await _worries(s, argument):
        return False
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, f"rhythm_{what}", s.clock.now()):
            return True
        await ensure_rhythm(tx, parent.id, home_zone(s, parent.family))
        rhythm = await find_rhythm(tx, parent.id)
        assert rhythm is not None, "it was just made sure of"
        reply = await _answer(tx, s, parent, rhythm, what, argument.strip())
        if what in TELL_WHEN and not reply.buttons and await _has_changed(tx, parent, rhythm):
            ahead = await next_nudge(tx, s, parent)
            reply = Reply(f"{reply.text}\n{ahead}".rstrip())
        await say(tx, s, parent.chat_id, f"rhythm:{update_id}", reply)
        return True


async def _has_changed(tx: Tx, parent: Parent, before: Rhythm) -> bool:
    return await find_rhythm(tx, parent.id) != before


async def _worries(s: Services, words: str) -> bool:
    verdict = await s.judgement.judge(words, ())
    return verdict.concern is not Concern.NONE


async def _answer(
    tx: Tx, s: Services, parent: Parent, rhythm: Rhythm, what: str, argument: str
) -> Reply:
    match what:
        case "pause":
            return await _pause(tx, s, parent, rhythm, argument)
        case "resume":
            return await _resume(tx, s, parent, rhythm)
        case "stop":
            now = s.clock.now()
            await change_rhythm(tx, parent.id, now, stopped_at=now)
            return Reply(s.phrases.say("practice.stopped"))
        case "learn":
            return _explain_learning(s)
        case "agree" | "unlearn":
            return await _learn(tx, s, parent, what == "agree", argument)
        case "quiet":
            return await _quiet(tx, s, parent, argument)
        case "timezone":
            return await _zone(tx, s, parent, rhythm, argument)
        case _:
            return await _overview(tx, s, parent, rhythm)


async def _overview(tx: Tx, s: Services, parent: Parent, rhythm: Rhythm) -> Reply:
    today = rhythm.day_of(s.clock.now())
    plans = [one for one in await plans_of(tx, parent.family.id) if one.ends_on >= today]
    if not plans:
        therapist = parent.family.therapist.name
        return Reply(s.phrases.say("practice.practice_none", therapist=therapist))
    times = await times_of(tx, parent.id)
    agreed = await learning_agreed(tx, parent.id)
    learns = is_willing(s, agreed) if s.try_times else None
    ahead = await next_nudge(tx, s, parent)
    return practice_overview(
        plans, s.skills, times, rhythm, s.phrases, learns=learns, next_nudge=ahead
    )


def _explain_learning(s: Services) -> Reply:
    """What trying times of day means, before anybody agrees to it."""
    if not s.try_times:
        return Reply(s.phrases.say("practice.not_learning"))
    return ask_learning(tag(terms_of_trying(s)), s.phrases)


async def _learn(tx: Tx, s: Services, parent: Parent, agrees: bool, asked: str) -> Reply:
    """Times of day are tried only for those who agreed to the text as it is now, and only where
    the clinic offers it. A no is heard whatever was asked."""
    wanted = terms_of_trying(s)
    if agrees and s.try_times and asked != tag(wanted):
        return _explain_learning(s)
    is_on = agrees and s.try_times
    await agree_to_learning(tx, parent.id, wanted if is_on else None, s.clock.now())
    return Reply(s.phrases.say("practice.learning" if is_on else "practice.not_learning"))


async def _pause(tx: Tx, s: Services, parent: Parent, rhythm: Rhythm, argument: str) -> Reply:
    if not argument:
        return ask_pause(s.phrases)
    today = rhythm.day_of(s.clock.now())
    if argument == "open":
        until = FOR_EVER
    elif argument.isdecimal() and 0 < int(argument) <= 365:
        until = today + timedelta(days=int(argument))
    else:
        read = read_date(argument, today)
        if read is None:
            return Reply(s.phrases.say("practice.pause_unknown"))
        until = read
    now = s.clock.now()
    await change_rhythm(tx, parent.id, now, paused_until=until, paused_at=now)
    return Reply(paused_text(until, s.phrases))


async def _resume(tx: Tx, s: Services, parent: Parent, rhythm: Rhythm) -> Reply:
    """Everything goes on, also a plan that rested by itself; what was ended stays so."""
    now = s.clock.now()
    await change_rhythm(
        tx,
        parent.id,
        now,
        paused_until=None,
        paused_at=None,
        stopped_at=None,
        waiting_since=None,
        counts_from=rhythm.day_before(now),
    )
    await wake_times(tx, parent.id, now)
    if not await plans_of(tx, parent.family.id):
        therapist = parent.family.therapist.name
        return Reply(s.phrases.say("practice.resumed_without", therapist=therapist))
    return Reply(s.phrases.say("practice.resumed"))


async def _quiet(tx: Tx, s: Services, parent: Parent, argument: str) -> Reply:
    if not argument:
        return ask_quiet(s.phrases)
    quiet = read_quiet_hours(argument)
    if quiet is None:
        return Reply(s.phrases.say("practice.quiet_unknown"))
    now = s.clock.now()
    await change_rhythm(tx, parent.id, now, quiet_begins=quiet.begins, quiet_ends=quiet.ends)
    return Reply(s.phrases.say("practice.quiet_set", quiet=quiet_text(quiet, s.phrases)))


async def _zone(tx: Tx, s: Services, parent: Parent, rhythm: Rhythm, argument: str) -> Reply:
    if not argument:
        zones = zones_of(parent.family.country)[:ZONES_OFFERED]
        return ask_zone(str(rhythm.zone), zones, s.phrases)
    zone = find_zone(argument)
    if zone is None:
        return Reply(s.phrases.say("practice.zone_unknown"))
    await change_rhythm(tx, parent.id, s.clock.now(), zone=zone)
    return Reply(s.phrases.say("practice.zone_set", zone=zone_text(zone)))
