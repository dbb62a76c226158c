"""Leave, hours and turns: whoever is not on duty is passed over at once, and nothing waits."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.crash.database import connect
from tests.journeys.stage import Stage
from tests.journeys.words import HOLDING, URGENT

DANA, NOOR = "1", "2"
ALWAYS = ("--from", "2020-01-01", "--until", "2090-12-31")


@contextmanager
def on_leave(stage: Stage, who: str, *cover: str) -> Iterator[None]:
    """Somebody is away."""
    stage.runs("clinic", "leave", "add", who, *ALWAYS, *cover)
    try:
        yield
    finally:
        with connect(stage.data) as connection:
            connection.execute("delete from leave")


def test_a_therapist_on_leave_is_covered_and_not_rung(stage: Stage) -> None:
    parent = stage.parent()
    with on_leave(stage, DANA, "--cover", NOOR):
        parent.says(URGENT)
        stage.noor.expects(f"URGENT: {parent.alias}", "Raised at")
        parent.sees_change(parent.expects(HOLDING), "has been sent to the clinic's staff on duty")
        stage.clock.forward(minutes=6)
        stage.noor.expects(f"URGENT: {parent.alias}", ". 6 min later nobody had it.")
        assert not stage.dana.count(f"URGENT: {parent.alias}")
        stage.noor.presses("Take it")
        parent.expects("Noor has your message.")


def test_leave_that_nobody_covers_sends_a_flag_on_at_once_and_the_clinic_has_heard_of_it(
    stage: Stage,
) -> None:
    parent = stage.parent()
    with on_leave(stage, DANA):
        stage.noor.expects("ALARM for the clinic", "Dana is on leave", "nobody covers")
        assert "Dana is on leave" in stage.runs("clinic", "readiness")
        parent.says(URGENT)
        stage.noor.expects(f"URGENT: {parent.alias}", "Raised at")


def test_with_everybody_on_leave_everybody_is_told_at_once(stage: Stage) -> None:
    parent = stage.parent()
    with on_leave(stage, DANA), on_leave(stage, NOOR):
        parent.says(URGENT)
        for person in (stage.dana, stage.noor):
            person.expects(f"URGENT: {parent.alias}", "Raised at")


def test_outside_a_therapists_hours_on_call_is_told_at_once(stage: Stage) -> None:
    parent = stage.parent()
    stage.runs("clinic", "hours", "set", DANA, "sun 04:00-04:01")
    try:
        parent.says(URGENT)
        stage.noor.expects(f"URGENT: {parent.alias}", "Raised at")
        assert not stage.dana.count(f"URGENT: {parent.alias}")
        stage.clock.forward(minutes=36)
        stage.dana.expects(f"URGENT: {parent.alias}")  # the round for everyone knows no hours
    finally:
        stage.runs("clinic", "hours", "clear", DANA)


def test_whoever_stands_in_is_on_call_instead(stage: Stage) -> None:
    parent = stage.parent()
    span = ("--from", "2020-01-01 00:00", "--until", "2090-01-01 00:00")
    stage.runs("clinic", "rota", "stand-in", DANA, *span)
    try:
        parent.says(URGENT)
        stage.dana.expects(f"URGENT: {parent.alias}")
        stage.clock.forward(minutes=10, seconds=1)
        stage.dana.expects(f"URGENT: {parent.alias}", ". 10 min later nobody had it.")
        assert not stage.noor.count(f"URGENT: {parent.alias}")
    finally:
        with connect(stage.data) as connection:
            connection.execute("delete from rota_overrides")


def test_nobody_is_enrolled_and_the_parent_reads_so_until_somebody_links(stage: Stage) -> None:
    parent = stage.parent()
    with connect(stage.data) as connection:
        connection.execute("update staff set chat_id = null")
    try:
        parent.says(URGENT)
        holding = parent.expects("I have not reached anyone at the clinic", "999")
    finally:
        with connect(stage.data) as connection:
            connection.execute("update staff set chat_id = 1000 + id + 1")
    stage.clock.forward(minutes=16)
    stage.dana.expects(f"URGENT: {parent.alias}")
    parent.sees_change(holding, "Told so far: Dana at")


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
