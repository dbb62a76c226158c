"""What somebody can ask for is one list, in the menu and in /help."""

import pytest

from bot.adapters.phrasebook import load_phrases
from bot.core.menus import COLLEAGUES, OTHERS, PARENTS, THERAPISTS, Groups, listed, menu
from bot.flows.set_rhythm import COMMANDS
from bot.settings import ROOT

PHRASES = load_phrases(ROOT / "prompts")
LONGEST_OF_TELEGRAM = 256


@pytest.mark.parametrize("groups", [PARENTS, THERAPISTS, COLLEAGUES, OTHERS])
def test_help_says_what_the_menu_says(groups: Groups) -> None:
    text = listed(groups, PHRASES)
    for name, what in menu(groups, PHRASES):
        assert f"/{name} {what}" in text
        assert 0 < len(what) <= LONGEST_OF_TELEGRAM


def test_every_command_of_practice_is_listed_for_parents() -> None:
    assert set(COMMANDS) <= {name for name, _ in menu(PARENTS, PHRASES)}


def test_a_parents_list_begins_with_a_person() -> None:
    assert menu(PARENTS, PHRASES)[0][0] == "person"


def test_a_command_that_means_something_else_to_a_therapist_has_a_line_of_their_own() -> None:
    of_parents, of_therapists = (dict(menu(one, PHRASES)) for one in (PARENTS, THERAPISTS))
    assert of_parents["progress"] != of_therapists["progress"]
    assert "family" in of_therapists["progress"]
