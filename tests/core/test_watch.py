"""The watchdog alarms what two looks agree on, once, and says when it is over."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.watch import Kind, Signs, Trouble, Undelivered, compare, not_over, troubles

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
SILENT = Trouble(Kind.TELEGRAM_SILENT)
LATE = Trouble(Kind.JOBS_OVERDUE)
some = st.frozensets(st.sampled_from([SILENT, LATE, Trouble(Kind.FLAG_UNDELIVERED, "4")]))


def signs(**more: object) -> Signs:
    well = {
        "last_answer": NOW,
        "began_at": NOW - timedelta(hours=1),
        "overdue_jobs": 0,
        "workers_alive": 3,
        "workers_dead": 0,
    }
    return Signs(**(well | more))  # type: ignore[arg-type]


def test_all_is_well() -> None:
    assert found_in(signs()) == frozenset()


def test_a_sandboxs_clock_that_jumps_is_no_silence_of_telegram() -> None:
    assert troubles(signs(), NOW + timedelta(days=2), NOW) == frozenset()


def found_in(seen: Signs) -> frozenset[Trouble]:
    """What is wrong where no clock runs ahead of another."""
    return troubles(seen, NOW, NOW)


def test_two_minutes_without_telegram_are_trouble_and_a_little_less_is_not() -> None:
    for seconds, wrong in ((119, set()), (121, {SILENT})):
        found = found_in(signs(last_answer=NOW - timedelta(seconds=seconds)))
        assert found == wrong


def test_a_watch_that_has_just_begun_neither_alarms_nor_calls_it_over() -> None:
    silent = signs(last_answer=NOW - timedelta(hours=1), began_at=NOW - timedelta(seconds=5))
    assert found_in(silent) == frozenset()
    assert not_over(silent, NOW) == {SILENT}
    assert not_over(signs(last_answer=None), NOW) == {SILENT}
    assert not_over(signs(), NOW) == frozenset()


def test_overdue_work_and_dead_workers_are_trouble() -> None:
    found = found_in(signs(overdue_jobs=2, workers_dead=1, workers_expected=6))
    assert found == {LATE, Trouble(Kind.WORKER_DEAD)}


def test_a_worker_that_was_killed_and_started_again_is_no_trouble() -> None:
    assert not found_in(signs(workers_dead=3, workers_alive=3, workers_expected=3))


def test_a_flag_that_nobody_was_sent_for_a_minute_is_trouble_of_its_own() -> None:
    young = Undelivered(3, NOW - timedelta(seconds=50))
    old = Undelivered(4, NOW - timedelta(seconds=70))
    assert found_in(signs(undelivered=(young, old))) == {Trouble(Kind.FLAG_UNDELIVERED, "4")}


@given(some, some, some)
def test_one_look_alone_alarms_nobody_and_ends_nothing(
    now: frozenset[Trouble], before: frozenset[Trouble], known: frozenset[Trouble]
) -> None:
    change = compare(now, before, known)
    assert change.begun <= now & before
    assert not change.begun & known
    assert change.ended <= known
    assert not change.ended & (now | before)


@given(st.lists(some, max_size=30))
def test_every_alarm_is_followed_by_its_end_before_the_next(
    looks: list[frozenset[Trouble]],
) -> None:
    before: frozenset[Trouble] = frozenset()
    known: set[Trouble] = set()
    told: dict[Trouble, list[str]] = {}
    for seen in [*looks, frozenset(), frozenset()]:
        change = compare(seen, before, known)
        for one in change.begun:
            told.setdefault(one, []).append("begun")
        for one in change.ended:
            told.setdefault(one, []).append("ended")
        known = (known | change.begun) - change.ended
        before = seen
    assert not known
    for words in told.values():
        assert words == ["begun", "ended"] * (len(words) // 2)
