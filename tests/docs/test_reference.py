"""The reference is written from the code, and fails here when it is stale."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from bot.cli.commands import COMMANDS
from bot.settings import PREFIX, ROOT, Settings


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """tools/reference.py, as a module."""
    path = ROOT / "tools" / "reference.py"
    spec = importlib.util.spec_from_file_location("reference", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_what_the_code_says(reference: ModuleType) -> None:
    assert reference.main(["--check"]) == 0, "run: .venv/bin/python tools/reference.py"


def test_a_stale_page_is_noticed_and_written_anew(
    reference: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference, "REFERENCE", tmp_path)
    assert reference.main([]) == 0
    page = tmp_path / "settings.md"
    page.write_text(page.read_text() + "one line too many\n")
    assert reference.main(["--check"]) == 1
    assert reference.main([]) == 0
    assert reference.main(["--check"]) == 0


def test_every_setting_and_every_command_has_its_place() -> None:
    settings = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    commands = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"| `{PREFIX}{name.upper()}` |" in settings
    for name in COMMANDS:
        assert f"\n## heldinmind {name}\n" in commands
