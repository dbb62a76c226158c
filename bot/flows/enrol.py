"""Joining: a therapist makes a link, somebody opens it, a parent agrees or declines."""

from bot.core.enrolment import Link, LinkKind, Opening, open_link
from bot.core.menus import groups_of_role, listed
from bot.core.people import Family, Role, Staff, Stranger, Who, is_called, tidy_alias
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.answering import say, say_with_button
from bot.flows.steps.consenting import consent_reply, tell_therapist
from bot.flows.steps.planning import offer_running_plans
from bot.flows.steps.wording import version_agreed
from bot.storage import people
from bot.storage.database import Tx
from bot.storage.inbox import claim_update
from bot.storage.links import (
    find_link,
    find_opened_link,
    forget_guesses,
    guesses_of,
    make_link,
    mark_declined,
    mark_opened,
    mark_used,
    note_guess,
)


async def invite_family(s: Services, therapist: Staff, alias: str, update_id: int) -> None:
    """`/invite`: a link for a new family, or for the second parent of one with this alias."""
    async with s.database.transaction(by=therapist) as tx:
        if not await claim_update(tx, update_id, "invite", s.clock.now()):
            return
        assert therapist.chat_id is not None, "they wrote from their chat"
        if therapist.role is not Role.THERAPIST:
            text = s.phrases.say("general.invite_not_allowed")
        else:
            text = await _invitation(tx, s, therapist, alias)
        await say(tx, s, therapist.chat_id, f"invite:{update_id}", Reply(text))


async def _invitation(tx: Tx, s: Services, therapist: Staff, alias: str) -> str:
    known = [one for one in await people.families_of(tx, therapist) if is_called(one, alias)]
    now = s.clock.now()
    if known:
        family = known[0]
    else:
        country = await people.clinic_country(tx)
        family = await people.add_family(tx, therapist, country, now, tidy_alias(alias))
    link = await make_link(tx, LinkKind.PARENT, family.id, now)
    return s.phrases.say(
        "general.invited",
        known=await _known(tx, s, family) if known else s.phrases.say("general.invited_new"),
        alias=family.alias,
        link=deep_link(s.bot_username(), link.code),
        until=f"{link.expires_at:%d %B %Y}",
    )


async def _known(tx: Tx, s: Services, family: Family) -> str:
    """That the family is here already, and how many of it."""
    count = len(await people.parents_of(tx, family))
    how_many = str(count) if count < 2 else "more"
    return s.phrases.say(f"general.invited_known_{how_many}", count=count)


def deep_link(bot_username: str, code: str) -> str:
    """The address that opens the bot with a code."""
    return f"https://t.me/{bot_username}?start={code}"


async def open_invitation(
    s: Services, who: Who, code: str, *, chat_id: int, name: str, update_id: int
) -> Opening | None:
    """Somebody opened a single-use link; each way this can go has its own sentence."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "open_link", s.clock.now()):
            return None
        if await _is_slowed(tx, s, chat_id):
            return Opening.SLOWED
        link = await find_link(tx, code)
        opening = open_link(link, who, chat_id, s.clock.now())
        await _count_guess(tx, s, opening, chat_id)
        reply = await _opened(tx, s, opening, link, chat_id, name)
        await say(tx, s, chat_id, f"opened:{update_id}", reply)
        return opening


async def _is_slowed(tx: Tx, s: Services, chat_id: int) -> bool:
    """Whether a chat has sent too many wrong codes to be heard now; it is told once for each."""
    now = s.clock.now()
    guesses = await guesses_of(tx, chat_id, now)
    minutes = 0 if guesses is None else guesses.minutes_left(now)
    if guesses is None or minutes == 0:
        return False
    reply = Reply(s.phrases.say("joining.slowed_down", minutes=minutes))
    await say(tx, s, chat_id, f"slowed:{chat_id}:{guesses.last_at.timestamp():.0f}", reply)
    return True


async def _count_guess(tx: Tx, s: Services, opening: Opening, chat_id: int) -> None:
    if opening is Opening.UNKNOWN:
        await note_guess(tx, chat_id, s.clock.now())
    else:
        await forget_guesses(tx, chat_id)


async def _opened(
    tx: Tx, s: Services, opening: Opening, link: Link | None, chat_id: int, name: str
) -> Reply:
    if opening is Opening.ASK_CONSENT and link:
        await mark_opened(tx, link, chat_id)
        return await consent_reply(tx, s, link, name)
    if opening is Opening.STAFF_LINKED and link:
        return await _link_staff(tx, s, link, chat_id)
    return Reply(s.phrases.say(f"joining.{opening}"))


async def _link_staff(tx: Tx, s: Services, link: Link, chat_id: int) -> Reply:
    now = s.clock.now()
    await mark_used(tx, link, chat_id, now)
    member = await people.link_staff(tx, link.owner_id, chat_id, now)
    text = s.phrases.say(
        "joining.staff_linked",
        name=member.name,
        role=s.phrases.say(f"general.role_{member.role}"),
        clinic=await people.clinic_name(tx),
        commands=listed(groups_of_role(member.role), s.phrases),
    )
    return Reply(text)


async def settle_consent(
    s: Services,
    who: Who,
    link_id: int,
    *,
    agrees: bool,
    chat_id: int,
    name: str,
    update_id: int,
    to_model: str = "",
) -> str:
    """A parent agreed or declined; returns what the button says back.

    `to_model`: their answer about a language model, where the text named one.
    """
    async with s.database.transaction() as tx:
        outcome = "agree" if agrees else "decline"
        if not await claim_update(tx, update_id, outcome, s.clock.now()):
            return ""
        link = await find_opened_link(tx, link_id, chat_id)
        opening = open_link(link, who, chat_id, s.clock.now())
        if opening is not Opening.ASK_CONSENT or link is None or not isinstance(who, Stranger):
            return s.phrases.say("joining.consent_gone")
        if agrees:
            await _join(tx, s, link, chat_id, name, version_agreed(s, to_model))
        else:
            await mark_declined(tx, link)
            reply = Reply(s.phrases.say("joining.declined"))
            await say(tx, s, chat_id, f"declined:{update_id}", reply)
            family = await people.family(tx, link.owner_id)
            await tell_therapist(tx, s, family, link, name, joined=False)
        return ""


async def _join(tx: Tx, s: Services, link: Link, chat_id: int, name: str, version: str) -> None:
    now = s.clock.now()
    await mark_used(tx, link, chat_id, now)
    family = await people.family(tx, link.owner_id)
    parent = await people.add_parent(tx, family, name, chat_id, version, now)
    reply = Reply(s.phrases.say("joining.agreed", name=name))
    await say_with_button(tx, s, parent, f"joined:{chat_id}:{link.id}", reply)
    await tell_therapist(tx, s, family, link, name, joined=True)
    await offer_running_plans(tx, s, parent)
