"""How updates reach a bot: polling, a webhook, and the real Updater."""

import asyncio

import httpx
import pytest
from telegram import Bot, Update
from telegram.error import Conflict
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from tests.sandbox.world import (
    DANA,
    SAM,
    TOKEN,
    Eventually,
    HookServer,
    World,
    running_sandbox,
)


async def test_an_update_comes_again_until_it_is_confirmed(world: World) -> None:
    told = [await world.say(SAM, text=str(number)) for number in range(3)]
    first = await world.result("getUpdates", limit=2)
    assert [u["update_id"] for u in first] == [t["update_id"] for t in told[:2]]
    again = await world.result("getUpdates")
    assert [u["message"]["text"] for u in again] == ["0", "1", "2"]
    rest = await world.result("getUpdates", offset=told[1]["update_id"] + 1)
    assert [u["message"]["text"] for u in rest] == ["2"]
    assert [m["seen"] for m in await world.chat(SAM)] == [True, True, False]


async def test_a_sandbox_that_starts_again_repeats_no_number() -> None:
    seen: list[tuple[int, int]] = []
    for _ in range(2):
        async with (
            running_sandbox() as url,
            httpx.AsyncClient(base_url=url, timeout=20, trust_env=False) as http,
        ):
            told = [await World(url, http).say(SAM, text=str(number)) for number in range(3)]
            seen += [(one["update_id"], one["message_id"]) for one in told]
    updates, messages = zip(*seen, strict=True)
    assert len(set(updates)) == len(set(messages)) == 6
    assert updates == tuple(sorted(updates))
    assert max(updates + messages) < 2**31


async def test_a_negative_offset_keeps_only_the_last_updates(world: World) -> None:
    for number in range(3):
        await world.say(SAM, text=str(number))
    last = await world.result("getUpdates", offset=-1)
    assert [u["message"]["text"] for u in last] == ["2"]
    assert len(await world.result("getUpdates")) == 1


async def test_a_long_poll_answers_as_soon_as_somebody_writes(world: World) -> None:
    poll = asyncio.create_task(world.result("getUpdates", timeout=15))
    said = await world.say(SAM, text="now")
    async with asyncio.timeout(3):
        (update,) = await poll
    assert update["update_id"] == said["update_id"]


async def test_only_the_kinds_that_were_asked_for_are_queued(world: World) -> None:
    await world.result("getUpdates", allowed_updates=["callback_query"])
    await world.say(SAM, text="not wanted")
    assert await world.result("getUpdates") == []
    await world.result("getUpdates", allowed_updates=[])
    await world.say(SAM, text="wanted")
    assert len(await world.result("getUpdates")) == 1


async def test_a_second_poller_ends_the_first_with_a_conflict(
    world: World, telegram_bot: Bot, eventually: Eventually
) -> None:
    first = asyncio.create_task(telegram_bot.get_updates(timeout=15))

    async def second_got_it() -> bool:
        await world.result("getUpdates")
        return first.done()

    await eventually(second_got_it)
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_a_webhook_gets_updates_in_order_with_its_secret(
    world: World, hook: HookServer, eventually: Eventually
) -> None:
    await world.say(SAM, text="before")
    await world.result("setWebhook", url=hook.url, secret_token="s3cret")
    await world.say(SAM, text="after")
    await world.say(DANA, text="other")

    async def arrived() -> bool:
        return len(hook.got) == 3

    await eventually(arrived)
    sams = [u["message"]["text"] for u in hook.got if u["message"]["from"]["id"] == SAM]
    assert sams == ["before", "after"]
    assert set(hook.secrets) == {"s3cret"}
    info = await world.result("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (hook.url, 0)
    assert "can't use getUpdates method while webhook is active" in await world.refusal(
        "getUpdates"
    )


async def test_a_webhook_that_fails_gets_the_update_again_and_the_error_is_told(
    world: World, hook: HookServer, eventually: Eventually
) -> None:
    hook.answers = [500, 503]
    await world.result("setWebhook", url=hook.url)
    await world.say(SAM, text="important")

    async def failed() -> bool:
        return "last_error_message" in await world.result("getWebhookInfo")

    await eventually(failed)
    info = await world.result("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 50")

    async def arrived() -> bool:
        return len(hook.got) == 1

    await eventually(arrived)
    assert len(hook.secrets) == 3


async def test_a_webhook_nobody_answers_keeps_its_updates_for_polling(
    world: World, eventually: Eventually
) -> None:
    await world.result("setWebhook", url="http://127.0.0.1:9/nobody")
    await world.say(SAM, text="kept")

    async def failed() -> bool:
        return "last_error_message" in await world.result("getWebhookInfo")

    await eventually(failed)
    assert (await world.result("getWebhookInfo"))["pending_update_count"] == 1
    await world.result("deleteWebhook")
    (update,) = await world.result("getUpdates")
    assert update["message"]["text"] == "kept"
    await world.result("deleteWebhook", drop_pending_updates=True)
    assert await world.result("getUpdates") == []


async def test_a_webhook_must_be_https_unless_it_is_on_this_machine(
    world: World, eventually: Eventually
) -> None:
    said = await world.refusal("setWebhook", url="http://clinic.example/telegram")
    assert said == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    await world.result("setWebhook", url="https://clinic.example/telegram")
    await world.say(SAM, text="never leaves this machine")

    async def refused() -> bool:
        info = await world.result("getWebhookInfo")
        return "delivers to this machine only" in info.get("last_error_message", "")

    await eventually(refused)


async def test_the_real_updater_answers_a_person(world: World) -> None:
    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message
        await update.effective_message.reply_text(f"You said {update.effective_message.text}")

    requests = [HTTPXRequest(httpx_kwargs={"trust_env": False}) for _ in range(2)]
    application = (
        ApplicationBuilder()
        .token(TOKEN)
        .base_url(f"{world.url}/bot")
        .request(requests[0])
        .get_updates_request(requests[1])
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    assert application.updater
    async with application:
        await application.start()
        await application.updater.start_polling(poll_interval=0, timeout=5)
        said = await world.say(SAM, text="hello")
        (answer,) = await world.chat(SAM, after=said["message_id"], wait_s=10)
        assert answer["text"] == "You said hello"
        await application.updater.stop()
        await application.stop()
    assert await world.violations() == []
