"""Questions that reached nobody when they were asked: passed on once somebody can be reached."""

import re

from bot.core.deliveries import Delivery, Send
from bot.core.outcomes import waited_and_passed_on
from bot.core.people import Family, Parent
from bot.core.replies import Reply, as_written
from bot.flows.services import Services
from bot.flows.steps.answering import for_reader, missed_button
from bot.flows.steps.bringing import asked_reply, bring, moment_text
from bot.flows.steps.standing_in import Reader, is_reached, standing_of, who_reads
from bot.storage.database import Tx
from bot.storage.deliveries import owe
from bot.storage.messages import newest_version, number_of
from bot.storage.open_questions import (
    LATE,
    SHOWN,
    OpenQuestion,
    QuietNote,
    times_refused,
    unreached_notes,
    unreached_questions,
    was_brought_in_time,
)
from bot.storage.people import staff_member, who_is
from bot.storage.questions import QuestionKind, find_question, is_answered
from bot.storage.rhythms import find_rhythm

_BROUGHT = re.compile(rf"question:(?P<question>\d+):(?:{LATE}|{SHOWN}):\d+:words")
Readers = dict[tuple[int, bool], Reader]
"""Who reads for a family, and whether it is only their therapist who counts."""


async def pass_waiting(tx: Tx, s: Services, family_id: int | None = None) -> int:
    """Owe whoever reads it now what reached nobody, each once; how much that was.

    If Telegram refuses it again, it waits until somebody can be reached again.
    """
    now, passed, readers = s.clock.now(), 0, Readers()
    for one in await unreached_questions(tx, now, family_id):
        passed += await _pass_question(tx, s, one, readers)
    for note in await unreached_notes(tx, now, family_id):
        passed += await _pass_note(tx, s, note, readers)
    return passed


def brought_late(delivery: Delivery) -> int | None:
    """The question that a delivery brings later than it was asked, if it does."""
    found = _BROUGHT.fullmatch(delivery.key)
    return int(found["question"]) if found else None


async def note_brought(tx: Tx, s: Services, delivery: Delivery) -> None:
    """Telegram took it: a parent who was told that nobody has their question hears that now."""
    question_id = brought_late(delivery)
    question = await find_question(tx, question_id) if question_id is not None else None
    if question is None or await is_answered(tx, question.id):
        return
    if await was_brought_in_time(tx, question.id) or delivery.staff_id is None:
        return
    parent, to = await who_is(tx, question.chat_id, ""), await staff_member(tx, delivery.staff_id)
    if not isinstance(parent, Parent) or to is None:
        return
    now, under = s.clock.now(), await number_of(tx, question.message_id)
    reader = await _reader(tx, s, parent.family, Readers(), is_wish=_is_wish(question.kind))
    standing = await standing_of(tx, s, parent, reader)
    rhythm = await find_rhythm(tx, parent.id)
    is_quiet = rhythm is not None and rhythm.is_quiet(now)
    reply = waited_and_passed_on(s.phrases, to.name, standing)
    send = Send(reply, is_quiet=is_quiet, answers=under)
    await owe(tx, Delivery(f"question:{question.id}:passed", parent.chat_id, send), now)


async def _pass_question(tx: Tx, s: Services, one: OpenQuestion, readers: Readers) -> bool:
    question = one.question
    parent = await who_is(tx, question.chat_id, "")
    if not isinstance(parent, Parent):
        return False
    is_wish = _is_wish(question.kind)
    reader = await _reader(tx, s, parent.family, readers, is_wish=is_wish)
    if not reader.is_reached:
        return False
    heading = _heading(s, reader, one)
    reply = await asked_reply(tx, s, parent, reader, question, heading)
    part = f"{LATE}:{await times_refused(tx, f'question:{question.id}')}"
    await bring(tx, s, reader.person, question, reply, part, is_quiet=reader.is_away)
    return True


async def _pass_note(tx: Tx, s: Services, note: QuietNote, readers: Readers) -> bool:
    """What a parent said *No* to stands in the therapist's day after all, as quietly as ever."""
    parent = await who_is(tx, note.chat_id, "")
    if not isinstance(parent, Parent):
        return False
    reader = await _reader(tx, s, parent.family, readers, is_wish=False)
    if not reader.is_reached or reader.person.chat_id is None:
        return False
    about, message = f"check:{note.check_id}", await newest_version(tx, note.message_id)
    alias, text = parent.family.alias, as_written(message.text)
    words = s.phrases.say(
        "questions.to_therapist_check", alias=alias, parent=parent.name, text=text
    )
    reply = Reply(
        for_reader(s, parent, reader, f"{_heading(s, reader, note)}\n{words}"),
        missed_button(s, note.message_id),
    )
    key = f"{about}:note:{LATE}:{await times_refused(tx, about)}"
    send, to = Send(reply, is_quiet=True), reader.person
    delivery = Delivery(key, reader.person.chat_id, send, about=about, staff_id=to.id)
    await owe(tx, delivery, s.clock.now())
    return True


def _heading(s: Services, reader: Reader, one: OpenQuestion | QuietNote) -> str:
    when = moment_text(one.asked_at, reader.zone)
    if isinstance(one, QuietNote):
        return s.phrases.say("questions.said_no_before", when=when)
    return s.phrases.say("questions.asked_before", when=when)


async def _reader(
    tx: Tx, s: Services, family: Family, readers: Readers, *, is_wish: bool
) -> Reader:
    """Whoever reads for a family now; a wish to practise waits for the therapist themselves."""
    known = readers.get((family.id, is_wish))
    if known is None:
        known = await who_reads(tx, family, s.clock.now())
        if is_wish and known.covers:
            therapist = family.therapist
            known = Reader(
                therapist,
                back_on=known.back_on,
                is_reached=await is_reached(tx, therapist),
                zone=known.zone,
            )
        readers[family.id, is_wish] = known
    return known


def _is_wish(kind: QuestionKind) -> bool:
    return kind is QuestionKind.PRACTICE
