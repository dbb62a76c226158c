"""Gathering a family's log for the page before a session."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.core.checks import CheckState
from bot.core.digest_material import Alarm, Asked, Material, Practised, Said
from bot.core.people import Family, Parent
from bot.flows.services import Services
from bot.flows.steps.planning import title_of
from bot.storage import family_log
from bot.storage.database import Tx
from bot.storage.people import parents_of
from bot.storage.practice_plans import plans_since
from bot.storage.practices import practices_of
from bot.storage.sessions import notes_for

UNKNOWN_THEME = "other"


async def gather(
    tx: Tx, s: Services, family: Family, digest_id: int, since: datetime
) -> tuple[Material, tuple[Parent, ...]]:
    """What is in a family's log since a moment, and its parents."""
    parents = await parents_of(tx, family)
    chats = {one.chat_id: one for one in parents}
    material = Material(
        practised=await _practised(tx, s, family, parents, since),
        brought=await _brought(tx, parents, digest_id),
        asked=await _asked(tx, s, family, chats, since),
        not_covered=await _not_covered(tx, family, chats, since),
        flags=await _flags(tx, s, family, chats, since),
        checks=await _checks(tx, s, family, chats, since),
    )
    return material, parents


async def _practised(
    tx: Tx, s: Services, family: Family, parents: Sequence[Parent], since: datetime
) -> tuple[Practised, ...]:
    titles = {plan.id: title_of(s, plan) for plan in await plans_since(tx, family.id, since)}
    names = {one.id: one.name for one in parents}
    return tuple(
        Practised(
            one.id,
            one.parent_id,
            names.get(one.parent_id, ""),
            one.day,
            titles[one.plan_id],
            one.answer,
            one.barrier,
            one.note,
            one.has_note and not one.note,
        )
        for one in await practices_of(tx, list(titles))
        if one.at >= since
    )


async def _brought(tx: Tx, parents: Sequence[Parent], digest_id: int) -> tuple[Said, ...]:
    names = {one.id: one.name for one in parents}
    return tuple(
        Said(one.id, one.parent_id, names.get(one.parent_id, ""), one.at.date(), one.words)
        for one in await notes_for(tx, digest_id)
    )


async def _asked(
    tx: Tx, s: Services, family: Family, chats: Mapping[int, Parent], since: datetime
) -> tuple[Asked, ...]:
    found: list[Asked] = []
    for one in await family_log.answers_since(tx, family.id, since):
        document = s.guidance.documents.get(one.document_id)
        theme = document.themes[0] if document and document.themes else UNKNOWN_THEME
        title = document.title if document else one.document_id
        found.append(Asked(one.id, _whose(chats, one.chat_id), one.at.date(), theme, title))
    return tuple(found)


async def _not_covered(
    tx: Tx, family: Family, chats: Mapping[int, Parent], since: datetime
) -> tuple[Said, ...]:
    return tuple(
        Said(
            one.id,
            _whose(chats, one.chat_id),
            chats[one.chat_id].name if one.chat_id in chats else "",
            one.at.date(),
            one.words,
        )
        for one in await family_log.not_covered_since(tx, family.id, since)
    )


async def _flags(
    tx: Tx, s: Services, family: Family, chats: Mapping[int, Parent], since: datetime
) -> tuple[Alarm, ...]:
    return tuple(
        Alarm(
            one.id,
            _whose(chats, one.chat_id),
            one.at.date(),
            s.phrases.say(f"flags.category_{one.category}"),
            s.phrases.say(f"flags.outcome_{one.outcome}")
            if one.outcome
            else s.phrases.say("digest.flag_open"),
        )
        for one in await family_log.flags_since(tx, family.id, since)
    )


async def _checks(
    tx: Tx, s: Services, family: Family, chats: Mapping[int, Parent], since: datetime
) -> tuple[Alarm, ...]:
    known = {
        CheckState.ASKED: s.phrases.say("digest.check_open"),
        CheckState.ANSWERED_NO: s.phrases.say("digest.check_answered_no"),
    }
    what, flagged = s.phrases.say("digest.check_asked"), s.phrases.say("digest.check_flagged")
    return tuple(
        Alarm(
            one.id,
            _whose(chats, one.chat_id),
            one.at.date(),
            what,
            known.get(CheckState(one.state), flagged),
        )
        for one in await family_log.checks_since(tx, family.id, since)
    )


def _whose(chats: Mapping[int, Parent], chat_id: int) -> int:
    """The parent whose chat it is; 0 where they have left."""
    return chats[chat_id].id if chat_id in chats else 0
