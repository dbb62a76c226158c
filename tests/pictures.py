"""Pictures of the documentation: made by tests, written into it with `KEEP_PICTURES=1`."""

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"


def keep(name: str, content: bytes) -> None:
    """Put a picture into the documentation, if that is wanted."""
    if os.environ.get("KEEP_PICTURES") == "1":
        (FOLDER / name).write_bytes(content)
