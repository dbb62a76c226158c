"""The holding message says only what is known, and always whom to call."""

import pytest

from bot.core.flags import Flag, FlagState
from bot.core.holding import holding_reply, numbers_text, opening_for
from bot.core.triage import Category
from tests.core.people import DANA, DIRECTORY, HOLDING, NOOR, a_flag, unlinked


@pytest.mark.parametrize(
    ("flag", "reached", "opening"),
    [
        (a_flag(), True, "sending to Dana"),
        (a_flag(state=FlagState.DELIVERED), True, "sent to Dana, nobody has taken it"),
        (a_flag(), False, "reached nobody"),
        (a_flag(state=FlagState.ACKNOWLEDGED, holder=NOOR), True, "Noor has it"),
        (a_flag(state=FlagState.ACKNOWLEDGED, holder=NOOR), False, "Noor has it"),
        (a_flag(therapist=unlinked(DANA)), True, "sending to the clinic"),
        (a_flag(therapist=None), True, "sending to the clinic"),
    ],
)
def test_the_opening_says_what_is_true_now(flag: Flag, reached: bool, opening: str) -> None:
    assert opening_for(flag, HOLDING, reached=reached) == opening


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("reached", [True, False])
def test_the_emergency_number_is_always_there(category: Category, reached: bool) -> None:
    text = holding_reply(a_flag(category=category), DIRECTORY, HOLDING, reached=reached).text
    assert "In danger now:\n999 (police, ambulance, fire)" in text


def test_lines_that_fit_the_danger_come_first() -> None:
    shown = numbers_text(DIRECTORY, "GB", Category.DOMESTIC_VIOLENCE, HOLDING).splitlines()
    assert shown[1].startswith("Refuge")
    assert len(shown) == 4


def test_means_safety_is_said_where_the_danger_asks_for_it() -> None:
    told = holding_reply(
        a_flag(category=Category.MEDICAL_EMERGENCY), DIRECTORY, HOLDING, reached=True
    )
    assert told.text.endswith("keep the packet")


def test_a_country_we_have_no_numbers_of_gets_those_for_anywhere() -> None:
    assert "112" in holding_reply(a_flag(country="AQ"), DIRECTORY, HOLDING, reached=True).text


def test_the_holding_message_has_no_buttons_and_no_guidance() -> None:
    assert holding_reply(a_flag(), DIRECTORY, HOLDING, reached=True).buttons == ()
