"""Families that are all due in the same hour: what planning costs, and how a flag fares meanwhile.

    python -m tests.bench.nudges [--families 100 1000 10000] [--draw] [--live 300]

Planning is the sweep itself on an embedded database of its own: processor seconds of this process
and of the database, by number of families, each with two weeks of nudges behind it. `--draw`
draws it into `docs/pictures/nudges-growth.png`. With `--live` a real bot sends that many nudges
through a sandbox, and a parent writes something urgent in the middle of it.
"""

import argparse
import asyncio
import os
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.core.people import Role
from bot.flows.send_nudges import send_nudges
from bot.storage.database import Tx
from bot.storage.embedded import start_embedded
from bot.storage.people import add_staff
from tests.bench.phones import Phones, Sent, accepted_at, is_flag
from tests.bench.processes import Process, cpu_seconds, postmaster
from tests.bench.texts import URGENT
from tests.databases import opened, rows
from tests.flows.clinic import opened_clinic

WORK = Path(__file__).resolve().parents[2] / "build" / "bench-nudges"
FIRST = 2001
SIZES = (100, 300, 1000, 3000, 10_000)
PICTURE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "nudges-growth.png"
GOAL_CPU_S, GOAL_FLAG_S, GOAL_A_SECOND = 60.0, 2.0, 30
PARENTS = """
    with family as (
        insert into families (alias, country, therapist_id, made_at)
        select :alias, 'GB', :therapist, :now from generate_series(1, :count) returning id
    )
    insert into parents (family_id, name, chat_id, consent_version, consented_at)
    select id, :name, 1000000 + id, 'bench', :now from family
"""
PLANS = """
    insert into practice_plans (family_id, therapist_id, skill_id, goal, note, often, starts_on,
                                ends_on, state, made_at)
    select family_id, :therapist, 'bedtime-check-in', :goal, :note, 7, :today,
           cast(:today as date) + 60, 'running', :now
    from parents where chat_id >= :first
"""
TIMES = """
    insert into plan_times (plan_id, parent_id, days, at, picked_at)
    select plan.id, parent.id, 127, :at, :now
    from practice_plans plan join parents parent using (family_id) where parent.chat_id >= :first
    on conflict do nothing
"""
RHYTHMS = """
    insert into rhythms (parent_id, zone, quiet_begins, quiet_ends, look_at)
    select id, 'UTC', '00:00', '00:00', :now from parents where chat_id >= :first
    on conflict (parent_id) do nothing
"""
HISTORY = """
    insert into nudges (plan_id, parent_id, day, wording, made_at, send_until, answered_at)
    select times.plan_id, times.parent_id, cast(:today as date) - back, back % 3, :now, :now, :now
    from plan_times times join parents parent on parent.id = times.parent_id,
         generate_series(1, 14) back
    where parent.chat_id >= :first
"""
PLANNED = """
    select extract(epoch from scheduled_at) from procrastinate_jobs where task_name = 'deliver'
"""


@dataclass(frozen=True, slots=True)
class Planned:
    """What one sweep cost: processor seconds, wall seconds, and the busiest second it planned."""

    families: int
    nudges: int
    cpu: float
    wall: float
    busiest: int

    @property
    def each(self) -> float:
        """Milliseconds of processor time a family."""
        return self.cpu / self.families * 1000

    def __str__(self) -> str:
        return (
            f"{self.families:>7} families  {self.nudges:>6} nudges  {self.cpu:6.1f} s processor  "
            f"{self.wall:6.1f} s  {self.each:5.2f} ms a family  busiest second {self.busiest}"
        )


async def due_now(tx: Tx, now: datetime, first: int, therapist: int) -> None:
    """Give every parent from a chat on a plan that is due this minute."""
    values = {
        "therapist": therapist,
        "goal": tx.seal("goal"),
        "note": tx.seal(""),
        "today": now.date(),
        "now": now,
        "first": first,
        "at": (now - timedelta(minutes=1)).time().replace(microsecond=0),
    }
    for statement in (PLANS, TIMES, RHYTHMS, HISTORY):
        await tx.execute(text(statement).bindparams(**_used(statement, values)))


def _used(statement: str, values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if f":{name}" in statement}


async def plan_for(families: int) -> Planned:
    """Plan the nudges of so many families that are due at once."""
    data = WORK / f"planning-{families}"
    shutil.rmtree(data, ignore_errors=True)
    url = start_embedded(data)
    async with opened(url) as storage:
        await storage.database.migrate()
        await storage.database.check_key()
    async with opened_clinic(url) as clinic:
        now = clinic.services.clock.now()
        async with clinic.services.database.transaction() as tx:
            dana = await add_staff(tx, "Dana", Role.THERAPIST)
            made = {"alias": tx.seal("Family"), "name": tx.seal("Parent"), "now": now}
            made |= {"therapist": dana.id, "count": families}
            await tx.execute(text(PARENTS).bindparams(**made))
            await due_now(tx, now, 1_000_000, dana.id)
        server = postmaster(data)
        begins, wall = cpu_seconds(os.getpid(), server), time.perf_counter()
        nudged = await send_nudges(clinic.services)
        wall = time.perf_counter() - wall
        cpu = cpu_seconds(os.getpid(), server) - begins
        found = Counter(int(float(str(at))) for (at,) in rows(url, PLANNED) if at is not None)
        return Planned(families, nudged, cpu, wall, max(found.values(), default=nudged))


async def send_live(families: int) -> None:
    """Let a real bot send so many nudges, and be asked for help in the middle."""
    folder = WORK / "live"
    shutil.rmtree(folder, ignore_errors=True)
    count = str(families)
    sandbox = Process(folder, "sandbox", "-m", "bot", "sandbox", "--port", "0", "--families", count)
    url, _ = sandbox.ready()
    settings = {
        "HELDINMIND_TELEGRAM_API": url,
        "HELDINMIND_TELEGRAM_TOKEN": "1:bench",
        "HELDINMIND_DATA": str(folder / "data"),
        "HELDINMIND_INDEX": str(WORK / "index"),
        "HELDINMIND_HTTP_PORT": "0",
        "HELDINMIND_NUDGE_SPREAD_MINUTES": "0",
        "HELDINMIND_LOG_LEVEL": "WARNING",
    }
    bot = Process(folder, "bot", "-m", "bot", "run", "--demo-clinic", count, settings=settings)
    bot.ready()
    phones = Phones(url)
    try:
        await _begin(folder / "data")
        await _watch(phones, families)
    finally:
        await phones.close()
        bot.stop()
        sandbox.stop()


async def _begin(data: Path) -> None:
    """Plans for everybody, due now; the bot's next minute finds them."""
    url = start_embedded(data)
    key = (data / "encryption.key").read_text().strip()
    async with opened(url, key) as storage, storage.database.transaction() as tx:
        (therapist,) = (await tx.execute(text("select min(id) from staff"))).one()
        await due_now(tx, storage.clock.now(), FIRST, therapist)


async def _watch(phones: Phones, families: int) -> None:
    sent: list[float] = []
    urgent: Sent | None = None
    took: float | None = None
    deadline = time.time() + 120 + families / 10
    while (len(sent) < families or took is None) and time.time() < deadline:
        for call in await phones.calls():
            if call["status"] != 200 or call["method"] != "sendMessage":
                continue
            if "Did it" in str(call["parameters"]):
                sent.append(accepted_at(call))
            elif urgent is not None and took is None and is_flag(call):
                took = accepted_at(call) - urgent.at
        if urgent is None and len(sent) >= families // 3:
            urgent = await phones.say(FIRST, URGENT[0])
        await asyncio.sleep(0.02)
    by_second = Counter(int(at) for at in sent)
    busiest = max(by_second.values(), default=0)
    over = sum(count > GOAL_A_SECOND for count in by_second.values())
    span = max(sent, default=0.0) - min(sent, default=0.0)
    print(f"{len(sent)} of {families} nudges sent in {span:.0f} s, {busiest} in the busiest second")
    print(f"more than {GOAL_A_SECOND} in {over} of {len(by_second)} seconds")
    print(f"a flag in the middle: accepted in {took or float('nan'):.2f} s (goal {GOAL_FLAG_S} s)")


def draw(measured: Sequence[Planned]) -> None:
    """The picture: what planning costs a family, by how many families there are."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 3.6))
    sizes, each = [one.families for one in measured], [one.each for one in measured]
    axes.plot(sizes, each, marker="o", color="#2f7d73", label="measured")
    allowed = GOAL_CPU_S / SIZES[-1] * 1000
    axes.axhline(allowed, color="grey", linewidth=0.8, label="goal: 60 s for 10,000")
    axes.set(xscale="log", xlabel="families whose nudge is due in the same hour")
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.minorticks_off()
    axes.set_ylim(0, allowed * 1.25)
    axes.set_ylabel("processor time, ms a family")
    axes.legend(loc="lower left")
    figure.tight_layout()
    figure.savefig(PICTURE, dpi=120)


async def measure(sizes: Sequence[int], live: int, *, drawn: bool) -> None:
    """Measure and print."""
    measured: list[Planned] = []
    for families in sizes:
        measured.append(await plan_for(families))
        print(measured[-1], flush=True)
    if drawn:
        draw(measured)
    print(f"goal: {GOAL_CPU_S:.0f} s processor for 10,000; at most {GOAL_A_SECOND} a second")
    if live:
        await send_live(live)


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.nudges", description=__doc__)
    parser.add_argument("--families", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--live", type=int, default=0, help="send so many through a real bot")
    parser.add_argument("--draw", action="store_true", help="draw the picture")
    options = parser.parse_args()
    asyncio.run(measure(options.families, options.live, drawn=options.draw))


if __name__ == "__main__":
    main()
