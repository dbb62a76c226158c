"""A flag's history is only added to, and the database itself sees to that."""

import psycopg
import pytest

from tests.databases import Server

FLAG = """
    insert into flags (chat_id, alias, country, category, reason, state, raised_at, next_rung)
    values (1, 'x', 'GB', 'other_danger', 'model', 'raised', now(), 0)
"""
STAFF = "insert into staff (name, role) values ('x', 'therapist')"
LINES = {
    "flag_events": "insert into flag_events (flag_id, at, what) values (1, now(), 'raised')",
    "flag_notes": "insert into flag_notes (flag_id, staff_id, at, text) values (1, 1, now(), 'x')",
    "alarms": "insert into alarms (key, kind, sentence, at) values ('a', 'b', 'x', now())",
}
CHANGES = {
    "flag_events": "update flag_events set what = 'closed'",
    "flag_notes": "update flag_notes set at = now() - interval '1 day'",
    "alarms": "update alarms set kind = 'nothing'",
}


@pytest.fixture
def written(server: Server) -> psycopg.Connection[tuple[object, ...]]:
    """A database with one line in each history."""
    connection = psycopg.connect(server.fresh(), autocommit=True)
    for statement in (FLAG, STAFF, *LINES.values()):
        connection.execute(statement.encode())
    return connection


@pytest.mark.parametrize("table", LINES)
def test_no_line_of_a_history_is_taken_away(
    written: psycopg.Connection[tuple[object, ...]], table: str
) -> None:
    with written, pytest.raises(psycopg.errors.RaiseException, match="only added to"):
        written.execute(f"delete from {table}".encode())


@pytest.mark.parametrize("table", LINES)
def test_no_line_of_a_history_is_changed(
    written: psycopg.Connection[tuple[object, ...]], table: str
) -> None:
    with written, pytest.raises(psycopg.errors.RaiseException, match="only added to"):
        written.execute(CHANGES[table].encode())


@pytest.mark.parametrize(("table", "column"), [("flag_notes", "text"), ("alarms", "sentence")])
def test_what_is_sealed_may_be_sealed_anew_with_another_key(
    written: psycopg.Connection[tuple[object, ...]], table: str, column: str
) -> None:
    with written:
        done = written.execute(f"update {table} set {column} = 'y'".encode())
        assert done.rowcount == 1


@pytest.mark.parametrize("table", LINES)
def test_a_family_that_is_erased_takes_its_history_with_it(
    written: psycopg.Connection[tuple[object, ...]], table: str
) -> None:
    with written, written.transaction():
        written.execute("set local heldinmind.erasing = 'on'")
        assert written.execute(f"delete from {table}".encode()).rowcount == 1
