"""Releases in the clinic's data folder: makes, lists, checks and pins them."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from bot.adapters import large_encoder
from bot.adapters.content import files_in
from bot.adapters.prompt_files import prompt_paths
from bot.core.releases import Hashes, Release, compare, next_name
from bot.core.reviews import unknown
from bot.errors import ReleaseError

MANIFEST = "manifest.json"
KINDS = ("guidance", "skills", "prompts")
PACKAGE = Path(__file__).resolve().parent.parent
MOST_NAMED = 5
_SEE = "See heldinmind guidance release list"


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content_files(knowledge: Path, prompts: Path) -> Mapping[str, Path]:
    """Every file that a release holds a copy of, by its path in the release."""
    found = [
        *(("guidance", path) for path in files_in(knowledge / "guidance")),
        *(("skills", path) for path in files_in(knowledge / "skills")),
        *(("prompts", path) for path in (*sorted(prompts.glob("*.yaml")), *prompt_paths(prompts))),
    ]
    return {f"{kind}/{path.name}": path for kind, path in found}


def installed_rules(package: Path = PACKAGE) -> Hashes:
    """The hashes of the triage rules of the installed program."""
    return _hashes(package, "core/rules/*.py")


def installed_models(package: Path = PACKAGE) -> Hashes:
    """The hashes of the models of the installed program, and of what the large one is made of."""
    made = {f"{large_encoder.NAME}, recipe {large_encoder.RECIPE}": large_encoder.WEIGHTS_SHA256}
    return _hashes(package, "adapters/*.npz") | _hashes(package, "adapters/*.onnx") | made


def _hashes(package: Path, pattern: str) -> dict[str, str]:
    return {f"bot/{p.relative_to(package)}": sha256_of(p) for p in sorted(package.glob(pattern))}


class Releases:
    """The releases of one data folder, and which of them is pinned."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "releases"
        self._pin = data / "pinned-release.json"

    def make(
        self, files: Mapping[str, Path], by: str, note: str | None, made_at: datetime
    ) -> Release:
        """Copy the files into a new release; it appears at once, or not at all.

        Raises:
            ReleaseError: the data folder cannot be written.
        """
        name = next_name(made_at.astimezone().date(), self.names())
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            making = Path(tempfile.mkdtemp(prefix=".making-", dir=self.folder))
            try:
                release = _fill(making, files, name, by, note, made_at)
                making.chmod(0o755)
                making.replace(self.folder / name)
            finally:
                shutil.rmtree(making, ignore_errors=True)
        except OSError as error:
            raise ReleaseError(f"{self.folder} cannot be written ({error.strerror})") from error
        return release

    def names(self) -> tuple[str, ...]:
        """The names of all releases, the oldest first."""
        return tuple(
            sorted((p.parent.name for p in self.folder.glob(f"[!.]*/{MANIFEST}")), key=_at)
        )

    def folder_of(self, name: str) -> Path:
        """A release's folder, by its name or by the path of the folder itself.

        Raises:
            ReleaseError: there is no such release; names those that are near.
        """
        for folder in (self.folder / name, Path(name)):
            if name and (folder / MANIFEST).is_file():
                return folder
        raise ReleaseError(f"{unknown(name, self.names(), 'release')}\n{_SEE}")

    def pinned(self) -> str | None:
        """The name of the pinned release.

        Raises:
            ReleaseError: it is damaged, or its manifest is not the one that was pinned.
        """
        if not self._pin.exists():
            return None
        pin = _json(self._pin)
        name, manifest = str(pin.get("name")), pin.get("manifest")
        if sha256_of(self.folder_of(name) / MANIFEST) != manifest:
            raise ReleaseError(f"Release {name} is damaged: its {MANIFEST} is not the pinned one")
        return name

    def pin(self, name: str, at: datetime) -> None:
        """Serve from this release from the next start on.

        Raises:
            ReleaseError: it is not there, or damaged, or the data folder cannot be written.
        """
        folder = self.folder_of(name)
        open_release(folder)
        found = {
            "name": folder.name,
            "manifest": sha256_of(folder / MANIFEST),
            "pinned_at": at.isoformat(),
        }
        try:
            making = self._pin.with_suffix(".new")
            making.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
            making.replace(self._pin)
        except OSError as error:
            raise ReleaseError(f"{self._pin} cannot be written ({error.strerror})") from error

    def unpin(self) -> bool:
        """Serve the working folders again from the next start on; whether one was pinned."""
        was = self._pin.exists()
        self._pin.unlink(missing_ok=True)
        return was


def _at(name: str) -> tuple[str, int]:
    day, number = name[:10], name[11:]
    return day, int(number) if number.isdigit() else 1


def _fill(
    folder: Path,
    files: Mapping[str, Path],
    name: str,
    by: str,
    note: str | None,
    made_at: datetime,
) -> Release:
    for kind in KINDS:
        (folder / kind).mkdir()
    for path, source in files.items():
        shutil.copyfile(source, folder / path)
    hashes = {path: sha256_of(folder / path) for path in files}
    version = metadata.version("held-in-mind")
    rules, models = installed_rules(), installed_models()
    release = Release(name, made_at, by, note, version, hashes, rules, models)
    text = json.dumps({**asdict(release), "made_at": made_at.isoformat()}, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return release


def read_manifest(folder: Path) -> Release:
    """What a release's manifest says, unchecked.

    Raises:
        ReleaseError: it is not a manifest.
    """
    found = _json(folder / MANIFEST)
    try:
        made_at = datetime.fromisoformat(found.pop("made_at"))
        release = Release(made_at=made_at, **found)
        _ = {**release.files, **release.rules, **release.models}
    except (KeyError, TypeError, ValueError) as error:
        raise ReleaseError(f"Release {folder.name} is damaged: {MANIFEST} lacks something") from (
            error
        )
    return release


def open_release(folder: Path) -> Release:
    """A release with every copy held to its hash.

    Raises:
        ReleaseError: a copy is changed, missing, or there without being in the manifest.
    """
    release = read_manifest(folder)
    found = {
        f"{kind}/{path.name}": sha256_of(path)
        for kind in KINDS
        for path in sorted((folder / kind).glob("*"))
        if path.is_file()
    }
    if damage := compare(release.files, found):
        more = len(damage.all) - MOST_NAMED
        named = ", ".join(damage.all[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        raise ReleaseError(
            f"Release {release.name} is damaged: {named} in {folder} is not what was released. "
            "Restore the folder from a backup, or pin another: heldinmind guidance release list"
        )
    return release


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{path} is damaged or cannot be read") from error
    if not isinstance(found, dict):
        raise ReleaseError(f"{path} is damaged: it should hold one JSON object")
    return found
