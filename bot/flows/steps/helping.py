"""What a parent can do here, told in a way that fits what is going on."""

from bot.core.menus import PARENTS, listed
from bot.core.people import Parent
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.storage.database import Tx
from bot.storage.flags import open_flag


async def parents_help(tx: Tx, s: Services, parent: Parent) -> Reply:
    """What this is and every command; it invites no questions while a flag of theirs is open.

    Of the other parent's flag it tells nothing.
    """
    flag = await open_flag(tx, parent.chat_id, parent.family.id)
    is_theirs = flag is not None and flag.chat_id == parent.chat_id
    text = s.phrases.say(
        "general.help_parent_flag" if is_theirs else "general.help_parent",
        therapist=parent.family.therapist.name,
        emergency=s.directory.of(parent.family.country).emergency,
        commands=listed(PARENTS, s.phrases),
    )
    return Reply(text)
