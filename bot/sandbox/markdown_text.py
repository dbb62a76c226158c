"""MarkdownV2 of sendMessage, and the older Markdown as far as the two agree."""

import re

from bot.sandbox.entities import Json, units
from bot.sandbox.errors import Violation

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_MARKS = (
    ("||", "spoiler"),
    ("__", "underline"),
    ("*", "bold"),
    ("_", "italic"),
    ("~", "strikethrough"),
)
_OLD_MARKS = (("*", "bold"), ("_", "italic"))
_LINK_END = re.compile(r"\]\(((?:[^()\\]|\\.)*)\)")
_LANGUAGE = re.compile(r"([a-zA-Z0-9+#-]*)\n")


def parse_markdown(source: str, old: bool = False) -> tuple[str, list[Json]]:
    """Plain text and entities; an unescaped reserved character is a Violation."""
    return _Parser(source, old).parse()


class _Parser:
    def __init__(self, source: str, old: bool) -> None:
        self.source = source
        self.old = old
        self.marks = _OLD_MARKS if old else _MARKS
        self.text = ""
        self.open: list[tuple[str, str, int]] = []
        self.entities: list[Json] = []
        self.quote_at: int | None = None

    def parse(self) -> tuple[str, list[Json]]:
        position = 0
        while position < len(self.source):
            position = self._step(position)
        self._end_quote()
        if self.open:
            kind = self.open[-1][1]
            where = len(self.source.encode())
            raise _complaint(f"Can't find end of {kind} entity at byte offset {where}")
        self.entities.sort(key=lambda e: (e["offset"], -e["length"]))
        return self.text, self.entities

    def _step(self, at: int) -> int:
        source = self.source
        if source[at] == "\\" and at + 1 < len(source) and ord(source[at + 1]) < 127:
            self.text += source[at + 1]
            return at + 2
        for mark, kind in (("```", "pre"), ("`", "code")):
            if source.startswith(mark, at):
                return self._code(at, mark, kind)
        if source[at] == ">" and not self.old and (at == 0 or source[at - 1] == "\n"):
            self.quote_at = units(self.text) if self.quote_at is None else self.quote_at
            return at + 1
        for mark, kind in self.marks:
            if source.startswith(mark, at):
                self._toggle(mark, kind)
                return at + len(mark)
        return self._link_or_plain(at)

    def _link_or_plain(self, at: int) -> int:
        char = self.source[at]
        if char == "[":
            self.open.append(("[", "text_link", units(self.text)))
            return at + 1
        if char == "]" and self.open and self.open[-1][0] == "[":
            return self._end_link(at)
        if char in _RESERVED and not self.old:
            raise _complaint(
                f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
            )
        self.text += char
        if char == "\n" and not self.source.startswith(">", at + 1):
            self._end_quote()
        return at + 1

    def _toggle(self, mark: str, kind: str) -> None:
        if self.open and self.open[-1][0] == mark:
            self._add(kind, self.open.pop()[2])
        else:
            self.open.append((mark, kind, units(self.text)))

    def _code(self, at: int, mark: str, kind: str) -> int:
        end = self.source.find(mark, at + len(mark))
        if end < 0:
            where = len(self.source[:at].encode())
            raise _complaint(f"Can't find end of {kind} entity at byte offset {where}")
        inside = self.source[at + len(mark) : end]
        extra = {}
        if kind == "pre" and (language := _LANGUAGE.match(inside)):
            inside = inside[language.end() :]
            extra = {"language": language.group(1)} if language.group(1) else {}
        start = units(self.text)
        self.text += re.sub(r"\\(.)", r"\1", inside)
        self._add(kind, start, extra)
        return end + len(mark)

    def _end_link(self, at: int) -> int:
        found = _LINK_END.match(self.source, at)
        if not found:
            raise _complaint("Can't find end of a URL")
        start = self.open.pop()[2]
        self._add("text_link", start, {"url": re.sub(r"\\(.)", r"\1", found.group(1))})
        return found.end()

    def _end_quote(self) -> None:
        if self.quote_at is not None:
            self._add("blockquote", self.quote_at)
            self.quote_at = None

    def _add(self, kind: str, start: int, extra: Json | None = None) -> None:
        if length := units(self.text) - start:
            entity = {"type": kind, "offset": start, "length": length}
            self.entities.append({**entity, **(extra or {})})


def _complaint(detail: str) -> Violation:
    return Violation(f"can't parse entities: {detail}")
