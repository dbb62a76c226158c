"""The text or caption of a message: parsed, trimmed and measured."""

from typing import Any

from bot.sandbox.entities import Json, trimmed, units, with_found
from bot.sandbox.errors import Violation
from bot.sandbox.html_text import parse_html
from bot.sandbox.markdown_text import parse_markdown

MOST_TEXT = 4096
MOST_CAPTION = 1024


def read_text(p: dict[str, Any]) -> Json:
    """`text` and `entities` of a message, or the complaint Telegram would make."""
    text, entities = _parsed(p["text"], p.get("parse_mode"), p.get("entities"))
    if not text:
        raise Violation("message text is empty" if not p["text"] else "text must be non-empty")
    if units(text) > MOST_TEXT:
        raise Violation("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def read_caption(p: dict[str, Any]) -> Json:
    """`caption` and `caption_entities`, when there is a caption."""
    given = p.get("caption", "")
    text, entities = _parsed(given, p.get("parse_mode"), p.get("caption_entities"))
    if units(text) > MOST_CAPTION:
        raise Violation("message caption is too long")
    if not text:
        return {}
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}


def _parsed(source: str, mode: str | None, given: list[Json] | None) -> tuple[str, list[Json]]:
    known = (mode or "").lower()
    if known == "html":
        text, entities = parse_html(source)
    elif known == "markdownv2":
        text, entities = parse_markdown(source)
    elif known == "markdown":
        text, entities = parse_markdown(source, old=True)
    elif not known:
        text, entities = source, _inside(source, given or [])
    else:
        raise Violation("unsupported parse_mode")
    text, entities = trimmed(text, entities)
    return text, with_found(text, entities)


def _inside(text: str, entities: list[Json]) -> list[Json]:
    size = units(text)
    for entity in entities:
        if entity["offset"] < 0 or entity["offset"] + entity["length"] > size:
            where = f"entity begins at {entity['offset']} and is {entity['length']} long"
            raise Violation(f"can't parse entities: {where}, beyond the end of the text")
    return entities
