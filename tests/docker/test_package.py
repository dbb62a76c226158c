"""The package as the image installs it: what pip is asked resolves, and what is built runs."""

import re
import shlex
import shutil
import subprocess
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.databases import KEY, Server, rows
from tests.docker.dockerfile import BUILD, copied
from tests.journeys.processes import environment
from tests.journeys.words import ANSWER, ORDINARY

pytestmark = [pytest.mark.docker, pytest.mark.timeout(600)]

OFFLINE = ["--no-index", "--no-build-isolation", "-q"]
Installed = Callable[..., str]


def _pip_commands() -> list[list[str]]:
    """The image's `pip install` commands as the shell would run them."""
    commands = [part.strip() for run in BUILD.all("RUN") for part in run.rest.split("&&")]
    return [_as_run(one) for one in commands if one.startswith("pip install")]


def _as_run(command: str) -> list[str]:
    torch = re.search(r"^torch==\S+", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert torch, "constraints.txt pins PyTorch"
    command = command.replace("$(grep '^torch==' constraints.txt)", torch[0])
    for name, value in BUILD.environment().items():
        command = command.replace(f"${name}", value)
    assert "$" not in command, f"the test does not know how to run: {command}"
    return shlex.split(command)[1:]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the build stage has before it: what it copies, and nothing else of the project."""
    folder = tmp_path_factory.mktemp("source")
    for name in copied(BUILD):
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(
                path, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
            )
        else:
            shutil.copy(path, folder / name)
    return folder


@pytest.fixture(scope="module")
def clean_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment that sees the libraries of this one, but not the project."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder)
    site = next((folder / "lib").glob("python*")) / "site-packages"
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "python"


def _pip(python: Path, source: Path, arguments: list[str]) -> str:
    command = [str(python), "-m", "pip", *arguments]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{shlex.join(arguments)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_images_pip_commands_resolve_in_a_clean_environment(
    clean_python: Path, source: Path
) -> None:
    commands = _pip_commands()
    assert len(commands) == 3
    for command in commands:
        _pip(clean_python, source, [*command, "--dry-run", *OFFLINE])


def test_a_version_that_the_constraints_forbid_would_be_noticed(
    clean_python: Path, source: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "constraints.txt"
    wrong.write_text("starlette==0.1\n")
    command = [str(clean_python), "-m", "pip", "install", "-c", str(wrong), ".", "--dry-run"]
    done = subprocess.run([*command, *OFFLINE], cwd=source, capture_output=True, check=False)
    assert done.returncode != 0


@pytest.fixture(scope="module")
def wheel(clean_python: Path, source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, built from what the build stage has."""
    folder = tmp_path_factory.mktemp("wheel")
    _pip(clean_python, source, ["wheel", "--no-deps", "-w", str(folder), ".", *OFFLINE])
    (built,) = folder.glob("*.whl")
    return built


def test_the_built_package_holds_every_file_of_the_bot(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    listed = subprocess.run(
        ["git", "ls-files", "bot"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {name for name in listed.stdout.split() if (ROOT / name).exists()} <= packed


@pytest.fixture(scope="module")
def installed(clean_python: Path, source: Path, wheel: Path, index: Path) -> Installed:
    """Run a command of the installed package, with the content where the image has it: apart."""
    _pip(clean_python, source, ["install", "--no-deps", "--ignore-installed", str(wheel), *OFFLINE])
    folder = wheel.parent

    def run(*words: str, **settings: object) -> str:
        command = [str(clean_python.parent / words[0]), *words[1:]]
        apart = {"knowledge": source / "knowledge", "prompts": source / "prompts"}
        done = subprocess.run(
            command,
            env=environment(data=folder / "data", index=index, country="GB", **apart, **settings),
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}\n{done.stderr}"
        return done.stdout.strip()

    return run


def test_the_installed_package_is_what_runs(installed: Installed, clean_python: Path) -> None:
    where = installed("python", "-c", "import bot; print(bot.__file__)")
    assert Path(where).is_relative_to(clean_python.parent.parent)
    assert installed("heldinmind", "--version").endswith(version("held-in-mind"))


def test_the_installed_package_reads_guidance_and_prompts(installed: Installed) -> None:
    pages = len(list((ROOT / "knowledge" / "guidance").glob("*.md")))
    checked = installed("heldinmind", "guidance", "check")
    assert re.fullmatch(rf"{pages} documents, \d+ skills, 0 findings", checked)
    assert "0 findings" in installed("heldinmind", "prompts", "check")


def test_the_installed_package_decides_and_answers_with_its_own_weights(
    installed: Installed,
) -> None:
    assert ANSWER in installed("heldinmind", "ask", ORDINARY)


def test_the_installed_package_makes_its_schema(installed: Installed, server: Server) -> None:
    empty = server.fresh(migrated=False)
    init = ("heldinmind", "clinic", "init", "--name", "Oak House", "--country", "GB")
    installed(*init, database_url=empty, key=KEY)
    assert rows(empty, "select count(*) from clinic") == [(1,)]
