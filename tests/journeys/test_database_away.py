"""The database is killed while messages come: the bot starts it again, and not one is lost."""

import os
import signal

from bot.adapters.queue import QUEUES
from tests.crash.database import connect
from tests.journeys.processes import postmaster
from tests.journeys.stage import Stage
from tests.journeys.waiting import wait_for
from tests.journeys.words import ADMIN, HOLDING, URGENT

LATE = 60.0


def kills_the_database(stage: Stage) -> None:
    """SIGKILL for the server's first process; its others end with it."""
    pid = postmaster(stage.data)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: postmaster(stage.data) != pid, "the database is dead")


def is_back(stage: Stage) -> None:
    """Come back when the running bot has started its database again."""
    wait_for(lambda: postmaster(stage.data), "the bot starts its database again", within=LATE)
    wait_for(stage.metrics, "the bot can count again", within=LATE)


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
    is_back(stage)
    assert stage.bot.is_alive

    dana.expects(f"URGENT: {new.alias}", "Raised at", within=LATE)
    new.expects(HOLDING, within=LATE)
    for text in questions:
        dana.expects(f"Question from {asking.alias}", text, within=LATE)
    mine = [one.text for one in dana.reads() if f"from {asking.alias}" in one.text]
    assert [next(q for q in questions if q in text) for text in mine] == questions

    dana.presses("Take it", alert)
    afraid.expects("Dana has your message.", within=LATE)

    stage.clock.forward(minutes=6)
    dana.expects(f"URGENT: {new.alias}", "later nobody had it", within=LATE)


def listens(stage: Stage) -> bool:
    """Whether the bot is told at once of new work: a connection for each of its queues."""
    query = "select count(*) from pg_stat_activity where query like 'LISTEN%'"
    with connect(stage.data) as connection:
        return connection.execute(query).fetchone() == (len(QUEUES),)


def test_after_the_database_was_away_new_work_is_begun_at_once_again(stage: Stage) -> None:
    assert wait_for(lambda: listens(stage), "the bot listens")
    kills_the_database(stage)
    is_back(stage)
    wait_for(lambda: listens(stage), "the bot listens again", within=LATE)


def test_what_was_being_sent_when_the_database_died_blocks_nothing(stage: Stage) -> None:
    parent, dana = stage.parent(), stage.dana
    before = len(stage.calls("sendMessage"))
    stage.faults.strike("sendMessage", delay_ms=1500, count=2)
    parent.says(ADMIN)
    wait_for(lambda: stage.faults.left() == 0, "both messages are on their way")
    kills_the_database(stage)
    wait_for(lambda: len(stage.calls("sendMessage")) == before + 2, "Telegram has answered")
    is_back(stage)
    parent.says(f"{ADMIN} (once more)")
    dana.expects(f"Question from {parent.alias}", "(once more)", within=LATE)
    stage.settles(parent, within=LATE)


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
