"""What follows a parent's or a stranger's message, decided from everything that is known."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.checks import CheckState, Next, after_message
from bot.core.messages import Content, Media, Medium
from bot.core.triage import Category, Concern, Route, Verdict


class Step(StrEnum):
    """The one thing that is done with a message.

    `GATHER`: a chat that sends a lot at once reads one reply to all of it; `GATHERED`: it has.
    """

    FOLLOW_UP = "follow_up"
    RAISE = "raise"
    ASK_CHECK = "ask_check"
    ASK_AGAIN = "ask_again"
    CHECK_ANSWERED_NO = "check_answered_no"
    MEDIUM_PASSED_ON = "medium_passed_on"
    LANGUAGE_PASSED_ON = "language_passed_on"
    STICKER = "sticker"
    PRACTICE_NOTE = "practice_note"
    CONSULT = "consult"
    PASSED_ON = "passed_on"
    GATHER = "gather"
    GATHERED = "gathered"
    EDIT_NOTED = "edit_noted"
    EDIT_PASSED_ON = "edit_passed_on"
    EDIT_CONSULTED = "edit_consulted"


EDIT_STEPS = frozenset({Step.EDIT_NOTED, Step.EDIT_PASSED_ON, Step.EDIT_CONSULTED})


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an edited message said before, where it went, and whether the therapist has it."""

    text: str = field(repr=False)
    route: Route | None
    is_with_therapist: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """What stands open with a chat when a message comes; `earlier` where it is an edit.

    `flag_is_open`: one that this chat raised or joined. `flag_is_anothers`: one that the other
    parent raised, of which this chat must not learn. `answers_practice`: it was written under what
    the bot said of a day's practice; `follows_practice`: right after that, and it tells something.
    `answers_person`: it was written under what a person had answered to a question.
    `after_distress`: this chat lately wrote what was flagged, or asked about.
    """

    flag_is_open: bool
    check_is_open: bool
    earlier: Earlier | None = None
    answers_practice: bool = False
    flag_is_anothers: bool = False
    follows_practice: bool = False
    answers_person: bool = False
    after_distress: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The step, and what becomes of the open check, if there is one."""

    step: Step
    check_state: CheckState | None = None


def plan(
    content: Content, situation: Situation, verdict: Verdict, *, language_is_covered: bool
) -> Plan:
    """Decide what is done with a message; urgent goes before everything else."""
    planned = _as_new(content, situation, verdict, language_is_covered)
    if situation.earlier is None:
        return planned
    return _as_edit(content, situation, situation.earlier, verdict, planned)


def _as_new(
    content: Content, situation: Situation, verdict: Verdict, language_is_covered: bool
) -> Plan:
    if situation.flag_is_open:
        return Plan(Step.FOLLOW_UP)
    if situation.check_is_open:
        return _while_checking(content, verdict)
    if verdict.concern is Concern.URGENT:
        return Plan(Step.RAISE)
    if verdict.concern is Concern.CHECK:
        return Plan(Step.ASK_CHECK)
    if isinstance(content, Media):
        return Plan(_medium(content, after_distress=situation.after_distress))
    if situation.answers_practice or (situation.follows_practice and language_is_covered):
        return Plan(Step.PRACTICE_NOTE)
    if (situation.flag_is_anothers or situation.answers_person) and language_is_covered:
        return Plan(Step.PASSED_ON)
    return Plan(Step.CONSULT if language_is_covered else Step.LANGUAGE_PASSED_ON)


def _as_edit(
    content: Content, situation: Situation, earlier: Earlier, verdict: Verdict, planned: Plan
) -> Plan:
    """An edit is triaged anew, and changes only which person is told; it is never answered twice.

    Whoever has the old words is given the new ones.
    """
    if isinstance(content, Media):
        moves = content.medium is Medium.LOCATION  # a shared place is edited at every step
        return Plan(Step.EDIT_NOTED) if moves and not content.caption else planned
    is_same_worry = (
        situation.check_is_open
        and not situation.flag_is_open
        and earlier.route is Route.CHECK
        and verdict.concern is Concern.CHECK
    )
    if _words(content) == earlier.text or is_same_worry or planned.step is Step.ASK_AGAIN:
        return Plan(Step.EDIT_NOTED)
    if planned.step not in (Step.CONSULT, Step.LANGUAGE_PASSED_ON, Step.PASSED_ON):
        return planned
    if earlier.is_with_therapist:
        return Plan(Step.EDIT_PASSED_ON)
    return Plan(Step.EDIT_CONSULTED) if planned.step is Step.CONSULT else planned


def resume(content: Content, *, language_is_covered: bool, wants_person: bool) -> Step:
    """What is done with a message that waited for a safety check, once the answer was *No*."""
    if isinstance(content, Media):
        return _medium(content, after_distress=True)
    if wants_person:
        return Step.PASSED_ON
    return Step.CONSULT if language_is_covered else Step.LANGUAGE_PASSED_ON


def _words(content: Content) -> str:
    return content.caption if isinstance(content, Media) else getattr(content, "text", "")


def _while_checking(content: Content, verdict: Verdict) -> Plan:
    state, following = after_message(_words(content), verdict.concern)
    match following:
        case Next.RAISE:
            return Plan(Step.RAISE, state)
        case Next.ANSWER:
            return Plan(Step.CHECK_ANSWERED_NO, state)
        case Next.ASK_AGAIN:
            return Plan(Step.ASK_AGAIN)


def _medium(media: Media, *, after_distress: bool) -> Step:
    """A sticker says little by itself; after distress it may say all that somebody can say."""
    if media.medium is Medium.STICKER and not after_distress:
        return Step.STICKER
    return Step.MEDIUM_PASSED_ON


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
