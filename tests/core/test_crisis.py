"""Crisis numbers: at most three lines, those that fit the danger first."""

import pytest

from bot.core.crisis import lines_for
from bot.core.triage import Category
from tests.core.people import DIRECTORY


@pytest.mark.parametrize("category", [*Category, None])
def test_three_lines_are_shown_at_most(category: Category | None) -> None:
    assert len(lines_for(DIRECTORY.of("GB"), category)) == 3


@pytest.mark.parametrize(
    ("category", "first"),
    [
        (Category.MEDICAL_EMERGENCY, "Poisons"),
        (Category.ABUSE_OR_NEGLECT_OF_CHILD, "Childline"),
        (Category.CHILD_SUICIDE_SELF_HARM, "Samaritans"),
        (None, "Samaritans"),
    ],
)
def test_the_line_that_fits_comes_first_and_the_others_keep_their_order(
    category: Category | None, first: str
) -> None:
    assert lines_for(DIRECTORY.of("GB"), category)[0].name == first


def test_anywhere_is_not_counted_as_a_country() -> None:
    assert DIRECTORY.countries() == {"GB"}
    assert DIRECTORY.of("AQ").emergency == "112"
