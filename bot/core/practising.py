"""What a parent reads about a skill before they ask their therapist to plan it with them."""

from collections.abc import Sequence

from bot.core.phrases import Phrases
from bot.core.replies import Button, Reply
from bot.core.skills import Skill


def compose_skill(
    skill: Skill, others: Sequence[Skill], phrases: Phrases, *, answer_id: int, therapist: str
) -> Reply:
    """What a skill is, in a line or two; whether it is planned is for parent and therapist."""
    text = phrases.say(
        "answers.practise",
        title=skill.title,
        minutes=skill.minutes,
        goal=skill.goal,
        therapist=therapist,
    )
    wish = phrases.say("answers.plan_button", therapist=therapist)
    rest = (
        Button(
            phrases.say("answers.other_skill_button", title=one.title),
            f"practise:{answer_id}.{one.id}",
        )
        for one in others
    )
    return Reply(text, ((Button(wish, f"plan:{answer_id}.{skill.id}"),), *((one,) for one in rest)))
