"""Giving an answer, and passing a question to the therapist."""

from bot.core.deliveries import Copy, Delivery, Send
from bot.core.messages import Incoming, Media, Medium
from bot.core.outcomes import Standing, medium_passed_on, reply_for
from bot.core.passages import GuidanceDocument
from bot.core.people import Parent
from bot.core.planning import plan_data
from bot.core.replies import Button, Reply, as_written
from bot.core.routing import Consultation
from bot.core.skills import Skill
from bot.core.triage import Route
from bot.flows.services import Services
from bot.flows.steps.standing_in import Reader, is_reached, standing_of, who_reads
from bot.flows.steps.wording import owe_answer
from bot.storage.answers import NewAnswer, add_answer
from bot.storage.database import Tx
from bot.storage.deliveries import given_to_staff, owe
from bot.storage.people import staff_member
from bot.storage.questions import add_question, question_of_message


async def say(tx: Tx, s: Services, chat_id: int, key: str, reply: Reply) -> None:
    """Owe somebody a plain reply."""
    await owe(tx, Delivery(key, chat_id, Send(reply)), s.clock.now())


async def say_with_button(tx: Tx, s: Services, parent: Parent, key: str, reply: Reply) -> None:
    """Owe a parent a reply that also brings the lasting button, *I need a person*."""
    keyboard = (s.phrases.say("general.person_button"),)
    await owe(tx, Delivery(key, parent.chat_id, Send(reply, keyboard)), s.clock.now())


async def follow_consultation(
    tx: Tx, s: Services, parent: Parent, message_id: int, text: str, found: Consultation
) -> None:
    """Answer, decline, or pass on: whatever the guidance said about a message."""
    best = found.matches[0].document_id if found.route is Route.ANSWER else None
    document = s.guidance.documents[best] if best else None
    new = NewAnswer(
        message_id=message_id,
        chat_id=parent.chat_id,
        document_id=best,
        document_sha256=document.sha256 if document else None,
        release=s.guidance.release,
        route=found.route,
        reason=found.reason,
    )
    answer_id = await add_answer(tx, new, s.clock.now())
    standing = Standing(parent.family.therapist.name, parent.family.therapist.is_linked)
    if found.route is Route.THERAPIST:
        standing = await ask_therapist(tx, s, parent, message_id, text)
    reply = reply_for(found, s.guidance.documents, s.phrases, standing, answer_id)
    if found.route is Route.ANSWER:
        await owe_answer(tx, s, parent, answer_id, message_id, reply)
    else:
        await say(tx, s, parent.chat_id, f"answer:{answer_id}", reply)


async def ask_therapist(
    tx: Tx,
    s: Services,
    parent: Parent,
    message_id: int,
    text: str,
    *,
    was_triaged: bool = True,
) -> Standing:
    """Put a question into the therapist's queue, and before the eyes of whoever reads it now.

    Returns what the parent can be told of that. `was_triaged` is false where there is no decision
    to doubt: they asked for a person.
    """
    reader = await who_reads(tx, parent.family, s.clock.now())
    question_id = await add_question(tx, parent, message_id, s.clock.now())
    words = s.phrases.say(
        "questions.to_therapist",
        alias=parent.family.alias,
        parent=parent.name,
        text=as_written(text),
    )
    buttons = missed_button(s, message_id) if was_triaged else ()
    reply = Reply(for_reader(s, parent, reader, words), buttons)
    await _to_reader(tx, s, reader, question_id, Send(reply, is_quiet=reader.is_away), "words")
    return await standing_of(tx, s, parent, reader)


async def pass_edit(
    tx: Tx, s: Services, parent: Parent, message_id: int, incoming: Incoming
) -> None:
    """Give whoever has a question the new words of it."""
    question_id = await question_of_message(tx, incoming.chat_id, incoming.message_id)
    assert question_id is not None, "only what became a question is passed on when it is edited"
    words = s.phrases.say(
        "questions.to_therapist_edited",
        alias=parent.family.alias,
        parent=parent.name,
        text=as_written(incoming.text),
    )
    reader = await _who_has(tx, s, parent, question_id)
    reply = Reply(for_reader(s, parent, reader, words), missed_button(s, message_id))
    send = Send(reply, is_quiet=reader.is_away)
    await _to_reader(tx, s, reader, question_id, send, f"edited:{message_id}")


def missed_button(s: Services, message_id: int) -> tuple[tuple[Button, ...], ...]:
    """The one tap with which a therapist says that a message should have been flagged."""
    return ((Button(s.phrases.say("reviews.missed_button"), f"missed:{message_id}"),),)


async def wish_to_practise(
    tx: Tx, s: Services, parent: Parent, message_id: int, skill: Skill, page: GuidanceDocument
) -> bool:
    """Put into the therapist's queue that a parent would like to practise a skill.

    It waits for the therapist, as nobody else plans with their families. Returns whether they are
    reached.
    """
    now = s.clock.now()
    question_id = await add_question(tx, parent, message_id, now, skill_id=skill.id)
    words = s.phrases.say(
        "questions.to_therapist_practice",
        alias=parent.family.alias,
        parent=parent.name,
        skill=skill.title,
        page=page.title,
    )
    button = s.phrases.say("practice.plan_it_button")
    plan_it = Button(button, plan_data(parent.family.id, skill.id))
    therapist = parent.family.therapist
    reader = Reader(therapist, is_reached=await is_reached(tx, therapist))
    await _to_reader(tx, s, reader, question_id, Send(Reply(words, ((plan_it,),))), "words")
    return reader.is_reached


async def pass_medium(
    tx: Tx, s: Services, parent: Parent, message_id: int, incoming: Incoming
) -> None:
    """Pass on what cannot be read: a line that says what it is, then the thing itself."""
    assert isinstance(incoming.content, Media)
    reader = await who_reads(tx, parent.family, s.clock.now())
    question_id = await add_question(tx, parent, message_id, s.clock.now())
    medium = medium_text(incoming.content.medium, s)
    words = s.phrases.say(
        "questions.to_therapist_medium",
        alias=parent.family.alias,
        parent=parent.name,
        medium=medium,
    )
    buttons = missed_button(s, message_id) if incoming.text.strip() else ()
    above = Reply(for_reader(s, parent, reader, words), buttons)
    await _to_reader(tx, s, reader, question_id, Send(above, is_quiet=reader.is_away), "words")
    copy = Copy(incoming.chat_id, incoming.message_id, is_quiet=reader.is_away)
    await _to_reader(tx, s, reader, question_id, copy, "copy")
    reply = medium_passed_on(s.phrases, await standing_of(tx, s, parent, reader), medium)
    await say_with_button(tx, s, parent, f"passed:{message_id}", reply)


def medium_text(medium: Medium, s: Services) -> str:
    """What was sent, in words."""
    return s.phrases.say(f"questions.medium_{medium}")


def for_reader(s: Services, parent: Parent, reader: Reader, words: str) -> str:
    """What whoever reads it is shown: a cover is told for whom they read it."""
    if not reader.covers:
        return words
    line = s.phrases.say("practice.you_cover", therapist=parent.family.therapist.name)
    return f"{line}\n{words}"


async def _who_has(tx: Tx, s: Services, parent: Parent, question_id: int) -> Reader:
    """Whoever was brought a question, if they are still reached; else whoever reads one now."""
    given_to = await given_to_staff(tx, f"question:{question_id}:words")
    person = await staff_member(tx, given_to) if given_to is not None else None
    if person is not None and await is_reached(tx, person):
        return Reader(person, covers=person.id != parent.family.therapist.id)
    return await who_reads(tx, parent.family, s.clock.now())


async def _to_reader(
    tx: Tx, s: Services, reader: Reader, question_id: int, what: Send | Copy, part: str
) -> None:
    if reader.person.chat_id is None or not reader.is_reached:
        return
    delivery = Delivery(
        key=f"question:{question_id}:{part}",
        chat_id=reader.person.chat_id,
        what=what,
        about=f"question:{question_id}",
        staff_id=reader.person.id,
    )
    await owe(tx, delivery, s.clock.now())
