"""What is going on: counts for whoever operates this, and every flag with its deliveries."""

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import text

from bot.core.audit import Act
from bot.core.flags import Flag
from bot.core.people import Staff
from bot.flows.steps.flagging import about
from bot.storage.database import Database, Tx
from bot.storage.deliveries import count_deliveries, deliveries_about
from bot.storage.flags import all_flags, events_of, messages_of
from bot.storage.holds import notes_of
from bot.storage.inbox import count_inbox
from bot.storage.messages import stored_message
from bot.storage.notices import count_notices
from bot.storage.pulse import POLL, last_pulse
from bot.storage.watch import open_incidents, read_signs
from bot.storage.wordings import day_of_words

SHOWS_FLAGS = "flags --json"
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Status:
    """Counts at one moment; `jobs` and `deliveries` by state, `wordings` of today by outcome."""

    inbox: dict[str, int]
    jobs: dict[str, int]
    deliveries: dict[str, int]
    open_flags: int
    waiting_flags: int
    last_poll: datetime | None
    notices: dict[str, int]
    overdue_jobs: int
    workers_alive: int
    workers_dead: int
    undelivered_flags: int
    incidents: tuple[str, ...]
    wordings: dict[str, int] = field(default_factory=dict)
    wording_tokens: int = 0
    wording_cost: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The counts, fit for JSON."""
        last = self.last_poll.isoformat() if self.last_poll else None
        return {**asdict(self), "last_poll": last}

    def numbers(self) -> dict[str, float]:
        """The counts under flat names, for metrics."""
        found: dict[str, float] = {
            "inbox_waiting": self.inbox["waiting"],
            "open_flags": self.open_flags,
            "waiting_flags": self.waiting_flags,
            "undelivered_flags": self.undelivered_flags,
            "overdue_jobs": self.overdue_jobs,
            "workers_alive": self.workers_alive,
            "workers_dead": self.workers_dead,
            "wording_tokens": self.wording_tokens,
            "wording_cost": self.wording_cost,
        }
        by_state = {
            "jobs": self.jobs,
            "deliveries": self.deliveries,
            "notices": self.notices,
            "wordings": self.wordings,
        }
        for kind, counts in by_state.items():
            found |= {f"{kind}_{state}": count for state, count in counts.items()}
        return found


async def report_status(database: Database, now: datetime) -> Status:
    """Count everything that is waiting or under way, and what a model was asked today (UTC)."""
    today = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    async with database.transaction() as tx:
        rows = await tx.execute(
            text("select status::text, count(*) from procrastinate_jobs group by status")
        )
        jobs: dict[str, int] = dict(rows.all())
        flags = await all_flags(tx)
        last = await last_pulse(tx, POLL)
        signs = await read_signs(tx, NEVER)
        words = await day_of_words(tx, today.date(), today)
        return Status(
            inbox=await count_inbox(tx),
            jobs=jobs,
            deliveries=await count_deliveries(tx),
            open_flags=sum(flag.is_open for flag in flags),
            waiting_flags=sum(flag.is_waiting for flag in flags),
            last_poll=last,
            notices=await count_notices(tx),
            overdue_jobs=signs.overdue_jobs,
            workers_alive=signs.workers_alive,
            workers_dead=signs.workers_dead,
            undelivered_flags=len(signs.undelivered),
            incidents=tuple(sorted({one.kind for one in await open_incidents(tx)})),
            wordings=dict(words.by_outcome),
            wording_tokens=words.tokens,
            wording_cost=words.cost,
        )


async def list_flags(database: Database) -> tuple[Flag, ...]:
    """Every flag at a glance, without anybody's words."""
    async with database.reading() as tx:
        return await all_flags(tx)


async def report_flags(database: Database, by: Staff | None) -> list[dict[str, Any]]:
    """Every flag with its state, family, messages, history, notes and deliveries.

    That they were shown is in the audit trail, flag by flag: to whom, or from which account.
    """
    async with database.transaction(by) as tx:
        found = [await _flag(tx, flag) for flag in await all_flags(tx)]
        for one in found:
            messages = f"messages={len(one['messages'])}"
            tx.note(Act.WORDS_SHOWN, f"flag:{one['id']}", how=SHOWS_FLAGS, detail=messages)
        return found


async def _flag(tx: Tx, flag: Flag) -> dict[str, Any]:
    messages = [await stored_message(tx, id_) for id_ in await messages_of(tx, flag.id)]
    return {
        "id": flag.id,
        "state": flag.state,
        "family": flag.alias,
        "chat_id": flag.chat_id,
        "category": flag.category,
        "reason": flag.reason,
        "raised_at": flag.raised_at.isoformat(),
        "held_by": flag.holder.name if flag.holder else None,
        "message": messages[0].text if messages else None,
        "messages": [{"id": m.telegram_message_id, "text": m.text} for m in messages],
        "history": [
            {"at": e.at.isoformat(), "what": e.what, "rung": e.rung, "staff": e.staff_id}
            for e in await events_of(tx, flag.id)
        ],
        "notes": [
            {"at": one.at.isoformat(), "staff": one.staff_id, "text": one.text}
            for one in await notes_of(tx, flag.id)
        ],
        "deliveries": [
            {"key": d.delivery.key, "chat_id": d.delivery.chat_id, "state": d.state}
            for d in await deliveries_about(tx, about(flag))
        ],
    }
