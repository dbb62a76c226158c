"""The holding message says only what is known, and always whom to call."""

import pytest

from bot.adapters.phrasebook import load_phrases
from bot.core.flags import Flag, FlagState
from bot.core.holding import Known, holding_reply, numbers_text, opening_for
from bot.core.triage import Category
from bot.settings import ROOT
from tests.core.people import DANA, DIRECTORY, HOLDING, NOOR, a_flag

TAKEN = FlagState.ACKNOWLEDGED
TO_DANA, TO_OTHERS, TO_NOBODY = Known(True, "Dana"), Known(True), Known(False)
OPENED = Known(True, "Dana", "Noor")


@pytest.mark.parametrize(
    ("flag", "known", "opening"),
    [
        (a_flag(), TO_DANA, "sending to Dana"),
        (a_flag(state=FlagState.DELIVERED), TO_DANA, "sent to Dana, nobody has taken it"),
        (a_flag(state=FlagState.DELIVERED), OPENED, "Noor has opened it, nobody has taken it"),
        (a_flag(), TO_NOBODY, "reached nobody"),
        (a_flag(state=TAKEN, holder=NOOR), TO_DANA, "Noor has it"),
        (a_flag(state=TAKEN, holder=NOOR), TO_NOBODY, "Noor has it"),
        (a_flag(state=TAKEN, holder=DANA), OPENED, "Dana has it"),
        (a_flag(state=FlagState.CLOSED, holder=NOOR), TO_DANA, "Noor has closed it"),
        (a_flag(), TO_OTHERS, "sending to the clinic"),
        (a_flag(therapist=None), TO_OTHERS, "sending to the clinic"),
    ],
)
def test_the_opening_says_what_is_true_now(flag: Flag, known: Known, opening: str) -> None:
    assert opening_for(flag, HOLDING, known) == opening


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("known", [TO_DANA, OPENED, TO_NOBODY])
def test_the_emergency_number_is_always_there(category: Category, known: Known) -> None:
    text = holding_reply(a_flag(category=category), DIRECTORY, HOLDING, known).text
    assert "In danger now:\n999 (police, ambulance, fire)" in text


def test_lines_that_fit_the_danger_come_first() -> None:
    shown = numbers_text(DIRECTORY, "GB", Category.DOMESTIC_VIOLENCE, HOLDING).splitlines()
    assert shown[1].startswith("Refuge")
    assert len(shown) == 4


def test_means_safety_is_said_where_the_danger_asks_for_it() -> None:
    flag = a_flag(category=Category.MEDICAL_EMERGENCY)
    told = holding_reply(flag, DIRECTORY, HOLDING, TO_DANA)
    assert told.text.endswith("keep the packet")


REAL = load_phrases(ROOT / "prompts")


@pytest.mark.parametrize(
    "category", [Category.CHILD_SUICIDE_SELF_HARM, Category.PARENT_SUICIDE_SELF_HARM]
)
@pytest.mark.parametrize("known", [TO_DANA, OPENED, TO_NOBODY])
def test_where_somebody_may_hurt_themselves_the_means_are_to_be_put_away(
    category: Category, known: Known
) -> None:
    text = holding_reply(a_flag(category=category), DIRECTORY, REAL, known).text
    for means in ("medicines", "blades", "ropes", "firearm", "lock away"):
        assert means in text


def test_nobody_is_asked_to_take_a_weapon_from_somebody() -> None:
    flag = a_flag(category=Category.VIOLENCE_OR_WEAPONS)
    assert "Do not try to take a weapon" in holding_reply(flag, DIRECTORY, REAL, TO_DANA).text


def test_a_country_we_have_no_numbers_of_gets_those_for_anywhere() -> None:
    assert "112" in holding_reply(a_flag(country="AQ"), DIRECTORY, HOLDING, TO_DANA).text


def test_the_holding_message_has_no_buttons_and_no_guidance() -> None:
    assert holding_reply(a_flag(), DIRECTORY, HOLDING, TO_DANA).buttons == ()
