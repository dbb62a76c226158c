"""`heldinmind clinic retention`: words go whose time is over; or what would go."""

from bot.app import Storage, retention_of
from bot.cli.duty import DRY_RUN, would
from bot.cli.shared import settings_or_exit
from bot.cli.storage_work import with_storage
from bot.core.retention import Forgotten
from bot.flows.forget_words import forget_words

KEPT = (
    "Everything is kept: neither HELDINMIND_KEEP_MESSAGE_DAYS nor HELDINMIND_KEEP_FLAG_DAYS is set"
)


def retention(dry_run: bool = DRY_RUN) -> None:
    """Take away the words that are older than the settings allow, as the bot does every night.

    Words of messages go after HELDINMIND_KEEP_MESSAGE_DAYS, those of flags so many days after they
    were closed as HELDINMIND_KEEP_FLAG_DAYS says; what is not set is kept for ever. That there was
    a message or a flag, when and how it ended stays. Nothing that is open is touched.

    Example: heldinmind clinic retention --dry-run
    """
    settings = settings_or_exit()
    rule = retention_of(settings)
    if rule.keeps_all:
        print(KEPT)
        return

    async def work(storage: Storage) -> Forgotten:
        database = storage.database
        async with database.rehearsal() if dry_run else database.transaction() as tx:
            return await forget_words(tx, rule, storage.clock.now())

    done = with_storage(settings, work)
    told = f"the words of {done.messages} messages and {done.flags} closed flags"
    would(dry_run, f"{told}, and of {done.deliveries} messages that were sent")
