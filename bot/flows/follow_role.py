"""Somebody's role has changed: they are told what they can do here now."""

from bot.core.menus import groups_of_role, listed
from bot.core.people import Staff
from bot.core.replies import Reply
from bot.flows.services import Services
from bot.flows.steps.answering import say
from bot.storage.people import clinic_name, staff_member


async def follow_role(s: Services, staff_id: int, job_id: int) -> Staff | None:
    """Tell them, once for each change; returns who it is, if they work here still."""
    async with s.database.transaction() as tx:
        member = await staff_member(tx, staff_id)
        if member is None or member.chat_id is None:
            return None
        text = s.phrases.say(
            "moving.role_changed",
            role=s.phrases.say(f"general.role_{member.role}"),
            clinic=await clinic_name(tx),
            commands=listed(groups_of_role(member.role), s.phrases),
        )
        await say(tx, s, member.chat_id, f"staff:{staff_id}:role:{job_id}", Reply(text))
        return member
