"""What a parent writes is in no log line and in no error, whatever goes wrong with it."""

import logging
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
import structlog

from bot.app import set_up_logging
from bot.core.deliveries import Delivery, Lane, Never, RetryIn, Send
from bot.core.replies import Reply
from tests import telegram_json as told
from tests.databases import Opened
from tests.flows.clinic import DANA, KIM, SAM, Clinic, move_in, opened_clinic
from tests.flows.script import BREAKS_ANSWERING, BREAKS_GUIDANCE, BREAKS_TRIAGE, URGENT, WORRYING
from tests.flows.test_messenger_contract import through_the_api

SECRET = "plum-coloured words"
THEIRS = (
    SECRET,
    URGENT,
    WORRYING,
    BREAKS_TRIAGE,
    BREAKS_GUIDANCE,
    BREAKS_ANSWERING,
    "Sam",
    "Robin",
)


class Everything(logging.Handler):
    """Keeps every record of every library, down to the least."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record as it would be written."""
        self.lines.append(self.format(record))


@pytest.fixture
def logged(capfd: pytest.CaptureFixture[str]) -> Iterator[Everything]:
    """Logging as the bot sets it up, at its most talkative; put back afterwards."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    set_up_logging("DEBUG")
    everything = Everything()
    root.addHandler(everything)
    yield everything
    structlog.reset_defaults()
    root.handlers[:], root.level = before


def assert_private(logged: Everything, capfd: pytest.CaptureFixture[str]) -> str:
    """Nothing that was written by or about a family was said; returns all that was."""
    out, err = capfd.readouterr()
    said = "\n".join([out, err, *logged.lines])
    for words in THEIRS:
        assert words not in said
    return said


async def talk(clinic: Clinic) -> None:
    """Everything that can happen to a message, the failures too."""
    texts = (BREAKS_GUIDANCE, WORRYING, "no", BREAKS_ANSWERING, BREAKS_TRIAGE, SECRET)
    for text in texts:
        await clinic.says(SAM, text)
        await clinic.forward(seconds=5)
        await clinic.forward(seconds=5)
    clinic.messenger.trouble = [RetryIn(timedelta(seconds=1), "network"), Never("refused")]
    await clinic.says(KIM, URGENT)
    await clinic.forward(seconds=5)
    await clinic.presses(DANA, "take:1")
    await clinic.says(DANA, SECRET)
    await clinic.presses(DANA, "show:1")


async def test_no_log_line_holds_what_was_written_by_or_about_a_family(
    storage: Opened, logged: Everything, capfd: pytest.CaptureFixture[str]
) -> None:
    async with opened_clinic(storage.url) as clinic:
        clinic.may_fail = True
        set_up_logging("DEBUG")
        structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
        await move_in(clinic)
        await talk(clinic)
    said = assert_private(logged, capfd)
    for event in ("a job failed", "triage failed", "guidance failed", "cannot be delivered"):
        assert event in said, "what goes wrong is logged, only without the words"


async def test_a_database_that_fails_says_nothing_of_what_it_was_given(
    storage: Opened, logged: Everything, capfd: pytest.CaptureFixture[str]
) -> None:
    async with opened_clinic(storage.url) as clinic:
        clinic.may_fail = True
        set_up_logging("DEBUG")
        structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
        await move_in(clinic)
        await clinic.take(told.written(SAM, 1, SECRET))
        async with clinic.services.database.transaction() as tx:
            await tx.connection.exec_driver_sql("alter table messages rename to elsewhere")
        await clinic.settle()
        async with clinic.services.database.transaction() as tx:
            await tx.connection.exec_driver_sql("alter table elsewhere rename to messages")
    assert "a job failed" in assert_private(logged, capfd)


@pytest.mark.parametrize("status", [400, 403, 429, 500])
async def test_a_messenger_that_fails_says_nothing_of_what_it_was_to_send(
    logged: Everything, capfd: pytest.CaptureFixture[str], status: int
) -> None:
    async with through_the_api() as way:
        await way.troubles(status)
        delivery = Delivery("k", SAM, Send(Reply(SECRET)), Lane.FLAG)
        result = await way.messenger.send(delivery, None, 0)
    assert isinstance(result, Never | RetryIn)
    assert SECRET not in repr(result) + repr(delivery)
    assert_private(logged, capfd)
