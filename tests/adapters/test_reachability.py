"""Asking Telegram whether it would deliver: its own answer counts, and trouble is no answer."""

from typing import Any, cast

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.adapters.reachability import TelegramProbe, never_asks


class BotThatAnswers:
    """A client that gives one answer to every chat action."""

    def __init__(self, error: TelegramError | None) -> None:
        self.error = error

    async def send_chat_action(self, *_: Any) -> bool:
        """Answer."""
        if self.error is not None:
            raise self.error
        return True


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (None, ""),
        (Forbidden("bot was blocked by the user"), "blocked"),
        (BadRequest("Chat not found"), "chat not found"),
        (NetworkError("no route"), None),
    ],
)
async def test_a_refusal_is_known_and_a_failure_is_not_taken_for_one(
    error: TelegramError | None, answer: str | None
) -> None:
    assert await TelegramProbe(cast(Bot, BotThatAnswers(error)))(1002) == answer


async def test_without_telegram_nothing_is_known() -> None:
    assert await never_asks(1002) is None
