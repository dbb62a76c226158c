"""Practice lived on the page of phones, and the pictures of it."""

from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.browser.phones import count, newest, opened, phone, writes

TITLE = "The bedtime check-in"
HOURS_IN_A_DAY = 26
PATIENCE = 30  # seconds


async def an_hour_goes_by(page: Page) -> None:
    """The clock of both phones moves on."""
    await page.get_by_role("button", name="1 hour").click()
    await page.wait_for_timeout(400)


async def hours_until(page: Page, name: str, words: str, hours: int = HOURS_IN_A_DAY) -> None:
    """Hour by hour, until one more message with these words has come to a phone."""
    before = await count(page, name, words)
    for _ in range(hours):
        await an_hour_goes_by(page)
        if await count(page, name, words) > before:
            return
    for _ in range(PATIENCE):  # a machine with other work shows it later than the clock says
        if await count(page, name, words) > before:
            return
        await page.wait_for_timeout(1000)
    raise AssertionError(f"nothing with {words!r} came to {name}")


async def test_a_day_of_practice_and_the_page_before_a_session(
    demo: str, chromium: Browser, pictures: Path
) -> None:
    async with opened(chromium, demo, width=1400, height=960) as page:
        await hours_until(page, "Sam", TITLE)
        nudge = newest(page, "Sam", TITLE)
        await nudge.get_by_role("button", name="Did it").click()
        await expect(newest(page, "Sam", f"You made room for {TITLE}.")).to_be_visible()
        await writes(page, "Sam", "We read one page and laughed.")
        await expect(newest(page, "Sam", "Kept for Dana, in your words.")).to_be_visible()
        await phone(page, "Sam").screenshot(path=pictures / "nudge.png")

        await writes(page, "Dana", "/session")
        asked = newest(page, "Dana", "The sessions of which family?")
        await asked.get_by_role("button", name="Robin's family").click()
        day = newest(page, "Dana", "on which day").get_by_role("button").nth(2)
        await day.click()
        for label in ("15:00", "every week"):
            await newest(page, "Dana", "Robin's family").get_by_role("button", name=label).click()
        await hours_until(page, "Sam", "Anything you want to bring?", 3 * HOURS_IN_A_DAY)
        await hours_until(page, "Dana", "Robin's family: before the session on")
        before = newest(page, "Dana", "Robin's family: before the session on")
        await expect(before).to_contain_text("We read one page and laughed.")
        await expect(newest(page, "Dana", "The same as a page")).to_be_visible()
        await before.evaluate("element => element.scrollIntoView({block: 'start'})")
        await phone(page, "Dana").screenshot(path=pictures / "before-the-session.png")
