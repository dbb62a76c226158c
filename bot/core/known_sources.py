"""Where facts may come from: sources that somebody has read, so that no reference is invented."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.passages import Source


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A source that may be named; `said_as` are the words by which texts speak of it."""

    source: Source
    said_as: tuple[str, ...]


def faults_of_sources(
    sources: Sequence[Source], text: str, known: Sequence[KnownSource]
) -> Iterable[str]:
    """What is wrong with the sources that a text names, or speaks of without naming them."""
    if not sources:
        yield "sources: none; what goes beyond a source is 'Common ground of the field'"
    for source in sources:
        if source not in [one.source for one in known]:
            yield f"sources: '{source.title}' does not stand like this in sources.yaml"
    lowered = text.lower()
    for one in known:
        said = next((words for words in one.said_as if words in lowered), None)
        if said and one.source not in sources:
            yield f"sources: the text says '{said}' and owes '{one.source.title}'"
