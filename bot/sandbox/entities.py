"""Formatted text as Telegram keeps it: plain text with entities counted in UTF-16 units."""

import re
from typing import Any

Json = dict[str, Any]

_TYPED = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?)"
    r"|(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention>(?<![\w@])@\w{4,32})"
)


def units(text: str) -> int:
    """The length of a text in UTF-16 code units, as Telegram counts."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def found_in(text: str) -> list[Json]:
    """Commands, links, addresses and mentions, which Telegram marks in any text."""
    return [
        {"type": str(match.lastgroup), **span(text, match.start(), match.end())}
        for match in _TYPED.finditer(text)
    ]


def span(text: str, start: int, end: int) -> Json:
    """Where a part of the text stands, as an entity says it."""
    return {"offset": units(text[:start]), "length": units(text[start:end])}


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """The given entities with what Telegram finds by itself outside links and code."""
    taken = [e for e in entities if e["type"] in {"text_link", "code", "pre"}]
    own = [e for e in found_in(text) if not any(_touch(e, t) for t in taken)]
    known = {(e["type"], e["offset"]) for e in entities}
    fresh = [e for e in own if (e["type"], e["offset"]) not in known]
    return sorted(entities + fresh, key=lambda e: (e["offset"], -e["length"]))


def _touch(one: Json, other: Json) -> bool:
    starts_before: bool = one["offset"] < other["offset"] + other["length"]
    ends_after: bool = other["offset"] < one["offset"] + one["length"]
    return starts_before and ends_after


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without the white space around it; entities that held nothing else go too."""
    lead = units(text) - units(text.lstrip())
    short = text.strip()
    size = units(short)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, size)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return short, kept
