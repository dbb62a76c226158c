"""Where a sandbox begins to count, so that it repeats no number of an earlier one."""

import time

_EPOCH = 1_767_225_600  # 1 January 2026
_A_SECOND = 10


def first_number(now: float | None = None) -> int:
    """The first id of an update or a message for a sandbox that starts now.

    A bot keeps what it has handled by these ids, and a sandbox remembers nothing: counting from 1
    again, it would make a bot with a database take new messages for old ones. Ten numbers a second
    leave room for as many messages, and stay within 32 bits until October 2032.
    """
    return 1 + int(((time.time() if now is None else now) - _EPOCH) * _A_SECOND)
