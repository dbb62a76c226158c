"""The demo as one command, and a Chromium that plays its people."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.journeys.processes import Command, environment, stop_postmaster

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
]
KEEP = os.environ.get("KEEP_PICTURES") == "1"
HERE = Path(__file__).parent
WITH_START_SECONDS = 600


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here needs Chromium, and says loudly when there is none."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(WITH_START_SECONDS))
            reason = "NO CHROMIUM ON THIS MACHINE: the story on the page was not tested at all"
            item.add_marker(pytest.mark.skipif(CHROMIUM is None, reason=reason))


@pytest.fixture(scope="session")
def demo(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `heldinmind demo`, as a newcomer starts it."""
    folder = tmp_path_factory.mktemp("demo")
    data = Path(tempfile.mkdtemp(prefix="held-in-mind-stage-"))
    arguments = ("demo", "--no-browser", "--port", "0", "--data", str(data))
    command = Command(folder, *arguments, settings=environment(index=index))
    try:
        yield command.ready()
        assert command.is_alive, command.log[-3000:]
        assert command.stop() == 0, command.log[-3000:]
    finally:
        command.stop()
        stop_postmaster(data)
        shutil.rmtree(data, ignore_errors=True)


@pytest_asyncio.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One Chromium for all."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go: into the project with KEEP_PICTURES=1, else away with the test."""
    return HERE.parent.parent / "docs" / "pictures" if KEEP else tmp_path
