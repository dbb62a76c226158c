"""SIGKILL again and again at random while families write; `CRASH_KILLS=50` for the long form."""

import os
import random
import time
from dataclasses import dataclass, field

from tests.journeys.people import Person
from tests.journeys.stage import Stage
from tests.journeys.words import ADMIN, URGENT

KILLS = int(os.environ.get("CRASH_KILLS", "5"))
SEED = int(os.environ.get("CRASH_SEED", "20261125"))
LONGEST_LIFE_S = 4.0
LATE_S = 30.0
FAMILIES = 12
SETTLE_S = 120.0


@dataclass(slots=True)
class Told:
    """What the families wrote, by family, and what came of it."""

    questions: dict[str, list[str]] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)


def write(chance: random.Random, families: list[Person], told: Told) -> None:
    """One family writes: mostly a question, now and then something urgent."""
    family = chance.choice(families)
    if family.alias not in told.flags and chance.random() < 0.1:
        family.says(URGENT)
        told.flags.append(family.alias)
    elif family.alias not in told.flags:  # with a flag open, questions would go to its holder
        asked = told.questions.setdefault(family.alias, [])
        asked.append(f"{ADMIN} ({family.alias}, question {len(asked) + 1}.)")
        family.says(asked[-1])


def live_for(seconds: float, chance: random.Random, families: list[Person], told: Told) -> None:
    """Families write at random moments for a while."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        write(chance, families, told)
        time.sleep(min(left, chance.uniform(0.05, 0.5)))


def compare(stage: Stage, families: list[Person], told: Told) -> None:
    """Hold what Dana read against what was written."""
    read = stage.dana.reads()
    said = {o.text: o.entry["at"] for f in families for o in f.chat() if not o.from_bot}
    for alias, asked in told.questions.items():
        came = [[o for o in read if f"from {alias} " in o.text and q in o.text] for q in asked]
        told.lost += [q for q, found in zip(asked, came, strict=True) if not found]
        told.twice += [q for q, found in zip(asked, came, strict=True) if len(found) > 1]
        told.late += [
            q
            for q, found in zip(asked, came, strict=True)
            if found and found[0].entry["at"] - said[q] > LATE_S
        ]
        firsts = [found[0].id for found in came if found]
        if firsts != sorted(firsts):
            told.disordered.append(alias)
    for alias in told.flags:
        alerts = sum(one.says(f"URGENT: {alias}") for one in read)
        alerts += sum(one.says(f"{alias}: you took this") for one in read)
        told.lost += [f"flag of {alias}"] * (alerts == 0)
        told.twice += [f"flag of {alias}"] * (alerts > 1)


def test_random_kills_lose_nothing(stage: Stage) -> None:
    chance = random.Random(SEED)
    families, told = [stage.parent() for _ in range(FAMILIES)], Told()
    for _ in range(KILLS):
        live_for(chance.uniform(0.2, LONGEST_LIFE_S), chance, families, told)
        stage.bot.kill()
        stage.starts_the_bot(wait=False)
        if chance.random() < 0.3:  # some die before they have even begun
            live_for(chance.uniform(0.2, LONGEST_LIFE_S), chance, families, told)
        else:
            stage.bot.ready()
    if not stage.metrics():
        stage.bot.ready()
    stage.settles(*families, within=SETTLE_S)
    compare(stage, families, told)

    asked = sum(len(questions) for questions in told.questions.values())
    print(
        f"\n{KILLS} kills, {asked} questions, {len(told.flags)} flags: {len(told.lost)} lost, "
        f"{len(told.twice)} duplicated, {len(told.late)} later than {LATE_S:g} s, "
        f"{len(told.disordered)} out of order"
    )
    assert not told.lost
    assert not told.disordered
    assert asked + len(told.flags) > KILLS, "somebody wrote"
    assert len(told.twice) <= 2 * KILLS, "only what was being sent at a kill may come twice"


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
