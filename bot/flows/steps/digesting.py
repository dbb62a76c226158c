"""Gathering a family's log for the page before a session."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.core.checks import CheckState
from bot.core.digest_material import Alarm, Asked, Material, Passed, Practised, Rests, Said
from bot.core.people import Family, Parent
from bot.core.standing import CHOSEN, standing_text
from bot.flows.services import Services
from bot.flows.steps.planning import title_of
from bot.storage import family_log
from bot.storage.database import Tx
from bot.storage.people import parents_of
from bot.storage.practice_plans import plans_of, plans_since
from bot.storage.practices import practices_of
from bot.storage.sessions import notes_for
from bot.storage.standings import standings_of

UNKNOWN_THEME = "other"
Span = tuple[datetime, datetime]
"""From which moment on, and up to which."""


async def gather(
    tx: Tx, s: Services, family: Family, digest_id: int, span: Span
) -> tuple[Material, tuple[Parent, ...]]:
    """What is in a family's log of a time, and its parents; what they bring counts at any time."""
    parents = await parents_of(tx, family)
    chats = {one.chat_id: one for one in parents}
    material = Material(
        practised=await _practised(tx, s, family, parents, span),
        rests=await _rests(tx, s, family, parents, span),
        brought=await _brought(tx, parents, digest_id),
        asked=await _asked(tx, s, family, chats, span),
        passed=await _passed(tx, s, family, chats, span),
        not_covered=await _not_covered(tx, family, chats, span),
        flags=await _flags(tx, s, family, chats, span),
        checks=await _checks(tx, s, family, chats, span),
    )
    return material, parents


async def _practised(
    tx: Tx, s: Services, family: Family, parents: Sequence[Parent], span: Span
) -> tuple[Practised, ...]:
    titles = {plan.id: title_of(s, plan) for plan in await plans_since(tx, family.id, span[0])}
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
        if span[0] <= one.changed_at < span[1]
    )


async def _rests(
    tx: Tx, s: Services, family: Family, parents: Sequence[Parent], span: Span
) -> tuple[Rests, ...]:
    """What parents chose before the end of the time, and still stands."""
    found: list[Rests] = []
    ids = tuple(one.id for one in parents)
    for plan in await plans_of(tx, family.id):
        standings = await standings_of(tx, plan.id, ids, s.clock.now())
        for parent in parents:
            one = standings[parent.id]
            if one.stand in CHOSEN and (one.since is None or one.since < span[1]):
                what = standing_text(one, s.phrases)
                found.append(Rests(plan.id, parent.id, parent.name, title_of(s, plan), what))
    return tuple(found)


async def _brought(tx: Tx, parents: Sequence[Parent], digest_id: int) -> tuple[Said, ...]:
    names = {one.id: one.name for one in parents}
    return tuple(
        Said(one.id, one.parent_id, names.get(one.parent_id, ""), one.at.date(), one.words)
        for one in await notes_for(tx, digest_id)
    )


async def _asked(
    tx: Tx, s: Services, family: Family, chats: Mapping[int, Parent], span: Span
) -> tuple[Asked, ...]:
    found: list[Asked] = []
    for one in await family_log.answers_since(tx, family.id, *span):
        document = s.guidance.documents.get(one.document_id)
        theme = document.themes[0] if document and document.themes else UNKNOWN_THEME
        title = document.title if document else one.document_id
        found.append(Asked(one.id, _whose(chats, one.chat_id), one.at.date(), theme, title))
    return tuple(found)


async def _passed(
    tx: Tx, s: Services, family: Family, chats: Mapping[int, Parent], span: Span
) -> tuple[Passed, ...]:
    found: list[Passed] = []
    for one in await family_log.passed_on_since(tx, family.id, *span):
        skill = s.skills.get(one.skill_id)
        wish = skill.title if skill else one.skill_id
        whose, name = _whose(chats, one.chat_id), _name(chats, one.chat_id)
        day, is_answered = one.at.date(), one.answered_at is not None
        found.append(Passed(one.id, whose, name, day, one.words, is_answered, wish))
    return tuple(found)


async def _not_covered(
    tx: Tx, family: Family, chats: Mapping[int, Parent], span: Span
) -> tuple[Said, ...]:
    return tuple(
        Said(
            one.id,
            _whose(chats, one.chat_id),
            _name(chats, one.chat_id),
            one.at.date(),
            one.words,
        )
        for one in await family_log.not_covered_since(tx, family.id, *span)
    )


async def _flags(
    tx: Tx, s: Services, family: Family, chats: Mapping[int, Parent], span: Span
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
        for one in await family_log.flags_since(tx, family.id, *span)
    )


async def _checks(
    tx: Tx, s: Services, family: Family, chats: Mapping[int, Parent], span: Span
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
        for one in await family_log.checks_since(tx, family.id, *span)
    )


def _whose(chats: Mapping[int, Parent], chat_id: int) -> int:
    """The parent whose chat it is; 0 where they have left."""
    return chats[chat_id].id if chat_id in chats else 0


def _name(chats: Mapping[int, Parent], chat_id: int) -> str:
    return chats[chat_id].name if chat_id in chats else ""
