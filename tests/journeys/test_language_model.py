"""The running bot with a language model: asked for consent, worded, late, killed in the middle."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.people import Person
from tests.journeys.stage import Stage
from tests.journeys.stage import stage as set_up
from tests.journeys.waiting import wait_for
from tests.journeys.words import ANSWER, CLINICAL, HOLDING, ORDINARY, URGENT
from tests.model_server import (
    NAME,
    ModelServer,
    in_words_of,
    model_server_beside,
    stalls,
    word_for_word,
)

HELPED = "A machine helped to put this into words."
ASKED = "A language model."
LATE = 30.0


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    """A model that says the page's first sentences as they stand."""
    with model_server_beside() as found:
        yield found


@pytest.fixture(scope="module")
def with_model(
    model: ModelServer, index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """A bot that has this model."""
    with set_up(
        tmp_path_factory.mktemp("model"),
        index,
        8,
        chat_model=f"openai:{NAME}",
        chat_url=model.url,
        chat_price_in=1,
        chat_price_out=5,
    ) as built:
        yield built


@pytest.fixture
def stage(with_model: Stage, model: ModelServer) -> Stage:
    """The stage with a model that answers well, and has not been asked yet."""
    model.otherwise = in_words_of(word_for_word)
    model.next.clear()
    model.asked.clear()
    return with_model


def test_a_parent_is_asked_and_then_reads_the_page_in_other_words(
    stage: Stage, model: ModelServer
) -> None:
    parent = stage.parent()
    parent.says(ORDINARY)
    parent.expects(ANSWER)
    parent.expects(ASKED, NAME)
    assert not model.asked
    parent.presses("Yes, use it")
    parent.says(ORDINARY)
    worded = parent.expects(HELPED)
    assert list(worded.buttons) == ["Helpful", "Not what I meant", "Ask Dana", "More"]
    assert len(model.asked) == 1
    assert stage.metrics()["wordings_worded"] == 1
    assert '"wordings": {"worded": 1}' in stage.runs("status", "--json")
    assert parent.alias not in model.told
    assert "wordsmith" in stage.runs("wordings")
    assert not stage.violations()


def test_a_late_model_is_not_waited_for_and_typing_is_shown_meanwhile(
    stage: Stage, model: ModelServer
) -> None:
    parent = _agreed(stage)
    model.next = [stalls(20)]
    typing = len(stage.calls("sendChatAction"))
    parent.says(ORDINARY)
    parent.expects(ANSWER, within=LATE)
    assert len(stage.calls("sendChatAction")) > typing
    wait_for(lambda: model.left, "the call is ended")
    assert not parent.count(HELPED)


def test_killed_while_the_model_writes_the_page_goes_out_once(
    stage: Stage, model: ModelServer
) -> None:
    parent = _agreed(stage)
    model.next = [stalls(20)]
    parent.says(ORDINARY)
    wait_for(lambda: len(model.asked) == 1, "the model is asked")
    stage.bot.kill()
    stage.starts_the_bot()
    parent.expects(ANSWER, within=60)
    stage.settles(parent, within=60)
    assert parent.count(ANSWER) == 2, "the one before it was asked, and this one"
    assert not parent.count(HELPED)
    assert len(model.asked) == 1


def test_danger_is_never_shown_to_a_model_and_stops_what_it_writes(
    stage: Stage, model: ModelServer
) -> None:
    parent = _agreed(stage)
    parent.says(CLINICAL)
    stage.settles(parent)
    assert not model.asked
    model.next = [stalls(2.5)]
    parent.says(ORDINARY)
    wait_for(lambda: len(model.asked) == 1, "the model is asked")
    parent.says(URGENT)
    parent.expects(HOLDING)
    stage.settles(parent, within=LATE)
    wait_for(
        lambda: not stage.metrics().get("wordings_waiting", 0),
        "what was owed is settled",
        within=LATE,
    )
    assert parent.count(ANSWER) == 1, "only the one before it was asked"
    assert not parent.count(HELPED)
    assert URGENT not in model.told
    stage.clears()


def _agreed(stage: Stage) -> Person:
    parent = stage.parent()
    parent.says(ORDINARY)
    parent.expects(ANSWER)
    parent.presses("Yes, use it")
    parent.expects("Thank you.")
    return parent
