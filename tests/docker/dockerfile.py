"""Reads the Dockerfile: its stages, each with its instructions in order."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import ROOT

DOCKER = ROOT / "docker"


@dataclass(frozen=True)
class Instruction:
    """One instruction, its lines joined: `RUN`, and what is run."""

    name: str
    rest: str

    @property
    def words(self) -> list[str]:
        """The arguments without options such as `--from=build`."""
        return [word for word in shlex.split(self.rest) if not word.startswith("--")]


@dataclass
class Stage:
    """One `FROM` and what follows it."""

    base: str
    instructions: list[Instruction] = field(default_factory=list)

    def all(self, name: str) -> list[Instruction]:
        """The instructions of this name, in order."""
        return [one for one in self.instructions if one.name == name]

    def environment(self) -> dict[str, str]:
        """What `ENV` and `ARG` set."""
        words = [w for one in self.all("ENV") + self.all("ARG") for w in shlex.split(one.rest)]
        return dict(word.split("=", 1) for word in words)


def read(path: Path) -> list[Stage]:
    """The stages of a Dockerfile."""
    stages: list[Stage] = []
    for line in _logical_lines(path.read_text(encoding="utf-8")):
        name, _, rest = line.partition(" ")
        if name == "FROM":
            stages.append(Stage(rest))
        else:
            stages[-1].instructions.append(Instruction(name, rest.strip()))
    return stages


def _logical_lines(text: str) -> Iterator[str]:
    kept = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = "\n".join(kept).replace("\\\n", " ")
    return iter(joined.splitlines())


BUILD, FINAL = read(DOCKER / "Dockerfile")


def copied(stage: Stage) -> list[str]:
    """The sources that a stage copies from the project."""
    own = [one for one in stage.all("COPY") if "--from=" not in one.rest]
    return [source for one in own for source in one.words[:-1]]
