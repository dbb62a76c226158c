"""The page as PDF: it holds every line, in whatever letters it was written."""

from datetime import date, timedelta
from typing import Any

import pytest
from fpdf import FPDF

from bot.adapters.chart import draw_progress
from bot.adapters.pages import write_page
from bot.adapters.phrasebook import load_phrases
from bot.core.digest import Line, Section, compose_digest
from bot.core.digest_material import Alarm, Asked, Material, Practised, Said
from bot.core.practice import PracticeAnswer
from bot.settings import ROOT
from tests.adapters.test_chart import FOUR_WEEKS, LEGEND, WORDS, weeks_of
from tests.pictures import keep

PHRASES = load_phrases(ROOT / "prompts")
MONDAY = date(2026, 3, 2)
DID, HARD, NOT = PracticeAnswer
TITLE = "The bedtime check-in"


def practised(number: int, answer: PracticeAnswer, barrier: str | None, note: str) -> Practised:
    day = MONDAY + timedelta(days=number)
    return Practised(number + 1, 1, "Sam", day, TITLE, answer, barrier, note)


def a_familys_month() -> Material:
    """A made-up month of a made-up family."""
    answers = {"D": DID, "H": HARD, "N": NOT}
    notes = {
        0: "We read one page and laughed.",
        13: "He asked for it himself \N{SMILING FACE WITH SMILING EYES}",
    }
    log = tuple(
        practised(
            number, answers[letter], "no_time" if letter == "H" else None, notes.get(number, "")
        )
        for number, letter in enumerate(FOUR_WEEKS)
        if letter in answers
    )
    return Material(
        practised=log,
        brought=(Said(4, 1, "Sam", date(2026, 3, 29), "The new school"),),
        asked=(
            Asked(8, 1, MONDAY, "co-regulation", "A storm in the supermarket"),
            Asked(9, 1, MONDAY, "co-regulation", "When nothing calms them"),
        ),
        not_covered=(Said(40, 1, "Sam", date(2026, 3, 9), "Which bus goes to the clinic?"),),
        checks=(Alarm(2, 1, date(2026, 3, 12), "a safety check", "answered no"),),
    )


def test_a_page_is_a_pdf_with_picture_headings_and_lines() -> None:
    sections = compose_digest(a_familys_month(), PHRASES)
    two = [weeks_of(FOUR_WEEKS), weeks_of("..D.D.HD.N.D.D", "Slow voice")]
    picture = draw_progress(two, {**WORDS, **LEGEND}, side_by_side=2)
    page = write_page(
        "Robin's family: before the session on 30 March 2026",
        "Since 2 March 2026. The letter and number behind a line name the entries it stands on.",
        picture,
        sections,
        PHRASES.say("digest.other_letters"),
    )
    assert page.startswith(b"%PDF-")
    assert page.count(b"/Type /Page\n") == 1, "everything fits on one page"
    keep("before-the-session.pdf", page)


def test_letters_of_other_alphabets_are_set_and_what_the_typeface_lacks_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[str] = []
    cell = FPDF.multi_cell

    def noting(pdf: FPDF, w: float, h: float, text: str, **rest: Any) -> object:
        written.append(text)
        return cell(pdf, w, h, text, **rest)

    monkeypatch.setattr(FPDF, "multi_cell", noting)
    words = "Сегодня получилось · đã làm \N{SMILING FACE WITH OPEN MOUTH} fine · لعبنا معا اليوم"
    write_page("Title", "", b"", (Section("Heading", (Line(words, ("P1",)),)),), "(elsewhere)")
    assert written[-1] == (
        "• Сегодня получилось · đã làm (smiling face with open mouth) fine · (elsewhere) [P1]"
    )
