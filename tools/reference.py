"""Writes docs/reference/ from the code: every setting and every command.

.venv/bin/python tools/reference.py           # write
.venv/bin/python tools/reference.py --check   # exit status 1 if a file is stale
"""

import re
import sys
from collections.abc import Iterator
from enum import EnumMeta
from pathlib import Path
from typing import Any

import typer
from pydantic import SecretStr
from pydantic.fields import FieldInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.cli.commands import COMMANDS, HELP, build  # noqa: E402
from bot.settings import PREFIX, Settings  # noqa: E402

REFERENCE = ROOT / "docs" / "reference"
GENERATED = "<!-- Written by tools/reference.py from the code: change it there, then run it. -->\n"

SETTINGS_INTRODUCTION = (
    "Each is an environment variable, or a line in a file `.env` in the folder where the bot is "
    "started; a variable comes before the file. A setting that ends in `_FILE` names a file that "
    "holds the secret, which keeps it out of the process list and of container inspection. "
    "`heldinmind settings` prints each with its value here and where it comes from, secrets "
    "masked. A wrong one ends the command with a line that names it."
)
COMMANDS_INTRODUCTION = (
    "Every command takes `--help`. Settings come from variables and `.env`: "
    "[all of them](settings.md). Exit status: 0 when it did what was asked, 1 when something is "
    "wrong that you can put right (it says what), 2 for a wrong option."
)


def settings_page() -> str:
    """Every setting: variable, what it is for, default."""
    rows = [_setting(name, field) for name, field in Settings.model_fields.items()]
    return f"""{GENERATED}# Settings

{SETTINGS_INTRODUCTION}

| variable | what it is for | default |
| --- | --- | --- |
{"".join(rows)}"""


def _setting(name: str, field: FieldInfo) -> str:
    purpose = (field.description or "").replace("|", "\\|")
    return f"| `{PREFIX}{name.upper()}` | {purpose} | {_default(name, field)} |\n"


def _default(name: str, field: FieldInfo) -> str:
    if name == "data":
        return "the platform's folder for user data, `held-in-mind` in it"
    value = field.get_default(call_default_factory=False)
    if value in (None, ()) or isinstance(value, SecretStr):
        return "–"
    if isinstance(value, Path):
        return f"`{value.relative_to(ROOT)}/` of the project"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def commands_page() -> str:
    """Every command with its arguments and options."""
    parts = [part for name in COMMANDS for part in _command(name, _loaded(name))]
    return (
        f"""{GENERATED}# Commands

{HELP.replace("`heldinmind demo`", "[`heldinmind demo`](#heldinmind-demo)")}

{COMMANDS_INTRODUCTION}

{"".join(parts)}""".rstrip()
        + "\n"
    )


def _loaded(name: str) -> Any:
    return typer.main.get_command(build(name)).commands[name]  # type: ignore[attr-defined]


def _command(path: str, command: Any) -> Iterator[str]:
    nested = getattr(command, "commands", {})
    mark = "###" if " " in path else "##"
    yield f"{mark} heldinmind {path}\n\n{_prose(command.help)}\n\n"
    rows = [_parameter(one) for one in command.params if one.name != "help"]
    if rows:
        yield "| | | default |\n| --- | --- | --- |\n" + "".join(rows) + "\n"
    for name, inner in nested.items():
        yield from _command(f"{path} {name}", inner)


def _prose(text: str | None) -> str:
    paragraphs = re.split(r"\n\s*\n", (text or "").strip())
    joined = [" ".join(paragraph.split()) for paragraph in paragraphs]
    return "\n\n".join(re.sub(r"^Example: (.+)$", r"Example: `\1`", one) for one in joined)


def _parameter(one: Any) -> str:
    if one.param_type_name == "argument":
        name = f"`{one.name.upper()}`"
    else:
        name = ", ".join(f"`{option}`" for option in (*one.opts, *one.secondary_opts))
    annotation = one.type_descriptor.annotation
    choices: list[Any] = list(annotation) if isinstance(annotation, EnumMeta) else []
    values = (
        " One of " + ", ".join(f"`{_value(choice)}`" for choice in choices) + "." if choices else ""
    )
    default = "required" if one.required else _shown(one.default)
    return f"| {name} | {getattr(one, 'help', '') or ''}{values} | {default} |\n"


def _value(choice: Any) -> str:
    return str(getattr(choice, "value", choice))


def _shown(default: Any) -> str:
    if default is None or default is False or default in ([], ()):
        return "–"
    if default is True:
        return "yes"
    if isinstance(default, Path):
        return f"`{default.relative_to(ROOT)}`" if default.is_relative_to(ROOT) else f"`{default}`"
    return f"`{_value(default)}`"


PAGES = {"settings.md": settings_page, "commands.md": commands_page}


def main(arguments: list[str]) -> int:
    """Write the pages, or say which of them are stale."""
    stale = []
    for name, page in PAGES.items():
        path, text = REFERENCE / name, page()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    said = "stale" if "--check" in arguments else "written"
    lines = [f"docs/reference/{name}: {said}" for name in stale] or ["all up to date"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
