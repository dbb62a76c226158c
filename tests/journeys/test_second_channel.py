"""The running bot tells people by e-mail what Telegram does not take."""

from collections.abc import Iterator

import pytest

from tests.journeys.stage import Stage
from tests.journeys.waiting import wait_for
from tests.journeys.words import URGENT
from tests.outside import Mailbox, mailbox


@pytest.fixture
def mail(stage: Stage) -> Iterator[Mailbox]:
    """A mail server, with an address of Dana's there."""
    with mailbox() as found:
        stage.runs("clinic", "contact", "Dana", "add", found.url())
        yield found
        stage.runs("clinic", "contact", "Dana", "remove", _number(stage))


def _number(stage: Stage) -> str:
    listed = stage.runs("clinic", "contact", "Dana", "list")
    return next(word for word in listed.split() if word.isdecimal())


def test_a_therapist_who_has_blocked_the_bot_gets_mail_at_once(stage: Stage, mail: Mailbox) -> None:
    parent = stage.parent()
    stage.dana.blocks_the_bot()
    parent.says(URGENT)
    (told,) = wait_for(lambda: mail.texts("dana@clinic.example"), "the mail has come")
    assert f"URGENT: {parent.alias}" in told
    assert URGENT not in told
    stage.noor.expects(f"URGENT: {parent.alias}")


def test_telegram_refuses_for_a_minute_so_mail_is_sent(stage: Stage, mail: Mailbox) -> None:
    parent = stage.parent()
    stage.faults.strike("sendMessage", status=429, retry_after=90, count=20)
    parent.says(URGENT)
    wait_for(lambda: stage.faults.left() < 20, "Telegram has refused")
    assert mail.texts() == []
    stage.clock.forward(seconds=65)
    wait_for(lambda: mail.texts("dana@clinic.example"), "the mail has come")
    stage.faults.end()
    stage.clock.forward(seconds=60)
    stage.dana.expects(f"URGENT: {parent.alias}")
