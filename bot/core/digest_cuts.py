"""A digest cut shorter and shorter, until it fits on one page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.digest import Line, Section
from bot.core.phrases import Phrases

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Cut:
    """How many lines a heading keeps, how many letters a line, and how many entries it names."""

    lines: int
    letters: int
    entries: int


CUTS = (
    Cut(8, 400, 12),
    Cut(6, 240, 8),
    Cut(4, 160, 6),
    Cut(2, 110, 4),
    Cut(1, 70, 3),
    Cut(1, 45, 2),
)
"""From gentle to short; the last one fits on a page whatever there is."""


def shorter_and_shorter(
    sections: Sequence[Section], phrases: Phrases
) -> tuple[tuple[Section, ...], ...]:
    """The digest in full, and then each time shorter."""
    cut = (tuple(_shortened(one, by, phrases) for one in sections) for by in CUTS)
    return tuple(sections), *cut


def _shortened(section: Section, by: Cut, phrases: Phrases) -> Section:
    """As many lines as there is room for, the newest where they go by day; and how many more."""
    lines, room = section.lines, by.lines
    first = max(0, len(lines) - room) if section.is_by_day else 0
    kept = lines[first : first + room]
    left_out = lines[:first] + lines[first + room :]
    short = [_short(one, by) for one in kept]
    if left_out:
        refs = tuple(dict.fromkeys(ref for one in left_out for ref in one.refs))
        more = phrases.say("digest.more", count=len(left_out))
        short.append(Line(more, refs, by.entries))
    return replace(section, lines=tuple(short))


def _short(line: Line, by: Cut) -> Line:
    text = " ".join(line.text.split())
    if len(text) > by.letters:
        text = text[: by.letters].rstrip() + ELLIPSIS
    return Line(text, line.refs, by.entries)
