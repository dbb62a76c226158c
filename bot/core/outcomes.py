"""The whole text a parent gets for a decision: the running bot and the dry run share it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.about_bot import ABOUT_THE_BOT, Topic
from bot.core.answers import (
    compose,
    compose_about,
    compose_declined,
    compose_near_miss,
    compose_not_covered,
    compose_passed_on,
    compose_small_talk,
    compose_what_else,
)
from bot.core.asking import Intent
from bot.core.passages import GuidanceDocument
from bot.core.phrases import Phrases
from bot.core.planning import date_text
from bot.core.replies import Button, Reply
from bot.core.routing import Consultation
from bot.core.skills import Skill
from bot.core.triage import Route

SMALL_TALK = frozenset({Intent.GREETING, Intent.THANKS})
DECLINED = frozenset({Intent.INJECTION, Intent.OTHER_FAMILIES, Intent.BANTER})
THEIRS = frozenset({Intent.CLINICAL})
"""Why a question is for the therapist who knows the child, whoever reads it meanwhile."""
SAYS_URGENT = frozenset({"language"})
"""What is said of these names the button for what is urgent already."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands behind a family: the therapist, and whether the bot can reach whoever reads.

    `cover` reads instead of a therapist on leave; `when` says when an answer could come. `waits`:
    nobody reads it until the therapist is back.
    """

    therapist: str
    is_reached: bool
    cover: str | None = None
    when: str = ""
    waits: bool = False

    @property
    def reader(self) -> str:
        """Who reads what is passed on."""
        return self.cover or self.therapist


def reply_for(
    found: Consultation,
    documents: Mapping[str, GuidanceDocument],
    phrases: Phrases,
    standing: Standing,
    answer_id: int,
) -> Reply:
    """What a parent is told when nobody is in danger."""
    if found.route is Route.ANSWER:
        best = documents[found.matches[0].document_id]
        return compose(best, phrases, answer_id=answer_id, therapist=standing.therapist)
    if found.route is Route.THERAPIST:
        return passed_on(phrases, standing, found.reason)
    return _not_covered(found, documents, phrases, standing, answer_id)


def passed_on(phrases: Phrases, standing: Standing, reason: str = "") -> Reply:
    """What a parent is told about a question for their therapist: only what is true."""
    if not standing.is_reached:
        return Reply(phrases.say("questions.not_linked", therapist=standing.therapist))
    named = standing.therapist if reason in THEIRS else standing.reader
    reply = compose_passed_on(phrases, reason=reason, therapist=named, when=standing.when)
    if not standing.waits or reason in SAYS_URGENT:
        return reply
    return Reply(f"{reply.text.rstrip()} {phrases.say('answers.cannot_wait')}")


def waited_and_passed_on(phrases: Phrases, to: str, standing: Standing) -> Reply:
    """What a parent is told who had heard that nobody has their question: `to` has it now."""
    when = standing.when or phrases.say("answers.when_unknown")
    text = phrases.say("questions.passed_after_all", name=to, when=when)
    if standing.waits:
        text = f"{text.rstrip()} {phrases.say('answers.cannot_wait')}"
    return Reply(text)


def medium_passed_on(phrases: Phrases, standing: Standing, medium: str) -> Reply:
    """What a parent is told about something that cannot be read."""
    if not standing.is_reached:
        return Reply(phrases.say("questions.not_linked", therapist=standing.therapist))
    when = standing.when or phrases.say("answers.when_unknown")
    return Reply(
        phrases.say("questions.passed_medium", medium=medium, therapist=standing.reader, when=when)
    )


def practice_wish_passed_on(
    phrases: Phrases, standing: Standing, skill: Skill, back_on: date | None = None
) -> Reply:
    """What a parent is told about their wish to practise: only what is true.

    `back_on`: the therapist is on leave, and at work again from that day.
    """
    if not standing.is_reached:
        return Reply(phrases.say("questions.practice_not_linked", therapist=standing.therapist))
    expected = phrases.say("answers.when_unknown")
    if back_on is not None:
        expected = phrases.say("practice.wish_waits", back=date_text(back_on))
    therapist = standing.therapist
    text = phrases.say("answers.plan_asked", therapist=therapist, title=skill.title, when=expected)
    return Reply(text)


def _not_covered(
    found: Consultation,
    documents: Mapping[str, GuidanceDocument],
    phrases: Phrases,
    standing: Standing,
    answer_id: int,
) -> Reply:
    therapist = standing.therapist if standing.is_reached else None
    if found.reason in ABOUT_THE_BOT:
        topic = Topic(found.reason)
        return compose_about(phrases, topic=topic, therapist=standing.therapist)
    if found.reason == Topic.NOT_MEANT:
        return compose_what_else(phrases, answer_id=answer_id, therapist=therapist)
    if found.reason in SMALL_TALK:
        return compose_small_talk(phrases, reason=found.reason)
    if found.reason in DECLINED:
        return compose_declined(phrases, reason=found.reason)
    if found.reason == "near_miss":
        near = [documents[match.document_id] for match in found.matches]
        return compose_near_miss(near, phrases, answer_id=answer_id, therapist=therapist)
    return compose_not_covered(phrases, answer_id=answer_id, therapist=therapist)


def check_reply(
    phrases: Phrases, check_id: str, phrase: str = "ask", who: str | None = None
) -> Reply:
    """The safety check with its three buttons."""
    text = phrases.say(f"checks.{phrase}", who=who or "")
    answers = [
        Button(phrases.say(f"checks.{answer}_button"), f"check:{check_id}.{answer}")
        for answer in ("yes", "unsure", "no")
    ]
    return Reply(text, (tuple(answers),))
