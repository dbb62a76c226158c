"""Files as a request carries them, and the multipart bodies they come in."""

import re
from dataclasses import dataclass, field

from bot.sandbox.errors import Violation

_BOUNDARY = re.compile(r'boundary="?([^";,]+)"?', re.IGNORECASE)
_NAME = re.compile(rb'[;\s]name="((?:[^"\\]|\\.)*)"', re.IGNORECASE)
_FILENAME = re.compile(rb'filename="((?:[^"\\]|\\.)*)"', re.IGNORECASE)
_FILENAME_UTF8 = re.compile(rb"filename\*=utf-8''([^;\s]+)", re.IGNORECASE)
_TYPE = re.compile(rb"content-type:\s*([^\r\n;]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a request; its bytes never appear in a printed form."""

    name: str
    mime_type: str
    content: bytes = field(repr=False)


def parse_multipart(body: bytes, content_type: str) -> dict[str, object]:
    """The parts of a multipart body: text for fields, an Upload for files."""
    found = _BOUNDARY.search(content_type)
    if not found:
        raise Violation("can't parse multipart body: boundary not found")
    mark = b"--" + found.group(1).encode()
    pieces = (b"\r\n" + body).split(b"\r\n" + mark)
    return dict(_part(piece) for piece in pieces[1:] if not piece.startswith(b"--"))


def _part(piece: bytes) -> tuple[str, object]:
    head, gap, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    name = _NAME.search(head)
    if not gap or not name:
        raise Violation("can't parse multipart body: a part has no name")
    filename = _FILENAME.search(head) or _FILENAME_UTF8.search(head)
    if filename is None:
        return _text(name.group(1)), content.decode("utf-8", "replace")
    kind = _TYPE.search(head)
    mime_type = _text(kind.group(1)).strip() if kind else "application/octet-stream"
    return _text(name.group(1)), Upload(_text(filename.group(1)), mime_type, content)


def _text(raw: bytes) -> str:
    plain = raw.decode("utf-8", "replace")
    return plain.replace("%22", '"').replace('\\"', '"').replace("\\\\", "\\")
