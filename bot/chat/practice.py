"""The buttons and commands of practice: which use case each of them runs."""

from bot.core.family_progress import ACTION as PROGRESS
from bot.core.hard_days import ACTION as TELL
from bot.core.messages import Command, Incoming, Press
from bot.core.people import Parent, Staff
from bot.core.plan_care import ACTION as MANAGE
from bot.core.planning import ACTION as GIVE
from bot.core.practice_replies import ASKED
from bot.core.session_replies import ACTION as MEET
from bot.flows.ask_after_all import ask_after_all
from bot.flows.log_practice import ACTIONS as LOGGING
from bot.flows.log_practice import answer_nudge
from bot.flows.manage_plan import manage_plan
from bot.flows.pick_times import AT, CHANGE, DAYS, GO_ON, HOURS, LEAVE, REST, choose_times
from bot.flows.plan_practice import begin_plan, choose_for_plan
from bot.flows.plan_sessions import begin_sessions, choose_session
from bot.flows.services import Services
from bot.flows.set_rhythm import COMMANDS, PRESSES, set_rhythm
from bot.flows.show_family_progress import begin_family_progress, show_family_progress
from bot.flows.show_progress import show_progress
from bot.flows.tell_of_hard_day import tell_of_hard_day

PICKING = frozenset({DAYS, HOURS, AT, CHANGE, LEAVE, REST, GO_ON})
RHYTHM = "rhythm"
PARENTS_ACTIONS = LOGGING | PICKING | set(PRESSES) | {RHYTHM, ASKED, TELL}


async def press_of_parent(s: Services, who: Parent, incoming: Incoming, press: Press) -> str:
    """A parent pressed one of the `PARENTS_ACTIONS`; returns what the button says back."""
    action, argument, update_id = press.action, press.argument, incoming.update_id
    if action in LOGGING:
        return await answer_nudge(s, who, action, argument, update_id)
    if action in PICKING:
        return await choose_times(s, who, action, argument, incoming.message_id, update_id)
    if action == TELL:
        return await tell_of_hard_day(s, who, argument, update_id)
    if action == ASKED:
        practice_id, _, message_id = argument.partition(".")
        return await ask_after_all(s, who, _number(practice_id), _number(message_id), update_id)
    pressed, _, rest = argument.partition(".")
    what, rest = (pressed, rest) if action == RHYTHM else (PRESSES[action], argument)
    await set_rhythm(s, who, what, rest, update_id)
    return ""


async def press_of_therapist(s: Services, who: Staff, incoming: Incoming, press: Press) -> str:
    """A therapist pressed a button on the way to a plan, under one that runs, or to look at it."""
    if press.action == PROGRESS:
        return await show_family_progress(s, who, _number(press.argument), incoming.update_id)
    if press.action == MEET:
        return await choose_session(s, who, press.argument, incoming.message_id, incoming.update_id)
    if press.action == MANAGE:
        return await manage_plan(s, who, press.argument, incoming.message_id, incoming.update_id)
    return await choose_for_plan(s, who, press.argument, incoming.message_id, incoming.update_id)


async def command_of_parent(s: Services, who: Parent, incoming: Incoming, command: Command) -> bool:
    """A parent wrote a command of practice; False: what stands behind it is a message."""
    update_id, argument = incoming.update_id, command.argument
    if command.name == PROGRESS:
        await show_progress(s, who, update_id)
        return True
    return await set_rhythm(s, who, command.name, argument, update_id, written=True)


async def command_of_staff(s: Services, who: Staff, incoming: Incoming, command: Command) -> None:
    """`/plan`, `/session` and `/progress`."""
    if command.name == PROGRESS:
        await begin_family_progress(s, who, command.argument, incoming.update_id)
        return
    if command.name == "session":
        await begin_sessions(s, who, command.argument, incoming.update_id)
        return
    await begin_plan(s, who, command.argument, incoming.update_id)


def is_for_therapist(press: Press) -> bool:
    """Whether a button belongs to a plan."""
    return press.action in (GIVE, MANAGE, MEET, PROGRESS)


def is_parents_command(command: Command) -> bool:
    """Whether a command is one of practice."""
    return command.name in COMMANDS or (command.name == PROGRESS and not command.argument)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
