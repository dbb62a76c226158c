"""Runs a command in this process, and leaves logging as it was."""

import logging
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from bot.cli.commands import build
from tests.databases import KEY, Server
from tests.flows.clinic import Clinic, move_in, opened_clinic


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line that it complained with."""
        (line,) = self.err.strip().splitlines()
        return line


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Run]:
    """Run `heldinmind …` with only the settings that are given, in an empty folder."""
    for name in [name for name in os.environ if name.startswith("HELDINMIND_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HELDINMIND_DATA", str(tmp_path / "data"))
    root = logging.getLogger()
    before = root.handlers[:], root.level

    def run(*words: str, typed: str = "", **settings: object) -> Ran:
        for name, value in settings.items():
            monkeypatch.setenv(f"HELDINMIND_{name.upper()}", str(value))
        found = CliRunner().invoke(build(words[0]), words, input=typed)
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        return Ran(found.exit_code, found.stdout, found.stderr)

    yield run
    structlog.reset_defaults()
    root.handlers[:], root.level = before


@pytest.fixture
def stored(server: Server) -> dict[str, object]:
    """The settings of a database of this test's own."""
    return {"database_url": server.fresh(), "key": KEY}


@asynccontextmanager
async def lived_in(stored: dict[str, object]) -> AsyncIterator[Clinic]:
    """A clinic in the database of these settings: everybody of the tests has moved in."""
    async with opened_clinic(str(stored["database_url"])) as clinic:
        await clinic.storage.database.check_key()
        await move_in(clinic)
        yield clinic
