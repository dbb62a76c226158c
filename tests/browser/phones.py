"""The page of phones, as somebody in front of it uses it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Locator, Page, Request, expect

PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)
LOCAL = ("data:", "blob:")


@asynccontextmanager
async def opened(
    browser: Browser, address: str, *, width: int, height: int = 900, touch: bool = False
) -> AsyncIterator[Page]:
    """The page in a window of this size; fails if anything was asked of another address."""
    away: list[str] = []
    wrong: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((address, *LOCAL)):
            away.append(request.url)

    context = await browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=touch,
        device_scale_factor=2,
        locale="en-GB",
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.on("request", note)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    await page.goto(address)
    await expect(page.get_by_label("Message as Sam")).to_be_attached()
    yield page
    await context.close()
    assert not away, f"the page reached for {away}"
    assert not wrong, f"the page's scripts failed: {wrong}"


def phone(page: Page, name: str) -> Locator:
    """Whose phone it is, wherever it stands."""
    return page.locator("section.column").filter(has=page.get_by_label(f"Message as {name}"))


def field(page: Page, name: str) -> Locator:
    """Where this person writes."""
    return page.get_by_label(f"Message as {name}")


def newest(page: Page, name: str, words: str) -> Locator:
    """The last message on this person's phone that holds these words."""
    return phone(page, name).locator("article.theirs").filter(has_text=words).last


async def writes(page: Page, name: str, text: str) -> None:
    """Type on a phone and press Enter."""
    await field(page, name).fill(text)
    await field(page, name).press("Enter")


@asynccontextmanager
async def comes(page: Page, name: str, words: str) -> AsyncIterator[None]:
    """What is done within brings one more message with these words to this phone."""
    messages = phone(page, name).locator("article.theirs").filter(has_text=words)
    before = await messages.count()
    yield
    await expect(messages).to_have_count(before + 1)


async def count(page: Page, name: str, words: str) -> int:
    """How many messages of the bot's on this phone hold these words."""
    return await phone(page, name).locator("article.theirs").filter(has_text=words).count()
