"""The stage: a sandbox and a bot as real processes, the people of the clinic, and the clock."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.journeys.people import Answers, Person, Seen
from tests.journeys.processes import (
    Command,
    environment,
    free_port,
    run_command,
    stop_postmaster,
)
from tests.journeys.waiting import wait_for

SAM, DANA, NOOR, FIRST_OTHER = 1001, 1002, 1003, 2001
TOKEN = "1:sandbox"
ROUNDS = 10
_METRIC = re.compile(r"^heldinmind_(\w+) ([\d.e+]+)$", re.MULTILINE)


class Clock:
    """The clock of the sandbox and the bot together."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def forward(self, **span: float) -> None:
        """Move on: `minutes=10`, `days=8`; comes back when the bot has followed."""
        seconds = timedelta(**span).total_seconds()
        moved = self._http.post("/sandbox/clock", json={"forward_seconds": seconds})
        assert moved.raise_for_status().json()["followers"] >= 1, (
            "the bot does not follow the clock"
        )


class Faults:
    """Trouble with Telegram's side, on demand."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def strike(self, method: str, **what: object) -> None:
        """Let the next calls of a method fail, stall or lose their answer."""
        body = {"method": method, "count": 1, **what}
        answer = self._http.post("/sandbox/faults", json=body)
        assert answer.is_success, answer.text

    def left(self) -> int:
        """How many calls are still to be struck."""
        return sum(fault["count"] for fault in self._http.get("/sandbox/faults").json())

    def end(self) -> None:
        """No more trouble."""
        self._http.delete("/sandbox/faults").raise_for_status()


class Stage:
    """Everything a journey needs; `settings` are the bot's own beyond those of the sandbox."""

    def __init__(
        self,
        folder: Path,
        index: Path,
        families: int,
        *,
        webhook_secret: str = "",
        **settings: object,
    ) -> None:
        self.folder, self.families = folder, families
        self.data = Path(tempfile.mkdtemp(prefix="held-in-mind-stage-"))
        self.is_broken = False
        self._sandbox = Command(
            folder, "sandbox", "--port", "0", "--families", str(families), settings=environment()
        )
        self.url = self._sandbox.ready()
        self.http = httpx.Client(base_url=self.url, timeout=60, trust_env=False)
        self.http_port = free_port()
        self.address = f"http://127.0.0.1:{self.http_port}"
        if webhook_secret:
            settings |= {"webhook_url": self.address, "webhook_secret": webhook_secret}
        self.settings = environment(
            telegram_api=self.url,
            telegram_token=TOKEN,
            clock="sandbox",
            data=self.data,
            index=index,
            http_port=self.http_port,
            log_level="WARNING",
            **settings,
        )
        self.clock, self.faults = Clock(self.http), Faults(self.http)
        self._answers = Answers(self.http)
        self.sam = Person(self._answers, SAM, "Sam", "Robin's family")
        self.dana = Person(self._answers, DANA, "Dana")
        self.noor = Person(self._answers, NOOR, "Noor")
        self._parents = iter(range(1, families + 1))
        self._playing: list[Person] = []
        self._pressed: set[tuple[int, str]] = set()
        self.bot = self.starts_the_bot(wait=False)

    # The processes.

    def starts_the_bot(self, *, wait: bool = True) -> Command:
        """Start the bot, for the first time or again."""
        arguments = ("run", "--demo-clinic", str(self.families))
        self.bot = Command(self.folder, *arguments, settings=self.settings)
        if wait:
            self.bot.ready()
        return self.bot

    def runs(self, *arguments: str) -> str:
        """Run another command on the same data; returns what it printed."""
        return run_command(*arguments, settings=self.settings)

    def ends(self) -> None:
        """Stop every process of this stage."""
        try:
            self.bot.stop()
        finally:
            stop_postmaster(self.data)
            self.http.close()
            self._sandbox.stop()
            shutil.rmtree(self.data, ignore_errors=True)

    # The people.

    def parent(self) -> Person:
        """A parent whom nobody has heard of in this journey yet, enrolled with Dana."""
        number = next(self._parents)
        name = f"Parent {number}"
        return self._plays(
            Person(self._answers, FIRST_OTHER + number - 1, name, f"Family {number}")
        )

    def stranger(self, name: str = "Alex", **more: str) -> Person:
        """Somebody who has never written to the bot."""
        made = self.http.post("/sandbox/people", json={"first_name": name, **more})
        return self._plays(Person(self._answers, made.raise_for_status().json()["id"], name))

    def _plays(self, person: Person) -> Person:
        self._playing.append(person)
        return person

    # What is known from outside.

    def metrics(self) -> dict[str, float]:
        """The bot's own counts; empty while it does not answer."""
        try:
            page = self.http.get(f"{self.address}/metrics", timeout=5)
        except httpx.HTTPError:
            return {}
        if not page.is_success:
            return {}
        return {name: float(value) for name, value in _METRIC.findall(page.text)}

    def is_settled(self) -> bool:
        """Whether nothing waits: every message taken in, every delivery made."""
        known = self.metrics()
        return bool(known) and not known["inbox_waiting"] and not known.get("deliveries_owed", 0)

    def settles(self, *people: Person, within: float = 30.0) -> None:
        """Wait until these people have been heard and nothing is owed to anybody."""
        wait_for(
            lambda: all(one.has_been_heard() for one in people) and self.is_settled(),
            lambda: f"the bot settles; {self.metrics()}; its log:\n{self.bot.log[-2000:]}",
            within=within,
        )

    def calls(self, method: str | None = None) -> list[dict[str, Any]]:
        """Every Bot API call so far."""
        found: list[dict[str, Any]] = self.http.get("/sandbox/calls").json()
        return [call for call in found if method in (None, call["method"])]

    def violations(self) -> list[dict[str, Any]]:
        """Calls that broke the Bot API's specification."""
        return [call for call in self.calls() if "violation" in call]

    def clears(self) -> None:
        """Leave the stage as it was found: no faults, nobody blocked, no check and no flag open."""
        self.is_broken = True  # until it is cleared: the next test need not wait for what is dead
        self._clears()
        for person in (self.dana, self.noor):
            person.looks_ahead()
        self.is_broken = False

    def _clears(self) -> None:
        self.faults.end()
        for person in (self.dana, self.noor):
            person.unblocks_the_bot()
        self.settles()
        for parent in self._playing:
            self._answer_checks(parent)
        self._playing.clear()
        for _ in range(ROUNDS):
            if not self.metrics()["open_flags"]:
                return
            if not self._closes_flags():
                self.clock.forward(hours=1)  # so that somebody is told of it and can close it
            self.settles()
        raise AssertionError("a flag stayed open")

    def _answer_checks(self, parent: Person) -> None:
        for message in parent.reads():
            if "No" in message.buttons:
                parent.presses("No", message)

    def _closes_flags(self) -> bool:
        """Press whatever closes a flag and was not pressed before; whether there was anything."""
        before = len(self._pressed)
        for person in (self.dana, self.noor):
            for message in person.reads():
                self._close(person, message)
        return len(self._pressed) > before

    def _close(self, person: Person, message: Seen) -> None:
        for label, data in message.buttons.items():
            closes = data.startswith(("dismiss:", "noturgent:")) or data.endswith(".not_urgent")
            if closes and (person.id, data) not in self._pressed:
                self._pressed.add((person.id, data))
                person.presses(label, message)


@contextmanager
def stage(folder: Path, index: Path, families: int, **settings: Any) -> Iterator[Stage]:
    """A stage that is cleared away at the end, whatever happened on it."""
    folder.mkdir(parents=True, exist_ok=True)
    built = Stage(folder, index, families, **settings)
    try:
        built.bot.ready()
        yield built
    finally:
        built.ends()
