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
DRAWN = SCALE * 2
"""It is drawn larger and made smaller, so that what is round looks round."""
MARGIN, LABEL, CELL = 24, 96, 46
BLOCK, BETWEEN = LABEL + CELL * 7, 40
TITLE, HEAD, GAP, LEGEND = 40, 30, 22, 44
RADIUS, SMALLEST = 15, 10
PAPER, INK, SOFT, EMPTY, DONE = "#fdfcf9", "#26323a", "#6b7780", "#e4e2dc", "#2f7d73"
FONT = "NotoSans[wdth,wght].ttf"


def draw_progress(
    progress: Sequence[Progress], words: Mapping[str, str], *, side_by_side: int = 1
) -> bytes:
    """A PNG of some skills; `words` are the week's days `day_0` …, and the legend's by answer.

    `side_by_side`: how many skills stand beside one another, for a page that is wide.
    """
    columns = max(1, min(side_by_side, len(progress)))
    rows = [progress[first : first + columns] for first in range(0, len(progress), columns)]
    heights = [max(map(_height, row)) for row in rows]
    width = MARGIN * 2 + BLOCK * columns + BETWEEN * (columns - 1)
    height = MARGIN * 2 + sum(heights) + LEGEND
    image = Image.new("RGB", (width * DRAWN, height * DRAWN), PAPER)
    pen = _Pen(ImageDraw.Draw(image))
    top = MARGIN
    for row, tall in zip(rows, heights, strict=True):
        for number, one in enumerate(row):
            _block(pen, one, words, MARGIN + (BLOCK + BETWEEN) * number, top)
        top += tall
    _legend(pen, words, top)
    picture = BytesIO()
    smooth = image.resize((width * SCALE, height * SCALE), Image.Resampling.BOX)
    smooth.save(picture, "PNG", optimize=True)
    return picture.getvalue()


class _Pen:
    """Draws in points, each of `DRAWN` pixels."""

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
        font = _font(size * DRAWN, bold)
        self._draw.text((x * DRAWN, y * DRAWN), text, ink, font, anchor=at)

    def fitting(self, text: str, size: int, width: int) -> int:
        """The size at which words are no wider than that, this one at most."""
        while size > SMALLEST and _font(size * DRAWN, True).getlength(text) > width * DRAWN:
            size -= 1
        return size

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
        box = [one * DRAWN for one in corners]
        self._draw.ellipse(box, fill, outline or None, width=3 * DRAWN)


def _height(one: Progress) -> int:
    return TITLE + HEAD + CELL * len(one.weeks) + GAP


def _block(pen: _Pen, one: Progress, words: Mapping[str, str], left: int, top: int) -> None:
    pen.text(left, top + TITLE / 2, one.title, pen.fitting(one.title, 18, BLOCK), INK, bold=True)
    top += TITLE
    for day in range(7):
        pen.text(_middle(left, day), top + HEAD / 2, words[f"day_{day}"], 13, SOFT, at="mm")
    top += HEAD
    for week in one.weeks:
        _row(pen, week, left, top)
        top += CELL


def _row(pen: _Pen, week: Week, left: int, top: int) -> None:
    pen.text(left, top + CELL / 2, f"{week.monday.day} {week.monday:%b}", 13, SOFT)
    for day, answer in enumerate(week.days):
        pen.mark(_middle(left, day), top + CELL / 2, answer)


def _legend(pen: _Pen, words: Mapping[str, str], top: int) -> None:
    x: float = MARGIN + RADIUS
    for answer in PracticeAnswer:
        pen.mark(x, top + LEGEND / 2, answer)
        pen.text(x + RADIUS + 6, top + LEGEND / 2, words[answer], 13, SOFT)
        x += 140


def _middle(left: int, day: int) -> float:
    return left + LABEL + CELL * (day + 0.5)


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(font_file()), size)
    font.set_variation_by_axes([700 if bold else 400, 100])
    return font


def font_file() -> str:
    """Where the typeface lies that charts and pages are set in."""
    return str(files("fontpkg_noto_sans").joinpath("files", FONT))
