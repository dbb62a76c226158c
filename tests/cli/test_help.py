"""Every command says what it does and how it is called."""

import tomllib

import pytest

from bot.cli.commands import COMMANDS
from bot.settings import ROOT
from tests.cli.conftest import Run


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    found = run(command, "--help")
    assert found.status == 0
    assert len(found.out.split()) > 15


def test_the_first_help_lists_every_command_and_where_to_begin(run: Run) -> None:
    shown = run("--help").out
    assert all(command in shown for command in COMMANDS)
    assert "heldinmind demo" in " ".join(shown.split())


def test_the_version_is_the_projects(run: Run) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert run("--version").out.strip() == project["version"]
