"""Runs the bot: receives, works, sends, and watches over itself until it is stopped."""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot import jobs
from bot.adapters.clock import machine_time
from bot.adapters.content_in_use import content_in_use
from bot.adapters.judgement import Judgement
from bot.adapters.messenger import TelegramMessenger, make_bot
from bot.adapters.reachability import TelegramProbe
from bot.adapters.sandbox_clock import SandboxClock
from bot.adapters.second_channel import check_address
from bot.app import (
    UNKNOWN_TOKEN,
    Prepare,
    Progress,
    Storage,
    build_judgement,
    build_services,
    open_storage,
)
from bot.chat.handlers import set_menus
from bot.chat.receiving import (
    DurableQueue,
    LastAnswer,
    Polling,
    start_webhook,
    webhook_is_well,
)
from bot.chat.render import call_arguments
from bot.console.pages import Console
from bot.errors import SettingsError
from bot.flows.note_served import note_served
from bot.flows.report_status import report_status
from bot.flows.services import Services
from bot.settings import PREFIX, ClockKind, Role, Settings
from bot.storage.database import move_schedule
from bot.storage.duty import readiness_may_have_changed
from bot.storage.embedded import start_embedded
from bot.storage.nudges import sweep_now
from bot.storage.pulse import POLL, note_pulse
from bot.watchdog import Revive, Watchdog
from bot.web import SILENT_AFTER, WEBHOOK_PATH, Door, address_of, bound, serve

log = structlog.get_logger(__name__)
NO_ALARM = (
    "no address hears the clinic's alarms, so nobody is told while Telegram or the database is "
    f"away: set {PREFIX}CLINIC_ALARM_URLS"
)
PULSE_SECONDS = 5.0
ASK_WEBHOOK_SECONDS = 30.0
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 15.0


async def run_bot(
    settings: Settings,
    role: Role = Role.ALL,
    *,
    on_ready: Callable[[str], None],
    progress: Progress | None = None,
    prepare: Prepare | None = None,
) -> None:
    """Run until cancelled: receive, work, send; `prepare` may fill the database first.

    `on_ready` is told the address of the health page. A Telegram that does not answer is waited
    for; what is stored already is worked on meanwhile.
    """
    token = settings.token()
    await asyncio.to_thread(_look_at_alarm_addresses, settings)
    async with contextlib.AsyncExitStack() as stack:
        listener = stack.enter_context(bound(settings.http_host, settings.http_port))
        content = await asyncio.to_thread(content_in_use, settings, warn=log.error)
        storage = await stack.enter_async_context(open_storage(settings))
        answered = LastAnswer()
        bot = make_bot(token, settings.telegram_api, on_poll=answered.note)
        flag_bot = make_bot(token, settings.telegram_api)
        for client in (bot, flag_bot):
            stack.push_async_callback(client.shutdown)
        # before the models are loaded, so that a wrong token is told at once
        reached = await _reaches_telegram(bot, flag_bot)
        built = await asyncio.to_thread(build_judgement, settings, content, progress=progress)
        judgement = Judgement(*built)
        stack.callback(judgement.close)
        services = replace(
            build_services(settings, content, storage, (judgement, built[1])),
            probe=TelegramProbe(flag_bot),
            bot_username=lambda: _username(bot),
        )
        if services.wording is not None:
            await asyncio.to_thread(services.wording.warm_up)
        messenger = TelegramMessenger(bot, flag_bot, call_arguments)
        jobs.register(storage.queue, services, messenger)
        if prepare is not None:
            await prepare(storage)
        await note_served(services, content.release.name if content.release else None)
        async with storage.database.transaction() as tx:
            await readiness_may_have_changed(tx)
        parts = _Parts(settings, role, storage, services, bot, answered, listener)
        async with asyncio.TaskGroup() as tasks:
            queue = await _start(tasks, parts)
            if not reached:
                await _wait_for_telegram(bot, flag_bot)
            await set_menus(services, messenger)
            if queue is not None:
                await _receive(tasks, stack, parts, queue)
            on_ready(address_of(listener))


def _look_at_alarm_addresses(settings: Settings) -> None:
    urls = settings.alarm_urls()
    for url in urls:
        check_address(url, "CLINIC_ALARM_URLS")
    if not urls and not settings.talks_to_a_sandbox:
        log.warning(NO_ALARM)


async def _reaches_telegram(*bots: ExtBot[None]) -> bool:
    """Whether Telegram answers; SettingsError: it does not know the token."""
    try:
        for client in bots:
            await client.initialize()
    except InvalidToken as error:
        raise SettingsError(UNKNOWN_TOKEN) from error
    except TelegramError:
        return False
    return True


async def _wait_for_telegram(*bots: ExtBot[None]) -> None:
    log.error("Telegram does not answer: the bot waits for it, and goes on by itself")
    wait = FIRST_WAIT_SECONDS
    while not await _reaches_telegram(*bots):
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT_SECONDS)
    log.warning("Telegram answers")


def _username(bot: ExtBot[None]) -> str:
    try:
        return bot.username
    except RuntimeError:  # Telegram has not been reached yet
        return ""


@dataclass(frozen=True, slots=True)
class _Parts:
    settings: Settings
    role: Role
    storage: Storage
    services: Services
    bot: ExtBot[None]
    answered: LastAnswer
    listener: socket.socket


async def _start(tasks: asyncio.TaskGroup, p: _Parts) -> DurableQueue | None:
    """Start all that needs no Telegram: work, health, the watchdog. The queue to receive into."""
    if p.settings.clock is ClockKind.SANDBOX:
        await _follow_clock(tasks, p)
    if p.role in (Role.ALL, Role.WORK):
        tasks.create_task(jobs.work(p.storage.queue, p.settings.workers))
    queue = DurableQueue(p.services) if p.role in (Role.ALL, Role.RECEIVE) else None
    at, clock = p.storage.database, p.storage.clock
    pages = Console(p.services).routes() if p.settings.console_url else ()
    secret = _secret(p.settings)
    door = Door(lambda: report_status(at, clock.now()), queue, p.answered, secret, pages)
    tasks.create_task(serve(door, p.listener))
    tasks.create_task(Watchdog(p.services, _revive(p.settings)).watch())
    return queue


def _revive(settings: Settings) -> Revive | None:
    """How an embedded database that has died is started again; another one is not ours to start."""
    if settings.address_of_database() is not None:
        return None

    async def revive() -> None:
        await asyncio.to_thread(start_embedded, settings.data)

    return revive


async def _receive(
    tasks: asyncio.TaskGroup, stack: contextlib.AsyncExitStack, p: _Parts, queue: DurableQueue
) -> None:
    secret = _secret(p.settings)
    if p.settings.webhook_url and secret:
        url = p.settings.webhook_url + WEBHOOK_PATH
        await _patiently(lambda: start_webhook(p.bot, url, secret))
        tasks.create_task(_ask_about_webhook(p))
    else:
        polling = Polling(p.bot, queue)
        await polling.start()
        stack.push_async_callback(polling.stop)
    tasks.create_task(_note_answers(p.storage, p.answered))


async def _patiently(work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            return await work()
        except TelegramError as error:
            log.error("the webhook was not set, and is tried again", error=type(error).__name__)
            await asyncio.sleep(LONGEST_WAIT_SECONDS)


def _secret(settings: Settings) -> str | None:
    return settings.secret_of_webhook() if settings.webhook_url else None


async def _ask_about_webhook(p: _Parts) -> None:
    """With a webhook silence is no sign of trouble, so Telegram is asked how it fares."""
    while True:
        if await webhook_is_well(p.bot):
            p.answered.note()
        await asyncio.sleep(ASK_WEBHOOK_SECONDS)


async def _follow_clock(tasks: asyncio.TaskGroup, p: _Parts) -> None:
    async def move(offset: float) -> None:
        async with p.storage.database.transaction() as tx:
            await move_schedule(tx, offset)
            await sweep_now(tx)

    follower = SandboxClock(p.settings.telegram_api, p.storage.clock, move)
    await follower.catch_up()
    tasks.create_task(follower.follow())


async def _note_answers(storage: Storage, answered: LastAnswer) -> None:
    """Let other processes, and the watchdog, see that Telegram answers."""
    while True:
        age = answered.age()
        if age is not None and age < SILENT_AFTER:
            try:
                async with storage.database.transaction() as tx:
                    await note_pulse(tx, POLL, machine_time() - timedelta(seconds=age))
            except Exception as error:  # noqa: BLE001 - the database may be away; it is only a pulse
                log.warning("the pulse was not noted", error=type(error).__name__)
        await asyncio.sleep(PULSE_SECONDS)
