"""Whom Telegram does not reach is told by e-mail or web hook, and never a parent's words."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest

from bot.adapters.second_channel import SecondChannel
from bot.core.deliveries import RetryIn
from bot.core.people import Role
from bot.flows.send_notice import send_notice
from bot.flows.watch_alert import watch_alert
from bot.storage.contacts import add_contact
from bot.storage.people import all_staff
from tests.databases import Opened, rows
from tests.flows.clinic import DANA, NOOR, ROBINS, SAM, SUE, Clinic, hire, move_in, opened_clinic
from tests.flows.script import URGENT
from tests.outside import Hook, Mailbox, hook, mailbox

SLOW = RetryIn(timedelta(seconds=20), "network")


@pytest.fixture
def mail() -> Iterator[Mailbox]:
    """A real mail server on this machine."""
    with mailbox() as found:
        yield found


@pytest.fixture
def pager() -> Iterator[Hook]:
    """A real web hook on this machine."""
    with hook() as found:
        yield found


@pytest.fixture
async def clinic(storage: Opened, pager: Hook) -> AsyncIterator[Clinic]:
    """A clinic whose own alarms go to the web hook."""
    channel = SecondChannel([pager.url("clinic-secret")])
    async with opened_clinic(storage.url, second_channel=channel) as found:
        await move_in(found)
        yield found


async def can_be_reached(clinic: Clinic, name: str, url: str) -> None:
    """Write down an address of somebody's."""
    async with clinic.services.database.transaction() as tx:
        (who,) = [one for one in await all_staff(tx) if one.name == name]
        await add_contact(tx, who.id, "E-Mail", url, clinic.services.clock.now())


async def test_nobody_is_told_twice_when_telegram_accepts(clinic: Clinic, mail: Mailbox) -> None:
    await can_be_reached(clinic, "Dana", mail.url())
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=2)
    assert mail.texts() == []


async def test_telegram_has_not_accepted_within_a_minute_so_mail_is_sent(
    clinic: Clinic, mail: Mailbox
) -> None:
    await can_be_reached(clinic, "Dana", mail.url())
    clinic.messenger.trouble = [SLOW] * 40
    await clinic.says(SAM, URGENT)
    await clinic.forward(seconds=30)
    assert mail.texts() == []
    await clinic.forward(seconds=31)
    (told,) = mail.texts("dana@clinic.example")
    assert f"URGENT: {ROBINS}" in told
    assert "has not accepted the alert to you for a minute" in told
    assert "https://t.me/held_bot" in told
    history = await clinic.history()
    assert "second_channel:not_accepted" in history
    assert "second_channel:e-mail:accepted" in history


async def test_who_has_blocked_the_bot_is_told_at_once(clinic: Clinic, mail: Mailbox) -> None:
    await can_be_reached(clinic, "Dana", mail.url())
    clinic.messenger.blocked = {DANA}
    await clinic.says(SAM, URGENT)
    (told,) = mail.texts("dana@clinic.example")
    assert "the bot cannot write to you in Telegram" in told


async def test_nobody_takes_it_by_the_supervisors_rung_so_all_who_were_told_get_mail(
    clinic: Clinic, mail: Mailbox
) -> None:
    for name in ("Dana", "Noor", "Sue"):
        await can_be_reached(clinic, name, mail.url(f"{name.lower()}@clinic.example"))
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=11)
    assert mail.texts() == []
    await clinic.forward(minutes=10)
    assert sorted(str(one["To"]) for one in mail.messages) == [
        f"{name}@clinic.example" for name in ("dana", "noor", "sue")
    ]
    assert "nobody has taken it in Telegram so far" in mail.texts()[0]


async def test_what_the_clinic_says_of_the_rung_is_kept_to(storage: Opened, mail: Mailbox) -> None:
    async with opened_clinic(storage.url, second_channel_rung=2) as clinic:
        await move_in(clinic)
        await can_be_reached(clinic, "Noor", mail.url("noor@clinic.example"))
        await clinic.says(SAM, URGENT)
        await clinic.forward(minutes=10)
        assert len(mail.texts("noor@clinic.example")) == 1


async def test_somebody_without_a_chat_is_told_when_their_rung_comes(
    clinic: Clinic, mail: Mailbox
) -> None:
    await hire(clinic, "Olu", Role.SUPERVISOR)
    await can_be_reached(clinic, "Olu", mail.url("olu@clinic.example"))
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=19)
    assert mail.texts() == []
    await clinic.forward(minutes=1)
    (told,) = mail.texts("olu@clinic.example")
    assert "you are not linked to the bot in Telegram yet" in told


async def test_without_an_address_the_clinic_is_alarmed_once(clinic: Clinic, pager: Hook) -> None:
    clinic.messenger.trouble = [SLOW] * 60
    await clinic.says(SAM, URGENT)
    await clinic.forward(seconds=61)
    await clinic.forward(minutes=5)
    about = [one for one in pager.texts() if "Dana can be reached in no other way" in one]
    assert len(about) == 1
    assert about[0].startswith("ALARM: Held in Mind")
    assert pager.paths[0] == "/clinic-secret"


async def test_a_mail_server_that_refuses_is_tried_again_until_it_takes_it(
    clinic: Clinic, mail: Mailbox
) -> None:
    await can_be_reached(clinic, "Dana", mail.url())
    clinic.messenger.blocked = {DANA}
    mail.refuses = True
    await clinic.says(SAM, URGENT)
    await clinic.forward(seconds=2)
    assert (await clinic.history()).count("second_channel:e-mail:failed") >= 2
    mail.refuses = False
    await clinic.forward(minutes=1)
    assert len(mail.texts()) == 1
    assert (await clinic.history()).count("second_channel:e-mail:accepted") == 1


async def test_once_somebody_has_taken_it_nothing_more_is_sent(
    clinic: Clinic, mail: Mailbox
) -> None:
    await can_be_reached(clinic, "Dana", mail.url())
    clinic.messenger.blocked = {DANA}
    mail.refuses = True
    await clinic.says(SAM, URGENT)
    await clinic.presses(NOOR, "take:1")
    mail.refuses = False
    await clinic.forward(minutes=5)
    assert mail.texts() == []
    assert rows(clinic.storage.url, "select state, error from notices where contact_id > 0") == [
        ("never", "somebody has taken it")
    ]


async def test_running_a_job_twice_sends_once(clinic: Clinic, mail: Mailbox) -> None:
    await can_be_reached(clinic, "Dana", mail.url())
    clinic.messenger.blocked = {DANA}
    await clinic.says(SAM, URGENT)
    await send_notice(clinic.services, 1)
    await watch_alert(clinic.services, 1, 0, 1)
    await clinic.settle()
    assert len(mail.texts()) == 1


async def test_an_address_that_was_taken_away_is_no_longer_used(
    clinic: Clinic, mail: Mailbox
) -> None:
    await can_be_reached(clinic, "Dana", mail.url())
    clinic.messenger.blocked = {DANA}
    mail.refuses = True
    await clinic.says(SAM, URGENT)
    rows(clinic.storage.url, "delete from contacts returning id")
    mail.refuses = False
    await clinic.forward(minutes=2)
    assert mail.texts() == []
    assert "second_channel:clinic:never" in await clinic.history()


async def test_nothing_of_the_parents_words_is_in_it_even_where_alerts_show_them(
    storage: Opened, mail: Mailbox, pager: Hook
) -> None:
    channel = SecondChannel([pager.url("clinic")])
    async with opened_clinic(storage.url, alert_shows_words=True, second_channel=channel) as clinic:
        await move_in(clinic)
        await _everything_goes_wrong(clinic, mail, pager)


async def _everything_goes_wrong(clinic: Clinic, mail: Mailbox, pager: Hook) -> None:
    await can_be_reached(clinic, "Dana", mail.url())
    await can_be_reached(clinic, "Noor", pager.url("noor"))
    clinic.messenger.blocked = {DANA, NOOR, SUE}
    await clinic.says(SAM, URGENT)
    await clinic.says(SAM, "and more plum-coloured words")
    await clinic.forward(minutes=40)
    sent = mail.texts() + pager.texts()
    assert len(sent) >= 3
    for words in (URGENT, "plum-coloured", "Sam"):
        assert not [one for one in sent if words in one]


async def test_no_address_is_in_a_log(clinic: Clinic, mail: Mailbox, pager: Hook) -> None:
    await can_be_reached(clinic, "Dana", "json://127.0.0.1:9/very-secret")
    clinic.messenger.blocked = {DANA, NOOR, SUE}
    pager.status = 500
    await clinic.says(SAM, URGENT)
    assert [one for one in clinic.log if one["event"] == "the second channel failed"]
    assert "secret" not in str(clinic.log)
