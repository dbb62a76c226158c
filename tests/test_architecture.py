"""What keeps the code readable: small modules, one place for each thing."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 300
MODULES = sorted(
    path
    for folder in ("bot", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if "__pycache__" not in path.parts
)
HUBS = ("huggingface.co", "hf.co", "hf_hub_download", "snapshot_download")
CORE = sorted((ROOT / "bot" / "core").rglob("*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_fits_in_the_head(path: Path) -> None:
    length = len(path.read_text(encoding="utf-8").splitlines())
    assert length <= LONGEST_MODULE, f"{name(path)} has {length} lines: split it by its nouns"


@pytest.mark.parametrize("path", [path for path in MODULES if "bot" in path.parts], ids=name)
def test_nothing_downloads_a_model(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [hub for hub in HUBS if hub in text] == []


@pytest.mark.parametrize("path", CORE, ids=name)
def test_the_core_waits_for_nothing_and_never_asks_the_time(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not isinstance(node, ast.AsyncFunctionDef | ast.Await)
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("now", "utcnow", "today", "sleep")


@pytest.mark.parametrize("path", [path for path in MODULES if "bot" in path.parts], ids=name)
def test_every_module_says_in_a_sentence_what_it_is_about(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said
    assert said.splitlines()[0].endswith((".", "?", "!"))
