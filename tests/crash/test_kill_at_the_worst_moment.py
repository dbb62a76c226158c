"""SIGKILL, or a cut line, at each moment of a message's way: nothing is lost or comes twice for
want of care."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.storage.inbox import HANDLE_UPDATE
from tests.crash.database import Hand, cut, held, jobs_of, stands_at, waits_for
from tests.journeys.people import Person
from tests.journeys.processes import Command
from tests.journeys.stage import Stage
from tests.journeys.waiting import wait_for
from tests.journeys.words import ADMIN, HOLDING, URGENT

LATE = 60.0
HELD_MS = 60_000
SLOW_MS = 4_000
THREE = [f"{ADMIN} ({number})" for number in range(1, 4)]


def asked_in_order(stage: Stage, alias: str) -> list[str]:
    """Which of the three questions reached the therapist, in order of arrival."""
    told = [one.text for one in stage.dana.reads() if f"from {alias} " in one.text]
    return [next(question for question in THREE if question in text) for text in told]


def comes_once(stage: Stage, afraid: Person, asking: Person) -> None:
    """The alert, the holding message and the three questions, in order and once."""
    stage.dana.expects(f"URGENT: {afraid.alias}", within=LATE)
    afraid.expects(HOLDING, within=LATE)
    stage.settles(afraid, asking, within=LATE)
    assert stage.dana.count(f"URGENT: {afraid.alias}") == 1
    assert asked_in_order(stage, asking.alias) == THREE


@contextmanager
def being_handled(stage: Stage, afraid: Person, asking: Person) -> Iterator[Hand]:
    """Both have written; a job of each is claimed, and stands still before the messages."""
    with held(stage.data, "messages") as hand:
        afraid.says(URGENT)
        for text in THREE:
            asking.says(text)
        waits_for(stage.data, "messages")
        wait_for(
            lambda: afraid.has_been_heard() and asking.has_been_heard(), "Telegram has been told"
        )
        assert jobs_of(stage.data, HANDLE_UPDATE).count("doing") == 2, "one of each chat is claimed"
        yield hand


def test_killed_between_fetch_and_commit(stage: Stage) -> None:
    afraid, asking = stage.parent(), stage.parent()
    with held(stage.data, "inbox"):
        afraid.says(URGENT)
        for text in THREE:
            asking.says(text)
        waits_for(stage.data, "inbox")
        assert not afraid.has_been_heard(), "Telegram is told only after the commit"
        stage.bot.kill()
    stage.starts_the_bot()
    comes_once(stage, afraid, asking)


def test_killed_when_it_was_committed_and_nobody_had_claimed_it(stage: Stage) -> None:
    afraid, asking = stage.parent(), stage.parent()
    stage.settles()
    assert stage.bot.stop() == 0
    stage.bot = Command(stage.folder, "run", "--role", "receive", settings=stage.settings)
    stage.bot.ready()
    afraid.says(URGENT)
    for text in THREE:
        asking.says(text)
    wait_for(lambda: afraid.has_been_heard() and asking.has_been_heard(), "Telegram has been told")
    assert jobs_of(stage.data, HANDLE_UPDATE) == ["todo"] * 4, "committed, and claimed by nobody"
    stage.bot.kill()
    assert jobs_of(stage.data, HANDLE_UPDATE) == ["todo"] * 4
    stage.starts_the_bot()
    comes_once(stage, afraid, asking)


def test_killed_when_it_was_claimed_and_is_being_handled(stage: Stage) -> None:
    afraid, asking = stage.parent(), stage.parent()
    with being_handled(stage, afraid, asking):
        stage.bot.kill()
    stage.starts_the_bot()
    comes_once(stage, afraid, asking)


def test_killed_between_handling_and_send(stage: Stage) -> None:
    afraid, asking = stage.parent(), stage.parent()
    stage.faults.strike("sendMessage", status=500, delay_ms=HELD_MS, count=100)
    before = stage.faults.left()
    for text in THREE:
        asking.says(text)
    afraid.says(URGENT)
    wait_for(lambda: stage.faults.left() <= before - 3, "both lanes are sending")
    stage.bot.kill()
    stage.faults.end()
    assert not stage.dana.was_told_of(afraid)
    stage.starts_the_bot()
    comes_once(stage, afraid, asking)


def test_killed_after_the_send_before_it_was_written_down(stage: Stage) -> None:
    afraid = stage.parent()
    stage.faults.strike("sendMessage", drop=True, delay_ms=HELD_MS, count=2)
    afraid.says(URGENT)
    alert = stage.dana.expects(f"URGENT: {afraid.alias}")
    afraid.expects("This needs a person")
    stage.bot.kill()
    stage.faults.end()
    stage.starts_the_bot()
    stage.dana.expects(f"URGENT: {afraid.alias}", within=LATE)  # again: noise, where silence harms
    stage.settles(afraid, within=LATE)
    assert stage.dana.count(f"URGENT: {afraid.alias}") == 2
    stage.dana.presses("Take it", alert)
    afraid.expects("Dana has your message.")
    assert stage.dana.count(f"You have {afraid.alias}.") == 1


def test_connections_cut_while_it_is_being_handled(stage: Stage) -> None:
    afraid, asking = stage.parent(), stage.parent()
    with being_handled(stage, afraid, asking) as hand:
        assert cut(hand) > 2, "all that the bot had"
    comes_once(stage, afraid, asking)
    assert stage.bot.is_alive


def test_connections_cut_between_the_send_and_its_being_written_down(stage: Stage) -> None:
    afraid = stage.parent()
    stage.settles()
    stage.faults.strike("sendMessage", delay_ms=SLOW_MS, count=2)
    afraid.says(URGENT)
    wait_for(lambda: not stage.faults.left(), "the alert and the holding message are on their way")
    with held(stage.data, "deliveries") as hand:
        assert not stage.dana.was_told_of(afraid), "Telegram has not taken it yet"
        stage.dana.expects(f"URGENT: {afraid.alias}")
        holding = afraid.expects(HOLDING)
        stands_at(stage.data, "update deliveries")
        assert cut(hand) > 2, "all that the bot had"
    afraid.sees_change(holding, "has been sent to Dana", within=LATE)
    stage.settles(afraid, within=LATE)
    assert stage.dana.count(f"URGENT: {afraid.alias}") == 1, "the process lives, and remembers"
    assert afraid.count("This needs a person") == 1
    assert stage.bot.is_alive


def test_killed_after_somebody_took_it_before_anybody_was_told(stage: Stage) -> None:
    afraid = stage.parent()
    afraid.says(URGENT)
    alert = stage.dana.expects(f"URGENT: {afraid.alias}")
    stage.settles(afraid)
    for method in ("sendMessage", "editMessageText"):
        stage.faults.strike(method, status=500, delay_ms=HELD_MS, count=100)
    before = stage.faults.left()
    stage.dana.presses("Take it", alert)
    wait_for(lambda: stage.faults.left() < before, "the news is on its way")
    stage.bot.kill()
    stage.faults.end()
    assert not afraid.count("Dana has your message.")
    stage.starts_the_bot()
    afraid.expects("Dana has your message.", within=LATE)
    stage.settles(afraid, within=LATE)
    assert stage.dana.count(f"You have {afraid.alias}.") == 1
    stage.clock.forward(minutes=30)
    stage.settles()
    assert not stage.noor.was_told_of(afraid), "a flag that was taken is climbed no further"


def test_stopped_by_an_operator_while_a_message_is_stuck(stage: Stage) -> None:
    afraid, asking = stage.parent(), stage.parent()
    with held(stage.data, "messages"):
        afraid.says(URGENT)
        for text in THREE:
            asking.says(text)
        waits_for(stage.data, "messages")
        assert stage.bot.stop() == 0, "it does not wait for ever"
    stage.starts_the_bot()
    stage.dana.expects(f"URGENT: {afraid.alias}", within=LATE)
    stage.settles(afraid, asking, within=LATE)
    assert stage.dana.count(f"URGENT: {afraid.alias}") == 1
    assert asked_in_order(stage, asking.alias) == THREE


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
