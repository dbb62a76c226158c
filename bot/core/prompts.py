"""A prompt: what a language model is told, and the places where somebody else's words go in."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.core.tone import faults_of_tone

INSTRUCTIONS, MATERIAL = "Instructions", "Material"
PLACE = re.compile(r"\{([^{}\n]*)\}")
NAME = re.compile(r"[a-z][a-z_]*")
LONGEST_INPUT = 12_000
_KEPT = frozenset("\n")
_MARKS = str.maketrans({"<": "‹", ">": "›", "`": "'"})


class Unfilled(ValueError):
    """Values were missing or too many; the message names them, never what they hold."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What is sent: the instructions are ours alone, the material holds what others wrote."""

    instructions: str
    material: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt; `inputs` say what goes into each `{place}` of its material."""

    id: str
    version: int
    purpose: str
    inputs: Mapping[str, str]
    tests: tuple[str, ...]
    instructions: str
    material: str
    sha256: str = ""

    def fill(self, **inputs: str) -> Filled:
        """The prompt with every place filled, once; a value never fills another place.

        What was written by others cannot close the tags that it stands between.

        Raises:
            Unfilled: a value is missing, or one has no place.
        """
        missing, unknown = self.inputs.keys() - inputs.keys(), inputs.keys() - self.inputs.keys()
        if missing or unknown:
            parts = (_named("lacks", missing), _named("has no place for", unknown))
            raise Unfilled(f"The prompt '{self.id}' " + " and ".join(p for p in parts if p))
        safe = {name: neutral(text) for name, text in inputs.items()}
        return Filled(self.instructions, PLACE.sub(lambda at: safe[at[1]], self.material))


def neutral(text: str) -> str:
    """A text that is only a text: no angle brackets or backticks, no invisible characters."""
    plain = unicodedata.normalize("NFKC", text)[:LONGEST_INPUT].translate(_MARKS)
    return "".join(sign for sign in plain if sign in _KEPT or unicodedata.category(sign)[0] != "C")


def places_in(text: str) -> frozenset[str]:
    """The names in braces in a text."""
    return frozenset(PLACE.findall(text))


def faults_of(prompt: Prompt) -> Iterator[str]:
    """What is wrong with a prompt: places and inputs that do not meet, braces, length, tone."""
    places = places_in(prompt.material)
    yield from (
        f"{{{name}}} is not among its inputs" for name in sorted(places - set(prompt.inputs))
    )
    yield from (f"the input {name} has no place" for name in sorted(set(prompt.inputs) - places))
    for name in sorted(places & set(prompt.inputs)):
        if f"<{name}>\n{{{name}}}\n</{name}>" not in prompt.material:
            yield f"{{{name}}} should stand alone between <{name}> and </{name}>"
        if prompt.material.count(f"{{{name}}}") > 1:
            yield f"{{{name}}} is filled twice"
    if places_in(prompt.instructions):
        yield "nobody else's words go into the instructions: move the {place} to the material"
    for part in (prompt.instructions, prompt.material):
        if re.search(r"[{}]", PLACE.sub("", part)):
            yield "a brace that is no place"
    yield from (f"an input is named '{n}': small letters only" for n in _misnamed(prompt.inputs))
    yield from (f"says {fault}" for fault in faults_of_tone(_unquoted(prompt.instructions)))


def _misnamed(inputs: Mapping[str, str]) -> Iterator[str]:
    return (name for name in inputs if not NAME.fullmatch(name))


def _unquoted(text: str) -> str:
    """The text without what it quotes: a prompt may name the words it forbids."""
    return re.sub(r'"[^"\n]*"', '""', text)


def _named(what: str, names: set[str]) -> str:
    return f"{what} {', '.join(sorted(names))}" if names else ""
