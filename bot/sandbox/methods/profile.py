"""What the bot says about itself: its name, its commands, its menu button."""

import re
from functools import partial

from bot.sandbox.entities import Json
from bot.sandbox.errors import Violation
from bot.sandbox.methods.chats import find_chat
from bot.sandbox.methods.handler import Handler, Params
from bot.sandbox.people import Person
from bot.sandbox.state import Sandbox

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MOST_COMMANDS = 100


async def get_me(sandbox: Sandbox, _p: Params) -> Json:
    """Who the bot is."""
    return {
        **sandbox.bot_user(),
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def set_commands(sandbox: Sandbox, p: Params) -> bool:
    """Remember the list of commands for one scope and language."""
    for command in p["commands"]:
        if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
            raise Violation("BOT_COMMAND_INVALID")
    if len(p["commands"]) > _MOST_COMMANDS:
        raise Violation("BOT_COMMANDS_TOO_MUCH")
    sandbox.profile.commands[_place(sandbox, p)] = [
        {**c, "command": c["command"].removeprefix("/")} for c in p["commands"]
    ]
    sandbox.events.tell("profile")
    return True


async def get_commands(sandbox: Sandbox, p: Params) -> list[Json]:
    """The list of commands of exactly this scope and language."""
    return sandbox.profile.commands.get(_place(sandbox, p), [])


async def delete_commands(sandbox: Sandbox, p: Params) -> bool:
    """Forget the list of commands of this scope and language."""
    sandbox.profile.commands.pop(_place(sandbox, p), None)
    sandbox.events.tell("profile")
    return True


def _place(sandbox: Sandbox, p: Params) -> tuple[str, str]:
    scope = p.get("scope", {"type": "default"})
    name = scope["type"]
    if "chat_id" in scope:
        name += f":{find_chat(sandbox, scope['chat_id']).id}"
    return name, p.get("language_code", "")


def commands_for(sandbox: Sandbox, person: Person) -> list[Json]:
    """The commands this person sees: the narrowest scope, their own language first."""
    for scope in (f"chat:{person.id}", "all_private_chats", "default"):
        for language in (person.language_code or "", ""):
            if commands := sandbox.profile.commands.get((scope, language)):
                return commands
    return []


async def set_text(sandbox: Sandbox, p: Params, *, name: str) -> bool:
    """Remember one of the texts about the bot, for a language or for all."""
    place = (name, p.get("language_code", ""))
    if text := p.get(name):
        sandbox.profile.texts[place] = text
    else:
        sandbox.profile.texts.pop(place, None)
    sandbox.events.tell("profile")
    return True


async def get_text(sandbox: Sandbox, p: Params, *, name: str) -> Json:
    """One of the texts about the bot."""
    texts = sandbox.profile.texts
    default = "Held in Mind" if name == "name" else ""
    return {name: texts.get((name, p.get("language_code", "")), texts.get((name, ""), default))}


async def set_menu_button(sandbox: Sandbox, p: Params) -> bool:
    """What the button beside the text field opens, for one chat or for all."""
    button = p.get("menu_button", {"type": "default"})
    if "chat_id" in p:
        find_chat(sandbox, p["chat_id"]).menu_button = button
    else:
        default = {"type": "commands"}
        sandbox.profile.menu_button = default if button["type"] == "default" else button
    sandbox.events.tell("profile")
    return True


async def get_menu_button(sandbox: Sandbox, p: Params) -> Json:
    """The menu button of one chat or of all."""
    person = find_chat(sandbox, p["chat_id"]) if "chat_id" in p else None
    return menu_button_for(sandbox, person)


def menu_button_for(sandbox: Sandbox, person: Person | None) -> Json:
    """The menu button this person has."""
    own = person.menu_button if person else None
    return own if own and own["type"] != "default" else sandbox.profile.menu_button


async def set_rights(sandbox: Sandbox, p: Params) -> bool:
    """Remember the rights the bot would like in groups or channels."""
    where = "channels" if p.get("for_channels") else "groups"
    if "rights" in p:
        sandbox.profile.rights[where] = p["rights"]
    else:
        sandbox.profile.rights.pop(where, None)
    return True


async def leave(_sandbox: Sandbox, _p: Params) -> bool:
    """logOut and close: accepted; the sandbox has nothing to move elsewhere."""
    return True


METHODS: dict[str, Handler] = {
    "getMe": get_me,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": partial(set_text, name="name"),
    "getMyName": partial(get_text, name="name"),
    "setMyDescription": partial(set_text, name="description"),
    "getMyDescription": partial(get_text, name="description"),
    "setMyShortDescription": partial(set_text, name="short_description"),
    "getMyShortDescription": partial(get_text, name="short_description"),
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
    "setMyDefaultAdministratorRights": set_rights,
    "logOut": leave,
    "close": leave,
}
