"""The database is killed while messages come: they wait, and not one is lost."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.processes import postmaster
from tests.journeys.stage import Stage
from tests.journeys.stage import stage as set_up
from tests.journeys.waiting import wait_for
from tests.journeys.words import ADMIN, HOLDING, URGENT

LATE = 60.0


@pytest.fixture(scope="module")
def stage(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage whose database is going to be killed."""
    with set_up(tmp_path_factory.mktemp("database"), index, families=10) as built:
        yield built


def kills_the_database(stage: Stage) -> None:
    """SIGKILL for the server's first process; its others end with it."""
    pid = postmaster(stage.data)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: postmaster(stage.data) is None, "the database is dead")


def starts_the_database(stage: Stage) -> None:
    """Any command that needs the embedded server starts it where it does not run."""
    stage.runs("status", "--json")
    assert postmaster(stage.data) is not None, "the bot still uses it, so it stays"


def test_messages_that_come_while_the_database_is_dead_are_handled_and_timers_go_on(
    stage: Stage,
) -> None:
    afraid, asking, dana = stage.parent(), stage.parent(), stage.dana
    afraid.says(URGENT)
    alert = dana.expects(f"URGENT: {afraid.alias}")
    stage.settles(afraid)
    kills_the_database(stage)
    new = stage.parent()
    new.says(URGENT)
    questions = [f"{ADMIN} ({number})" for number in range(1, 6)]
    for text in questions:
        asking.says(text)
    wait_for(lambda: not stage.metrics(), "the bot says that it cannot count")
    assert stage.bot.is_alive
    starts_the_database(stage)

    dana.expects(f"URGENT: {new.alias}", "Raised just now", within=LATE)
    new.expects(HOLDING, within=LATE)
    for text in questions:
        dana.expects(f"Question from {asking.alias}", text, within=LATE)
    mine = [one.text for one in dana.reads() if f"from {asking.alias}" in one.text]
    assert [next(q for q in questions if q in text) for text in mine] == questions

    dana.presses("Take it", alert)
    afraid.expects("Dana has your message.", within=LATE)

    stage.clock.forward(minutes=6)
    dana.expects(f"URGENT: {new.alias}", "Nobody has taken it yet", within=LATE)


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
