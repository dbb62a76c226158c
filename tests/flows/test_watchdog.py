"""The watchdog in the clinic: one alarm for each trouble, by the second channel too."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import watchdog
from bot.adapters.clock import machine_time
from bot.adapters.queue import OUT
from bot.adapters.second_channel import SecondChannel
from bot.adapters.secrets import Vault
from bot.core.deliveries import Delivery, RetryIn, Send
from bot.core.replies import Reply
from bot.core.watch import Kind, Trouble
from bot.flows.keep_watch import keep_watch
from bot.storage.database import Database
from bot.storage.deliveries import owe
from bot.storage.pulse import POLL, note_pulse
from bot.watchdog import Watchdog
from tests import telegram_json as told
from tests.databases import KEY, Opened, rows
from tests.flows.clinic import NAMES, SAM, SUE, Clinic, move_in, opened_clinic
from tests.flows.script import ASKING, URGENT
from tests.outside import Hook, hook

SLOW = RetryIn(timedelta(seconds=20), "network")


@pytest.fixture
def pager() -> Iterator[Hook]:
    """The clinic's own address."""
    with hook() as found:
        yield found


@pytest.fixture
async def clinic(storage: Opened, pager: Hook) -> AsyncIterator[Clinic]:
    """A clinic that has an address for alarms."""
    channel = SecondChannel([pager.url()])
    rows(storage.url, "delete from procrastinate_workers returning id")
    async with opened_clinic(storage.url, second_channel=channel) as found:
        await move_in(found)
        yield found


class Watch:
    """Looks again and again, as the running watchdog does."""

    def __init__(self, clinic: Clinic, *, has_just_begun: bool = False) -> None:
        self.clinic, self.seen = clinic, frozenset[Trouble]()
        self.began_at = machine_time() - (timedelta() if has_just_begun else timedelta(hours=1))

    async def looks(self, times: int = 2) -> None:
        for _ in range(times):
            look = await keep_watch(self.clinic.services, self.seen, self.began_at)
            self.seen = look.troubles
        await self.clinic.settle()


def heard(pager: Hook, words: str) -> int:
    """How often the clinic's address was told this."""
    return sum(words in text for text in pager.texts())


async def telegram_answers(clinic: Clinic) -> None:
    """A poll has just been answered."""
    async with clinic.services.database.transaction() as tx:
        await note_pulse(tx, POLL, machine_time())


async def telegram_falls_silent(clinic: Clinic) -> None:
    """No poll has been answered for three minutes of the machine's clock."""
    async with clinic.services.database.transaction() as tx:
        await note_pulse(tx, POLL, machine_time() - timedelta(minutes=3))


async def test_a_silent_telegram_alarms_once_and_its_return_is_told(
    clinic: Clinic, pager: Hook
) -> None:
    watch = Watch(clinic)
    await telegram_answers(clinic)
    await watch.looks(2)
    await telegram_falls_silent(clinic)
    await watch.looks(1)
    assert pager.texts() == [], "one look alone alarms nobody"
    await watch.looks(5)
    assert heard(pager, "Telegram has not answered the bot for two minutes") == 1
    assert any("Telegram has not answered" in text for text in clinic.texts(SUE))
    await telegram_answers(clinic)
    await watch.looks(3)
    assert heard(pager, "Telegram answers again") == 1
    await telegram_falls_silent(clinic)
    await watch.looks(2)
    assert heard(pager, "Telegram has not answered the bot for two minutes") == 2, "a new one"


async def test_a_sandboxs_clock_that_is_put_forward_is_no_silence_of_telegram(
    clinic: Clinic, pager: Hook
) -> None:
    watch = Watch(clinic)
    await telegram_answers(clinic)
    for _ in range(3):
        await clinic.forward(hours=5)
        await watch.looks(3)
    assert heard(pager, "Telegram has not answered") == 0


async def test_a_bot_that_starts_again_in_the_silence_does_not_say_that_it_is_over(
    clinic: Clinic, pager: Hook
) -> None:
    watch = Watch(clinic)
    await telegram_falls_silent(clinic)
    await watch.looks(2)
    await Watch(clinic, has_just_begun=True).looks(3)
    assert heard(pager, "Telegram answers again") == 0
    await telegram_answers(clinic)
    await Watch(clinic, has_just_begun=True).looks(3)
    assert heard(pager, "Telegram answers again") == 1


async def test_two_processes_that_watch_alarm_once(clinic: Clinic, pager: Hook) -> None:
    first, second = Watch(clinic), Watch(clinic)
    await telegram_falls_silent(clinic)
    for _ in range(3):
        await first.looks(1)
        await second.looks(1)
    assert heard(pager, "Telegram has not answered the bot") == 1


async def test_a_message_that_nobody_has_begun_to_read_is_told(clinic: Clinic, pager: Hook) -> None:
    number = clinic.messenger.written_by(SAM)
    await clinic.take(told.written(SAM, number, ASKING, NAMES[SAM]))
    age = "update procrastinate_events set at = at - interval '2 minutes' returning 1"
    watch = Watch(clinic)
    rows(clinic.storage.url, age)
    for alarms in (False, True):
        look = await keep_watch(clinic.services, watch.seen, watch.began_at)
        watch.seen = look.troubles
        assert look.alarmed is alarms
    await clinic.settle()
    assert heard(pager, "Work is overdue") == 1
    await watch.looks(2)
    assert heard(pager, "Work is on time again") == 1


@pytest.mark.parametrize(
    ("about", "troubles"),
    [("nudge:{}", frozenset()), ("answer:{}", {Trouble(Kind.JOBS_OVERDUE)})],
    ids=["nudges", "replies"],
)
async def test_nudges_to_many_may_take_minutes_and_replies_to_parents_may_not(
    clinic: Clinic, about: str, troubles: frozenset[Trouble]
) -> None:
    await clinic.settle()  # so that nothing else waits
    s = clinic.services
    async with s.database.transaction() as tx:
        for number in range(50):
            what = Send(Reply("news"))
            thing = Delivery(f"news:{number}", SAM, what, about=about.format(number))
            await owe(tx, thing, s.clock.now())
    age = "update procrastinate_events set at = at - interval '5 minutes' returning 1"
    rows(clinic.storage.url, age)
    assert rows(clinic.storage.url, "select distinct queue_name from procrastinate_jobs") == [
        (OUT,)
    ]
    look = await keep_watch(s, frozenset(), s.clock.now())
    assert look.troubles == troubles


async def test_an_alert_that_telegram_does_not_take_is_told_with_the_alias_and_no_words(
    clinic: Clinic, pager: Hook
) -> None:
    watch = Watch(clinic)
    clinic.messenger.trouble = [SLOW] * 60
    await clinic.says(SAM, URGENT)
    await clinic.forward(seconds=70)
    await watch.looks(3)
    assert heard(pager, "An urgent message of Robin's family is older than a minute") == 1
    assert not heard(pager, URGENT)
    clinic.messenger.trouble = []
    await clinic.forward(minutes=2)
    await watch.looks(2)
    assert heard(pager, "has reached somebody now") == 1


async def test_a_dead_worker_is_told_and_so_is_its_replacement(clinic: Clinic, pager: Hook) -> None:
    dead = (
        "insert into procrastinate_workers (last_heartbeat) "
        "values (now() - interval '1 minute') returning id"
    )
    rows(clinic.storage.url, dead)
    watch = Watch(clinic)
    s = clinic.services
    for workers in (0, 4, 4):
        watch.seen = (await keep_watch(s, watch.seen, watch.began_at, workers)).troubles
    rows(clinic.storage.url, "delete from procrastinate_workers returning id")
    await watch.looks(2)
    assert heard(pager, "has died") == 1
    assert heard(pager, "it was replaced") == 1


async def test_where_nobody_works_the_watchdog_sends_its_alarm_itself(
    clinic: Clinic, pager: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog, "LOOK_SECONDS", 0.0)
    dog = Watchdog(clinic.services)
    await dog.tick()
    assert dog._began_at is not None
    dog._began_at -= timedelta(hours=1)
    await telegram_falls_silent(clinic)
    rows(clinic.storage.url, "delete from procrastinate_workers returning id")
    for _ in range(3):
        await dog.tick()
    assert heard(pager, "Telegram has not answered the bot") == 1
    await clinic.settle()
    assert heard(pager, "Telegram has not answered the bot") == 1, "its job finds it done"


async def test_without_a_database_the_alarm_goes_out_from_memory_once(
    storage: Opened, pager: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog, "AWAY_SECONDS", 0.0)
    revived: list[int] = []

    async def revive() -> None:
        revived.append(1)

    channel = SecondChannel([pager.url()])
    async with opened_clinic(storage.url, second_channel=channel) as clinic:
        away = Database("postgresql://postgres@127.0.0.1:9/none", Vault([KEY]), storage.queue)
        dog = Watchdog(clinic.services, revive)
        dog.services = replace(clinic.services, database=away)
        pager.status = 500
        await dog.tick()
        pager.status = 200
        for _ in range(3):
            await dog.tick()
        assert heard(pager, "The bot's database does not answer") == 1
        assert len(revived) == 4, "an embedded one is started again each time"
        await away.close()
        dog.services = clinic.services
        for _ in range(2):
            await dog.tick()
        assert heard(pager, "The bot's database answers again") == 1
