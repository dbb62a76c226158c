"""`/erase`: a parent reads what that means, confirms it, and nothing is known of them any more."""

from bot.core.erasing import (
    ACTION,
    NO,
    YES,
    Why,
    is_confirmed,
    waits_for_the_clinic,
    what_holds_it_up,
)
from bot.core.holding import numbers_text
from bot.core.people import Parent
from bot.core.replies import Button, Reply, as_written
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.flows.steps.erasing import erase_one, open_around, owe_news
from bot.storage.database import Tx
from bot.storage.deliveries import FORGOTTEN_NEWS
from bot.storage.erase_wishes import add_proof, drop_wish, note_wish, wished_at
from bot.storage.erasing import others_of
from bot.storage.holds import lock_family
from bot.storage.inbox import claim_update

BY_PARENT = "parent"


async def ask_to_erase(s: Services, parent: Parent, update_id: int) -> None:
    """Say what goes and what stays, with the button; or why it has to wait."""
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, "erase_asked", s.clock.now()):
            return
        await lock_family(tx, parent.family.id, parent.chat_id)
        why = what_holds_it_up(await open_around(tx, parent, update_id))
        if why is not None and why is not Why.UNREAD:  # that is read before they can press
            await _wait(tx, s, parent, why, update_id)
            return
        await note_wish(tx, parent.id, s.clock.now(), waits=False)
        reply = Reply(await _what_it_means(tx, s, parent), _buttons(s))
        await say(tx, s, parent.chat_id, f"erase:asked:{update_id}", reply)


async def _what_it_means(tx: Tx, s: Services, parent: Parent) -> str:
    is_last = await others_of(tx, parent.family.id, [parent.id]) == 0
    return s.phrases.say(
        "privacy.erase_ask",
        therapist=parent.family.therapist.name,
        family=s.phrases.say("privacy.erase_ask_family") if is_last else "",
        notes=s.phrases.say("privacy.erase_ask_notes") if s.keep_notes else "",
    )


def _buttons(s: Services) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(s.phrases.say("privacy.erase_yes_button"), f"{ACTION}:{YES}"),),
        (Button(s.phrases.say("privacy.erase_no_button"), f"{ACTION}:{NO}"),),
    )


async def press_erase(s: Services, parent: Parent, answer: str, update_id: int) -> str:
    """*Erase everything* or *Keep it*; returns what the button says back."""
    async with s.database.transaction() as tx:
        now = s.clock.now()
        if not await claim_update(tx, update_id, f"erase_{answer}", now):
            return ""
        await lock_family(tx, parent.family.id, parent.chat_id)
        asked_at = await wished_at(tx, parent.id)
        why = what_holds_it_up(await open_around(tx, parent, update_id))
        if answer != YES:
            await drop_wish(tx, parent.id)
            await _say(tx, s, parent, "privacy.erase_kept", update_id)
        elif why is not None:
            await _wait(tx, s, parent, why, update_id)
        elif not is_confirmed(asked_at, now):
            await _say(tx, s, parent, "privacy.erase_expired", update_id)
        else:
            await _erase(tx, s, parent)
    return ""


async def _wait(tx: Tx, s: Services, parent: Parent, why: Why, update_id: int) -> None:
    if waits_for_the_clinic(why):
        await note_wish(tx, parent.id, s.clock.now(), waits=True)
    await _say(tx, s, parent, f"privacy.erase_waits_{why}", update_id)


async def _say(tx: Tx, s: Services, parent: Parent, phrase: str, update_id: int) -> None:
    key = f"erase:said:{update_id}"
    await say(tx, s, parent.chat_id, key, Reply(s.phrases.say(phrase)))


async def _erase(tx: Tx, s: Services, parent: Parent) -> None:
    """All of it in this transaction; then the last that is said to them, and to the therapist."""
    now, gone = s.clock.now(), s.phrases.say("privacy.erased_alias")
    family_goes = await erase_one(tx, parent, keep_notes=s.keep_notes, gone=gone)
    receipt = await add_proof(tx, BY_PARENT, 1, now)
    numbers = numbers_text(s.directory, parent.family.country, None, s.phrases)
    text = s.phrases.say("privacy.erased", receipt=receipt, numbers=numbers)
    await owe_news(tx, f"{FORGOTTEN_NEWS}{receipt}", parent.chat_id, text, now)
    therapist = parent.family.therapist
    if therapist.chat_id is not None:
        rest = "privacy.therapist_family_gone" if family_goes else "privacy.therapist_others_stay"
        told = s.phrases.say(
            "privacy.therapist_told",
            name=as_written(parent.name),
            alias=as_written(parent.family.alias),
            rest=s.phrases.say(rest),
        )
        await owe_news(tx, f"{FORGOTTEN_NEWS}{receipt}:told", therapist.chat_id, told, now)
