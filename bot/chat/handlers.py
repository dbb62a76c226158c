"""Who wrote, and what was meant, decide which use case runs."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Update

from bot.adapters.messenger import TelegramMessenger
from bot.chat.flag_presses import press_under_flag
from bot.chat.intake import PERSON, read_update
from bot.chat.practice import (
    PARENTS_ACTIONS,
    command_of_parent,
    command_of_staff,
    is_for_therapist,
    is_parents_command,
    press_of_parent,
    press_of_therapist,
)
from bot.chat.privacy import command_about_privacy, is_about_privacy
from bot.chat.questions import OF_QUESTIONS, press_under_question
from bot.core.checks import CheckAnswer
from bot.core.enrolment import is_code
from bot.core.erasing import ACTION as ERASE
from bot.core.menus import PARENTS, groups_of, menu
from bot.core.messages import Command, Incoming, Press, Unusable
from bot.core.people import Parent, Staff, Stranger, Who
from bot.flows.agree_to_model import agree_to_model, show_model
from bot.flows.answer_message import answer_message
from bot.flows.ask_for_person import ask_for_person
from bot.flows.ask_which import ask_which
from bot.flows.correct_reply import correct_reply
from bot.flows.decline_command import decline_edited_command
from bot.flows.enrol import invite_family, open_invitation, settle_consent
from bot.flows.erase_data import press_erase
from bot.flows.explain import explain, set_aside
from bot.flows.greet_stranger import greet_stranger
from bot.flows.list_questions import list_questions
from bot.flows.note_presence import note_presence
from bot.flows.open_page import open_page
from bot.flows.propose_skill import propose_skill
from bot.flows.rate_answer import rate_answer
from bot.flows.relay_reply import relay_reply
from bot.flows.services import Services
from bot.flows.settle_check import press_check
from bot.storage.inbox import stored_update
from bot.storage.people import all_staff, who_is

SLOW_SECONDS = 0.5
ANSWER_ACTIONS = frozenset({"helpful", "ask", "more"})
MEANT_ACTIONS = frozenset({"notthis", "none"})
MODEL = "wording"
SKILL_ACTIONS = frozenset({"practise", "plan"})


async def handle_update(s: Services, messenger: TelegramMessenger, update_id: int) -> None:
    """Handle one stored update; what was handled before is left alone."""
    async with s.database.reading() as tx:
        payload = await stored_update(tx, update_id)
        if payload is None:
            return
        update = Update.de_json(json.loads(payload), bot=None)
        incoming = read_update(update, s.phrases.say("general.person_button"))
        who = None
        if isinstance(incoming, Incoming):
            who = await who_is(tx, incoming.chat_id, incoming.sender_name)
    if isinstance(incoming, Unusable) or who is None:
        await set_aside(s, update_id, incoming.why if isinstance(incoming, Unusable) else "")
        return
    if isinstance(who, Staff):
        await note_presence(s, who)
    await _dispatch(s, messenger, who, incoming)


async def _dispatch(
    s: Services, messenger: TelegramMessenger, who: Who, incoming: Incoming
) -> None:
    if incoming.edited and isinstance(who, Staff):
        await correct_reply(s, who, incoming)
        return
    match incoming.content:
        case Press() as press:
            said = await _press(s, who, incoming, press)
            await messenger.answer_press(press.callback_id, said)
            if press.action in ("agree", ERASE):
                await set_menu_for(s, messenger, incoming.chat_id)
        case Command() as command if incoming.edited and command.name != PERSON:
            if not _runs(s, who, command) or not await decline_edited_command(s, incoming):
                await _message(s, messenger, who, incoming)
        case Command() as command:
            await _command(s, messenger, who, incoming, command)
            if command.name == "start":
                await set_menu_for(s, messenger, incoming.chat_id)
        case _:
            await _message(s, messenger, who, incoming)


def _runs(s: Services, who: Who, command: Command) -> bool:
    """Whether a command of a family's does something, where it is not read as a message."""
    if command.name in ("start", "help"):
        return True
    if not isinstance(who, Parent):
        return False
    shows_model = command.name == MODEL and s.wording is not None
    return is_parents_command(command) or shows_model or not command.argument


async def _message(s: Services, messenger: TelegramMessenger, who: Who, incoming: Incoming) -> None:
    match who:
        case Parent():
            async with _typing_if_slow(messenger, incoming.chat_id):
                await answer_message(s, who, incoming)
        case Staff():
            await relay_reply(s, who, incoming)
        case Stranger():
            await greet_stranger(s, who, incoming)


@asynccontextmanager
async def _typing_if_slow(messenger: TelegramMessenger, chat_id: int) -> AsyncIterator[None]:
    async def show() -> None:
        await asyncio.sleep(SLOW_SECONDS)
        await messenger.show_typing(chat_id)

    showing = asyncio.create_task(show())
    try:
        yield
    finally:
        showing.cancel()


async def _command(
    s: Services, messenger: TelegramMessenger, who: Who, incoming: Incoming, command: Command
) -> None:
    chat_id, update_id = incoming.chat_id, incoming.update_id
    match who, command.name:
        case _, "start" if is_code(command.argument):
            await open_invitation(
                s,
                who,
                command.argument,
                chat_id=chat_id,
                name=incoming.sender_name,
                update_id=update_id,
            )
        case Parent(), _ if await _parents_command(s, who, incoming, command):
            return
        case Staff(), _:
            await _staff_command(s, who, incoming, command)
        case (_, "start" | "help") if not command.argument:
            await explain(s, who, chat_id, update_id, "help")
        case ((Parent() | Stranger()), _) if command.argument:
            await _message(s, messenger, who, incoming)
        case Stranger(), _:
            await _message(s, messenger, who, incoming)
        case _:
            await explain(s, who, chat_id, update_id, "unknown")


async def _parents_command(s: Services, who: Parent, incoming: Incoming, command: Command) -> bool:
    """What only parents can ask for; False: it is not that, or what stands behind is a message."""
    if command.name == PERSON:
        await ask_for_person(s, who, incoming)
        return True
    if command.name == MODEL and s.wording is not None and not command.argument:
        await show_model(s, who, incoming.update_id)
        return True
    if is_about_privacy(command):
        await command_about_privacy(s, who, incoming, command)
        return True
    return is_parents_command(command) and await command_of_parent(s, who, incoming, command)


async def _staff_command(s: Services, who: Staff, incoming: Incoming, command: Command) -> None:
    chat_id, update_id = incoming.chat_id, incoming.update_id
    match command.name:
        case "invite":
            await invite_family(s, who, command.argument, update_id)
        case "plan" | "session" | "progress":
            await command_of_staff(s, who, incoming, command)
        case "questions":
            await list_questions(s, who, update_id)
        case "families":
            await explain(s, who, chat_id, update_id, "families")
        case "start" | "help":
            await explain(s, who, chat_id, update_id, "help")
        case _:
            await explain(s, who, chat_id, update_id, "unknown", command.name)


async def _press(s: Services, who: Who, incoming: Incoming, press: Press) -> str:
    if press.action == "check":
        return await _press_check(s, who, incoming, press)
    if press.action in ("agree", "decline"):
        link_id, _, to_model = press.argument.partition(".")
        return await settle_consent(
            s,
            who,
            _number(link_id),
            agrees=press.action == "agree",
            chat_id=incoming.chat_id,
            name=incoming.sender_name,
            update_id=incoming.update_id,
            to_model=to_model,
        )
    match who:
        case Parent():
            return await _press_parent(s, who, incoming, press)
        case Staff():
            return await _press_staff(s, who, incoming, press)
        case Stranger(has_left=has_left):
            said = await _gone(s, incoming)
            return s.phrases.say("moving.button_of_leaver") if has_left else said


async def _press_check(s: Services, who: Who, incoming: Incoming, press: Press) -> str:
    number, _, answer = press.argument.partition(".")
    if answer not in list(CheckAnswer):
        return await _gone(s, incoming)
    return await press_check(
        s,
        who,
        _number(number),
        CheckAnswer(answer),
        chat_id=incoming.chat_id,
        update_id=incoming.update_id,
    )


async def _press_parent(s: Services, who: Parent, incoming: Incoming, press: Press) -> str:
    action, update_id = press.action, incoming.update_id
    first, _, second = press.argument.partition(".")
    if action in ANSWER_ACTIONS:
        return await rate_answer(s, who, action, _number(first), update_id)
    if action in MEANT_ACTIONS:
        return await ask_which(s, who, action, _number(first), update_id)
    if action in SKILL_ACTIONS:
        return await propose_skill(s, who, action, _number(first), second, update_id)
    if action in PARENTS_ACTIONS:
        return await press_of_parent(s, who, incoming, press)
    if action == MODEL:
        return await agree_to_model(s, who, first, second, update_id)
    if action == ERASE:
        return await press_erase(s, who, press.argument, update_id)
    if action == "open":
        return await open_page(s, who, first, _number(second), update_id)
    return await _gone(s, incoming)


async def _press_staff(s: Services, who: Staff, incoming: Incoming, press: Press) -> str:
    if is_for_therapist(press):
        return await press_of_therapist(s, who, incoming, press)
    if press.action in OF_QUESTIONS:
        said = await press_under_question(s, who, incoming, press)
    else:
        said = await press_under_flag(s, who, incoming.update_id, press)
    return await _gone(s, incoming) if said is None else said


async def _gone(s: Services, incoming: Incoming) -> str:
    await set_aside(s, incoming.update_id, "button_gone")
    return s.phrases.say("general.button_gone")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


async def set_menus(s: Services, messenger: TelegramMessenger) -> None:
    """Give every chat the parents' menu, and staff their own."""
    await messenger.set_menu(menu(PARENTS, s.phrases))
    async with s.database.transaction() as tx:
        staff = await all_staff(tx)
    for member in staff:
        if member.chat_id is not None:
            await messenger.set_menu(menu(groups_of(member), s.phrases), member.chat_id)


async def set_menu_for(s: Services, messenger: TelegramMessenger, chat_id: int) -> None:
    """Give a chat the menu of whoever it belongs to."""
    async with s.database.transaction() as tx:
        who = await who_is(tx, chat_id, "")
    await messenger.set_menu(menu(groups_of(who), s.phrases), chat_id)
