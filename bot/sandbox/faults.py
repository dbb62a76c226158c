"""Trouble on demand: calls that fail, stall or lose their answer."""

from dataclasses import dataclass

from bot.sandbox.entities import Json
from bot.sandbox.errors import BadControl, Refusal

_STATUSES = frozenset({400, 401, 403, 404, 409, 429, 500, 502, 503, 504})
_FIELDS = frozenset({"method", "status", "retry_after", "delay_ms", "drop", "count"})


@dataclass(slots=True)
class Fault:
    """What happens to the next `count` calls of `method`, or of any method."""

    method: str | None
    status: int | None
    retry_after: int
    delay_ms: int
    drop: bool
    count: int

    def refusal(self) -> Refusal | None:
        """The error the call gets instead of being carried out."""
        if self.status is None:
            return None
        if self.status == 429:
            after = self.retry_after
            return Refusal(429, f"retry after {after}", {"retry_after": after})
        return Refusal(self.status)

    def told(self) -> str:
        """What this fault does, in a few words."""
        does = [f"status {self.status}"] if self.status else []
        does += [f"delay {self.delay_ms} ms"] if self.delay_ms else []
        does += ["answer dropped"] if self.drop else []
        return ", ".join(does)

    def shown(self) -> Json:
        """This fault as the control interface lists it."""
        return {
            "method": self.method,
            "status": self.status,
            "retry_after": self.retry_after if self.status == 429 else None,
            "delay_ms": self.delay_ms,
            "drop": self.drop,
            "count": self.count,
        }


class Faults:
    """The faults that are still to come, first asked first served."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, asked: Json) -> Fault:
        """Take one order; raises BadControl for one that makes no sense."""
        fault = _read(asked)
        self._waiting.append(fault)
        return fault

    def take(self, method: str) -> Fault | None:
        """The fault that strikes this call, if one does; it is used up by that."""
        for fault in self._waiting:
            if fault.method in (None, method):
                fault.count -= 1
                if not fault.count:
                    self._waiting.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """No more trouble."""
        self._waiting.clear()

    def shown(self) -> list[Json]:
        """The faults that are still to come."""
        return [fault.shown() for fault in self._waiting]


def _read(asked: Json) -> Fault:
    if unknown := set(asked) - _FIELDS:
        raise BadControl(f"unknown field of a fault: {', '.join(sorted(unknown))}")
    status = asked.get("status")
    if status is not None and status not in _STATUSES:
        raise BadControl(f"status must be one of {sorted(_STATUSES)}")
    method = asked.get("method") or None
    if method is not None and not isinstance(method, str):
        raise BadControl("method must be the name of a Bot API method")
    fault = Fault(
        method=method,
        status=status,
        retry_after=_number(asked, "retry_after", 1, least=1),
        delay_ms=_number(asked, "delay_ms", 0, least=0),
        drop=bool(asked.get("drop", False)),
        count=_number(asked, "count", 1, least=1),
    )
    if not (fault.status or fault.delay_ms or fault.drop):
        raise BadControl("a fault needs a status, a delay_ms or drop")
    return fault


def _number(asked: Json, name: str, default: int, least: int) -> int:
    value = asked.get(name)
    if value is None:
        return default
    if type(value) is not int or value < least:
        raise BadControl(f"{name} must be a whole number, {least} or more")
    return value
