"""What parents ask about what is kept of them: the file with it, and erasing it."""

from bot.core.erasing import ACTION as ERASE
from bot.core.messages import Command, Incoming
from bot.core.people import Parent
from bot.flows.erase_data import ask_to_erase
from bot.flows.export_data import export_data
from bot.flows.services import Services

MYDATA = "mydata"


def is_about_privacy(command: Command) -> bool:
    """Whether a command is one of these; with words behind it, it is a message."""
    return command.name in (MYDATA, ERASE) and not command.argument


async def command_about_privacy(
    s: Services, who: Parent, incoming: Incoming, command: Command
) -> None:
    """`/mydata` and `/erase`."""
    if command.name == MYDATA:
        await export_data(s, who, incoming.update_id)
        return
    await ask_to_erase(s, who, incoming.update_id)
