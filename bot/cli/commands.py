"""Puts the commands together; each is loaded only when it is called, so that help is quick."""

import importlib
import sys
from importlib import metadata
from types import ModuleType

import typer

COMMANDS = {
    "demo": ("bot.cli.demo", "Try everything on this machine: phones, bot and a small clinic."),
    "demo-llm": ("bot.cli.demo_llm", "The demo with a language model on this machine."),
    "run": ("bot.cli.run", "Run the bot."),
    "sandbox": ("bot.cli.sandbox", "Serve the phones alone; any bot can be pointed at them."),
    "ask": ("bot.cli.ask", "Ask one question, as a parent would; nothing is stored."),
    "chat": ("bot.cli.chat", "Talk with the bot in this terminal, as a parent; nothing is stored."),
    "dry-run": ("bot.cli.dry_run", "Decide on a file of messages, one JSON object a line."),
    "flags": ("bot.cli.flags", "Every flag, with its state and deliveries."),
    "status": ("bot.cli.status", "What waits and what is under way."),
    "audit": ("bot.cli.audit", "Who saw or changed what, and whether that is whole."),
    "settings": ("bot.cli.settings", "Every setting, its value and where it comes from."),
    "clinic": ("bot.cli.clinic", "Set up the clinic and its staff."),
    "practice": ("bot.cli.practice", "What families practise, and what came of it."),
    "guidance": ("bot.cli.guidance", "Check, approve, release, index and show the guidance."),
    "prompts": (
        "bot.cli.prompts",
        "What a language model is told: list, show, compare and check it.",
    ),
    "wordings": ("bot.cli.wordings", "What a language model wrote, to be reviewed."),
    "triage": ("bot.cli.triage", "Train, evaluate, explain and review triage."),
}


HELP = (
    "Held in Mind: a companion for parents between their child's therapy sessions. "
    "New here? `heldinmind demo` needs no token and no phone."
)


def build(chosen: str | None) -> typer.Typer:
    """The command line, with the chosen command imported and the others by name only."""
    app = typer.Typer(
        name="heldinmind",
        help=HELP,
        no_args_is_help=True,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    for name, (module, text) in COMMANDS.items():
        if name == chosen:
            _add(app, name, importlib.import_module(module))
        else:
            app.command(name, help=text)(_elsewhere)
    return app


def _add(app: typer.Typer, name: str, module: ModuleType) -> None:
    if hasattr(module, "app"):
        app.add_typer(module.app, name=name)
    else:
        app.command(name)(getattr(module, name.replace("-", "_")))


def _elsewhere() -> None:
    """Stands for a command that was not chosen."""


def _print_version(wanted: bool) -> None:
    if wanted:
        print(metadata.version("held-in-mind"))
        raise typer.Exit


def _options(
    version: bool = typer.Option(
        False, "--version", help="Print the version.", is_eager=True, callback=_print_version
    ),
) -> None:
    """Options of the program itself."""


def main() -> None:
    """Run the command that was asked for."""
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    build(words[0] if words else None)()
