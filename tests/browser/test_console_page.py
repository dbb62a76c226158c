"""The console in a real browser: narrow, by keyboard, and with nothing from elsewhere."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from playwright.async_api import Browser, Request, expect
from starlette.applications import Starlette

from bot.console.pages import Console
from tests.databases import Opened
from tests.flows.clinic import DANA, SAM, Clinic, move_in, opened_clinic
from tests.flows.script import URGENT

NARROW = {"width": 360, "height": 740}
SPILLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@asynccontextmanager
async def served(storage: Opened) -> AsyncIterator[Clinic]:
    """A clinic with its console on this machine, where Sam has written something urgent."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        async with opened_clinic(storage.url, console_url=address) as clinic:
            await move_in(clinic)
            await clinic.says(SAM, URGENT)
            app = Starlette(routes=Console(clinic.services).routes())
            config = uvicorn.Config(app, log_level="error", lifespan="off", ws="none")
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve(sockets=[door]))
            try:
                yield clinic
            finally:
                server.should_exit = True
                await serving


async def test_a_therapist_reads_a_flag_by_keyboard_on_a_narrow_phone(
    storage: Opened, chromium: Browser, pictures: Path
) -> None:
    async with served(storage) as clinic:
        await clinic.presses(DANA, "console:1")
        link = re.search(r"http://\S+", clinic.last(DANA).text)
        assert link is not None
        page = await chromium.new_page(viewport=NARROW)  # type: ignore[arg-type]
        asked: list[Request] = []
        page.on("request", lambda request: asked.append(request))
        await page.goto(link[0])
        await expect(page.get_by_role("button", name="Sign in")).to_be_focused()
        assert "#" not in page.url, "the code does not stay in the address"
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Robin's family")).to_be_visible()
        assert not await page.evaluate(SPILLS)
        await page.get_by_role("button", name="Show the messages").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_text(URGENT)).to_be_visible()
        assert not await page.evaluate(SPILLS)
        await page.screenshot(path=pictures / "console.png")
        await page.get_by_role("link", name="All flags").press("Enter")
        await expect(page.get_by_role("link", name="Robin's family")).to_be_visible()
        await page.wait_for_load_state()  # its style sheet too
        assert not await page.evaluate(SPILLS)
        await page.get_by_role("button", name="Sign out").press("Enter")
        await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        assert {request.url.split("/")[2] for request in asked} == {link[0].split("/")[2]}
        await page.close()
