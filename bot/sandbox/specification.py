"""The published Bot API, compiled once from bot-api.json into checks that are quick to run."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from bot.sandbox.reading import Read, reader
from bot.sandbox.uploads import Upload

Json = dict[str, Any]
Check = Callable[[object], str | None]
"""Says what is wrong with a value, or None; a phrase that begins with 'must' needs a subject."""

_LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)(?! after entit)")
_CONSTANT = re.compile(r'(?:must be|always) "?([a-z_]+)"?\s*$')
_ARRAY = "Array of "
_OR_TEXT = "String can be used instead of this object"


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a method: how it is read from a request and what it must be."""

    name: str
    required: bool
    read: Read
    check: Check


@dataclass(frozen=True, slots=True)
class Method:
    """One method: its parameters, and the check of what it returns."""

    name: str
    fields: dict[str, Field]
    returns: Check


class Specification:
    """Every method and type of one version of the Bot API."""

    def __init__(self, document: Json) -> None:
        self.version: str = document["version"]
        self._types: dict[str, Json] = document["types"]
        self._objects: dict[str, Check] = {}
        self.methods = {name: self._method(entry) for name, entry in document["methods"].items()}

    def check(self, type_name: str) -> Check:
        """The check of one type, `Array of Update` included."""
        if type_name.startswith(_ARRAY):
            return _array(self.check(type_name.removeprefix(_ARRAY)))
        if type_name in _SCALARS:
            return _SCALARS[type_name]
        return lambda value: self._object(type_name)(value)

    def _method(self, entry: Json) -> Method:
        fields = {f["name"]: self._field(f) for f in entry.get("fields", [])}
        return Method(entry["name"], fields, self._union(entry["returns"]))

    def _field(self, entry: Json) -> Field:
        types = entry["types"]
        return Field(entry["name"], entry["required"], reader(types), self._field_check(entry))

    def _object(self, name: str) -> Check:
        if name not in self._objects:
            entry = self._types[name]
            options = entry.get("subtypes")
            check = self._union(options) if options else self._fields(entry)
            plain = _OR_TEXT in " ".join(entry["description"])
            self._objects[name] = _or_text(check) if plain else check
        return self._objects[name]

    def _fields(self, entry: Json) -> Check:
        owner = entry["name"]
        checks = {f["name"]: self._field_check(f) for f in entry.get("fields", [])}
        required = [f["name"] for f in entry.get("fields", []) if f["required"]]

        def check(value: object) -> str | None:
            if not isinstance(value, dict):
                return f"must be of type {owner}"
            for name, held in value.items():
                known = checks.get(name)
                if known is None:
                    return f'Unknown field "{name}" in {owner}'
                problem = known(held)
                if problem is not None:
                    return _with_subject(problem, name, owner)
            for name in required:
                if name not in value:
                    return f'Can\'t find field "{name}" in {owner}'
            return None

        return check

    def _field_check(self, entry: Json) -> Check:
        check = self._union(entry["types"])
        if entry["types"] != ["String"]:
            return check
        if constant := _CONSTANT.search(entry["description"]):
            return _constant(constant.group(1))
        if length := _LENGTH.search(entry["description"]):
            return _length(int(length.group(1)), int(length.group(2)), length.group(3))
        return check

    def _union(self, types: list[str]) -> Check:
        checks = [self.check(t) for t in types]
        if len(checks) == 1:
            return checks[0]
        expected = " or ".join(types)

        def check(value: object) -> str | None:
            problems = []
            for one in checks:
                problem = one(value)
                if problem is None:
                    return None
                problems.append(problem)
            return _nearest(problems, value) or f"must be of type {expected}"

        return check


def _nearest(problems: list[str], value: object) -> str | None:
    """Of what is wrong with each option, the sentence that fits what was probably meant."""
    if not isinstance(value, dict):
        return None
    if all("must be the constant" in p for p in problems):
        return "Unsupported type specified"
    sentences = [
        p for p in problems if not p.startswith("must") and "must be the constant" not in p
    ]
    known = [p for p in sentences if not p.startswith("Unknown") and "Can't find" not in p]
    missing = [p for p in sentences if p.startswith("Can't find")]
    return next(iter(known or missing or sentences), None)


def _with_subject(problem: str, name: str, owner: str) -> str:
    return f'Field "{name}" {problem} in {owner}' if problem.startswith("must") else problem


def _or_text(check: Check) -> Check:
    return lambda value: None if isinstance(value, str) else check(value)


def _array(item: Check) -> Check:
    def check(value: object) -> str | None:
        if not isinstance(value, list):
            return "must be of type Array"
        for one in value:
            problem = item(one)
            if problem is not None:
                return problem
        return None

    return check


def _constant(expected: str) -> Check:
    return lambda value: None if value == expected else f"must be the constant {expected}"


def _length(least: int, most: int, unit: str) -> Check:
    def check(value: object) -> str | None:
        if not isinstance(value, str):
            return "must be of type String"
        size = len(value.encode()) if unit == "bytes" else len(value)
        return None if least <= size <= most else f"must have {least}-{most} {unit}"

    return check


def _scalar(name: str, *kinds: type) -> Check:
    return lambda value: None if type(value) in kinds else f"must be of type {name}"


def _true(value: object) -> str | None:
    return None if value is True else "must be of type True"


_SCALARS: dict[str, Check] = {
    "Integer": _scalar("Integer", int),
    "Float": _scalar("Float", float, int),
    "String": _scalar("String", str),
    "Boolean": _scalar("Boolean", bool),
    "True": _true,
    "InputFile": _scalar("InputFile", Upload),
}


@cache
def specification() -> Specification:
    """The version that is carried in the package, read and compiled once."""
    text = resources.files("bot.sandbox").joinpath("bot-api.json").read_text("utf-8")
    return Specification(json.loads(text))
