"""A page as PDF: a title, a picture, and headings with lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
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
MARGIN, LINE = 18, 5.2
PICTURES = (92, 92, 80, 70, 55, 45, 40)
"""How high the picture may be, in millimetres, by how much the page is cut."""
INK, SOFT = (38, 50, 58), (107, 119, 128)
STROKE = 0.18
"""Headings are drawn with an outline: cutting a bold face takes three seconds of processor."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page; `picture` may be empty.

    `forms` are its sections in full, and then shorter and shorter; `cut` is said on a page that is
    not in full. `unset` stands for words in letters that the typeface lacks. What is cut or lacks
    letters stands in the message.
    """

    title: str
    since: str
    picture: bytes = field(repr=False)
    forms: Sequence[Sequence[Section]] = field(repr=False)
    unset: str
    cut: str = ""


def write_page(page: Page) -> bytes:
    """One A4 page: the longest of its forms that fits, with a smaller picture for shorter ones."""
    for number, form in enumerate(page.forms[:-1]):
        tried = _set(page, form, number)
        if tried.page_no() == 1:
            return bytes(tried.output())
        _let_go(tried)
    return bytes(_set(page, page.forms[-1], len(page.forms) - 1).output())


def _let_go(pdf: FPDF) -> None:
    """Close what a page that is not written had opened."""
    for font in pdf.fonts.values():
        if isinstance(font, TTFFont):
            font.close()


def _set(page: Page, sections: Sequence[Section], shortened: int) -> FPDF:
    """The page set in type; `shortened`: the how-manieth of its forms it is."""
    height = PICTURES[min(shortened, len(PICTURES) - 1)]
    since = f"{page.since} {page.cut}".strip() if shortened else page.since
    pdf = FPDF(format="A4", unit="mm")
    pdf.set_title(page.title)
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    pdf.add_font(FONT, "", font_file())
    pdf.add_page()

    def write(text: str, size: float, ink: tuple[int, int, int], heading: float = 0.0) -> None:
        _write(pdf, _in_letters(pdf, text, page.unset), size, ink, heading=heading)

    write(page.title, 16, INK, 8)
    write(since, 9, SOFT)
    if page.picture:
        pdf.ln(2)
        _show(pdf, page.picture, height)
    for section in sections:
        pdf.ln(3)
        write(section.heading, 11, INK, 6)
        for line in section.lines:
            if pdf.page_no() > 1:
                return pdf  # too long already, and setting the rest would take its time
            write(f"• {line}", 9.5, INK)
    return pdf


def _show(pdf: FPDF, picture: bytes, height: int) -> None:
    """The picture as large as the page's width and so many millimetres of height allow."""
    with Image.open(BytesIO(picture)) as opened:
        shape = opened.width / opened.height
    pdf.image(BytesIO(picture), x=Align.C, w=min(pdf.epw, height * shape))


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
