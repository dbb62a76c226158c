"""Reads guidance documents, skills and themes from the Markdown and YAML under `knowledge/`."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import yaml

from bot.core.known_sources import KnownSource
from bot.core.passages import SECTIONS, GuidanceDocument, Review, ReviewStatus, Source
from bot.core.skills import SKILL_SECTIONS, Skill
from bot.errors import GuidanceError

Made = TypeVar("Made")
_RULE = re.compile(r"^---\r?\n", re.MULTILINE)


def load_documents(folder: Path) -> tuple[GuidanceDocument, ...]:
    """Every guidance document in `folder`, by id.

    Raises:
        GuidanceError: a file is not in its form; the message names it and what to do.
    """
    return _load(folder, document_from)


def load_skills(folder: Path) -> tuple[Skill, ...]:
    """Every skill in `folder`, by id.

    Raises:
        GuidanceError: a file is not in its form; the message names it and what to do.
    """
    return _load(folder, skill_from)


def load_all(knowledge: Path) -> tuple[GuidanceDocument | Skill, ...]:
    """Every page and every skill under the folder of all guidance.

    Raises:
        GuidanceError: a file is not in its form; the message names it and what to do.
    """
    return (*load_documents(knowledge / "guidance"), *load_skills(knowledge / "skills"))


def load_themes(path: Path) -> tuple[str, ...]:
    """The ids of the controlled vocabulary of themes, in its order."""
    try:
        return tuple(str(row["id"]) for row in yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, TypeError, KeyError) as error:
        raise GuidanceError(f"{path} should be a list of themes, each with an id") from error


def load_sources(path: Path) -> tuple[KnownSource, ...]:
    """The sources that texts may name, with the words by which they speak of each."""
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        return tuple(
            KnownSource(
                Source(str(row["title"]), row["publisher"], row["year"]),
                tuple(str(words).lower() for words in row["said_as"]),
            )
            for row in rows
        )
    except (OSError, yaml.YAMLError, TypeError, KeyError) as error:
        raise GuidanceError(
            f"{path} should be a list of sources, each with title, publisher, year and said_as"
        ) from error


def files_in(folder: Path) -> tuple[Path, ...]:
    """The content files of a folder; a README beside them is not one."""
    if not folder.is_dir():
        raise GuidanceError(f"{folder} is not a folder: point to one that holds *.md files")
    return tuple(path for path in sorted(folder.glob("*.md")) if path.stem.lower() != "readme")


def _load(folder: Path, make: Callable[[Path], Made]) -> tuple[Made, ...]:
    return tuple(make(path) for path in files_in(folder))


def document_from(path: Path) -> GuidanceDocument:
    """The guidance document in one file."""
    front, body = front_and_body(read_text(path), path)
    take = _Fields(path, front)
    return GuidanceDocument(
        id=take.own_id(),
        title=take.text("title"),
        themes=take.texts("themes", at_least=1),
        approach=take.text("approach"),
        ages=take.texts("ages", at_least=1),
        sources=take.sources(),
        parents_say=take.texts("parents_say", at_least=1),
        related=take.texts("related"),
        skills=take.texts("skills"),
        version=take.number("version"),
        review=take.review(),
        sections=_sections(path, body, SECTIONS),
        sha256=hash_of(front, body),
    )


def skill_from(path: Path) -> Skill:
    """The skill in one file."""
    front, body = front_and_body(read_text(path), path)
    take = _Fields(path, front)
    return Skill(
        id=take.own_id(),
        title=take.text("title"),
        minutes=take.number("minutes"),
        themes=take.texts("themes", at_least=1),
        ages=take.texts("ages", at_least=1),
        goal=take.text("goal"),
        nudges=take.texts("nudges", at_least=1),
        barriers=take.map("barriers"),
        sources=take.sources(),
        version=take.number("version"),
        review=take.review(),
        sections=_sections(path, body, SKILL_SECTIONS),
        sha256=hash_of(front, body),
    )


def file_of(one: GuidanceDocument | Skill, knowledge: Path) -> Path:
    """Where a page or a skill stands under the folder of all guidance."""
    return knowledge / ("skills" if isinstance(one, Skill) else "guidance") / f"{one.id}.md"


def read_text(path: Path) -> str:
    """A content file's text, with its line ends as they are.

    Raises:
        GuidanceError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise GuidanceError(f"{path} is not UTF-8 text: save it as UTF-8") from error
    except OSError as error:
        raise GuidanceError(f"{path} cannot be read ({error.strerror})") from error


def front_span(text: str, path: Path) -> tuple[int, int]:
    """Where the front matter begins and ends in a content file's text."""
    lines = [found for found, _ in zip(_RULE.finditer(text), range(2), strict=False)]
    if len(lines) != 2 or text[: lines[0].start()].strip():
        raise GuidanceError(f"{path} should begin with front matter between two lines of ---")
    return lines[0].end(), lines[1].start()


def front_and_body(text: str, path: Path) -> tuple[Mapping[str, Any], str]:
    """The front matter and the body of a content file's text, whatever its line ends."""
    text = text.replace("\r\n", "\n")
    begins, ends = front_span(text, path)
    return _front(text[begins:ends], path), text[ends:].removeprefix("---\n")


def _front(text: str, path: Path) -> Mapping[str, Any]:
    try:
        front = yaml.safe_load(text)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f":{where.line + 2}" if where else ""
        raise GuidanceError(
            f"{path}{line}: the front matter is not valid YAML; put texts with a colon or a quote "
            "in double quotes"
        ) from error
    if not isinstance(front, dict) or not all(isinstance(name, str) for name in front):
        raise GuidanceError(f"{path}: the front matter should map names to values")
    return front


def hash_of(front: Mapping[str, Any], body: str) -> str:
    """What a reviewer stands behind: everything in the file but the review itself."""
    said = {name: value for name, value in front.items() if name != "review"}
    text = json.dumps(said, sort_keys=True, default=str) + body
    return hashlib.sha256(text.encode()).hexdigest()


def _sections(path: Path, body: str, wanted: tuple[str, ...]) -> Mapping[str, str]:
    blocks = ("\n" + body).split("\n## ")[1:]
    found = {head.strip(): text.strip() for head, _, text in (b.partition("\n") for b in blocks)}
    if tuple(found) != wanted:
        raise GuidanceError(
            f"{path}: the sections should be {', '.join(wanted)}, in this order; "
            f"it has {', '.join(found) or 'none'}"
        )
    if empty := [name for name, text in found.items() if not text]:
        raise GuidanceError(f"{path}: write something under {', '.join(empty)}")
    return found


class _Fields:
    """Takes typed values out of front matter, naming the file when one is missing or wrong."""

    def __init__(self, path: Path, front: Mapping[str, Any]) -> None:
        self._path = path
        self._front = front

    def own_id(self) -> str:
        found = self.text("id")
        if found != self._path.stem:
            raise self._wrong("id", f"the file's name, {self._path.stem}")
        return found

    def text(self, name: str) -> str:
        found = self._front.get(name)
        if not isinstance(found, str) or not found.strip():
            raise self._wrong(name, "a text")
        return " ".join(found.split())

    def number(self, name: str) -> int:
        found = self._front.get(name)
        if not isinstance(found, int) or isinstance(found, bool) or found < 1:
            raise self._wrong(name, "a whole number from 1 up")
        return found

    def texts(self, name: str, at_least: int = 0) -> tuple[str, ...]:
        found = self._front.get(name)
        if found is None and not at_least:
            return ()
        if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
            raise self._wrong(name, "a list of texts, in quotes where YAML reads another thing")
        if len(found) < at_least:
            raise self._wrong(name, f"a list with at least {at_least}")
        return tuple(" ".join(text.split()) for text in found)

    def map(self, name: str) -> Mapping[str, str]:
        found = self._front.get(name)
        if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
            raise self._wrong(name, "a map of names to texts")
        return {str(key): " ".join(text.split()) for key, text in found.items()}

    def sources(self) -> tuple[Source, ...]:
        found = self._front.get("sources")
        if not isinstance(found, list) or not found:
            raise self._wrong("sources", "a list of sources, each with title, publisher and year")
        return tuple(self._source(row) for row in found)

    def _source(self, row: object) -> Source:
        if not isinstance(row, dict) or not isinstance(row.get("title"), str):
            raise self._wrong("sources", "a list of sources, each with title, publisher and year")
        publisher, year = row.get("publisher"), row.get("year")
        if not isinstance(publisher, str | None) or not isinstance(year, int | None):
            raise self._wrong("sources", "sources whose publisher is a text and year a number")
        return Source(row["title"], publisher, year)

    def review(self) -> Review:
        return review_from(self._front.get("review"), self._wrong)

    def _wrong(self, name: str, wanted: str) -> GuidanceError:
        return GuidanceError(f"{self._path}: `{name}` should be {wanted}")


def review_from(found: object, wrong: Callable[[str, str], GuidanceError]) -> Review:
    """The review as front matter has it; `wrong` makes the error of a field."""
    if not isinstance(found, dict):
        raise wrong("review", "{status: draft, by: null, on: null, due: null}")
    try:
        status = ReviewStatus(str(found.get("status")))
    except ValueError:
        raise wrong("review", "a status of draft, approved or withdrawn") from None
    # YAML reads a bare `on` as the truth value
    by, on, due = found.get("by"), found.get("on", found.get(True)), found.get("due")
    if not isinstance(by, str | None) or not _is_date(on):
        raise wrong("review", "a name under by and a date under on")
    if not _is_date(due):
        raise wrong("review", "a date under due")
    sha256, reason = found.get("sha256"), found.get("reason")
    if not isinstance(sha256, str | None) or not isinstance(reason, str | None):
        raise wrong("review", "texts under sha256 and reason, in quotes")
    if status is ReviewStatus.APPROVED and (not by or not on):
        raise wrong("review", "approved by whom and on which date")
    return Review(status, by, on, due, sha256, reason)


def _is_date(found: object) -> bool:
    """A date without a time of day, or none."""
    return found is None or (isinstance(found, date) and not isinstance(found, datetime))
