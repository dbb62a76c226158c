"""Things that happen at the same moment, on the real database: one wins, and nothing is doubled."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.core.flags import Outcome
from bot.core.messages import Incoming, Words
from bot.core.people import Parent, Staff
from bot.core.triage import Verdict
from bot.flows.answer_message import answer_message
from bot.flows.close_flag import close_flag
from bot.flows.take_flag import take_flag
from bot.flows.watch_holder import watch_holder
from bot.storage.people import all_staff, who_is
from tests import telegram_json as told
from tests.flows.clinic import ALEX, DANA, NOOR, ROBINS, SAM, Clinic, say
from tests.flows.script import URGENT, URGENT_TOO

AT = datetime(2026, 3, 4, 21, 15, tzinfo=UTC)


async def arrived(clinic: Clinic, chat_id: int) -> int:
    """An update that has come and is not worked on yet; its number."""
    update = told.written(chat_id, clinic.messenger.written_by(chat_id), "…")
    await clinic.take(update)
    number: int = update["update_id"]
    return number


async def wrote(clinic: Clinic, chat_id: int, text: str) -> Incoming:
    number = await arrived(clinic, chat_id)
    return Incoming(number, chat_id, number, "", None, AT, Words(text))


async def parent(clinic: Clinic, chat_id: int) -> Parent:
    async with clinic.services.database.transaction() as tx:
        found = await who_is(tx, chat_id, "")
    assert isinstance(found, Parent)
    return found


async def staff(clinic: Clinic) -> dict[str, Staff]:
    async with clinic.services.database.transaction() as tx:
        return {one.name: one for one in await all_staff(tx)}


@pytest.fixture
def together(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> asyncio.Barrier:
    """Nobody goes on to write before both have read that there is no flag."""
    barrier, judgement = asyncio.Barrier(2), clinic.services.judgement
    judge = judgement.judge

    async def waits(text: str, context: Sequence[str]) -> Verdict:
        await asyncio.wait_for(barrier.wait(), 20)
        return await judge(text, context)

    monkeypatch.setattr(judgement, "judge", waits)
    return barrier


@pytest.mark.parametrize("second", [URGENT, URGENT_TOO])
async def test_both_parents_who_write_at_once_join_one_flag(
    clinic: Clinic, together: asyncio.Barrier, second: str
) -> None:
    sam, alex = await parent(clinic, SAM), await parent(clinic, ALEX)
    of_sam, of_alex = await wrote(clinic, SAM, URGENT), await wrote(clinic, ALEX, second)
    await asyncio.gather(
        answer_message(clinic.services, sam, of_sam),
        answer_message(clinic.services, alex, of_alex),
    )
    await clinic.settle()
    await clinic.flag()
    first = [one.text for one in clinic.phone(DANA) if f"URGENT: {ROBINS}" in one.text]
    assert len(first) == 2, "what the other parent writes of danger rings too"
    for chat_id in (SAM, ALEX):
        assert "999" in clinic.texts(chat_id)[0]


async def test_of_two_presses_in_the_same_moment_one_has_it(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=10, seconds=1)
    people = await staff(clinic)
    presses = [
        take_flag(clinic.services, people[name], 1, await arrived(clinic, DANA))
        for name in ("Dana", "Noor", "Sue", "Dana", "Noor", "Sue")
    ]
    said = await asyncio.gather(*presses)
    await clinic.settle()
    assert said.count("") == 1
    assert (await clinic.history()).count("acknowledged") == 1
    assert sum("has your message." in text for text in clinic.texts(SAM)) == 1


async def test_a_message_that_comes_while_the_flag_is_closed_is_never_lost(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.presses(DANA, "take:1")
    sam, dana = await parent(clinic, SAM), (await staff(clinic))["Dana"]
    loop, judge = asyncio.get_running_loop(), clinic.judge.judge
    closes, writes = await arrived(clinic, DANA), await wrote(clinic, SAM, URGENT_TOO)

    def closed_meanwhile(text: str, context: Sequence[str]) -> Verdict:
        closing = close_flag(clinic.services, dana, 1, Outcome.SAFE_NOW, closes)
        asyncio.run_coroutine_threadsafe(closing, loop).result(20)
        return judge(text, context)

    monkeypatch.setattr(clinic.judge, "judge", closed_meanwhile)
    await answer_message(clinic.services, sam, writes)
    monkeypatch.setattr(clinic.judge, "judge", judge)
    await clinic.settle()
    first, second = await clinic.flags()
    assert (first.is_open, second.is_waiting) == (False, True)
    assert any(say("flags.category_medical_emergency") in text for text in clinic.texts(DANA))


async def test_a_watch_that_runs_twice_at_once_gives_a_flag_back_once(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.presses(DANA, "take:1")
    async with clinic.services.database.transaction() as tx:
        number = (
            await tx.connection.exec_driver_sql(
                "select id from flag_events where what = 'acknowledged'"
            )
        ).scalar_one()
    await clinic.forward(minutes=31)
    clinic.services.clock.offset += clinic.services.holder_patience
    await asyncio.gather(*(watch_holder(clinic.services, 1, number) for _ in range(4)))
    await clinic.settle()
    assert (await clinic.history()).count("released") == 1
    assert clinic.phone(NOOR) != []
