"""The form that every method of the Bot API takes here."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.state import Sandbox

Params = dict[str, Any]
Handler = Callable[[Sandbox, Params], Awaitable[object]]
