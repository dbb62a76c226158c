"""Before a session: parents see what will be shown and are asked for more; then the page goes."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.adapters.pages import Page, write_page
from bot.adapters.zones import usual_zone
from bot.core.answered_words import Wanted, button_for
from bot.core.deliveries import Delivery, DeliveryState, Send, Upload, What
from bot.core.digest import Section, as_text, compose_digest
from bot.core.digest_cuts import shorter_and_shorter
from bot.core.digest_material import Material
from bot.core.people import Family, Parent
from bot.core.planning import date_text, listed
from bot.core.replies import Button, Reply
from bot.core.sessions import Due, Prepared, SessionDates, begins_at, coming, due_before
from bot.core.times import time_text
from bot.flows.services import Services
from bot.flows.steps.alarming import alarm_clinic
from bot.flows.steps.digesting import gather
from bot.flows.steps.noting import SESSION
from bot.flows.steps.progressing import family_progress, picture_of
from bot.flows.steps.standing_in import Reader, who_reads
from bot.storage.database import Tx
from bot.storage.deliveries import owe, state_of
from bot.storage.family_log import answered_since
from bot.storage.flags import open_flag
from bot.storage.people import family as family_of
from bot.storage.rhythms import find_rhythm
from bot.storage.sessions import (
    Preparation,
    all_sessions,
    last_digest_at,
    mark_asked,
    mark_sent,
    notes_for,
    preparation_for,
    prepared_for,
)

AHEAD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class _Session:
    """One session to come, and since when its page looks back."""

    family_id: int
    on: date
    dates: SessionDates
    zone: ZoneInfo

    @property
    def begins_at(self) -> datetime:
        return begins_at(self.dates, self.on, self.zone)


@dataclass(frozen=True, slots=True)
class _Page:
    """What there is to show of a family, and who is to read it."""

    family: Family
    reader: Reader
    parents: tuple[Parent, ...]
    material: Material
    since: datetime
    until: datetime
    picture: bytes
    wide_picture: bytes
    has_answered: bool


async def prepare_sessions(s: Services) -> int:
    """Do what is due before every session that comes; how much that was. Twice does it once."""
    done = 0
    for session in await _near(s):
        async with s.database.reading() as tx:
            known = await prepared_for(tx, session.family_id, session.on)
            due = await _due(tx, s, session, known)
        if due is not None:
            done += await _prepare(s, session, due)
    return done


async def _due(tx: Tx, s: Services, session: _Session, known: Prepared) -> Due | None:
    flag = await open_flag(tx, 0, session.family_id)
    return due_before(
        session.dates,
        session.on,
        known,
        session.zone,
        s.clock.now(),
        flag_is_open=flag is not None,
    )


async def _near(s: Services) -> list[_Session]:
    now = s.clock.now()
    async with s.database.reading() as tx:
        every = await all_sessions(tx)
    found: list[_Session] = []
    for family_id, country, dates in every:
        zone = ZoneInfo(s.time_zone or usual_zone(country))
        on = coming(dates, zone, now)
        if on is not None and on <= now.astimezone(zone).date() + AHEAD:
            found.append(_Session(family_id, on, dates, zone))
    return found


async def _prepare(s: Services, session: _Session, due: Due) -> int:
    """Nothing is prepared for a session that falls into leave which nobody covers."""
    async with s.database.reading() as tx:
        family = await family_of(tx, session.family_id)
        reader = await who_reads(tx, family, session.begins_at)
    if reader.is_away:
        return 0
    if due is Due.WAIT or not reader.person.is_linked:
        await _say_why_not(s, session, family, reader, due)
    if due is Due.WAIT or (due is Due.SEND and not reader.person.is_linked):
        return 0
    page = await _page(s, session, family, reader)
    async with s.database.transaction() as tx:
        found = await preparation_for(tx, session.family_id, session.on)
        match await _due(tx, s, session, found.prepared):
            case Due.ASK:
                await _ask(tx, s, session, page, found.id)
                await mark_asked(tx, found.id, page.until)
            case Due.SEND if await _is_whole(tx, found, page):
                await _send(tx, s, session, page, found.id)
                await mark_sent(tx, found.id, s.clock.now())
            case _:
                return 0
    return 1


async def _is_whole(tx: Tx, found: Preparation, page: _Page) -> bool:
    """Whether nobody was asked anew, or brought something, while the page was made."""
    brought = [one.id for one in await notes_for(tx, found.id)]
    known = [one.id for one in page.material.brought]
    return found.prepared.asked_at == page.until and brought == known


async def _say_why_not(
    s: Services, session: _Session, family: Family, reader: Reader, due: Due
) -> None:
    """A page that waits is kept: the reader hears of a flag in its way, the clinic of a reader
    whom nothing reaches; each once."""
    alias, day, person = family.alias, date_text(session.on), reader.person
    async with s.database.transaction() as tx:
        digest = await preparation_for(tx, session.family_id, session.on)
        key = f"{SESSION}:{digest.id}"
        if person.chat_id is None:
            sentence = s.phrases.say("digest.unread", alias=alias, day=day, name=person.name)
            await alarm_clinic(tx, s, "page_unread", f"{key}:unread:{person.id}", sentence)
        elif due is Due.WAIT:
            told = Send(Reply(s.phrases.say("digest.waits", alias=alias, day=day)))
            delivery = Delivery(f"{key}:waits", person.chat_id, told, staff_id=person.id)
            await owe(tx, delivery, s.clock.now())


async def _page(s: Services, session: _Session, family: Family, reader: Reader) -> _Page:
    """What the parents are shown now; once they were, what stood there then."""
    async with s.database.transaction() as tx:
        digest = await preparation_for(tx, session.family_id, session.on)
        now = s.clock.now()
        until = digest.prepared.asked_at or now
        since = await last_digest_at(tx, session.family_id, session.on) or _usual_since(session)
        material, parents = await gather(tx, s, family, digest.id, (since, until))
        progress = await family_progress(tx, s, family.id, now, until=until)
        answered = bool(await answered_since(tx, family.id, since, until))
    picture = await picture_of(progress, s.phrases) if progress else b""
    wide = await picture_of(progress, s.phrases, side_by_side=2) if progress else b""
    return _Page(family, reader, parents, material, since, until, picture, wide, answered)


def _usual_since(session: _Session) -> datetime:
    """Without an earlier page: since the session before, or four weeks."""
    back = timedelta(weeks=session.dates.every_weeks or 4)
    begins = datetime.combine(session.on - back, session.dates.at, tzinfo=session.zone)
    return begins.astimezone(UTC)


async def _ask(tx: Tx, s: Services, session: _Session, page: _Page, digest_id: int) -> None:
    """Each parent sees what the page says of them."""
    now = s.clock.now()
    for parent in page.parents:
        sections = compose_digest(page.material.only_of(parent.id), s.phrases)
        text = _question(s, session, page, there_is_something=bool(sections))
        shown = f"{text}\n\n{as_text(sections)}" if sections else text
        rhythm = await find_rhythm(tx, parent.id)
        is_quiet = rhythm is not None and (rhythm.is_stopped or rhythm.is_quiet(now))
        key = _asked_under(digest_id, parent)
        send = Send(Reply(shown), is_quiet=is_quiet)
        await owe(tx, Delivery(key, parent.chat_id, send, about=f"{SESSION}:{digest_id}"), now)


def _asked_under(digest_id: int, parent: Parent) -> str:
    return f"{SESSION}:{digest_id}:ask:{parent.id}"


def _question(s: Services, session: _Session, page: _Page, *, there_is_something: bool) -> str:
    therapist, day = page.family.therapist.name, date_text(session.on)
    reader = page.reader.person.name
    if page.reader.covers:
        when = s.phrases.say("digest.session_covered", therapist=therapist, day=day, cover=reader)
    else:
        when = s.phrases.say("digest.session_is", therapist=therapist, day=day)
    phrase = "digest.ask" if there_is_something else "digest.ask_nothing"
    return s.phrases.say(phrase, session=when, reader=reader)


async def _send(tx: Tx, s: Services, session: _Session, page: _Page, digest_id: int) -> None:
    reader, alias = page.reader.person, page.family.alias
    assert reader.chat_id is not None, "the page waits until they are linked"
    title = s.phrases.say("digest.title", alias=alias, day=date_text(session.on))
    sections, unseen = compose_digest(page.material, s.phrases), await _unseen(tx, page, digest_id)
    for number, what in enumerate(await _parts(s, session, title, page, sections, unseen)):
        key = f"{SESSION}:{digest_id}:page:{number}"
        delivery = Delivery(key, reader.chat_id, what, staff_id=reader.id)
        await owe(tx, delivery, s.clock.now())


async def _unseen(tx: Tx, page: _Page, digest_id: int) -> tuple[str, ...]:
    """The parents who were not shown it: Telegram has not taken it for them, or they came later."""
    states = [await state_of(tx, _asked_under(digest_id, one)) for one in page.parents]
    shown = zip(page.parents, states, strict=True)
    return tuple(one.name for one, state in shown if state is not DeliveryState.ACCEPTED)


def _looks_back(s: Services, session: _Session, page: _Page, unseen: tuple[str, ...]) -> str:
    """Since when, up to when, and who has seen it so."""
    shown_at = page.until.astimezone(session.zone)
    until = f"{date_text(shown_at.date())}, {time_text(shown_at.time())}"
    is_shown = len(unseen) < len(page.parents)
    phrase = "digest.since" if is_shown else "digest.since_unshown"
    looks_back = s.phrases.say(phrase, since=date_text(page.since.date()), until=until)
    return " ".join(one for one in (looks_back, _not_shown(s, unseen)) if one)


def _not_shown(s: Services, unseen: tuple[str, ...]) -> str:
    if not unseen:
        return ""
    return s.phrases.say("digest.not_shown", parents=listed(unseen, s.phrases))


async def _parts(
    s: Services,
    session: _Session,
    title: str,
    page: _Page,
    sections: tuple[Section, ...],
    unseen: tuple[str, ...],
) -> list[What]:
    alias, since = page.family.alias, date_text(page.since.date())
    head = f"**{title}**"
    if page.reader.covers:
        name = page.family.therapist.name
        head = f"{head}\n{s.phrases.say('practice.you_cover', therapist=name)}"
    reads = _reads(s, session, page)
    if not sections:
        nothing = (head, s.phrases.say("digest.nothing", since=since), _not_shown(s, unseen))
        return [Send(Reply("\n".join(one for one in nothing if one), reads))]
    looks_back = _looks_back(s, session, page, unseen)
    parts: list[What] = [Send(Reply(f"{head}\n{looks_back}\n\n{as_text(sections)}", reads))]
    if page.picture:
        caption = Reply(s.phrases.say("digest.picture", alias=alias))
        parts.append(
            Upload("practice-chart.png", page.picture, caption, is_picture=True, is_quiet=True)
        )
    forms = shorter_and_shorter(sections, s.phrases)
    unset, cut = s.phrases.say("digest.other_letters"), s.phrases.say("digest.cut")
    paper = Page(title, looks_back, page.wide_picture, forms, unset, cut)
    pdf = await asyncio.to_thread(write_page, paper)
    caption = Reply(s.phrases.say("digest.page", alias=alias))
    parts.append(Upload("before-the-session.pdf", pdf, caption, is_quiet=True))
    return parts


def _reads(s: Services, session: _Session, page: _Page) -> tuple[tuple[Button, ...], ...]:
    """The way to the words that were answered here; only their own therapist sees those."""
    if page.reader.covers or not page.has_answered:
        return ()
    return ((button_for(Wanted(session.family_id, page.since, page.until), s.phrases),),)
