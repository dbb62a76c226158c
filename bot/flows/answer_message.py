"""A parent wrote something: triage first, then whatever is right, in one transaction."""

from dataclasses import dataclass, replace

from bot.core.about_bot import Topic
from bot.core.flags import Flag
from bot.core.holds import danger_in
from bot.core.messages import Incoming, Media
from bot.core.outcomes import passed_on
from bot.core.pace import NOTHING_LATELY, OF_PARENT, Lately, paced
from bot.core.people import Parent
from bot.core.receiving import EDIT_STEPS, Earlier, Plan, Situation, Step, plan
from bot.core.replies import Reply
from bot.core.routing import Consultation
from bot.core.triage import Category, Concern, Route, Verdict, is_covered
from bot.flows.services import Services
from bot.flows.steps.answering import (
    ask_therapist,
    follow_consultation,
    pass_edit,
    pass_medium,
    say_with_button,
)
from bot.flows.steps.checking import ask_again, ask_check, end_with_no, raise_from_check
from bot.flows.steps.gathering import say_gathered
from bot.flows.steps.nearer import Nearer, ask_nearer, latest_again
from bot.flows.steps.noting import (
    NoteFor,
    comes_too_late,
    for_the_session,
    keep_note,
    note_wanted,
    say_noted,
)
from bot.flows.steps.other_parent import tell_staff_beside
from bot.flows.steps.raising import follow_or_raise, raise_or_join
from bot.flows.steps.resuming import Resumed, go_on, look_up
from bot.storage.checks import Check, open_check
from bot.storage.database import Tx
from bot.storage.deliveries import what_about
from bot.storage.flags import open_flag
from bot.storage.holds import hears_of
from bot.storage.inbox import claim_update
from bot.storage.messages import (
    add_message,
    earlier_version,
    how_much_lately,
    recent_texts,
    stored_message,
    wrote_of_danger,
)


@dataclass(frozen=True, slots=True)
class _Known:
    flag: Flag | None
    check: Check | None
    context: tuple[str, ...]
    earlier: Earlier | None
    note_for: NoteFor | None
    is_anothers: bool = False
    answers_person: bool = False
    after_distress: bool = False
    lately: Lately = NOTHING_LATELY


async def answer_message(s: Services, parent: Parent, incoming: Incoming) -> Step | None:
    """Handle what a parent wrote or sent; None if it was handled before."""
    async with s.database.reading() as tx:
        known = await _read(tx, s, parent, incoming)
    verdict = await _judge(s, incoming, known)
    situation = Situation(
        known.flag is not None and not known.is_anothers,
        known.check is not None,
        known.earlier,
        answers_practice=known.note_for is not None and known.note_for.is_reply,
        flag_is_anothers=known.is_anothers,
        follows_practice=known.note_for is not None and not known.note_for.is_reply,
        answers_person=known.answers_person,
        after_distress=known.after_distress,
    )
    planned = plan(
        incoming.content, situation, verdict, language_is_covered=is_covered(verdict.language)
    )
    step = paced(planned.step, known.lately, s.bounds.parent, s.clock.now(), of=OF_PARENT)
    planned = replace(planned, step=step)
    found = await _consult(s, parent, incoming, known, planned)
    nearer = None
    if found is not None and found.reason == Topic.NOT_MEANT:
        nearer = await latest_again(s, parent)
    resumed: tuple[Resumed, ...] = ()
    if planned.step is Step.CHECK_ANSWERED_NO and known.check is not None:
        resumed = await look_up(s, parent, known.check)
    async with s.database.transaction() as tx:
        if not await claim_update(tx, incoming.update_id, planned.step, s.clock.now()):
            return None
        await _write(
            tx, s, _Case(parent, incoming, known, verdict, planned, found, resumed, nearer)
        )
    return planned.step


@dataclass(frozen=True, slots=True)
class _Case:
    parent: Parent
    incoming: Incoming
    known: _Known
    verdict: Verdict
    planned: Plan
    found: Consultation | None
    resumed: tuple[Resumed, ...]
    nearer: Nearer | None = None


async def _read(tx: Tx, s: Services, parent: Parent, incoming: Incoming) -> _Known:
    chat_id, now = parent.chat_id, s.clock.now()
    flag = await open_flag(tx, chat_id, parent.family.id)
    check = await open_check(tx, chat_id)
    number = incoming.message_id if incoming.edited else None
    context = await recent_texts(tx, chat_id, now, without=number)
    earlier = await earlier_version(tx, chat_id, number) if number is not None else None
    note = await note_wanted(tx, parent, incoming, now)
    is_anothers = flag is not None and not await hears_of(tx, flag, chat_id)
    answers_person = await _answers_person(tx, incoming)
    is_medium = isinstance(incoming.content, Media)
    distress = is_medium and await wrote_of_danger(tx, chat_id, now)
    lately = await how_much_lately(tx, chat_id, incoming.sent_at, s.bounds.parent)
    return _Known(
        flag, check, context, earlier, note, is_anothers, answers_person, distress, lately
    )


async def _answers_person(tx: Tx, incoming: Incoming) -> bool:
    """Whether it stands under the answer that a person gave to a question."""
    if incoming.reply_to is None or incoming.edited:
        return False
    return (await what_about(tx, incoming.chat_id, incoming.reply_to) or "").startswith("question:")


async def _judge(s: Services, incoming: Incoming, known: _Known) -> Verdict:
    if not incoming.text.strip():
        return Verdict(Concern.NONE, None, "no_words", (), 0.0, "en", "")
    return await s.judgement.judge(incoming.text, known.context)


async def _consult(
    s: Services, parent: Parent, incoming: Incoming, known: _Known, planned: Plan
) -> Consultation | None:
    if planned.step not in (Step.CONSULT, Step.EDIT_CONSULTED):
        return None
    return await s.judgement.consult(incoming.text, known.context, parent.family.therapist.name)


def _route(case: _Case) -> Route | None:
    match case.planned.step:
        case Step.RAISE | Step.FOLLOW_UP:
            return Route.URGENT
        case Step.ASK_CHECK | Step.ASK_AGAIN | Step.CHECK_ANSWERED_NO:
            return Route.CHECK
        case Step.GATHER | Step.GATHERED:
            return Route.NOT_COVERED
        case Step.EDIT_NOTED if case.known.earlier is not None:
            return case.known.earlier.route
        case _:
            return case.found.route if case.found else Route.THERAPIST


async def _write(tx: Tx, s: Services, case: _Case) -> None:
    message_id = await add_message(
        tx, case.incoming, case.parent.family.id, case.verdict, _route(case)
    )
    match case.planned.step:
        case Step.FOLLOW_UP:
            assert case.known.flag is not None
            danger = danger_in(case.verdict)
            await follow_or_raise(
                tx, s, case.known.flag, case.parent, case.incoming, message_id, danger
            )
        case Step.RAISE:
            await _raise(tx, s, case, message_id)
        case Step.ASK_CHECK:
            category = case.verdict.category
            await ask_check(tx, s, case.parent.chat_id, message_id, category)
        case Step.ASK_AGAIN:
            assert case.known.check is not None
            await ask_again(tx, s, case.known.check, message_id)
        case Step.CHECK_ANSWERED_NO:
            await _answered_no(tx, s, case)
        case step if step in EDIT_STEPS:
            await _edited(tx, s, case, message_id)
            await _beside(tx, s, case, message_id)
        case _:
            await _ordinary(tx, s, case, message_id)
            await _beside(tx, s, case, message_id)


async def _raise(tx: Tx, s: Services, case: _Case, message_id: int) -> None:
    check, state = case.known.check, case.planned.check_state
    category = case.verdict.category
    if check and state:
        await raise_from_check(
            tx, s, check, case.parent, state, category=category, message_id=message_id
        )
        return
    await raise_or_join(
        tx,
        s,
        chat_id=case.parent.chat_id,
        parent=case.parent,
        category=category or Category.OTHER_DANGER,
        reason=case.verdict.reason,
        message_id=message_id,
    )


async def _beside(tx: Tx, s: Services, case: _Case, message_id: int) -> None:
    """While the other parent's flag is open, whoever has that reads this as well."""
    flag = case.known.flag
    if flag is not None and case.known.is_anothers and case.planned.step is not Step.EDIT_NOTED:
        await tell_staff_beside(tx, s, flag, case.parent, case.incoming, message_id)


async def _answered_no(tx: Tx, s: Services, case: _Case) -> None:
    check = case.known.check
    assert check is not None
    asked = await stored_message(tx, check.message_id)
    await end_with_no(tx, s, check, case.parent, asked.text)
    await go_on(tx, s, case.parent, case.resumed)


async def _edited(tx: Tx, s: Services, case: _Case, message_id: int) -> None:
    """An edit says nothing to the parent, unless it now goes to their therapist."""
    if case.planned.step is Step.EDIT_PASSED_ON:
        await pass_edit(tx, s, case.parent, message_id, case.incoming)
    elif case.found is not None and case.found.route is Route.THERAPIST:
        text = case.incoming.text
        await follow_consultation(tx, s, case.parent, message_id, text, case.found)


async def _keep(tx: Tx, s: Services, case: _Case, message_id: int) -> None:
    """What was written under a day's practice, or under a session to come, stands there as well."""
    wanted, now = case.known.note_for, s.clock.now()
    if wanted is not None and not await comes_too_late(tx, s, wanted, case.parent):
        await keep_note(tx, wanted, case.parent, case.incoming.text, message_id, now)


async def _note(tx: Tx, s: Services, case: _Case, wanted: NoteFor, message_id: int) -> None:
    """A line that is asked for is kept; what comes too late for a page goes to whoever reads it."""
    parent, earlier = case.parent, case.known.earlier
    if not await comes_too_late(tx, s, wanted, parent):
        await _keep(tx, s, case, message_id)
        await say_noted(tx, s, wanted, parent, message_id)
        return
    if earlier is not None and earlier.is_with_therapist:
        await pass_edit(tx, s, parent, message_id, case.incoming)
        return
    words = await for_the_session(tx, s, wanted, case.incoming.text)
    standing = await ask_therapist(tx, s, parent, message_id, words)
    too_late = s.phrases.say("digest.too_late")
    reply = Reply(f"{too_late} {passed_on(s.phrases, standing).text}")
    await say_with_button(tx, s, parent, f"passed:{message_id}", reply)


async def _ordinary(tx: Tx, s: Services, case: _Case, message_id: int) -> None:
    parent, text = case.parent, case.incoming.text
    match case.planned.step:
        case Step.MEDIUM_PASSED_ON:
            await _keep(tx, s, case, message_id)
            await pass_medium(tx, s, parent, message_id, case.incoming)
        case Step.PRACTICE_NOTE:
            assert case.known.note_for is not None
            await _note(tx, s, case, case.known.note_for, message_id)
        case Step.LANGUAGE_PASSED_ON | Step.PASSED_ON as step:
            standing = await ask_therapist(tx, s, parent, message_id, text)
            reason = "language" if step is Step.LANGUAGE_PASSED_ON else ""
            reply = passed_on(s.phrases, standing, reason)
            await say_with_button(tx, s, parent, f"passed:{message_id}", reply)
        case Step.GATHER:
            await say_gathered(tx, s, parent.chat_id, message_id)
        case Step.GATHERED:
            pass
        case Step.STICKER:
            reply = Reply(s.phrases.say("general.sticker"))
            await say_with_button(tx, s, parent, f"sticker:{message_id}", reply)
        case _ if case.nearer is not None:
            await ask_nearer(tx, s, parent, case.nearer.answer_id, case.nearer.pages)
        case _:
            assert case.found is not None
            await follow_consultation(tx, s, parent, message_id, text, case.found)
