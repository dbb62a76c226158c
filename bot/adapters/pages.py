"""A page as PDF: a title, a picture, and headings with lines."""

from collections.abc import Sequence
from io import BytesIO

from fpdf import FPDF
from fpdf.enums import Align, TextMode, XPos, YPos
from fpdf.fonts import TTFFont
from PIL import Image

from bot.adapters.chart import font_file
from bot.core.digest import Section
from bot.core.letters import settable
from bot.core.replies import STAR

FONT = "Noto"
MARGIN, PICTURE, LINE = 18, 92, 5.2
INK, SOFT = (38, 50, 58), (107, 119, 128)
STROKE = 0.18
"""Headings are drawn with an outline: cutting a bold face takes three seconds of processor."""


def write_page(
    title: str, since: str, picture: bytes, sections: Sequence[Section], unset: str
) -> bytes:
    """An A4 page, or as many as it takes; `picture` may be empty.

    `unset` stands for words in letters that the typeface lacks; they stand in the message.
    """
    pdf = FPDF(format="A4", unit="mm")
    pdf.set_title(title)
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    pdf.add_font(FONT, "", font_file())
    pdf.add_page()

    def write(text: str, size: float, ink: tuple[int, int, int], heading: float = 0.0) -> None:
        _write(pdf, _in_letters(pdf, text, unset), size, ink, heading=heading)

    write(title, 16, INK, 8)
    write(since, 9, SOFT)
    if picture:
        pdf.ln(2)
        _show(pdf, picture)
    for section in sections:
        pdf.ln(3)
        write(section.heading, 11, INK, 6)
        for line in section.lines:
            write(f"• {line}", 9.5, INK)
    return bytes(pdf.output())


def _show(pdf: FPDF, picture: bytes) -> None:
    """The picture as large as the page's width and `PICTURE` millimetres of height allow."""
    with Image.open(BytesIO(picture)) as opened:
        shape = opened.width / opened.height
    pdf.image(BytesIO(picture), x=Align.C, w=min(pdf.epw, PICTURE * shape))


def _write(pdf: FPDF, text: str, size: float, ink: tuple[int, int, int], *, heading: float) -> None:
    """Lines of text; `heading` is the height of a heading's line."""
    pdf.set_font(FONT, size=size)
    pdf.set_text_color(*ink)
    pdf.set_draw_color(*ink)
    pdf.set_line_width(STROKE)
    pdf.text_mode = TextMode.FILL_STROKE if heading else TextMode.FILL
    pdf.multi_cell(0, heading or LINE, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _in_letters(pdf: FPDF, text: str, unset: str) -> str:
    """The text in letters that the typeface has."""
    pdf.set_font(FONT)
    font = pdf.current_font

    def is_set(letter: str) -> bool:
        return letter == "\n" or (isinstance(font, TTFFont) and ord(letter) in font.cmap)

    return settable(text.replace(STAR, "*"), is_set, unset)
