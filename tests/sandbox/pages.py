"""Fixtures and steps of the tests that drive the page of phones in a real browser."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.sandbox.world import World

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None,
    reason="NO CHROMIUM ON THIS MACHINE: the page of phones was not tested at all",
)

BUTTONS = {
    "inline_keyboard": [
        [{"text": "Take it", "callback_data": "take"}, {"text": "Alert", "callback_data": "alert"}]
    ]
}
KEYBOARD = {"keyboard": [["I need a person"]], "resize_keyboard": True}


async def answer(world: World, update: dict[str, Any]) -> None:
    if query := update.get("callback_query"):
        shown = query["data"] == "alert"
        await world.result(
            "answerCallbackQuery", callback_query_id=query["id"], text="Taken", show_alert=shown
        )
        where = {"chat_id": query["from"]["id"], "message_id": query["message"]["message_id"]}
        await world.result("editMessageText", text="Taken by Dana", **where)
    elif message := update.get("message"):
        chat = message["chat"]["id"]
        text = message.get("text", message.get("caption", "something"))
        await world.result(
            "sendMessage",
            chat_id=chat,
            text=f"<b>Heard</b> {text}",
            parse_mode="HTML",
            reply_parameters={"message_id": message["message_id"]},
            reply_markup=BUTTONS if text == "flag" else KEYBOARD,
        )


@pytest_asyncio.fixture
async def small_bot(world: World) -> AsyncIterator[None]:
    """Answers whoever writes, until the test is over."""
    commands = [{"command": "help", "description": "What I can do"}]
    await world.result("setMyCommands", commands=commands)

    async def run() -> None:
        offset = 0
        while True:
            for update in await world.result("getUpdates", offset=offset, timeout=10):
                offset = update["update_id"] + 1
                await answer(world, update)

    running = asyncio.create_task(run())
    yield
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        await chromium.close()


Open = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture
async def open_page(world: World, browser: Browser) -> AsyncIterator[Open]:
    """Open the page at a width; at the end nothing may have gone wrong in it."""
    pages: list[Page] = []
    wrong: list[str] = []
    asked: list[str] = []

    async def opened(width: int = 1400, height: int = 900, **options: Any) -> Page:
        page = await browser.new_page(viewport={"width": width, "height": height}, **options)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(world.url)
        await expect(page.locator(".phone")).to_have_count(3)
        pages.append(page)
        return page

    yield opened
    for page in pages:
        await page.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith((world.url, "data:", "blob:"))] == []


def phone_of(page: Page, person: int) -> Locator:
    return page.locator(f'section[data-person="{person}"]')


async def write(phone: Locator, text: str) -> None:
    await phone.get_by_role("textbox").fill(text)
    await phone.get_by_role("textbox").press("Enter")
