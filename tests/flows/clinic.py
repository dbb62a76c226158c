"""A small clinic with its phones: the real database, jobs and words; Telegram in memory."""

import hashlib
from collections.abc import AsyncIterator, MutableMapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray
from structlog.testing import capture_logs
from telegram import Update

from bot import jobs
from bot.adapters.content import document_from, files_in
from bot.adapters.crisis import load_crisis_numbers
from bot.adapters.guidance import Guidance
from bot.adapters.judgement import Judge, Judgement
from bot.adapters.offered_skills import offered_skills
from bot.adapters.passage_index import MemoryIndex
from bot.adapters.phrasebook import load_phrases
from bot.adapters.queue import QUEUES
from bot.adapters.second_channel import SecondChannel
from bot.adapters.wording import Wording
from bot.chat.receiving import DurableQueue
from bot.core.flags import Flag
from bot.core.ladder import Ladder
from bot.core.people import Family, Role, Staff
from bot.flows.services import Services
from bot.settings import ROOT
from bot.storage.database import move_schedule
from bot.storage.flags import FlagEvent, all_flags, events_of
from bot.storage.people import add_family, add_parent, add_staff, save_clinic
from tests import telegram_json as told
from tests.databases import Opened, opened, rows
from tests.flows.recorder import RecordingMessenger, Shown
from tests.flows.script import ScriptedAdviser, ScriptedJudge

SAM, ALEX, DANA, NOOR, SUE, OMAR, PIP, KIM = 1001, 1011, 1002, 1003, 1004, 1005, 1021, 9001
NAMES = {
    SAM: "Sam",
    ALEX: "Alex",
    DANA: "Dana",
    NOOR: "Noor",
    SUE: "Sue",
    PIP: "Pip",
    KIM: "Kim",
} | {OMAR: "Omar"}
ROBINS = "Robin's family"
PHRASES = load_phrases(ROOT / "prompts")
DIRECTORY = load_crisis_numbers(ROOT / "knowledge" / "crisis")
DOCUMENTS = [document_from(path) for path in files_in(ROOT / "knowledge" / "guidance")[:4]]
DUE = """
    select count(*) from procrastinate_jobs job
    where status = 'todo' and (scheduled_at is null or scheduled_at <= now())
    and not exists (
        select from procrastinate_jobs before
        where before.lock = job.lock and before.status in ('todo', 'doing')
        and (before.priority > job.priority
             or before.priority = job.priority and before.id < job.id)
    )
"""
KEPT = ("alembic_version", "key_check", "audit_entries")


class ByHash:
    """Vectors that tell texts apart and mean nothing: the scripted judgement never ranks."""

    name = "by-hash"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text."""
        made = [np.frombuffer(hashlib.sha256(one.encode()).digest(), np.uint8) for one in texts]
        found = np.array(made, np.float32).reshape(len(texts), 32) - 127.5
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


SKILLS = offered_skills(ROOT / "knowledge" / "skills", require_approved=False)
GUIDANCE = Guidance(DOCUMENTS, MemoryIndex(ByHash()), ByHash())


def say(phrase_id: str, **values: str | int) -> str:
    """A sentence of the bot's as it stands on a phone: bold is no longer marked."""
    return PHRASES.say(phrase_id, **values).replace("**", "")


@dataclass(slots=True)
class Clinic:
    """Everything that a test plays with."""

    storage: Opened
    services: Services
    messenger: RecordingMessenger
    judge: ScriptedJudge
    adviser: ScriptedAdviser
    log: list[MutableMapping[str, Any]]
    may_fail: bool = False

    def failed_jobs(self) -> list[object]:
        """The jobs that failed, by the log."""
        return [one for one in self.log if one["event"] == "a job failed"]

    async def take(self, update: told.Json) -> None:
        """Receive an update as polling does, without working on it."""
        found = Update.de_json(update, bot=None)
        await DurableQueue(self.services).put(found)

    async def receive(self, update: told.Json) -> None:
        """Receive an update, and do everything that follows from it now."""
        await self.take(update)
        await self.settle()

    async def says(self, chat_id: int, text: str, **rest: object) -> int:
        """Somebody writes; everything that follows is done. The number of their message."""
        number = self.messenger.written_by(chat_id)
        await self.receive(told.written(chat_id, number, text, NAMES[chat_id], **rest))
        return number

    async def sends(self, chat_id: int, kind: str, caption: str = "", **rest: object) -> int:
        """Somebody sends something other than words."""
        number = self.messenger.written_by(chat_id)
        await self.receive(told.media(chat_id, number, kind, caption, **rest))
        return number

    async def presses(self, chat_id: int, data: str) -> str:
        """Somebody presses a button by its data; what it said back."""
        before = len(self.messenger.pressed)
        under = next((one for one in reversed(self.phone(chat_id)) if data in one.buttons), None)
        number = under.message_id if under else 1
        await self.receive(told.pressed(chat_id, number, data, NAMES[chat_id]))
        (said,) = self.messenger.pressed[before:]
        return said

    async def forward(self, **by: float) -> None:
        """Time goes on, and what comes due is done."""
        self.services.clock.offset += timedelta(**by)
        async with self.services.database.transaction() as tx:
            await move_schedule(tx, self.services.clock.offset.total_seconds())
        await self.settle()

    async def settle(self) -> None:
        """Work on jobs until none is due."""
        while rows(self.storage.url, DUE) != [(0,)]:
            await self.storage.queue.app.run_worker_async(
                queues=list(QUEUES),
                wait=False,
                listen_notify=False,
                install_signal_handlers=False,
                delete_jobs="successful",
            )

    def phone(self, chat_id: int) -> list[Shown]:
        """What the bot's messages on a phone say now."""
        return self.messenger.phones.get(chat_id, [])

    def texts(self, chat_id: int) -> list[str]:
        """What stands on a phone, as text."""
        return [one.text for one in self.phone(chat_id)]

    def last(self, chat_id: int) -> Shown:
        """The newest message on a phone."""
        return self.phone(chat_id)[-1]

    async def flags(self) -> tuple[Flag, ...]:
        """Every flag there is."""
        async with self.services.database.transaction() as tx:
            return await all_flags(tx)

    async def flag(self) -> Flag:
        """The one flag there is."""
        (found,) = await self.flags()
        return found

    async def history(self) -> list[str]:
        """What happened to the one flag, in short words."""
        flag = await self.flag()
        async with self.services.database.transaction() as tx:
            events: tuple[FlagEvent, ...] = await events_of(tx, flag.id)
        return [one.what for one in events]

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(str(rows(self.storage.url, f"select count(*) from {table}")[0][0]))


@asynccontextmanager
async def opened_clinic(
    url: str,
    *,
    alert_shows_words: bool = False,
    judge_for_real: Judge | None = None,
    guidance: Guidance | None = None,
    second_channel: SecondChannel | None = None,
    second_channel_rung: int = 3,
    wording: Wording | None = None,
    console_url: str | None = None,
) -> AsyncIterator[Clinic]:
    """An empty clinic on a migrated database; nobody works there yet.

    Judgement is scripted, unless what decides in the running bot is given.
    """
    empty(url)
    judge, adviser = ScriptedJudge(), ScriptedAdviser(DOCUMENTS)
    judgement = Judgement(judge_for_real or judge, guidance or adviser)
    async with opened(url) as storage:
        services = Services(
            database=storage.database,
            clock=storage.clock,
            phrases=PHRASES,
            directory=DIRECTORY,
            judgement=judgement,
            guidance=guidance or GUIDANCE,
            ladder=Ladder(),
            check_waits=timedelta(minutes=10),
            alert_shows_words=alert_shows_words,
            bot_username=lambda: "held_bot",
            skills=SKILLS,
            second_channel=second_channel or SecondChannel(),
            second_channel_rung=second_channel_rung,
            wording=wording,
            console_url=console_url,
        )
        messenger = RecordingMessenger()
        jobs.register(storage.queue, services, messenger)
        with capture_logs() as log:
            clinic = Clinic(storage, services, messenger, judge, adviser, log)
            yield clinic
    judgement.close()
    assert clinic.may_fail or not clinic.failed_jobs()


def empty(url: str) -> None:
    """Forget everything that earlier tests left in a database."""
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "select string_agg(quote_ident(tablename), ', ') from pg_tables "
            "where schemaname = 'public' and tablename != all(%s)",
            [list(KEPT)],
        ).fetchone()
        assert found is not None
        connection.execute(f"truncate {found[0]} restart identity cascade".encode())
        connection.execute("update key_check set clock_offset = 0")
        connection.execute("alter table audit_entries disable trigger user")
        connection.execute("delete from audit_entries")
        connection.execute("alter table audit_entries enable trigger user")


async def move_in(clinic: Clinic) -> None:
    """Dana has Robin's family (Sam, Alex) and Pip's; Noor is on call, Sue supervises."""
    s = clinic.services
    now = s.clock.now()
    async with s.database.transaction() as tx:
        await save_clinic(tx, "the clinic", "GB", now)
        dana = await add_staff(tx, "Dana", Role.THERAPIST, chat_id=DANA, now=now)
        await add_staff(tx, "Noor", Role.ON_CALL, chat_id=NOOR, now=now)
        await add_staff(tx, "Sue", Role.SUPERVISOR, chat_id=SUE, now=now)
        robins = await add_family(tx, dana, "GB", now, ROBINS)
        pips: Family = await add_family(tx, dana, "IE", now, "Pip's family")
        await add_parent(tx, robins, "Sam", SAM, "1", now)
        await add_parent(tx, robins, "Alex", ALEX, "1", now)
        await add_parent(tx, pips, "Pip", PIP, "1", now)
    for chat_id in (SAM, ALEX, PIP, DANA, NOOR, SUE):
        clinic.messenger.phones[chat_id] = []


async def hire(clinic: Clinic, name: str, role: Role) -> Staff:
    """Somebody who works here and has not opened their link."""
    async with clinic.services.database.transaction() as tx:
        return await add_staff(tx, name, role)
