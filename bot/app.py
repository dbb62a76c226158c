"""The one place that builds things: settings in, a running bot out."""

import asyncio
import contextlib
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import structlog
from telegram.error import InvalidToken, NetworkError
from telegram.ext import ExtBot

from bot.adapters.clock import Clock
from bot.adapters.content_in_use import ContentInUse
from bot.adapters.crisis import load_crisis_numbers
from bot.adapters.embeddings import LARGE_MODEL, Embedder, large_embedder
from bot.adapters.guidance import Guidance
from bot.adapters.judgement import Judgement
from bot.adapters.large_encoder import encoder_folder, is_made, make_encoder
from bot.adapters.offered_skills import offered_skills
from bot.adapters.queue import Queue
from bot.adapters.second_channel import SecondChannel
from bot.adapters.secrets import open_vault
from bot.adapters.triage import Triage
from bot.adapters.triage_model import TriageModel
from bot.adapters.wording import Budget, Wording, ordinary_words
from bot.core.audit import THE_BOT, Actor
from bot.core.drafts import Price
from bot.core.ladder import Ladder
from bot.core.pace import Bounds
from bot.core.retention import Retention
from bot.core.triage import Thresholds
from bot.errors import SettingsError
from bot.flows.index_guidance import library_of, open_guidance
from bot.flows.services import Services
from bot.settings import PREFIX, FlagDetail, Rung, Settings
from bot.settings_chat import ChatMode
from bot.storage.database import Database, libpq_url
from bot.storage.embedded import start_embedded

log = structlog.get_logger(__name__)
UNKNOWN_TOKEN = (
    f"{PREFIX}TELEGRAM_TOKEN is not one that Telegram knows: copy it from @BotFather again"
)
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
async def open_storage(settings: Settings, by: Actor = THE_BOT) -> AsyncIterator[Storage]:
    """Reach the database, or start the embedded one; bring its schema up to date.

    `by` is who does what nobody else is named for, in the audit trail.

    Raises:
        WrongKey: the key is not the one that the database was made with.
    """
    vault = open_vault(settings)
    url = await asyncio.to_thread(_address, settings)
    clock = Clock()
    queue = Queue(libpq_url(url), clock)
    database = Database(url, vault, queue, by)
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
    load_crisis_numbers(content.crisis, settings.country)  # a wrong country is told at once
    embedder = open_large_embedder(settings.models)
    embedder.load()  # now: a message that waited for it would run out of time, and be a flag
    model = TriageModel(embedder)
    model.load()
    triage = Triage(embedder, _thresholds(settings, model.thresholds), model)
    triage.load()
    library = library_of(settings, content, in_memory=in_memory)
    guidance, _ = open_guidance(library, guidance_embedder(settings, embedder), progress)
    return triage, guidance


def guidance_embedder(settings: Settings, large: Embedder | None = None) -> Embedder:
    """What reads for the guidance, ready: triage's own encoder unless another model is chosen."""
    if settings.embedding_model == LARGE_MODEL:
        return large or open_large_embedder(settings.models)
    embedder = Embedder(settings.embedding_model)
    embedder.load()
    return embedder


def open_large_embedder(models: Path | None) -> Embedder:
    """The encoder that triage reads with; made first where that has not happened yet."""
    folder = encoder_folder(models)
    if not is_made(folder):
        print("Making the large encoder, once (half a minute) …", file=sys.stderr)  # noqa: T201
        make_encoder(folder, lambda step: print(f"  {step} …", file=sys.stderr))  # noqa: T201
    return large_embedder(models)


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


def retention_of(settings: Settings) -> Retention:
    """For how long the clinic keeps words."""
    return Retention(settings.keep_message_days, settings.keep_flag_days)


async def reach_telegram(stack: contextlib.AsyncExitStack, *bots: ExtBot[None]) -> None:
    """Open clients; SettingsError: their token is not known, or nothing answers there."""
    try:
        for client in bots:
            await stack.enter_async_context(client)
    except InvalidToken as error:
        raise SettingsError(UNKNOWN_TOKEN) from error
    except NetworkError as error:
        raise SettingsError(
            f"{PREFIX}TELEGRAM_API: no Bot API server answers there ({error.message})"
        ) from error


def build_wording(settings: Settings, content: ContentInUse, guidance: Guidance) -> Wording | None:
    """The language model that may reword answers, if one is set; None is the whole product.

    Raises:
        SettingsError: it cannot be set up like this; names the variable.
        GuidanceError: its prompt is missing or damaged.
    """
    if settings.chat_model is None or settings.chat_mode is ChatMode.VERBATIM:
        return None
    # only now: without a model, nothing of LangChain's chat models is loaded
    from bot.adapters.chat_model import ChatModel, ChatOptions
    from bot.adapters.grounding import GroundingGate

    key, seconds = settings.key_of_chat(), settings.chat_seconds
    chat = ChatModel(ChatOptions(settings.chat_model, settings.chat_url, key, seconds))
    return Wording(
        model=settings.chat_model,
        chat=chat,
        gate=GroundingGate(Embedder()),
        prompt=content.prompt("wording"),
        patience=timedelta(seconds=seconds),
        budget=Budget(settings.chat_tokens_family, settings.chat_tokens_day),
        price=Price(settings.chat_price_in, settings.chat_price_out),
        ordinary=ordinary_words(tuple(guidance.documents.values())),
    )


def build_services(
    settings: Settings, content: ContentInUse, storage: Storage, decides: Decides
) -> Services:
    """What every use case is given; the bot's name is known once Telegram was reached."""
    return Services(
        database=storage.database,
        clock=storage.clock,
        phrases=content.phrases(),
        directory=load_crisis_numbers(content.crisis, settings.country),
        judgement=decides[0],
        guidance=decides[1],
        ladder=ladder_of(settings),
        check_waits=settings.check_waits,
        alert_shows_words=settings.flag_detail is FlagDetail.FULL,
        bot_username=str,
        skills=offered_skills(
            content.skills,
            require_approved=settings.require_approved,
            withdrawn=content.withdrawn_skills,
        ),
        time_zone=settings.time_zone,
        holder_patience=timedelta(minutes=settings.hold_minutes),
        unclosed_after=timedelta(hours=settings.unclosed_hours),
        nudge_spread=timedelta(minutes=settings.nudge_spread_minutes),
        try_times=settings.try_times,
        question_days=settings.question_reminder_days,
        second_channel=SecondChannel(settings.alarm_urls()),
        second_channel_rung=list(Rung).index(settings.second_channel_rung),
        wording=build_wording(settings, content, decides[1]),
        console_url=settings.console_url,
        keep_notes=settings.keep_notes,
        retention=retention_of(settings),
        bounds=Bounds(settings.messages_a_minute, settings.stranger_messages_a_minute),
    )
