"""Setting up a clinic, and what an operator can see of it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bot.adapters.secrets import hash_code, new_key
from tests.cli.conftest import Run, lived_in
from tests.databases import rows
from tests.flows.clinic import SAM
from tests.flows.script import ASKING, URGENT


class _Api(BaseHTTPRequestHandler):
    """A Bot API that knows one token."""

    def do_POST(self) -> None:
        """Say who the bot is, if the token is known."""
        known = self.path == "/bot1:good/getMe"
        bot = {"id": 1, "is_bot": True, "first_name": "Held", "username": "held_bot"}
        refused = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        body = json.dumps({"ok": True, "result": bot} if known else refused).encode()
        self.send_response(200 if known else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def api() -> Iterator[str]:
    """A Bot API's address."""
    server = HTTPServer(("127.0.0.1", 0), _Api)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture
def reached(stored: dict[str, object], api: str) -> dict[str, object]:
    """The settings with a token that is known."""
    return stored | {"telegram_api": api, "telegram_token": "1:good"}


def test_a_clinic_and_its_therapist_are_set_up_and_the_link_is_printed_once(
    run: Run, reached: dict[str, object]
) -> None:
    assert run("clinic", "init", "--name", "Oak House", "--country", "gb", **reached).status == 0
    printed = run("clinic", "add-therapist", "--name", "Dana", **reached).out
    link = printed.split()[-1]
    assert link.startswith("https://t.me/held_bot?start=")
    (kept,) = rows(str(reached["database_url"]), "select code_hash, kind from links")
    assert kept == (hash_code(link.partition("=")[2]), "staff")
    listed = run("clinic", "staff", **reached).out
    assert "Dana" in listed
    assert "not yet" in listed


def test_a_clinic_in_a_country_without_numbers_is_refused_and_nothing_is_kept(
    run: Run, reached: dict[str, object]
) -> None:
    found = run("clinic", "init", "--name", "Oak House", "--country", "it", **reached)
    assert found.status == 1
    assert "--country: there are no crisis numbers for IT" in found.error
    assert "GB" in found.error
    assert "ZZ" in found.error


@pytest.mark.parametrize(("given", "kept"), [("uk", "GB"), ("ie", "IE"), ("ZZ", "ZZ")])
def test_a_clinic_is_kept_with_the_country_whose_numbers_there_are(
    run: Run, reached: dict[str, object], given: str, kept: str
) -> None:
    assert run("clinic", "init", "--name", "Oak House", "--country", given, **reached).status == 0
    found = rows(str(reached["database_url"]), "select country from clinic")
    assert found == [(kept,)]


def test_staff_are_not_added_before_there_is_a_clinic(run: Run, reached: dict[str, object]) -> None:
    found = run("clinic", "add-therapist", "--name", "Dana", **reached)
    assert found.status == 1
    assert "clinic init" in found.error
    assert rows(str(reached["database_url"]), "select count(*) from staff") == [(0,)]


def test_a_link_for_nobody_is_not_made(run: Run, reached: dict[str, object]) -> None:
    found = run("clinic", "link", "99", **reached)
    assert found.status == 1
    assert "clinic staff" in found.error
    assert rows(str(reached["database_url"]), "select count(*) from links") == [(0,)]


@pytest.mark.parametrize(
    "words", [("run",), ("clinic", "add-therapist", "--name", "Dana"), ("clinic", "link", "1")]
)
def test_a_bad_token_says_so_in_one_line_and_adds_nobody(
    run: Run, reached: dict[str, object], words: tuple[str, ...]
) -> None:
    run("clinic", "init", "--name", "Oak House", "--country", "GB", **reached)
    found = run(*words, **(reached | {"telegram_token": "1:bad", "http_port": 0}))
    assert found.status == 1
    assert "HELDINMIND_TELEGRAM_TOKEN is not one that Telegram knows" in found.error
    assert "1:bad" not in found.err
    assert rows(str(reached["database_url"]), "select count(*) from staff") == [(0,)]


def test_a_server_that_does_not_answer_is_named(run: Run, reached: dict[str, object]) -> None:
    away = reached | {"telegram_api": "http://127.0.0.1:9"}
    assert "HELDINMIND_TELEGRAM_API" in run("clinic", "link", "1", **away).error


def test_the_wrong_key_is_a_clear_error(run: Run, stored: dict[str, object]) -> None:
    assert run("status", **stored).status == 0
    found = run("status", **(stored | {"key": new_key()}))
    assert found.status == 1
    assert "does not open this database" in found.error


@pytest.fixture
async def flagged(stored: dict[str, object]) -> dict[str, object]:
    """A database with an answered question and a flag that nobody has taken."""
    async with lived_in(stored) as clinic:
        await clinic.says(SAM, ASKING)
        await clinic.says(SAM, URGENT)
    return stored


def test_status_counts_what_waits(run: Run, flagged: dict[str, object]) -> None:
    found = json.loads(run("status", "--json", **flagged).out)
    assert found["inbox"] == {"total": 2, "waiting": 0}
    assert found["deliveries"] == {"accepted": 4}
    assert (found["open_flags"], found["waiting_flags"]) == (1, 1)
    assert found["last_poll"] is None
    assert "open flags: 1" in run("status", **flagged).out


def test_flags_are_listed_with_messages_history_and_deliveries(
    run: Run, flagged: dict[str, object]
) -> None:
    (flag,) = json.loads(run("flags", "--json", **flagged).out)
    assert (flag["state"], flag["family"], flag["held_by"]) == ("delivered", "Robin's family", None)
    assert flag["message"] == URGENT
    assert [one["what"] for one in flag["history"]] == ["raised", "told", "delivered"]
    states = {one["key"]: one["state"] for one in flag["deliveries"]}
    assert states["flag:1:rung:0:1"] == states["flag:1:holding"] == "accepted"


VIEWS = """
    select staff_id, about, how, detail from audit_entries where act = 'words_shown' order by number
"""


def test_the_table_of_flags_shows_no_words_and_is_no_view(
    run: Run, flagged: dict[str, object]
) -> None:
    shown = run("flags", **flagged).out
    assert "delivered" in shown
    assert URGENT not in shown
    assert rows(str(flagged["database_url"]), VIEWS) == []


def test_each_time_that_the_words_of_flags_are_shown_is_recorded(
    run: Run, flagged: dict[str, object]
) -> None:
    by_sue = run("flags", "--json", "--by", "sue", **flagged)
    assert URGENT in by_sue.out
    assert "words were shown" in by_sue.err
    assert URGENT not in by_sue.err
    run("flags", "--json", **flagged)
    found = rows(str(flagged["database_url"]), VIEWS)
    shown = ("flag:1", "flags --json", "messages=1")
    assert found == [(3, *shown), (None, *shown)]


def test_nobody_who_does_not_work_here_is_shown_the_words_of_flags(
    run: Run, flagged: dict[str, object]
) -> None:
    found = run("flags", "--json", "--by", "Zoe", **flagged)
    assert (found.status, found.out) == (1, "")
    assert "heldinmind clinic staff" in found.error
    assert rows(str(flagged["database_url"]), VIEWS) == []
