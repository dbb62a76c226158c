"""Every Bot API call so far, with what was wrong with it; no token and no file bytes."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.entities import Json
from bot.sandbox.uploads import Upload

_SECRET = frozenset({"secret_token", "token"})


@dataclass(slots=True)
class Call:
    """What is known about one call when its answer is ready."""

    method: str
    parameters: Json
    at: float
    status: int
    ms: float
    violation: str | None = None
    description: str | None = None
    fault: str | None = None


class Calls:
    """The list of calls, numbered from 1."""

    def __init__(self) -> None:
        self._entries: list[Json] = []
        self.violations = 0

    def add(self, call: Call) -> Json:
        """Write one call down and return its entry."""
        entry: Json = {
            "n": len(self._entries) + 1,
            "method": call.method,
            "parameters": summarised(call.parameters),
            "status": call.status,
            "at": round(call.at, 3),
            "ms": round(call.ms, 1),
        }
        for name in ("violation", "description", "fault"):
            if value := getattr(call, name):
                entry[name] = value
        self.violations += call.violation is not None
        self._entries.append(entry)
        return entry

    def after(self, number: int) -> list[Json]:
        """The calls that came after this one."""
        return self._entries[max(number, 0) :]


def summarised(parameters: Json) -> Json:
    """Parameters as they may be shown: secrets hidden, files by name and size."""
    return {n: "***" if n in _SECRET and v else _shown(v) for n, v in parameters.items()}


def _shown(value: Any) -> Any:
    if isinstance(value, Upload):
        return {"file": value.name, "mime_type": value.mime_type, "bytes": len(value.content)}
    return value
