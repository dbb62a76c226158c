"""What a parent reads with a nudge, and after each of its buttons."""

from collections.abc import Sequence
from datetime import date

from bot.core.phrases import Phrases
from bot.core.planning import date_text
from bot.core.practice import PracticeAnswer
from bot.core.replies import Button, Reply
from bot.core.skills import BARRIERS, Skill

SOMETHING_ELSE = "something_else"
ANSWER_OF = {
    "did": PracticeAnswer.DID_IT,
    "hard": PracticeAnswer.WAS_HARD,
    "nottoday": PracticeAnswer.NOT_TODAY,
}
HOW, ASKED = "how", "asked"


def nudge_reply(skill: Skill, wording: int, nudge_id: int, phrases: Phrases) -> Reply:
    """One thing to do, and one tap to answer."""
    text = phrases.say("practice.nudge", text=skill.nudge(wording), title=skill.title)
    did, hard, not_today, how = (
        Button(phrases.say(f"practice.tap_{action}_button"), f"{action}:{nudge_id}")
        for action in (*ANSWER_OF, HOW)
    )
    return Reply(text, ((did, hard), (not_today, how)))


def after_did_it(skill: Skill, days: Sequence[date], phrases: Phrases, *, therapist: str) -> Reply:
    """Names what they did; `days` are those on which they have said so, this one among them."""
    count = phrases.say("practice.count_first")
    if len(days) > 1:
        since = date_text(min(days))
        count = phrases.say("practice.count_more", count=len(days), since=since)
    text = phrases.say("practice.did_it", title=skill.title, count=count, therapist=therapist)
    return Reply(text)


def note_kept(phrases: Phrases, *, therapist: str, meant_as_question: str | None) -> Reply:
    """The line is kept; `meant_as_question` names it, where it was perhaps no line at all."""
    text = phrases.say("practice.noted", therapist=therapist)
    if meant_as_question is None:
        return Reply(text)
    label = phrases.say("practice.asked_button")
    return Reply(text, ((Button(label, f"{ASKED}:{meant_as_question}"),),))


def after_was_hard(skill: Skill, nudge_id: int, phrases: Phrases) -> Reply:
    """The barriers that the skill has help for, to choose one."""
    known = [barrier for barrier in BARRIERS if barrier in skill.barriers]
    rows = tuple(
        (Button(barrier_text(barrier, phrases), f"barrier:{nudge_id}.{barrier}"),)
        for barrier in (*known, SOMETHING_ELSE)
    )
    return Reply(phrases.say("practice.was_hard"), rows)


def help_with(
    skill: Skill, barrier: str, practice_id: int, phrases: Phrases, *, therapist: str
) -> Reply:
    """What the skill's own page says about that barrier, and the offer to tell the therapist."""
    written = skill.barriers.get(barrier) or skill.section("When it was hard")
    text = phrases.say("practice.help_for_barrier", title=skill.title, help=written)
    tell = phrases.say("practice.tell_button", therapist=therapist)
    return Reply(text, ((Button(tell, f"tellhard:{practice_id}.{barrier}"),),))


def how_to(skill: Skill, phrases: Phrases) -> Reply:
    """What to do, and how to start."""
    text = phrases.say(
        "practice.how",
        title=skill.title,
        minutes=skill.minutes,
        what=skill.section("What to do"),
        start=skill.section("How to start"),
    )
    return Reply(text)


def is_barrier(skill: Skill, barrier: str) -> bool:
    """Whether it is one that a button offered."""
    return barrier in skill.barriers or barrier == SOMETHING_ELSE


def barrier_text(barrier: str, phrases: Phrases) -> str:
    """What was in the way, in words."""
    return phrases.say(f"practice.barrier_{barrier}")


def ask_another_time(plans: Sequence[tuple[int, str]], phrases: Phrases) -> Reply:
    """After several days without an answer: it waits, says so, and asks what would suit.

    `plans` are the numbers and titles of what the parent practises.
    """
    other = tuple(
        (Button(phrases.say("practice.other_time_button", title=title), f"replan:{plan_id}"),)
        for plan_id, title in plans
    )
    keep = Button(phrases.say("practice.keep_button"), "rhythm:resume")
    stop = Button(phrases.say("practice.stop_button"), "rhythm:stop")
    return Reply(phrases.say("practice.waiting"), (*other, (keep, stop)))
