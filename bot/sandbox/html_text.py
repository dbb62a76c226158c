"""The HTML dialect of sendMessage, with Telegram's own complaints about it."""

import html
import re
from typing import Any

from bot.sandbox.entities import Json, units
from bot.sandbox.errors import Violation

_TAG = re.compile(
    r"<(/?)([A-Za-z][\w-]*)((?:\s+[\w-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*>"
)
_ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Plain text and entities; raises Violation with the byte offset, as Telegram does."""
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.text = ""
        self.open: list[tuple[str, int, dict[str, str]]] = []
        self.entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        position = 0
        while position < len(self.source):
            position = self._step(position)
        if self.open:
            tag = self.open[-1][0]
            raise _complaint(f'Can\'t find end tag corresponding to start tag "{tag}"')
        self.entities.sort(key=lambda e: (e["offset"], -e["length"]))
        return self.text, self.entities

    def _step(self, position: int) -> int:
        char = self.source[position]
        if char == "<":
            return self._tag(position)
        if char == "&" and (escape := _ENTITY.match(self.source, position)):
            self.text += html.unescape(escape.group())
            return escape.end()
        following = re.search(r"[<&]", self.source[position + 1 :])
        end = position + 1 + following.start() if following else len(self.source)
        self.text += self.source[position:end]
        return end

    def _tag(self, position: int) -> int:
        found = _TAG.match(self.source, position)
        offset = len(self.source[:position].encode())
        if not found:
            rest = re.match(r"</?([\w-]*)", self.source[position:])
            name = rest.group(1) if rest else ""
            raise _complaint(f'Unsupported start tag "{name}" at byte offset {offset}')
        closing, name = found.group(1), found.group(2).lower()
        if closing:
            self._close(name, offset)
        else:
            self._begin(name, found.group(3), offset)
        return found.end()

    def _begin(self, name: str, rest: str, offset: int) -> None:
        attributes = _attributes(rest)
        spoiler = name != "span" or attributes.get("class") == "tg-spoiler"
        if name not in _TYPES or not spoiler:
            raise _complaint(f'Unsupported start tag "{name}" at byte offset {offset}')
        self.open.append((name, units(self.text), attributes))

    def _close(self, name: str, offset: int) -> None:
        if not self.open:
            raise _complaint(f"Unexpected end tag at byte offset {offset}")
        opened, start, attributes = self.open.pop()
        if opened != name:
            wanted = f'expected "</{opened}>", found "</{name}>"'
            raise _complaint(f"Unmatched end tag at byte offset {offset}, {wanted}")
        length = units(self.text) - start
        if length:
            self._add(opened, {"offset": start, "length": length}, attributes)

    def _add(self, name: str, where: Json, attributes: dict[str, str]) -> None:
        entity: Json = {"type": _TYPES[name], **where}
        if name == "a":
            address = attributes.get("href") or self._covered(where)
            if not re.match(r"(https?|tg|mailto|tel)[:/]", address):
                return  # Telegram drops a link that leads nowhere
            entity["url"] = address
        elif name == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        elif name == "tg-emoji":
            entity["custom_emoji_id"] = attributes.get("emoji-id", "")
        elif name == "pre" and self._language(where):
            return
        elif name == "code" and attributes.get("class", "").startswith("language-"):
            entity["language"] = attributes["class"].removeprefix("language-")
        self.entities.append(entity)

    def _language(self, where: Json) -> bool:
        """`pre` around `code class=language-x` is one entity: the block with its language."""
        for entity in self.entities:
            if entity.get("language") and entity["offset"] == where["offset"]:
                entity["type"] = "pre"
                return True
        return False

    def _covered(self, where: Json) -> str:
        encoded = self.text.encode("utf-16-le")
        start, length = where["offset"] * 2, where["length"] * 2
        return encoded[start : start + length].decode("utf-16-le")


def _attributes(rest: str) -> dict[str, str]:
    groups: list[tuple[Any, ...]] = [m.groups(default="") for m in _ATTRIBUTE.finditer(rest)]
    return {g[0].lower(): html.unescape(g[1] or g[2] or g[3]) for g in groups}


def _complaint(detail: str) -> Violation:
    return Violation(f"can't parse entities: {detail}")
