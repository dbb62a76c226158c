"""A steady stream of messages: is any lost, and do the answers of a chat keep its order?"""

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bot.storage.embedded import start_embedded
from tests.bench.phones import Phones, Sent, accepted_at, is_reply_to

DRAIN = 90.0

ANSWERED = """
select messages.chat_id, messages.telegram_message_id
from deliveries
join answers on deliveries.key = 'answer:' || answers.id
join messages on messages.id = answers.message_id
where deliveries.telegram_message_id is not null
order by deliveries.telegram_message_id
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a stream; `seconds` are from post to acceptance, message by message."""

    sent: tuple[Sent, ...]
    seconds: tuple[float, ...]
    lost: int
    behind: float
    """Seconds from the last message to the last reply: a bot that keeps up is hardly behind."""


async def stream(phones: Phones, chats: list[int], texts: list[str], rate: float) -> Load:
    """Send `rate` messages a second, round the chats, and wait for the replies."""
    await phones.calls()
    started = time.time()
    posts = []
    for number, text in enumerate(texts):
        await asyncio.sleep(max(0.0, started + number / rate - time.time()))
        posts.append(asyncio.create_task(phones.say(chats[number % len(chats)], text)))
    return await _replies(phones, tuple(await asyncio.gather(*posts)))


async def _replies(phones: Phones, sent: tuple[Sent, ...]) -> Load:
    """Count the replies; the n-th reply of a chat belongs to its n-th message."""
    came: dict[int, list[float]] = defaultdict(list)
    chats = {one.chat_id for one in sent}
    deadline = time.time() + DRAIN
    while sum(map(len, came.values())) < len(sent) and time.time() < deadline:
        for call in await phones.calls():
            for chat_id in chats:
                if call["status"] == 200 and is_reply_to(chat_id)(call):
                    came[chat_id].append(accepted_at(call))
        await asyncio.sleep(0.2)
    return _matched(sent, came)


def _matched(sent: tuple[Sent, ...], came: dict[int, list[float]]) -> Load:
    waiting = {chat_id: iter(sorted(times)) for chat_id, times in came.items()}
    seconds = []
    for one in sent:
        at = next(waiting.get(one.chat_id, iter(())), None)
        if at is not None:
            seconds.append(at - one.at)
    last = max((max(times) for times in came.values()), default=float("inf"))
    behind = last - max(one.at for one in sent)
    return Load(sent, tuple(seconds), len(sent) - len(seconds), behind)


def out_of_order(data: Path, sent: tuple[Sent, ...]) -> tuple[int, int]:
    """How many answers were looked at, and how many chats did not get theirs in order.

    The bot's own records say which message each accepted answer belongs to; Telegram's ids say in
    which order the chat shows them.
    """
    with psycopg.connect(start_embedded(data)) as connection:
        rows = connection.execute(ANSWERED).fetchall()
    ours = {(one.chat_id, one.message_id) for one in sent}
    shown: dict[int, list[int]] = defaultdict(list)
    for chat_id, message_id in rows:
        if (chat_id, message_id) in ours:
            shown[chat_id].append(message_id)
    wrong = sum(ids != sorted(ids) for ids in shown.values())
    return sum(map(len, shown.values())), wrong
