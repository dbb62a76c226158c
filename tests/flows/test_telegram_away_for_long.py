"""Telegram takes nothing for a while: afterwards everybody reads one alert, the newest."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.core.deliveries import Delivery, RetryIn
from bot.flows.deliver import deliver
from bot.flows.services import Services
from bot.flows.steps.out_of_reach import note_accepted
from bot.storage.contacts import add_contact
from bot.storage.database import Tx
from bot.storage.people import all_staff
from tests.databases import Opened, rows
from tests.flows.clinic import DANA, NOOR, ROBINS, SAM, SUE, Clinic, move_in, opened_clinic, say
from tests.flows.script import URGENT
from tests.outside import mailbox

AWAY = RetryIn(timedelta(seconds=20), "network")
EVENTS = "select what, rung, staff_id from flag_events where what = %s order by id"
IDS = {DANA: 1, NOOR: 2, SUE: 3}


@pytest.fixture
async def clinic(storage: Opened) -> AsyncIterator[Clinic]:
    """A clinic from which nothing reaches Telegram."""
    async with opened_clinic(storage.url) as found:
        await move_in(found)
        found.messenger.trouble = [AWAY] * 1000
        yield found


async def comes_back(clinic: Clinic) -> None:
    clinic.messenger.trouble.clear()
    await clinic.forward(seconds=21)


def alerts(clinic: Clinic, chat_id: int) -> list[str]:
    return [text for text in clinic.texts(chat_id) if f"URGENT: {ROBINS}" in text]


def events(clinic: Clinic, what: str) -> list[tuple[object, ...]]:
    return rows(clinic.storage.url, EVENTS, what)


async def test_after_an_hour_each_reads_the_newest_alert_alone_and_the_history_tells_of_the_others(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    for _ in range(13):
        await clinic.forward(minutes=5)
    await comes_back(clinic)
    for chat_id in (DANA, NOOR, SUE):
        (text,) = alerts(clinic, chat_id)
        assert "65 min later nobody had it." in text
        assert "just now" not in text
    told, gone = events(clinic, "told"), events(clinic, "superseded")
    delivered = events(clinic, "delivered")
    assert sorted(one[1:] for one in told) == sorted(one[1:] for one in [*gone, *delivered])
    assert [one[1] for one in gone if one[2] == IDS[DANA]] == [0, 1, 4, 5]
    assert not events(clinic, "not_delivered")
    assert not events(clinic, "reached_nobody")


async def test_the_first_alert_goes_out_however_late_where_no_newer_one_goes_to_that_person(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=4)
    await comes_back(clinic)
    assert len(alerts(clinic, DANA)) == 1
    assert not events(clinic, "superseded")


async def test_an_alert_to_somebody_else_takes_nobodys_place(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=5, seconds=1)
    await clinic.forward(minutes=5)
    await comes_back(clinic)
    assert len(alerts(clinic, DANA)) == len(alerts(clinic, NOOR)) == 1
    assert events(clinic, "superseded") == [("superseded", 0, IDS[DANA])]


async def test_a_newer_alert_that_telegram_refuses_takes_no_place(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=5, seconds=1)
    clinic.messenger.trouble.clear()
    states = "update deliveries set state = %s where key = %s returning id"
    rows(clinic.storage.url, states, "never", "flag:1:rung:1:1")
    ((number,),) = rows(clinic.storage.url, states, "owed", "flag:1:rung:0:1")
    await deliver(clinic.services, clinic.messenger, int(str(number)), {})
    assert len(alerts(clinic, DANA)) == 1
    assert events(clinic, "delivered") == [("delivered", 0, IDS[DANA])]


async def test_the_second_channel_counts_its_minute_from_the_first_alert(clinic: Clinic) -> None:
    with mailbox() as mail:
        async with clinic.services.database.transaction() as tx:
            (dana,) = [one for one in await all_staff(tx) if one.name == "Dana"]
            now = clinic.services.clock.now()
            await add_contact(tx, dana.id, "E-Mail", mail.url(), now)
        await clinic.says(SAM, URGENT)
        await clinic.forward(seconds=30)
        await clinic.says(SAM, "/person")
        await clinic.forward(seconds=25)
        assert events(clinic, "superseded") == [("superseded", 0, IDS[DANA])]
        assert mail.texts() == []
        await clinic.forward(seconds=10)
        (told,) = mail.texts("dana@clinic.example")
        assert "(London time)" in told
        assert " ago" not in told


# What Telegram took is written down before anything that follows from it.


async def test_cut_off_after_it_was_written_down_nothing_is_sent_again_and_the_rest_follows(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.messenger.trouble.clear()
    clinic.may_fail = True
    tried: list[str] = []

    async def is_cut_off(tx: Tx, s: Services, delivery: Delivery) -> Any:
        tried.append(delivery.key)
        if len(tried) == 1:
            raise OSError
        await note_accepted(tx, s, delivery)

    monkeypatch.setattr("bot.flows.deliver.note_accepted", is_cut_off)
    await clinic.says(SAM, URGENT)
    state = "select state from deliveries where key = 'flag:1:rung:0:1'"
    assert rows(clinic.storage.url, state) == [("accepted",)], "a kill now sends nothing again"
    assert events(clinic, "delivered") == []
    await clinic.forward(seconds=5)
    assert len(alerts(clinic, DANA)) == 1
    assert events(clinic, "delivered") == [("delivered", 0, IDS[DANA])]
    assert say("holding.sent", who="Dana") in clinic.phone(SAM)[0].text
    alert = rows(clinic.storage.url, "select id from deliveries where key = 'flag:1:rung:0:1'")
    await deliver(clinic.services, clinic.messenger, int(str(alert[0][0])), {})
    assert len(events(clinic, "delivered")) == 1, "noting it twice is noting it once"
