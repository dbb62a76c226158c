"""Writes a review into a document's front matter, and leaves every other byte as it is."""

import json
import re
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

import yaml

from bot.adapters.content import front_and_body, front_span, hash_of, read_text, review_from
from bot.core.passages import Review
from bot.errors import GuidanceError

_WITHDRAWN = re.compile(r"""^\s*(?:review:\s*\{[^}]*)?\bstatus:\s*["']?withdrawn\b""", re.MULTILINE)


def with_review(text: str, review: Review, path: Path) -> str:
    """The text of a document with another review in it.

    Raises:
        GuidanceError: it cannot be written there without changing something else.
    """
    begins, ends = review_span(text, path)
    changed = text[:begins] + review_line(review) + text[ends:]
    if not _is_only_change(text, changed, review, path):
        raise GuidanceError(f"{path}: write it there by hand: {review_line(review)}")
    return changed


def without_review(text: str, path: Path) -> str:
    """What a reviewer reads: the text but for its review."""
    begins, ends = review_span(text, path)
    return text[:begins].rstrip(" ") + text[ends:].lstrip("\r\n")


def is_withdrawn(path: Path) -> bool:
    """Whether a document's review says withdrawn, even if the rest is not in its form now."""
    try:
        text = read_text(path)
        begins, ends = front_span(text, path)
    except GuidanceError:
        return False
    return _WITHDRAWN.search(text, begins, ends) is not None


def review_line(review: Review) -> str:
    """The review as it stands in front matter."""
    fields = {
        "status": review.status.value,
        "by": _quoted(review.by),
        "on": _date(review.on),
        "due": _date(review.due),
    }
    for name in ("sha256", "reason"):
        if value := getattr(review, name):
            fields[name] = _quoted(value)
    return f"review: {{{', '.join(f'{name}: {value}' for name, value in fields.items())}}}"


def _quoted(value: str | None) -> str:
    return json.dumps(value, ensure_ascii=False)


def _date(value: date | None) -> str:
    return value.isoformat() if value else "null"


def review_span(text: str, path: Path) -> tuple[int, int]:
    """Where the name `review` begins and its value ends."""
    begins, ends = front_span(text, path)
    try:
        front = yaml.compose(text[begins:ends], Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise GuidanceError(f"{path}: the front matter is not valid YAML") from error
    if isinstance(front, yaml.MappingNode):
        for name, value in front.value:
            if name.value == "review":
                starts = begins + name.start_mark.index
                return starts, starts + len(text[starts : begins + _end(value)].rstrip())
    raise GuidanceError(f"{path}: there is no `review` in the front matter")


def _end(node: yaml.Node) -> int:
    """Where the last thing in a node ends: a block's own end is where the next one begins."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end(node.value[-1][1])
    return int(node.end_mark.index)


def _is_only_change(before: str, after: str, review: Review, path: Path) -> bool:
    try:
        old, old_body = front_and_body(before, path)
        new, new_body = front_and_body(after, path)
        read = review_from(new.get("review"), lambda name, what: GuidanceError(name + what))
    except GuidanceError:
        return False
    return hash_of(old, old_body) == hash_of(new, new_body) and read == review


def write(path: Path, text: str) -> None:
    """Replace a file's text at once, so that nobody ever reads half of it.

    Raises:
        GuidanceError: it cannot be written there.
    """
    path = path.resolve()
    try:
        mode = path.stat().st_mode
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as made:
            made.write(text.encode("utf-8"))
        Path(made.name).chmod(mode)
        Path(made.name).replace(path)
    except OSError as error:
        raise GuidanceError(f"{path} cannot be written ({error.strerror})") from error
