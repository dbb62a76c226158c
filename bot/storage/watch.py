"""What the watchdog looks at, and the incidents that it knows of."""

from datetime import datetime

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert

from bot.core.flags import FlagState
from bot.core.watch import Kind, Signs, Trouble, Undelivered
from bot.storage.alarm_tables import incidents
from bot.storage.database import Tx
from bot.storage.deliveries import DELIVER
from bot.storage.pulse import POLL, last_pulse
from bot.storage.tables import flags

HEARTBEAT_LOST_SECONDS = 10
BROADCAST = {"deliver": DELIVER, "broadcast": "nudge:%"}

# What could run, by its lock, and has not begun for a minute; a broadcast may take its time, and
# nudges are what is sent to many at once.
_OVERDUE = text("""
    select count(*) from procrastinate_jobs job
    left join lateral (
        select min(at) as at from procrastinate_events
        where job_id = job.id and type = 'deferred'
    ) deferred on job.scheduled_at is null
    where job.status = 'todo'
    and coalesce(job.scheduled_at, deferred.at)
        < now() - case when exists (
            select from deliveries owed
            where job.task_name = :deliver and owed.id = (job.args ->> 'delivery_id')::bigint
            and owed.about like :broadcast
        ) then interval '10 minutes' else interval '1 minute' end
    and not exists (
        select from procrastinate_jobs other
        where other.lock = job.lock and other.id <> job.id
        and (other.status = 'doing' or other.status = 'todo' and (
            other.priority > job.priority
            or other.priority = job.priority and other.id < job.id))
    )
""")
# What a worker began and nobody works on any more, though that should have been noticed long ago.
_STUCK = text("""
    select count(*) from procrastinate_jobs job
    left join procrastinate_workers worker on worker.id = job.worker_id
    where job.status = 'doing'
    and (worker.id is null or worker.last_heartbeat < now() - interval '1 minute')
    and not exists (
        select from procrastinate_events
        where job_id = job.id and at > now() - interval '1 minute'
    )
""")
_WORKERS = text("""
    select count(*) filter (where last_heartbeat >= now() - make_interval(secs => :lost)),
           count(*) filter (where last_heartbeat < now() - make_interval(secs => :lost))
    from procrastinate_workers
""")


async def read_signs(tx: Tx, began_at: datetime, expected: int = 0) -> Signs:
    """Look at everything, for a watch that began at a time and has seen `expected` workers."""
    overdue = (await tx.connection.execute(_OVERDUE, BROADCAST)).scalar_one()
    stuck = (await tx.connection.execute(_STUCK)).scalar_one()
    workers = await tx.connection.execute(_WORKERS, {"lost": HEARTBEAT_LOST_SECONDS})
    alive, dead = workers.one()
    query = select(flags.c.id, flags.c.raised_at).where(flags.c.state == FlagState.RAISED)
    raised = await tx.execute(query.order_by(flags.c.id))
    return Signs(
        last_answer=await last_pulse(tx, POLL),
        began_at=began_at,
        overdue_jobs=overdue + stuck,
        workers_alive=alive,
        workers_dead=dead,
        workers_expected=expected,
        undelivered=tuple(Undelivered(*row) for row in raised),
    )


async def open_incidents(tx: Tx) -> dict[Trouble, int]:
    """The troubles that are known and not over, with the numbers of their incidents."""
    query = select(incidents.c.kind, incidents.c.subject, incidents.c.id).where(
        incidents.c.ended_at.is_(None)
    )
    return {
        Trouble(Kind(kind), subject): number
        for kind, subject, number in await tx.execute(query.order_by(incidents.c.id))
    }


async def begin_incident(tx: Tx, trouble: Trouble, now: datetime) -> int | None:
    """Write an incident down; None if another process was quicker."""
    statement = insert(incidents).values(kind=trouble.kind, subject=trouble.subject, began_at=now)
    fresh = await tx.execute(statement.on_conflict_do_nothing().returning(incidents.c.id))
    found: int | None = fresh.scalar_one_or_none()
    return found


async def end_incident(tx: Tx, number: int, now: datetime) -> bool:
    """It is over; False if another process was quicker."""
    statement = (
        update(incidents)
        .where(incidents.c.id == number, incidents.c.ended_at.is_(None))
        .values(ended_at=now)
        .returning(incidents.c.id)
    )
    return (await tx.execute(statement)).scalar_one_or_none() is not None
