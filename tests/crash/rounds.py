"""Rounds of trouble: families write, something is killed, cut or lost, and all is counted."""

import os
import random
import signal
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.crash.database import connect, cut
from tests.journeys.people import Person
from tests.journeys.processes import postmaster
from tests.journeys.stage import DANA, Stage
from tests.journeys.waiting import wait_for
from tests.journeys.words import ADMIN, URGENT

LONGEST_LIFE_S = 4.0
LATE_S = 60.0
ASKING = 10
BACK_S = 120.0

# How often each kind of trouble strikes, of 20.
KINDS = {
    "the bot": 10,
    "the bot, and again before it has begun": 3,
    "the database": 3,
    "the bot and the database": 1,
    "every connection to the database": 1,
    "the bot, with Telegram's answers lost": 2,
}
LOST = "answer dropped"  # as the sandbox says it
ANSWERS_LOST = "the bot, with Telegram's answers lost"


@dataclass(slots=True)
class Flagged:
    """An urgent message: whose, when it was sent, when each first alert was accepted, and of how
    many of these the answer was lost on its way back, so that nobody could know of them."""

    alias: str
    said_at: float
    alerts: list[float] = field(default_factory=list)
    answers_lost: int = 0


@dataclass(slots=True)
class Counted:
    """What came of everything that was written; seconds are from the later of writing and the
    last coming back before the alert. `unanswered`: flags for which Telegram's own answer was lost
    as often as they were told again; no bot can know of those."""

    kills: Counter[str]
    questions: int
    flags: int
    lost: list[str]
    flags_twice: list[str]
    unanswered: list[str]
    questions_twice: list[str]
    disordered: list[str]
    after_back: list[float]
    in_all: list[float]

    @property
    def late(self) -> int:
        """Alerts that came later than a minute after coming back."""
        return sum(one > LATE_S for one in self.after_back)


class Rounds:
    """A stage on which things go wrong at random, by a seed."""

    def __init__(self, stage: Stage, seed: int, flags: int) -> None:
        self._stage, self._chance = stage, random.Random(seed)
        self._asking = [stage.parent() for _ in range(ASKING)]
        self._afraid = [stage.parent() for _ in range(flags)]
        self._flags: dict[str, Flagged] = {}
        self._asked: dict[str, list[str]] = defaultdict(list)
        self._came: dict[str, list[str]] = defaultdict(list)
        self._back_at: list[float] = []
        self._kills: Counter[str] = Counter()
        self._read = 0
        known = stage.http.get("/sandbox/clock").json()
        self._ahead = float(known["offset_seconds"])  # what was played before may have moved time

    def run(self, kills: int) -> None:
        """So many rounds, each with a kill."""
        kinds = random.Random(self._chance.random()).choices(
            list(KINDS), list(KINDS.values()), k=kills
        )
        for kind in kinds:
            self._live(self._chance.uniform(0.2, LONGEST_LIFE_S))
            self._strike(kind)
            self._kills[kind] += 1
            self._back_at.append(time.time())
            self._look()

    def count(self) -> Counted:
        """Let everything settle, and hold what came against what was written."""
        people = [*self._asking, *self._wrote()]
        self._stage.faults.end()
        if not self._stage.metrics():
            self._stage.bot.ready()
        self._stage.settles(*people, within=300.0)
        self._look()
        return self._counted()

    # What families do.

    def _live(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        flag_at = self._chance.uniform(0, seconds) if self._chance.random() < 0.7 else None
        while (left := until - time.monotonic()) > 0:
            if flag_at is not None and seconds - left >= flag_at:
                self._cry_out()
                flag_at = None
            self._ask()
            time.sleep(min(left, self._chance.uniform(0.05, 0.5)))

    def _cry_out(self) -> None:
        number = len(self._flags)
        if number < len(self._afraid):
            person = self._afraid[number]
            self._flags[person.alias] = Flagged(person.alias, time.time())
            person.says(URGENT)

    def _ask(self) -> None:
        person = self._chance.choice(self._asking)
        asked = self._asked[person.alias]
        asked.append(f"{ADMIN} ({person.alias}, question {len(asked) + 1}.)")
        person.says(asked[-1])

    def _wrote(self) -> list[Person]:
        return self._afraid[: len(self._flags)]

    # What goes wrong.

    def _strike(self, kind: str) -> None:
        stage = self._stage
        if kind == ANSWERS_LOST:
            stage.faults.strike("sendMessage", drop=True, count=self._chance.randint(1, 3))
            stage.faults.strike("getUpdates", drop=True, count=1)
            self._live(self._chance.uniform(0.1, 1.0))
        if kind == "every connection to the database":
            self._cut()
            return
        if kind == "the database":
            self._kill_database()
            return
        stage.bot.kill()
        if kind == "the bot and the database":
            self._kill_database(wait=False)
        if kind == "the bot, and again before it has begun":
            stage.starts_the_bot(wait=False)
            self._live(self._chance.uniform(0.2, LONGEST_LIFE_S))
            stage.bot.kill()
        stage.starts_the_bot(wait=False)
        stage.bot.ready(within=BACK_S)

    def _cut(self) -> None:
        with connect(self._stage.data) as connection:
            cut(connection)

    def _kill_database(self, *, wait: bool = True) -> None:
        pid = postmaster(self._stage.data)
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
        if wait:
            wait_for(
                lambda: postmaster(self._stage.data) not in (None, pid),
                lambda: f"the bot starts its database; its log:\n{self._stage.bot.log[-2000:]}",
                within=BACK_S,
            )
            wait_for(self._stage.metrics, "the bot can count again", within=BACK_S)

    # What came of it.

    def _look(self) -> None:
        """Read on in the calls: only what Telegram accepted has reached anybody."""
        http = self._stage.http
        for call in http.get("/sandbox/calls", params={"after": self._read}).json():
            self._read = call["n"]
            if call["method"] == "sendMessage" and call["status"] == 200:
                self._take_in(call)

    def _take_in(self, call: dict[str, Any]) -> None:
        said = call["parameters"]
        if int(said["chat_id"]) != DANA:
            return
        text = str(said["text"])
        for alias, flagged in self._flags.items():
            if f"URGENT: {alias}<" in text or f"URGENT: {alias}\n" in text:
                flagged.alerts.append(float(call["at"]) - self._ahead)
                flagged.answers_lost += LOST in call.get("fault", "")
        for alias, asked in self._asked.items():
            self._came[alias] += [question for question in asked if question in text]

    def _counted(self) -> Counted:
        lost = [f"flag of {one.alias}" for one in self._flags.values() if not one.alerts]
        questions_twice: list[str] = []
        disordered: list[str] = []
        for alias, asked in self._asked.items():
            came = self._came[alias]
            lost += [one for one in asked if one not in came]
            questions_twice += [one for one in asked if came.count(one) > 1]
            first = list(dict.fromkeys(came))
            if first != [one for one in asked if one in first]:
                disordered.append(alias)
        told = [one for one in self._flags.values() if one.alerts]
        twice = [one for one in told if len(one.alerts) > 1]
        return Counted(
            kills=self._kills,
            questions=sum(map(len, self._asked.values())),
            flags=len(self._flags),
            lost=lost,
            flags_twice=[one.alias for one in twice],
            unanswered=[one.alias for one in twice if one.answers_lost >= len(one.alerts) - 1],
            questions_twice=questions_twice,
            disordered=disordered,
            after_back=[self._after_back(one) for one in told],
            in_all=[min(one.alerts) - one.said_at for one in told],
        )

    def _after_back(self, flagged: Flagged) -> float:
        first = min(flagged.alerts)
        backs = [at for at in self._back_at if flagged.said_at < at <= first]
        return first - max([flagged.said_at, *backs])


def report(counted: Counted) -> str:
    """The figures, each beside its goal."""
    kills, flags = sum(counted.kills.values()), max(counted.flags, 1)
    share = 100 * len(counted.flags_twice) / flags
    rows = [
        ("flags and questions lost", f"{len(counted.lost)}", "0"),
        ("flags told twice", f"{len(counted.flags_twice)} ({share:.1f} %)", "≤ 1 %"),
        ("… of these, because Telegram's answer was lost", f"{len(counted.unanswered)}", "–"),
        (f"alerts later than {LATE_S:.0f} s after coming back", f"{counted.late}", "0"),
        ("chats out of order", f"{len(counted.disordered)}", "0"),
        ("questions passed on twice", f"{len(counted.questions_twice)}", "–"),
        (
            "longest from coming back to the alert",
            f"{max(counted.after_back, default=0):.1f} s",
            "–",
        ),
        ("longest from the message to the alert", f"{max(counted.in_all, default=0):.1f} s", "–"),
    ]
    lines = [f"{kills} kills, {counted.flags} flags, {counted.questions} questions"]
    lines += [f"  killed: {kind}: {number}" for kind, number in counted.kills.most_common()]
    lines += ["| measured | | goal |", "| --- | --- | --- |"]
    return "\n".join([*lines, *(f"| {name} | {value} | {goal} |" for name, value, goal in rows)])
