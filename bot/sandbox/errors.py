"""What the sandbox answers when it will not do what it was asked.

Refusal
├── Violation     the call breaks the published specification (counted against the bot)
└── (itself)      a well-formed call that cannot be carried out: blocked, not found, not modified
OwnMistake        the sandbox itself would have returned something the specification forbids
BadControl        a control call that makes no sense (the tests' or the page's mistake)
"""

from typing import Any

TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
}


class Refusal(Exception):
    """Telegram's kind of error: a status, a description and sometimes parameters."""

    def __init__(
        self, status: int, detail: str = "", parameters: dict[str, Any] | None = None
    ) -> None:
        title = TITLES.get(status, "Error")
        self.status = status
        self.detail = detail
        self.description = f"{title}: {detail}" if detail else title
        self.parameters = parameters
        super().__init__(self.description)


class Violation(Refusal):
    """The call breaks the Bot API specification, whatever the state of the chat."""

    def __init__(self, detail: str, status: int = 400) -> None:
        super().__init__(status, detail)


class OwnMistake(Exception):
    """What the sandbox was about to return does not follow the specification."""


class BadControl(Exception):
    """A control call that cannot be carried out, with the status that says so."""

    def __init__(self, detail: str, status: int = 400) -> None:
        super().__init__(detail)
        self.detail = detail
        self.status = status
