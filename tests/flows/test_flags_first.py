"""What a rule is certain of is read before everything that waits; the order of a chat stays."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.core.deliveries import TOO_MANY, Delivery, Lane, RetryIn, Send
from bot.core.replies import Reply
from bot.storage.deliveries import owe
from tests import telegram_json as told
from tests.databases import Opened, rows
from tests.flows.clinic import ALEX, DANA, NAMES, PIP, SAM, Clinic, move_in, opened_clinic
from tests.flows.script import ASKING

CERTAIN = "He has taken a whole packet of paracetamol and says he wants to die"
HANDLED = """
    select chat_id, array_agg(update_id order by handled_at)
    from inbox group by chat_id order by min(handled_at)
"""


@pytest.fixture
async def clinic(storage: Opened) -> AsyncIterator[Clinic]:
    """A clinic with nothing going on."""
    async with opened_clinic(storage.url) as found:
        await move_in(found)
        yield found


async def writes(clinic: Clinic, chat_id: int, text: str) -> int:
    """Somebody writes, and nobody has looked at it yet."""
    number = clinic.messenger.written_by(chat_id)
    update = told.written(chat_id, number, text, NAMES[chat_id])
    await clinic.take(update)
    found: int = update["update_id"]
    return found


async def test_what_is_certainly_urgent_overtakes_other_chats(clinic: Clinic) -> None:
    for _ in range(20):
        await writes(clinic, SAM, ASKING)
    await writes(clinic, PIP, CERTAIN)
    await clinic.settle()
    order = [chat for chat, _ in rows(clinic.storage.url, HANDLED)]
    assert order[0] == PIP


async def test_the_order_within_a_chat_is_kept(clinic: Clinic) -> None:
    for _ in range(5):
        await writes(clinic, SAM, ASKING)
    mine = [await writes(clinic, PIP, ASKING) for _ in range(3)]
    mine.append(await writes(clinic, PIP, CERTAIN))
    mine += [await writes(clinic, PIP, ASKING) for _ in range(2)]
    await clinic.settle()
    assert (PIP, mine) in rows(clinic.storage.url, HANDLED)
    by_time = "select chat_id from inbox order by handled_at limit 4"
    assert [chat for (chat,) in rows(clinic.storage.url, by_time)] == [PIP] * 4


async def test_an_edit_and_a_caption_overtake_too(clinic: Clinic) -> None:
    for _ in range(5):
        await writes(clinic, SAM, ASKING)
    number = clinic.messenger.written_by(ALEX)
    await clinic.take(told.media(ALEX, number, "photo", CERTAIN))
    await clinic.settle()
    assert rows(clinic.storage.url, HANDLED)[0][0] == ALEX


async def test_after_too_many_requests_ordinary_messages_wait_and_flags_do_not(
    clinic: Clinic,
) -> None:
    s = clinic.services
    clinic.messenger.trouble = [RetryIn(timedelta(seconds=60), TOO_MANY)]
    async with s.database.transaction() as tx:
        for number, chat_id in enumerate((SAM, PIP)):
            thing = Delivery(f"news:{number}", chat_id, Send(Reply("news")))
            await owe(tx, thing, s.clock.now())
    await clinic.settle()
    assert clinic.texts(SAM) == clinic.texts(PIP) == [], "both wait out the pause"
    async with s.database.transaction() as tx:
        flag = Delivery("urgent", DANA, Send(Reply("urgent")), Lane.FLAG)
        await owe(tx, flag, s.clock.now())
    await clinic.settle()
    assert clinic.texts(DANA) == ["urgent"]
    await clinic.forward(minutes=2)
    assert clinic.texts(SAM) == clinic.texts(PIP) == ["news"]
