"""Puts the commands together; each is loaded only when it is called, so that help is quick."""

import importlib
from typing import Any

import click
import typer

COMMANDS = {
    "demo": ("bot.cli.demo", "Try everything on this machine: phones, bot and a small clinic."),
    "run": ("bot.cli.run", "Run the bot."),
    "sandbox": ("bot.cli.sandbox", "Serve the phones alone; any bot can be pointed at them."),
    "ask": ("bot.cli.ask", "Ask one question, as a parent would; nothing is stored."),
    "chat": ("bot.cli.chat", "Talk with the bot in this terminal, as a parent; nothing is stored."),
    "dry-run": ("bot.cli.dry_run", "Decide on a file of messages, one JSON object a line."),
    "flags": ("bot.cli.flags", "Every flag, with its state and deliveries."),
    "status": ("bot.cli.status", "What waits and what is under way."),
    "settings": ("bot.cli.settings", "Every setting, its value and where it comes from."),
    "clinic": ("bot.cli.clinic", "Set up the clinic and its staff."),
    "guidance": ("bot.cli.guidance", "Check, index, list and show the guidance."),
    "triage": ("bot.cli.triage", "Train, evaluate and explain triage."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        return _command(cmd_name, module)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def _command(name: str, module: Any) -> click.Command:
    found = getattr(module, "app", None) or getattr(module, name.replace("-", "_"))
    if isinstance(found, typer.Typer):
        command = typer.main.get_command(found)
    else:
        single = typer.Typer(add_completion=False)
        single.command(help=found.__doc__)(found)
        command = typer.main.get_command(single)
    command.name = name
    return command


@click.group(
    cls=LazyGroup,
    help="Held in Mind: a companion for parents between their child's therapy sessions. "
    "New here? `heldinmind demo` needs no token and no phone.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="held-in-mind")
def app() -> None:
    """The command line."""
