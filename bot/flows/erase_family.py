"""A clinic erases a family: every parent of it, and that there was such a family."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.people import Family, Parent
from bot.core.phrases import Phrases
from bot.core.replies import as_written
from bot.errors import PeopleError
from bot.flows.steps.erasing import erase_all, owe_news
from bot.storage.checks import open_check
from bot.storage.database import Tx
from bot.storage.deliveries import FORGOTTEN_NEWS
from bot.storage.erase_wishes import add_proof, forget_chat_later
from bot.storage.flags import open_flag
from bot.storage.holds import lock_family
from bot.storage.inbox import has_waiting
from bot.storage.people import clinic_name, parents_of

BY_CLINIC = "clinic"


@dataclass(frozen=True, slots=True)
class Gone:
    """What went, in numbers, and the receipt of it."""

    rows: Mapping[str, int]
    receipt: str


async def erase_family(
    tx: Tx, family: Family, phrases: Phrases, now: datetime, *, keep_notes: bool
) -> Gone:
    """Erase a family; its parents and its therapist are told, once the bot runs.

    Raises:
        PeopleError: something of it is open, or not read yet; says what to do first.
    """
    await lock_family(tx, family.id, 0)
    parents = await parents_of(tx, family)
    await _check_nothing_is_open(tx, family, parents)
    gone = phrases.say("privacy.erased_alias")
    rows = await erase_all(tx, family, parents, keep_notes=keep_notes, gone=gone)
    receipt = await add_proof(tx, BY_CLINIC, len(parents), now)
    await _tell(tx, family, parents, phrases, receipt, now)
    return Gone(Counter(rows), receipt)


async def _check_nothing_is_open(tx: Tx, family: Family, parents: tuple[Parent, ...]) -> None:
    named = family.alias
    chats = [one.chat_id for one in parents]
    before_joining = [await open_flag(tx, chat_id, None) for chat_id in chats]
    if await open_flag(tx, 0, family.id) is not None or any(before_joining):
        raise PeopleError(
            f"Something urgent of {named} is open: whoever has it closes it first, and nothing is "
            "erased until then. Which it is: heldinmind flags"
        )
    if any([await open_check(tx, chat_id) is not None for chat_id in chats]):
        raise PeopleError(
            f"A parent of {named} was asked whether anyone is in danger, and has not answered: "
            "wait until they have, or until it has become something urgent (ten minutes)"
        )
    if await has_waiting(tx, chats):
        raise PeopleError(
            f"Somebody of {named} has written something that was not read yet: let the bot run "
            "first, and try again"
        )


async def _tell(
    tx: Tx,
    family: Family,
    parents: tuple[Parent, ...],
    phrases: Phrases,
    receipt: str,
    now: datetime,
) -> None:
    name, key = await clinic_name(tx), f"{FORGOTTEN_NEWS}{receipt}"
    for number, parent in enumerate(parents):
        text = phrases.say("privacy.erased_by_clinic", clinic=name, receipt=receipt)
        await owe_news(tx, f"{key}:{number}", parent.chat_id, text, now)
        await forget_chat_later(tx, parent.chat_id)
    if family.therapist.chat_id is not None:
        alias = as_written(family.alias)
        text = phrases.say("privacy.therapist_told_of_family", clinic=name, alias=alias)
        await owe_news(tx, f"{key}:told", family.therapist.chat_id, text, now)
