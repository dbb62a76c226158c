"""Copies of the texts that were approved, by their hash, so that a change can be shown later."""

from pathlib import Path

from bot.errors import GuidanceError


class ApprovedTexts:
    """The copies in the clinic's data folder; a text is never written over by another."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "approved"

    def keep(self, sha256: str, text: str) -> None:
        """Keep what was read under the hash of it.

        Raises:
            GuidanceError: the data folder cannot be written.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{sha256}.md").write_bytes(text.encode("utf-8"))
        except OSError as error:
            raise GuidanceError(f"{self._folder} cannot be written ({error.strerror})") from error

    def find(self, sha256: str) -> str | None:
        """The text that was approved, if this folder has it."""
        path = self._folder / f"{sha256}.md"
        return path.read_bytes().decode("utf-8") if path.is_file() else None
