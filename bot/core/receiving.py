"""What follows a parent's or a stranger's message, decided from everything that is known."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.checks import CheckState, Next, after_message
from bot.core.messages import Content, Media, Medium
from bot.core.triage import Category, Concern, Verdict


class Step(StrEnum):
    """The one thing that is done with a message."""

    FOLLOW_UP = "follow_up"
    RAISE = "raise"
    ASK_CHECK = "ask_check"
    ASK_AGAIN = "ask_again"
    CHECK_ANSWERED_NO = "check_answered_no"
    MEDIUM_PASSED_ON = "medium_passed_on"
    LANGUAGE_PASSED_ON = "language_passed_on"
    STICKER = "sticker"
    CONSULT = "consult"


@dataclass(frozen=True, slots=True)
class Situation:
    """What stands open with a chat when a message comes."""

    flag_is_open: bool
    check_is_open: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The step, and what becomes of the open check, if there is one."""

    step: Step
    check_state: CheckState | None = None


def plan(
    content: Content, situation: Situation, verdict: Verdict, *, language_is_covered: bool
) -> Plan:
    """Decide what is done with a message; urgent goes before everything else."""
    if situation.flag_is_open:
        return Plan(Step.FOLLOW_UP)
    if situation.check_is_open:
        return _while_checking(content, verdict)
    if verdict.concern is Concern.URGENT:
        return Plan(Step.RAISE)
    if verdict.concern is Concern.CHECK:
        return Plan(Step.ASK_CHECK)
    if isinstance(content, Media):
        return _medium(content)
    return Plan(Step.CONSULT if language_is_covered else Step.LANGUAGE_PASSED_ON)


def _while_checking(content: Content, verdict: Verdict) -> Plan:
    text = content.caption if isinstance(content, Media) else getattr(content, "text", "")
    state, following = after_message(text, verdict.concern)
    match following:
        case Next.RAISE:
            return Plan(Step.RAISE, state)
        case Next.ANSWER:
            return Plan(Step.CHECK_ANSWERED_NO, state)
        case Next.ASK_AGAIN:
            return Plan(Step.ASK_AGAIN)


def _medium(media: Media) -> Plan:
    if media.medium is Medium.STICKER:
        return Plan(Step.STICKER)
    return Plan(Step.MEDIUM_PASSED_ON)


REASON_OF_CHECK = {
    CheckState.ANSWERED_YES: "said_yes",
    CheckState.ANSWERED_UNSURE: "unsure",
    CheckState.SILENT: "silent",
    CheckState.WORRYING_MESSAGE: "another_worry",
}


def worse(first: Category, second: Category | None) -> Category:
    """The category to raise after a check: what the newer message names, if it names one."""
    if second is None or second is Category.OTHER_DANGER:
        return first
    return second
