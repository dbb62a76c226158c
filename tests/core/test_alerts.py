"""What staff read of a flag: enough to act on, the words only where asked for."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.phrasebook import load_phrases
from bot.core.alerts import Again, alert, alert_taken, taken_by_you, why
from bot.core.flags import Outcome
from bot.settings import ROOT
from tests.core.people import DANA, NOW, a_flag

LONDON = ZoneInfo("Europe/London")
PHRASES = load_phrases(ROOT / "prompts")


def test_an_alert_says_who_what_and_that_nobody_has_it() -> None:
    text = alert(a_flag(), PHRASES, NOW, LONDON, None).text
    assert "Robin's family" in text
    assert "A child may be suicidal" in text
    assert "Nobody has taken it yet" in text
    assert "Raised at 21:15." in text


def test_an_alert_holds_the_parents_words_only_where_the_clinic_wants_them() -> None:
    assert "tablets" not in alert(a_flag(), PHRASES, NOW, LONDON, None).text
    assert "tablets" in alert(a_flag(), PHRASES, NOW, LONDON, "she took tablets").text


def test_a_later_alert_says_how_long_nobody_had_it_in_words_that_stay_true() -> None:
    text = alert(a_flag(), PHRASES, NOW + timedelta(minutes=10), LONDON, None).text
    assert "Raised at 21:15. 10 min later nobody had it." in text


def test_the_time_is_the_clinics_and_names_the_day_only_where_it_is_not_today() -> None:
    auckland, tomorrow = ZoneInfo("Pacific/Auckland"), NOW + timedelta(hours=3)
    assert "Raised at 10:15." in alert(a_flag(), PHRASES, NOW, auckland, None).text
    assert "Raised at 10:15." in alert(a_flag(), PHRASES, tomorrow, auckland, None).text
    text = alert(a_flag(), PHRASES, tomorrow, LONDON, None).text
    assert "Raised at 21:15 on Wednesday 4 March." in text


@pytest.mark.parametrize("again", [None, *Again])
@pytest.mark.parametrize("later", [0, 1, 90])
def test_no_alert_speaks_of_a_time_that_will_have_passed_when_it_is_read(
    again: Again | None, later: int
) -> None:
    now = NOW + timedelta(minutes=later)
    text = alert(a_flag(), PHRASES, now, LONDON, None, again=again).text
    assert "Raised at 21:15" in text
    assert "just now" not in text
    assert " ago" not in text


def test_a_family_that_writes_again_rings_again() -> None:
    assert (
        "has written again" in alert(a_flag(), PHRASES, NOW, LONDON, None, again=Again.WORSE).text
    )


def test_an_alert_can_be_taken_read_dismissed_and_passed_on() -> None:
    buttons = [
        one.data for row in alert(a_flag(), PHRASES, NOW, LONDON, None).buttons for one in row
    ]
    assert buttons == ["take:7", "show:7", "noturgent:7", "pass:7"]


def test_whoever_took_a_flag_gets_a_button_for_each_way_it_can_end() -> None:
    buttons = [one.data for row in taken_by_you(a_flag(), PHRASES).buttons for one in row]
    assert buttons == ["show:7", "pass:7", *(f"close:7.{outcome}" for outcome in Outcome)]


def test_once_it_is_taken_the_alert_has_no_buttons_left() -> None:
    theirs = alert_taken(a_flag(), DANA, PHRASES, is_theirs=True)
    others = alert_taken(a_flag(), DANA, PHRASES, is_theirs=False)
    assert theirs.buttons == others.buttons == ()
    assert "Dana" in others.text


def test_every_reason_is_told_in_plain_words_with_what_decided() -> None:
    assert why("silent", (), PHRASES) == PHRASES.say("flags.why_silent")
    assert "“wants to die”" in why("rule:wants_to_die", ("wants to die",), PHRASES)
    assert "“gone”" in why("model", ("gone",), PHRASES)
    assert "“weg”" in why("words_in_another_language", ("weg",), PHRASES)
