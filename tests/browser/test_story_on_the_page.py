"""The story lived on the page of phones: wide, on a small screen, and without a mouse."""

from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.browser.phones import comes, count, field, newest, opened, phone, writes
from tests.journeys.words import ANSWER, HOLDING, ORDINARY, URGENT

WIDE, NARROW = 1400, 360
TAKEN, CLOSED = "Dana has your message.", "You can ask me things again."


async def turns_to(page: Page, name: str) -> None:
    """On a small screen there is one phone at a time, and tabs to choose it."""
    await page.get_by_role("group", name="Choose a phone").get_by_role("button", name=name).click()


async def fits(page: Page) -> bool:
    """Whether nothing sticks out at the side."""
    return bool(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


async def shows_from(page: Page, name: str, words: str) -> None:
    """Scroll a phone so that what its owner wrote stands at the top."""
    said = phone(page, name).locator("article.mine").filter(has_text=words).last
    await said.evaluate("element => element.scrollIntoView({block: 'start'})")


async def test_the_story_on_three_phones_side_by_side(
    demo: str, chromium: Browser, pictures: Path
) -> None:
    async with opened(chromium, demo, width=WIDE) as page:
        await phone(page, "Noor").get_by_role("button", name="Start").click()
        await expect(newest(page, "Noor", "Urgent messages reach you here")).to_be_visible()
        await writes(page, "Sam", ORDINARY)
        await expect(newest(page, "Sam", ANSWER)).to_be_visible()
        assert await count(page, "Dana", "URGENT") == 0

        await writes(page, "Sam", URGENT)
        alert = newest(page, "Dana", "URGENT: Robin's family")
        take = alert.get_by_role("button", name="Take it")
        await expect(take).to_be_visible()
        await expect(newest(page, "Sam", HOLDING)).to_contain_text("has been sent to Dana")
        assert await count(page, "Sam", ANSWER) == 1, "no guidance for something urgent"
        await phone(page, "Dana").screenshot(path=pictures / "flag.png")
        await shows_from(page, "Sam", URGENT)
        assert await fits(page)
        await page.screenshot(path=pictures / "demo.png")

        await take.click()
        await expect(newest(page, "Sam", "Dana has your message.")).to_be_visible()
        await expect(newest(page, "Dana", "You have Robin's family.")).to_be_visible()
        await writes(page, "Dana", "I am calling you in one minute, Sam")
        await expect(newest(page, "Sam", "I am calling you in one minute, Sam")).to_be_visible()
        await newest(page, "Dana", "You have").get_by_role("button", name="Safe now").click()
        await expect(newest(page, "Sam", "Dana has closed this.")).to_be_visible()


async def test_the_story_on_a_small_screen(demo: str, chromium: Browser, pictures: Path) -> None:
    async with opened(chromium, demo, width=NARROW, height=740, touch=True) as page:
        await turns_to(page, "Sam")
        for step in ("1 day", "1 hour"):  # what was urgent yesterday is no longer the context
            await page.get_by_role("button", name=step).click()
        async with comes(page, "Sam", ANSWER):
            await writes(page, "Sam", ORDINARY)
        assert await fits(page)
        await shows_from(page, "Sam", ORDINARY)
        await page.screenshot(path=pictures / "phone.png")

        async with comes(page, "Dana", "URGENT: Robin's family"), comes(page, "Sam", HOLDING):
            await writes(page, "Sam", URGENT)
        await expect(newest(page, "Sam", HOLDING)).to_contain_text("Nobody has taken it yet")
        await turns_to(page, "Dana")
        await expect(field(page, "Sam")).to_be_hidden()
        alert = newest(page, "Dana", "URGENT: Robin's family")
        async with comes(page, "Sam", TAKEN), comes(page, "Dana", "You have Robin's family."):
            await alert.get_by_role("button", name="Take it").tap()
        assert await fits(page)
        await turns_to(page, "Sam")
        await expect(newest(page, "Sam", TAKEN)).to_be_in_viewport()
        await turns_to(page, "Dana")
        taken = newest(page, "Dana", "You have Robin's family.")
        async with comes(page, "Sam", CLOSED):
            await taken.get_by_role("button", name="Safe now").tap()


async def tabs_to(page: Page, label: str, name: str) -> None:
    """Press Tab until a button of this label on this person's phone has the focus."""
    here = (
        "([label, field]) => document.activeElement.innerText?.trim() === label && "
        "document.activeElement.closest('section')?.querySelector('textarea')"
        "?.getAttribute('aria-label') === field"
    )
    for _ in range(150):
        await page.keyboard.press("Tab")
        if await page.evaluate(here, [label, f"Message as {name}"]):
            return
    raise AssertionError(f"{label!r} on {name}'s phone cannot be reached with Tab")


async def test_the_story_without_a_mouse(demo: str, chromium: Browser) -> None:
    async with opened(chromium, demo, width=WIDE) as page:
        await expect(field(page, "Sam")).to_be_focused()
        async with comes(page, "Dana", "URGENT: Robin's family"), comes(page, "Sam", HOLDING):
            await page.keyboard.type(URGENT)
            await page.keyboard.press("Enter")
        async with comes(page, "Sam", TAKEN), comes(page, "Dana", "You have Robin's family."):
            await tabs_to(page, "Take it", "Dana")
            await page.keyboard.press("Enter")
        async with comes(page, "Sam", CLOSED):
            await tabs_to(page, "Safe now", "Dana")
            await page.keyboard.press("Enter")
