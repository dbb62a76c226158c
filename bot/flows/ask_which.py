"""A page was not what a parent meant: one question back, then the offer to pass it on."""

from bot.core.people import Parent
from bot.flows.services import Services
from bot.flows.steps.nearer import ask_nearer, asked_before, look_again
from bot.flows.steps.other_parent import why_paused
from bot.storage.inbox import claim_update


async def ask_which(
    s: Services, parent: Parent, action: str, answer_id: int, update_id: int
) -> str:
    """*Not what I meant* (`notthis`), or *None of these* (`none`); what the button says back."""
    async with s.database.transaction() as tx:
        asked = await asked_before(tx, parent, answer_id)
    others = (
        await look_again(s, asked, parent.family.therapist.name)
        if asked and action == "notthis"
        else ()
    )
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, f"answer_{action}", s.clock.now()):
            return ""
        if paused := await why_paused(tx, s, parent):
            return paused
        if asked is None:
            return s.phrases.say("general.button_gone")
        await ask_nearer(tx, s, parent, answer_id, others)
        return ""
