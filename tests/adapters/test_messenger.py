"""What each of Telegram's errors asks for, the most specific first."""

from datetime import timedelta
from unittest.mock import AsyncMock

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.adapters.messenger import LONG_WAIT, TelegramMessenger, make_bot, what_to_do
from bot.chat.render import call_arguments
from bot.core.deliveries import Accepted, Copy, Delivery, Never, RetryIn, SendResult, backoff

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Never("blocked")),
        (Forbidden("Forbidden: user is deactivated"), Never("blocked")),
        (ChatMigrated(-100), Never("not a private chat")),
        (BadRequest("Message is not modified: …"), Accepted(None)),
        (BadRequest("Chat not found"), Never("chat not found")),
        (BadRequest("Message to edit not found"), Never("refused")),
        (BadRequest("Can't parse entities"), Never("refused")),
        (InvalidToken(), RetryIn(LONG_WAIT, "the token is not valid")),
        (TimedOut(), RetryIn(SECOND, "network")),
        (NetworkError("Bad Gateway"), RetryIn(SECOND, "network")),
        (Conflict("terminated by other getUpdates"), RetryIn(SECOND, "Conflict")),
        (EndPointNotFound("Not Found"), RetryIn(SECOND, "EndPointNotFound")),
        (TelegramError("something new"), RetryIn(SECOND, "TelegramError")),
    ],
)
def test_each_error_asks_for_one_thing(error: TelegramError, result: SendResult) -> None:
    assert what_to_do(error, 0) == result


@pytest.mark.parametrize("after", [30, timedelta(seconds=30)])
def test_a_limit_is_waited_for_as_long_as_telegram_says(after: int | timedelta) -> None:
    make_bot("1:x", "http://127.0.0.1:9")
    expected = RetryIn(timedelta(seconds=30), "too many requests")
    assert what_to_do(RetryAfter(after), 0) == expected


@pytest.mark.parametrize("attempts", [0, 3, 50])
def test_a_network_that_stays_away_is_tried_ever_more_slowly(attempts: int) -> None:
    assert what_to_do(NetworkError("x"), attempts) == RetryIn(backoff(attempts), "network")


def test_nothing_that_might_still_go_through_is_ever_given_up() -> None:
    passing = [TimedOut(), NetworkError("x"), InvalidToken(), TelegramError("x"), Conflict("x")]
    assert all(isinstance(what_to_do(error, 99), RetryIn) for error in passing)


@pytest.mark.parametrize("is_quiet", [True, False])
async def test_a_copy_makes_a_sound_unless_it_is_quiet(is_quiet: bool) -> None:
    bot = AsyncMock()
    messenger = TelegramMessenger(bot, bot, call_arguments)
    await messenger.send(Delivery("k", 1, Copy(2, 3, is_quiet=is_quiet)), None, 0)
    asked = bot.copy_message.await_args
    assert bool(asked.kwargs.get("disable_notification")) is is_quiet
