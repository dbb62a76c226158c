"""`heldinmind chat`: talk with the bot in the terminal, as a parent."""

import asyncio

from bot.app import set_up_logging
from bot.cli.ask import open_rehearsal
from bot.cli.shared import clear_errors, settings_or_exit
from bot.flows.rehearse import Rehearsal, rehearse

REMEMBERED = 6


def chat() -> None:
    """Talk with the bot here, as a parent would. Nothing is sent or stored; Ctrl-D ends it.

    The conversation is read as in a real chat, so follow-ups work ('and if she's older?').
    """
    settings = settings_or_exit()
    set_up_logging("ERROR")
    with clear_errors():
        _talk(open_rehearsal(settings))


def _talk(rehearsal: Rehearsal) -> None:
    print("Write as a parent would. Ctrl-D ends.")
    said: list[str] = []
    with asyncio.Runner() as runner:
        while True:
            try:
                text = input("\nyou> ").strip()
            except (EOFError, KeyboardInterrupt):
                print()
                return
            if text:
                decided = runner.run(rehearse(rehearsal, text, said[-REMEMBERED:]))
                print(f"\n[{decided['route']}] {decided['reply']}")
                said.append(text)
