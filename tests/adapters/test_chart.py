"""The practice chart: a picture that shows each day as it was."""

from datetime import date, timedelta
from io import BytesIO

from PIL import Image

from bot.adapters.chart import BLOCK, CELL, DONE, LABEL, MARGIN, SCALE, TITLE, draw_progress
from bot.core.practice import PracticeAnswer
from bot.core.progress import Progress, progress_of
from tests.pictures import keep

MONDAY = date(2026, 3, 2)
DID, HARD, NOT = PracticeAnswer
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WORDS = {f"day_{day}": name for day, name in enumerate(DAYS)}
LEGEND: dict[str, str] = {DID: "did it", HARD: "was hard", NOT: "not today"}
FOUR_WEEKS = "DD.DHNDD.DD.HDNDDH.DDDDDHD.D"


def weeks_of(pattern: str, title: str = "The bedtime check-in") -> Progress:
    """A skill practised as a pattern says, a letter for each day."""
    answers = {"D": DID, "H": HARD, "N": NOT}
    log = [
        (MONDAY + timedelta(days=number), answers[letter])
        for number, letter in enumerate(pattern)
        if letter in answers
    ]
    return progress_of(title, log, MONDAY, MONDAY + timedelta(days=len(pattern) - 1))


def colour_at(picture: Image.Image, weekday: int, week: int = 0) -> str:
    """The colour in the middle of a day."""
    x = (MARGIN + LABEL + CELL * (weekday + 0.5)) * SCALE
    y = (MARGIN + TITLE + 30 + CELL * (week + 0.5)) * SCALE
    red, green, blue = picture.convert("RGB").getpixel((int(x), int(y)))  # type: ignore[misc]
    return f"#{red:02x}{green:02x}{blue:02x}"


def test_a_day_that_was_practised_is_a_full_dot_where_it_belongs() -> None:
    picture = Image.open(BytesIO(draw_progress([weeks_of("D......")], {**WORDS, **LEGEND})))
    assert colour_at(picture, 0) == DONE
    assert colour_at(picture, 1) != DONE


def test_more_weeks_make_a_taller_picture_and_nothing_else() -> None:
    short, tall = (
        Image.open(BytesIO(draw_progress([weeks_of(pattern)], {**WORDS, **LEGEND})))
        for pattern in ("D" * 7, "D" * 21)
    )
    assert short.width == tall.width
    assert tall.height - short.height == 2 * CELL * SCALE


def test_skills_stand_side_by_side_where_a_page_is_wide_and_below_one_another_on_a_phone() -> None:
    two = [weeks_of("D" * 56), weeks_of("D......")]
    phone, page = (
        Image.open(BytesIO(draw_progress(two, {**WORDS, **LEGEND}, side_by_side=columns)))
        for columns in (1, 2)
    )
    assert page.width > 1.8 * phone.width
    assert page.height < phone.height
    assert colour_at(page, 0) == DONE


def test_a_long_title_is_made_smaller_and_not_cut() -> None:
    long = "A title that is far too long for one line of this picture, however it is set"
    picture = Image.open(BytesIO(draw_progress([weeks_of("D......", long)], {**WORDS, **LEGEND})))
    beyond = (BLOCK + MARGIN + 2) * SCALE, MARGIN * SCALE, picture.width, (MARGIN + TITLE) * SCALE
    assert len(picture.convert("RGB").crop(beyond).getcolors() or ()) == 1, "paper, and no ink"


def test_the_picture_of_the_documentation_shows_four_weeks_of_two_skills() -> None:
    drawn = draw_progress(
        [weeks_of(FOUR_WEEKS), weeks_of("..D.D.HD.N.D.D", "Slow voice")], {**WORDS, **LEGEND}
    )
    assert Image.open(BytesIO(drawn)).format == "PNG"
    keep("progress.png", drawn)
