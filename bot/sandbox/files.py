"""The files that were sent, by either side, kept in memory and named as Telegram names them."""

import hashlib
import struct
import zlib
from dataclasses import dataclass, field

from bot.sandbox.uploads import Upload


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file with the names the Bot API gives it."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    content: bytes = field(repr=False)


class Files:
    """Every file of the sandbox, by its id and by its path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def store(self, kind: str, upload: Upload) -> StoredFile:
        """Keep one file under a fresh id."""
        number = len(self._by_id)
        digest = hashlib.sha256(upload.content).hexdigest()
        ending = upload.name.rpartition(".")[2].lower() if "." in upload.name else "bin"
        file = StoredFile(
            file_id=f"sandbox-{kind}-{number}-{digest[:12]}",
            unique_id=f"u{digest[:14]}",
            path=f"{kind}s/file_{number}.{ending if ending.isalnum() else 'bin'}",
            name=upload.name,
            mime_type=upload.mime_type,
            content=upload.content,
        )
        self._by_id[file.file_id] = self._by_path[file.path] = file
        return file

    def get(self, file_id: str) -> StoredFile | None:
        """The file of this id, if it was ever sent."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file a bot downloads from this path."""
        return self._by_path.get(path)


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; a plain guess for anything else."""
    if content.startswith(b"\x89PNG") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    return 320, 240


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return 320, 240


def sample_picture(width: int = 320, height: int = 240) -> bytes:
    """A small picture to send: a warm sky over a hill, drawn here."""
    rows = b"".join(b"\x00" + _row(y, width, height) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _row(y: int, width: int, height: int) -> bytes:
    share = y / height
    sky = bytes((int(250 - 22 * share), int(216 - 40 * share), int(178 + 20 * share)))
    hill = bytes((int(96 - 40 * share), int(150 - 50 * share), int(128 - 30 * share)))
    sun = bytes((255, 244, 214))
    row = bytearray()
    for x in range(width):
        edge = 0.62 + 0.0000045 * (x - width * 0.4) ** 2 * (320 / width)
        in_sun = (x - width * 0.7) ** 2 + (y - height * 0.32) ** 2 < (height * 0.13) ** 2
        row += hill if share > edge else sun if in_sun else sky
    return bytes(row)


def _chunk(name: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)
