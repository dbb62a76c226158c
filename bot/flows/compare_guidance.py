"""What changed in the content since it was approved, or since the pinned release."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from bot.adapters.approved_texts import ApprovedTexts
from bot.adapters.content import file_of, front_and_body, hash_of, read_text
from bot.adapters.releases import Releases, read_manifest, sha256_of
from bot.adapters.review_file import without_review
from bot.core.releases import compare
from bot.core.reviews import Reviewed, is_edited_since
from bot.errors import GuidanceError


@dataclass(frozen=True, slots=True)
class Difference:
    """How a document's words differ from earlier ones; no lines: they are the same."""

    since: str
    lines: tuple[str, ...]


class Comparison:
    """The working folder beside what was approved and what is pinned."""

    def __init__(self, knowledge: Path, data: Path, pinned: Path | None) -> None:
        self._knowledge = knowledge
        self._approved = ApprovedTexts(data)
        self._releases = Releases(data)
        self._pinned = pinned

    def of(self, document: Reviewed) -> Difference | None:
        """What changed since its approval, or else since the pinned release.

        None: it was never approved, and is in no pinned release.

        Raises:
            GuidanceError: nobody kept the text that was approved.
        """
        review = document.review
        since = f"{review.by} approved it on {review.on}"
        if is_edited_since(document):
            before = self._text_approved(document, review.sha256 or "")
            return self._difference(document, before, since)
        released = self._pinned and file_of(document, self._pinned)
        if self._pinned and released and released.is_file():
            before = without_review(read_text(released), released)
            return self._difference(document, before, f"release {self._pinned.name}")
        return Difference(since, ()) if review.sha256 else None

    def _text_approved(self, document: Reviewed, sha256: str) -> str:
        kept = self._approved.find(sha256)
        if kept is not None:
            return kept
        for folder in self._release_folders():
            path = file_of(document, folder)
            if path.is_file() and hash_of(*front_and_body(read_text(path), path)) == sha256:
                return without_review(read_text(path), path)
        raise GuidanceError(
            f"{document.id}: the text that was approved ({sha256[:12]}) is not kept in this data "
            "folder; look for it where you keep versions of the files"
        )

    def _release_folders(self) -> Iterator[Path]:
        if self._pinned:
            yield self._pinned
        yield from (self._releases.folder / name for name in self._releases.names())

    def _difference(self, document: Reviewed, before: str, since: str) -> Difference:
        path, id_ = file_of(document, self._knowledge), document.id
        now = without_review(read_text(path), path)
        lines = unified_diff(
            before.splitlines(), now.splitlines(), f"{id_}: {since}", f"{id_}: now", lineterm=""
        )
        return Difference(since, tuple(lines))

    def overview(
        self, documents: Iterable[Reviewed], files: Mapping[str, Path]
    ) -> Iterator[tuple[str, str]]:
        """Each page, skill and file of sentences that changed, and since when."""
        for document in documents:
            if is_edited_since(document):
                review = document.review
                yield document.id, f"edited since {review.by} approved it on {review.on}"
        if self._pinned:
            yield from self._since_release(self._pinned, files)

    def _since_release(self, pinned: Path, files: Mapping[str, Path]) -> Iterator[tuple[str, str]]:
        release = read_manifest(pinned)
        found = compare(release.files, {path: sha256_of(file) for path, file in files.items()})
        for path in found.changed:
            what = "changed" if _words(pinned / path) != _words(files[path]) else "reviewed"
            yield _short(path), f"{what} since release {release.name}"
        yield from ((_short(path), f"new since release {release.name}") for path in found.added)
        yield from ((_short(path), f"gone since release {release.name}") for path in found.gone)


def _words(path: Path) -> str:
    text = read_text(path)
    reviewed = path.suffix == ".md" and path.parent.name != "prompts"
    return without_review(text, path) if reviewed else text


def _short(path: str) -> str:
    return path.removeprefix("guidance/").removesuffix(".md")
