"""The practice chart: a picture that shows each day as it was."""

from datetime import date, timedelta
from io import BytesIO

from PIL import Image

from bot.adapters.chart import CELL, DONE, LABEL, MARGIN, SCALE, TITLE, draw_progress
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


def test_the_picture_of_the_documentation_shows_four_weeks_of_two_skills() -> None:
    drawn = draw_progress(
        [weeks_of(FOUR_WEEKS), weeks_of("..D.D.HD.N.D.D", "Slow voice")], {**WORDS, **LEGEND}
    )
    assert Image.open(BytesIO(drawn)).format == "PNG"
    keep("progress.png", drawn)
