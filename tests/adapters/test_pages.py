"""The page as PDF: it holds every line, in whatever letters it was written."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from fpdf import FPDF

from bot.adapters.chart import draw_progress
from bot.adapters.pages import Page, write_page
from bot.adapters.phrasebook import load_phrases
from bot.core.digest import Line, Section, compose_digest
from bot.core.digest_cuts import shorter_and_shorter
from bot.core.digest_material import Alarm, Asked, Material, Passed, Practised, Said
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
    page = write_page(paper(sections, picture))
    assert page.startswith(b"%PDF-")
    assert page.count(b"/Type /Page\n") == 1, "everything fits on one page"
    keep("before-the-session.pdf", page)


def paper(sections: Sequence[Section], picture: bytes) -> Page:
    """The page of a family, in full and shorter."""
    return Page(
        "Robin's family: before the session on 30 March 2026",
        PHRASES.say("digest.since", since="2 March 2026", until="29 March 2026, 10:00"),
        picture,
        shorter_and_shorter(sections, PHRASES),
        PHRASES.say("digest.other_letters"),
        PHRASES.say("digest.cut"),
    )


def a_busy_familys_months(words: str) -> Material:
    """Two parents who write a lot, four skills, and everything else that a page may hold."""
    titles = ("The bedtime check-in", "Slow voice", "Say it back", "A calm spot in a crowded home")
    barriers = ("no_time", "forgot", "felt_fake", "child_refused", "my_own_mood")
    log = tuple(
        Practised(
            number * 2 + 1,
            number % 2 + 1,
            ("Sam", "Alex")[number % 2],
            MONDAY + timedelta(days=number // 8),
            titles[number % 4],
            (DID, HARD, NOT)[number % 3],
            barriers[number % 5] if number % 3 == 1 else None,
            words,
        )
        for number in range(200)
    )
    said = tuple(Said(n, n % 2 + 1, "Alex", MONDAY, words) for n in range(1, 60, 2))
    themes = ("co-regulation", "praise-and-reinforcement", "sleep", "school", "siblings", "food")
    return Material(
        practised=log,
        brought=said,
        asked=tuple(Asked(n, 1, MONDAY, themes[n % 6], f"Page {n}: a title") for n in range(90)),
        passed=tuple(Passed(n, 1, "Sam", MONDAY, words, n % 2 == 0) for n in range(1, 40)),
        not_covered=said,
        flags=tuple(Alarm(n, 1, MONDAY, "Violence or control", "closed") for n in range(9)),
        checks=tuple(Alarm(n, 1, MONDAY, "a safety check", "answered no") for n in range(30)),
    )


@pytest.mark.parametrize("words", ["short", "W" * 4000, "many words of theirs " * 200])
def test_a_busy_familys_page_is_one_page_and_says_what_it_leaves_out(
    monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """The last text that was set is that of the page which was taken."""
    written = lines_set(monkeypatch)
    sections = compose_digest(a_busy_familys_months(words), PHRASES)
    four = [weeks_of(FOUR_WEEKS, f"Skill {number}") for number in range(4)]
    picture = draw_progress(four, {**WORDS, **LEGEND}, side_by_side=2)
    page = write_page(paper(sections, picture))
    assert page.count(b"/Type /Page\n") == 1
    title = next(n for n in range(len(written) - 1, -1, -1) if written[n].startswith("Robin"))
    taken = written[title:]
    assert PHRASES.say("digest.cut") in taken[1]
    assert sum("more [" in line for line in taken) >= 6
    for section in sections:
        assert section.heading in taken, "no heading is left out"


def test_a_page_that_fits_is_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    written = lines_set(monkeypatch)
    write_page(paper(compose_digest(a_familys_month(), PHRASES), b""))
    assert not any(PHRASES.say("digest.cut") in line or "more [" in line for line in written)


def lines_set(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is set from now on."""
    written: list[str] = []
    cell = FPDF.multi_cell

    def noting(pdf: FPDF, w: float, h: float, text: str, **rest: Any) -> object:
        written.append(text)
        return cell(pdf, w, h, text, **rest)

    monkeypatch.setattr(FPDF, "multi_cell", noting)
    return written


def test_letters_of_other_alphabets_are_set_and_what_the_typeface_lacks_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = lines_set(monkeypatch)
    words = "Сегодня получилось · đã làm \N{SMILING FACE WITH OPEN MOUTH} fine · لعبنا معا اليوم"
    section = Section("Heading", (Line(words, ("P1",)),))
    write_page(Page("Title", "", b"", [[section]], "(elsewhere)"))
    assert written[-1] == (
        "• Сегодня получилось · đã làm (smiling face with open mouth) fine · (elsewhere) [P1]"
    )
