"""A parent would like to practise: what the skill is, then a wish in the therapist's queue."""

from bot.core.outcomes import Standing, practice_wish_passed_on
from bot.core.people import Parent
from bot.core.practising import compose_skill
from bot.core.skills import Skill, skills_of
from bot.flows.services import Services
from bot.flows.steps.answering import say, wish_to_practise
from bot.flows.steps.other_parent import why_paused
from bot.flows.steps.standing_in import back_from_leave
from bot.storage.answers import GivenAnswer, find_answer
from bot.storage.database import Tx
from bot.storage.inbox import claim_update


async def propose_skill(
    s: Services, parent: Parent, action: str, answer_id: int, skill_id: str, update_id: int
) -> str:
    """*Practise this* (`practise`), or the wish to plan it (`plan`); what the button says back.

    Without a `skill_id` the page's first skill is meant.
    """
    async with s.database.transaction() as tx:
        if not await claim_update(tx, update_id, f"skill_{action}", s.clock.now()):
            return ""
        if paused := await why_paused(tx, s, parent):
            return paused
        answer = await find_answer(tx, answer_id, parent.chat_id)
        offered = _offered(s, answer)
        skill = next((one for one in offered if skill_id in ("", one.id)), None)
        if answer is None or skill is None:
            return s.phrases.say("general.button_gone")
        if action == "plan":
            await _wish(tx, s, parent, answer, skill)
        else:
            await _describe(tx, s, parent, answer, skill, offered)
        return ""


def _offered(s: Services, answer: GivenAnswer | None) -> tuple[Skill, ...]:
    document = s.guidance.documents.get(answer.document_id or "") if answer else None
    return skills_of(document, s.skills) if document else ()


async def _describe(
    tx: Tx,
    s: Services,
    parent: Parent,
    answer: GivenAnswer,
    skill: Skill,
    offered: tuple[Skill, ...],
) -> None:
    others = tuple(one for one in offered if one is not skill)
    name = parent.family.therapist.name
    reply = compose_skill(skill, others, s.phrases, answer_id=answer.id, therapist=name)
    await say(tx, s, parent.chat_id, f"answer:{answer.id}:practise:{skill.id}", reply)


async def _wish(tx: Tx, s: Services, parent: Parent, answer: GivenAnswer, skill: Skill) -> None:
    page = s.guidance.documents[answer.document_id or ""]
    is_reached = await wish_to_practise(tx, s, parent, answer.message_id, skill, page)
    standing = Standing(parent.family.therapist.name, is_reached)
    back_on = await back_from_leave(tx, parent.family, s.clock.now())
    reply = practice_wish_passed_on(s.phrases, standing, skill, back_on)
    await say(tx, s, parent.chat_id, f"answer:{answer.id}:plan:{skill.id}", reply)
