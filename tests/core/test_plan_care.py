"""What is said of a plan: only what was, and no zeros."""

import re

import pytest

from bot.adapters.phrasebook import load_phrases
from bot.core.plan_care import Tally, over_text, said_text
from bot.settings import ROOT

PHRASES = load_phrases(ROOT / "prompts")


@pytest.mark.parametrize(
    ("tally", "holds"),
    [
        (Tally(5, 2, 1), "You made room for it on 5 days, and on 2 days it was hard."),
        (Tally(1, 0, 3), "You made room for it on 1 day."),
        (Tally(0, 1, 0), "On 1 day it was hard"),
        (Tally(0, 0, 4), "There was little room for it this time"),
        (Tally(), "There was little room for it this time"),
    ],
)
def test_the_end_of_a_plan_names_what_there_was_and_never_a_zero(tally: Tally, holds: str) -> None:
    text = over_text("Slow voice", tally, "Dana", PHRASES)
    assert holds in text
    assert not re.search(r"\b0 days", text)


def test_days_that_never_were_are_not_listed() -> None:
    assert said_text(Tally(3, 0, 1), PHRASES) == "done on 3 days, not today on 1 day"
    assert said_text(Tally(0, 2, 0), PHRASES) == "hard on 2 days"
