"""A page as PDF: a title, a picture, and headings with lines."""

from collections.abc import Sequence
from io import BytesIO

from fpdf import FPDF
from fpdf.enums import Align, TextMode, XPos, YPos
from fpdf.fonts import TTFFont

from bot.adapters.chart import font_file
from bot.core.digest import Section
from bot.core.replies import STAR

FONT = "Noto"
MARGIN, PICTURE, LINE = 18, 92, 5.2
INK, SOFT = (38, 50, 58), (107, 119, 128)
STROKE = 0.18
"""Headings are drawn with an outline: cutting a bold face takes three seconds of processor."""


def write_page(title: str, since: str, picture: bytes, sections: Sequence[Section]) -> bytes:
    """An A4 page, or as many as it takes; `picture` may be empty."""
    pdf = FPDF(format="A4", unit="mm")
    pdf.set_title(title)
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    pdf.add_font(FONT, "", font_file())
    pdf.add_page()
    _write(pdf, title, 16, INK, is_heading=True, height=8)
    _write(pdf, since, 9, SOFT)
    if picture:
        pdf.ln(2)
        pdf.image(BytesIO(picture), x=Align.C, h=PICTURE, w=0)
    for section in sections:
        pdf.ln(3)
        _write(pdf, section.heading, 11, INK, is_heading=True, height=6)
        for line in section.lines:
            _write(pdf, f"• {line}", 9.5, INK)
    return bytes(pdf.output())


def _write(
    pdf: FPDF,
    text: str,
    size: float,
    ink: tuple[int, int, int],
    *,
    is_heading: bool = False,
    height: float = LINE,
) -> None:
    pdf.set_font(FONT, size=size)
    pdf.set_text_color(*ink)
    pdf.set_draw_color(*ink)
    pdf.set_line_width(STROKE)
    pdf.text_mode = TextMode.FILL_STROKE if is_heading else TextMode.FILL
    shown = "".join(one for one in text.replace(STAR, "*") if _is_set(pdf, one))
    pdf.multi_cell(0, height, shown, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _is_set(pdf: FPDF, letter: str) -> bool:
    """Whether the typeface has a letter; what it lacks is left out, and stands in the message."""
    font = pdf.current_font
    return letter == "\n" or (isinstance(font, TTFFont) and ord(letter) in font.cmap)
