"""A family has another therapist or country: whoever has to know is told, and nothing is lost."""

from bot.core.deliveries import Delivery, Send
from bot.core.flags import Flag
from bot.core.people import Family, Parent, Staff
from bot.core.replies import Reply, as_written
from bot.flows.services import Services
from bot.flows.steps.flagging import tell_new_therapist, update_holding
from bot.flows.steps.passing_late import pass_waiting
from bot.storage import flags
from bot.storage.database import Tx
from bot.storage.deliveries import deliveries_about, owe
from bot.storage.open_questions import OPEN_FOR, SHOWN, unreached_questions
from bot.storage.people import family as family_of
from bot.storage.people import parents_of, staff_member, staff_names
from bot.storage.questions import unanswered_of
from bot.storage.rhythms import find_rhythm


async def follow_family(s: Services, family_id: int, before: int, job_id: int) -> None:
    """Do what follows of one change; `before` is the therapist that was, or 0."""
    async with s.database.transaction() as tx:
        family = await family_of(tx, family_id)
        is_moved = before not in (0, family.therapist.id)
        found = await flags.open_flag(tx, 0, family_id)
        flag = await flags.find_flag(tx, found.id, lock=True) if found else None
        if flag is not None and flag.is_open:
            if is_moved and flag.is_waiting:
                await tell_new_therapist(tx, s, flag)
            await update_holding(tx, s, await flags.flag(tx, flag.id), known=f"changed:{job_id}")
        if is_moved:
            name = (await staff_names(tx)).get(before, "")
            key = f"family:{family_id}:moved:{job_id}"
            await _tell_therapist(tx, s, family, flag, name, key)
            await _tell_before(tx, s, family, before, key)
            for parent in await parents_of(tx, family):
                await _tell_parent(tx, s, parent, name, key)


async def _tell_parent(tx: Tx, s: Services, parent: Parent, before: str, key: str) -> None:
    now, therapist = s.clock.now(), parent.family.therapist.name
    text = s.phrases.say("moving.to_parent", therapist=therapist, before=before)
    rhythm = await find_rhythm(tx, parent.id)
    is_quiet = rhythm is not None and rhythm.is_quiet(now)
    send = Send(Reply(text), is_quiet=is_quiet)
    await owe(tx, Delivery(f"{key}:parent:{parent.id}", parent.chat_id, send), now)


async def _tell_before(tx: Tx, s: Services, family: Family, before: int, key: str) -> None:
    """Whoever was their therapist, if they work here still."""
    member = await staff_member(tx, before)
    if member is not None:
        text = s.phrases.say(
            "moving.from_therapist", alias=family.alias, therapist=family.therapist.name
        )
        await _owe(tx, s, member, f"{key}:before", Send(Reply(text)))


async def _tell_therapist(
    tx: Tx, s: Services, family: Family, flag: Flag | None, before: str, key: str
) -> None:
    """Whose family it is now: who they are, what is under way, and every question as it came."""
    names = [as_written(one.name) for one in await parents_of(tx, family)]
    parts = [
        s.phrases.say(
            "moving.to_therapist" if names else "moving.to_therapist_not_joined",
            alias=as_written(family.alias),
            before=before,
            parents=", ".join(names),
        )
    ]
    if flag is not None and flag.is_open and flag.holder is not None:
        parts.append(s.phrases.say("moving.flag_is_held", name=flag.holder.name))
    asked = await unanswered_of(tx, family.id, s.clock.now() - OPEN_FOR)
    if asked:
        parts.append(s.phrases.say("moving.questions_follow"))
    await _owe(tx, s, family.therapist, f"{key}:therapist", Send(Reply("\n".join(parts))))
    waited = {one.question.id for one in await unreached_questions(tx, s.clock.now(), family.id)}
    await pass_waiting(tx, s, family.id)
    for question_id in asked:
        if question_id not in waited:
            await _pass_question(tx, s, question_id, family.therapist)


async def _pass_question(tx: Tx, s: Services, question_id: int, to: Staff) -> None:
    """All that was sent to a therapist of a question, sent to another; a reply answers it."""
    about = f"question:{question_id}"
    known = [one.delivery for one in await deliveries_about(tx, about)]
    if to.chat_id is None or any(one.staff_id == to.id for one in known):
        return
    sent = {one.key: one for one in known if one.staff_id is not None and not _again(one.key)}
    for key, one in sent.items():
        again = Delivery(f"{key}:to:{to.id}", to.chat_id, one.what, one.lane, about, to.id)
        await owe(tx, again, s.clock.now())


def _again(key: str) -> bool:
    """Whether a delivery shows a question that somebody has been sent before."""
    return ":to:" in key or f":{SHOWN}:" in key


async def _owe(tx: Tx, s: Services, member: Staff, key: str, send: Send) -> None:
    if member.chat_id is not None:
        await owe(tx, Delivery(key, member.chat_id, send, staff_id=member.id), s.clock.now())
