"""The practice chart as a picture: a dot for each day, a row for each week, a block for each skill.

A full dot: did it. A ring with a dot: it was hard. A small dot: not today. Days of which nothing
was said stay almost empty; nothing is red, and no row is counted as a streak.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from bot.core.practice import PracticeAnswer
from bot.core.progress import Progress, Week

SCALE = 2
MARGIN, LABEL, CELL = 24, 96, 46
TITLE, HEAD, GAP, LEGEND = 40, 30, 22, 44
RADIUS = 15
PAPER, INK, SOFT, EMPTY, DONE = "#fdfcf9", "#26323a", "#6b7780", "#e4e2dc", "#2f7d73"
FONT = "NotoSans[wdth,wght].ttf"


def draw_progress(progress: Sequence[Progress], words: Mapping[str, str]) -> bytes:
    """A PNG of some skills; `words` are the week's days `day_0` …, and the legend's by answer."""
    blocks = sum(TITLE + HEAD + CELL * len(one.weeks) + GAP for one in progress)
    width = MARGIN * 2 + LABEL + CELL * 7
    height = MARGIN * 2 + blocks + LEGEND
    image = Image.new("RGB", (width * SCALE, height * SCALE), PAPER)
    pen = _Pen(ImageDraw.Draw(image))
    top = MARGIN
    for one in progress:
        top = _block(pen, one, words, top)
    _legend(pen, words, top)
    picture = BytesIO()
    image.save(picture, "PNG", optimize=True)
    return picture.getvalue()


class _Pen:
    """Draws in points; the picture has twice as many pixels."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: int,
        ink: str,
        *,
        bold: bool = False,
        at: str = "lm",
    ) -> None:
        """Words at a point: it is the middle of their left side, or with `mm` of the whole."""
        font = _font(size * SCALE, bold)
        self._draw.text((x * SCALE, y * SCALE), text, ink, font, anchor=at)

    def mark(self, x: float, y: float, answer: PracticeAnswer | None) -> None:
        """A day, by what was said of it."""
        match answer:
            case PracticeAnswer.DID_IT:
                self._dot(x, y, RADIUS, fill=DONE)
            case PracticeAnswer.WAS_HARD:
                self._dot(x, y, RADIUS, outline=DONE)
                self._dot(x, y, RADIUS * 0.4, fill=DONE)
            case PracticeAnswer.NOT_TODAY:
                self._dot(x, y, RADIUS * 0.4, fill=SOFT)
            case None:
                self._dot(x, y, RADIUS * 0.25, fill=EMPTY)

    def _dot(
        self, x: float, y: float, radius: float, *, fill: str | None = None, outline: str = ""
    ) -> None:
        corners = (x - radius, y - radius, x + radius, y + radius)
        box = [one * SCALE for one in corners]
        self._draw.ellipse(box, fill, outline or None, width=3 * SCALE)


def _block(pen: _Pen, one: Progress, words: Mapping[str, str], top: int) -> int:
    pen.text(MARGIN, top + TITLE / 2, one.title, 18, INK, bold=True)
    top += TITLE
    for day in range(7):
        pen.text(_middle(day), top + HEAD / 2, words[f"day_{day}"], 13, SOFT, at="mm")
    top += HEAD
    for week in one.weeks:
        _row(pen, week, top)
        top += CELL
    return top + GAP


def _row(pen: _Pen, week: Week, top: int) -> None:
    pen.text(MARGIN, top + CELL / 2, f"{week.monday.day} {week.monday:%b}", 13, SOFT)
    for day, answer in enumerate(week.days):
        pen.mark(_middle(day), top + CELL / 2, answer)


def _legend(pen: _Pen, words: Mapping[str, str], top: int) -> None:
    x: float = MARGIN + RADIUS
    for answer in PracticeAnswer:
        pen.mark(x, top + LEGEND / 2, answer)
        pen.text(x + RADIUS + 6, top + LEGEND / 2, words[answer], 13, SOFT)
        x += 140


def _middle(day: int) -> float:
    return MARGIN + LABEL + CELL * (day + 0.5)


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(font_file()), size)
    font.set_variation_by_axes([700 if bold else 400, 100])
    return font


def font_file() -> str:
    """Where the typeface lies that charts and pages are set in."""
    return str(files("fontpkg_noto_sans").joinpath("files", FONT))
