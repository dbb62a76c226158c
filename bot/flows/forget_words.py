"""Once a day: words go whose time is over, and that is written down."""

from datetime import datetime

import structlog

from bot.core.retention import Forgotten, Retention
from bot.storage.database import Tx
from bot.storage.retention import forget_words as forget
from bot.storage.retention import note_run

log = structlog.get_logger(__name__)


async def forget_words(tx: Tx, rule: Retention, now: datetime) -> Forgotten:
    """Take away what is too old; nothing at all where everything is kept."""
    if rule.keeps_all:
        return Forgotten()
    done = await forget(tx, rule, now)
    await note_run(tx, rule, done, now)
    log.info("words were forgotten", messages=done.messages, flags=done.flags)
    return done
