"""Turning what a request carries, mostly text, into the types the specification names."""

import json
import re
from collections.abc import Callable

Read = Callable[[object], object]
"""Gives the typed value; what cannot be read stays as it is, and the check refuses it."""

_INTEGER = re.compile(r"-?\d{1,19}")
_FLOAT = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
_YES = frozenset({"true", "yes", "1"})
_NO = frozenset({"false", "no", "0"})
_PLAIN = frozenset({"Integer", "Float", "String", "Boolean", "InputFile"})


def reader(types: list[str]) -> Read:
    """How a parameter of these types is read from a request."""
    if any(t not in _PLAIN for t in types):
        return _structure
    if "Integer" in types:
        return _integer
    if "Float" in types:
        return _float
    return _boolean if "Boolean" in types else _as_it_is


def _as_it_is(value: object) -> object:
    return value


def _integer(value: object) -> object:
    return int(value) if isinstance(value, str) and _INTEGER.fullmatch(value) else value


def _float(value: object) -> object:
    return float(value) if isinstance(value, str) and _FLOAT.fullmatch(value) else value


def _boolean(value: object) -> object:
    if not isinstance(value, str):
        return value
    word = value.lower()
    return True if word in _YES else False if word in _NO else value


def _structure(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
