"""The one place that builds things: settings in, a running bot out."""

import asyncio
import contextlib
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from telegram.error import InvalidToken, NetworkError
from telegram.ext import ExtBot

from bot import jobs
from bot.adapters.clock import Clock
from bot.adapters.content_in_use import ContentInUse, content_in_use
from bot.adapters.crisis import load_crisis_numbers
from bot.adapters.embeddings import Embedder
from bot.adapters.guidance import Guidance
from bot.adapters.judgement import Judgement
from bot.adapters.messenger import TelegramMessenger, make_bot
from bot.adapters.offered_skills import offered_skills
from bot.adapters.queue import Queue
from bot.adapters.reachability import TelegramProbe
from bot.adapters.sandbox_clock import SandboxClock
from bot.adapters.second_channel import SecondChannel
from bot.adapters.secrets import open_vault
from bot.adapters.triage import Triage
from bot.adapters.triage_model import TriageModel
from bot.chat.handlers import set_menus
from bot.chat.receiving import DurableQueue, LastAnswer, Polling, start_webhook
from bot.chat.render import call_arguments
from bot.core.ladder import Ladder
from bot.core.triage import Thresholds
from bot.errors import SettingsError
from bot.flows.index_guidance import library_of, open_guidance
from bot.flows.report_status import report_status
from bot.flows.services import Services
from bot.settings import PREFIX, ClockKind, FlagDetail, Role, Rung, Settings
from bot.storage.database import Database, libpq_url, move_schedule
from bot.storage.duty import readiness_may_have_changed
from bot.storage.embedded import start_embedded
from bot.storage.nudges import sweep_now
from bot.storage.pulse import POLL, note_pulse
from bot.web import SILENT_AFTER, WEBHOOK_PATH, Door, serve

log = structlog.get_logger(__name__)
PULSE_SECONDS = 5.0
Progress = Callable[[int, int], None]
Decides = tuple[Judgement, Guidance]


def set_up_logging(level: str) -> None:
    """JSON lines on standard error; no log line ever holds what a parent wrote."""
    threshold = logging.getLevelNamesMapping()[level]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
            ),
            structlog.processors.JSONRenderer(default=str, ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # libraries may print arguments at lower levels: only their warnings are let through
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, force=True)
    for name in ("httpx", "telegram", "procrastinate", "alembic", "chromadb"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # a job that runs again is logged by us, without its arguments
    logging.getLogger("procrastinate.worker").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Storage:
    """The database with its queue and its clock."""

    database: Database
    queue: Queue
    clock: Clock


Prepare = Callable[[Storage], Awaitable[None]]


@asynccontextmanager
async def open_storage(settings: Settings) -> AsyncIterator[Storage]:
    """Reach the database, or start the embedded one; bring its schema up to date.

    Raises:
        WrongKey: the key is not the one that the database was made with.
    """
    vault = open_vault(settings)
    url = await asyncio.to_thread(_address, settings)
    clock = Clock()
    queue = Queue(libpq_url(url), clock)
    database = Database(url, vault, queue)
    try:
        await database.migrate()
        await database.check_key()
        async with queue.app.open_async():
            yield Storage(database, queue, clock)
    finally:
        await database.close()


def _address(settings: Settings) -> str:
    return settings.address_of_database() or start_embedded(settings.data)


def build_judgement(
    settings: Settings,
    content: ContentInUse,
    *,
    in_memory: bool = False,
    progress: Progress | None = None,
) -> tuple[Triage, Guidance]:
    """Load what decides: the models, the rules and the guidance (seconds)."""
    embedder = Embedder(settings.embedding_model)
    embedder.load()  # now: a message that waited for it would run out of time, and be a flag
    model = TriageModel(embedder)
    model.load()
    triage = Triage(embedder, _thresholds(settings, model.thresholds), model)
    triage.load()
    library = library_of(settings, content, in_memory=in_memory)
    guidance, _ = open_guidance(library, embedder, progress)
    return triage, guidance


def _thresholds(settings: Settings, calibrated: Thresholds) -> Thresholds:
    flag, check = settings.flag_threshold, settings.check_threshold
    try:
        return Thresholds(
            flag=calibrated.flag if flag is None else flag,
            check=calibrated.check if check is None else check,
        )
    except ValueError as error:
        named = f"{PREFIX}FLAG_THRESHOLD, {PREFIX}CHECK_THRESHOLD"
        raise SettingsError(f"{named}: {error}; the one not set is as calibrated") from error


def ladder_of(settings: Settings) -> Ladder:
    """The clinic's ladder."""
    return Ladder(
        timedelta(minutes=settings.remind_minutes),
        timedelta(minutes=settings.on_call_minutes),
        timedelta(minutes=settings.supervisor_minutes),
        timedelta(minutes=settings.repeat_minutes),
    )


async def run_bot(
    settings: Settings,
    role: Role = Role.ALL,
    *,
    on_ready: Callable[[], None],
    progress: Progress | None = None,
    prepare: Prepare | None = None,
) -> None:
    """Run until cancelled: receive, work, send; `prepare` may fill the database first."""
    token = settings.token()
    content = await asyncio.to_thread(content_in_use, settings, warn=log.error)
    async with contextlib.AsyncExitStack() as stack:
        storage = await stack.enter_async_context(open_storage(settings))
        answered = LastAnswer()
        bot = make_bot(token, settings.telegram_api, on_poll=answered.note)
        flag_bot = make_bot(token, settings.telegram_api)
        # before the models are loaded, so that a wrong token is told at once
        await reach_telegram(stack, bot, flag_bot)
        built = await asyncio.to_thread(build_judgement, settings, content, progress=progress)
        judgement = Judgement(*built)
        stack.callback(judgement.close)
        services = replace(
            _services(settings, content, storage, (judgement, built[1]), bot.username),
            probe=TelegramProbe(flag_bot),
        )
        messenger = TelegramMessenger(bot, flag_bot, call_arguments)
        jobs.register(storage.queue, services, messenger)
        if prepare is not None:
            await prepare(storage)
        async with storage.database.transaction() as tx:
            await readiness_may_have_changed(tx)
        await set_menus(services, messenger)
        async with asyncio.TaskGroup() as tasks:
            await _start(tasks, stack, _Parts(settings, role, storage, services, bot, answered))
            on_ready()


async def reach_telegram(stack: contextlib.AsyncExitStack, *bots: ExtBot[None]) -> None:
    """Open clients; SettingsError: their token is not known, or nothing answers there."""
    try:
        for client in bots:
            await stack.enter_async_context(client)
    except InvalidToken as error:
        raise SettingsError(
            f"{PREFIX}TELEGRAM_TOKEN is not one that Telegram knows: copy it from @BotFather again"
        ) from error
    except NetworkError as error:
        raise SettingsError(
            f"{PREFIX}TELEGRAM_API: no Bot API server answers there ({error.message})"
        ) from error


def _services(
    settings: Settings, content: ContentInUse, storage: Storage, decides: Decides, username: str
) -> Services:
    return Services(
        database=storage.database,
        clock=storage.clock,
        phrases=content.phrases(),
        directory=load_crisis_numbers(content.crisis),
        judgement=decides[0],
        guidance=decides[1],
        ladder=ladder_of(settings),
        check_waits=settings.check_waits,
        alert_shows_words=settings.flag_detail is FlagDetail.FULL,
        bot_username=lambda: username,
        skills=offered_skills(
            content.skills,
            require_approved=settings.require_approved,
            withdrawn=content.withdrawn_skills,
        ),
        time_zone=settings.time_zone,
        nudge_spread=timedelta(minutes=settings.nudge_spread_minutes),
        second_channel=SecondChannel(settings.alarm_urls()),
        second_channel_rung=list(Rung).index(settings.second_channel_rung),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    settings: Settings
    role: Role
    storage: Storage
    services: Services
    bot: ExtBot[None]
    answered: LastAnswer


async def _start(tasks: asyncio.TaskGroup, stack: contextlib.AsyncExitStack, p: _Parts) -> None:
    if p.settings.clock is ClockKind.SANDBOX:
        await _follow_clock(tasks, p)
    if p.role in (Role.ALL, Role.WORK):
        tasks.create_task(jobs.work(p.storage.queue, p.settings.workers))
    queue = DurableQueue(p.services) if p.role in (Role.ALL, Role.RECEIVE) else None
    door = Door(lambda: report_status(p.storage.database), queue, p.answered, _secret(p.settings))
    tasks.create_task(serve(door, p.settings.http_host, p.settings.http_port))
    if queue is not None:
        await _receive(stack, p, queue)
        tasks.create_task(_note_polls(p.storage, p.answered))


async def _receive(stack: contextlib.AsyncExitStack, p: _Parts, queue: DurableQueue) -> None:
    secret = _secret(p.settings)
    if p.settings.webhook_url and secret:
        await start_webhook(p.bot, p.settings.webhook_url + WEBHOOK_PATH, secret)
        return
    polling = Polling(p.bot, queue)
    await polling.start()
    stack.push_async_callback(polling.stop)


def _secret(settings: Settings) -> str | None:
    return settings.secret_of_webhook() if settings.webhook_url else None


async def _follow_clock(tasks: asyncio.TaskGroup, p: _Parts) -> None:
    async def move(offset: float) -> None:
        async with p.storage.database.transaction() as tx:
            await move_schedule(tx, offset)
            await sweep_now(tx)

    follower = SandboxClock(p.settings.telegram_api, p.storage.clock, move)
    await follower.catch_up()
    tasks.create_task(follower.follow())


async def _note_polls(storage: Storage, answered: LastAnswer) -> None:
    """Let other processes see that Telegram answers."""
    while True:
        age = answered.age()
        if age is not None and age < SILENT_AFTER:
            try:
                async with storage.database.transaction() as tx:
                    await note_pulse(tx, POLL, storage.clock.now() - timedelta(seconds=age))
            except Exception as error:  # noqa: BLE001 - the database may be away; it is only a pulse
                log.warning("the pulse was not noted", error=type(error).__name__)
        await asyncio.sleep(PULSE_SECONDS)
