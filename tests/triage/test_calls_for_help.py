"""A bare call for help is asked about, whatever the model makes of one word."""

import pytest

from bot.core.triage import Concern, ModelReading, Thresholds, decide

THRESHOLDS = Thresholds(flag=0.9, check=0.5)
UNWORRIED = ModelReading(0.0, None, (), "test")


@pytest.mark.parametrize(
    "text", ["help", "HELP!!", "please help me", "someone help", "help us pls"]
)
def test_a_bare_call_for_help_is_asked_about(text: str) -> None:
    assert decide(text, (), UNWORRIED, THRESHOLDS, "en").concern is Concern.CHECK


@pytest.mark.parametrize("text", ["/help", "help me find the page on bedtime", "homework help"])
def test_help_with_something_is_no_bare_call(text: str) -> None:
    assert decide(text, (), UNWORRIED, THRESHOLDS, "en").concern is Concern.NONE
