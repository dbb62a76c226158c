"""The page of phones in a real browser: how it holds up, looks and fits."""

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.sandbox.pages import BUTTONS, Open, needs_chromium, phone_of
from tests.sandbox.world import DANA, SAM, World, running_sandbox

pytestmark = [pytest.mark.browser, needs_chromium]


async def test_what_a_bot_sends_is_never_read_as_html(world: World, open_page: Open) -> None:
    await world.result("sendMessage", chat_id=SAM, text="<img src=x onerror=alert(1)> & more")
    page = await open_page()
    words = phone_of(page, SAM).locator(".words")
    await expect(words).to_have_text("<img src=x onerror=alert(1)> & more")
    await expect(words.locator("img")).to_have_count(0)


async def test_a_small_screen_shows_one_phone_with_a_switcher(
    world: World, open_page: Open
) -> None:
    page = await open_page(360, 740)
    await expect(page.locator(".phone:visible")).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    await world.result("sendMessage", chat_id=DANA, text="New flag")
    dana = page.get_by_role("button", name="Dana")
    await expect(dana.locator(".badge")).to_contain_text("1")
    await dana.click()
    await expect(phone_of(page, DANA).locator(".words")).to_have_text("New flag")
    await expect(dana.locator(".badge")).to_have_count(0)
    await expect(phone_of(page, SAM)).to_be_hidden()


async def test_the_page_finds_its_way_back_when_the_server_was_away(browser: Browser) -> None:
    page = await browser.new_page()
    async with running_sandbox() as url:
        await page.goto(url)
        await expect(phone_of(page, SAM)).to_be_visible()
    await expect(page.locator("#notice")).to_contain_text("The sandbox does not answer")
    port = int(url.rpartition(":")[2])
    async with running_sandbox(port), httpx.AsyncClient(base_url=url, trust_env=False) as http:
        await http.post(f"/bot1:x/sendMessage?chat_id={SAM}&text=back+again")
        await expect(phone_of(page, SAM).locator(".words")).to_have_text("back again")
        await expect(page.locator("#notice")).to_be_hidden()
    await page.close()


# Contrast as the accessibility guidelines reckon it, of a text against what is behind it.
_CONTRAST = """(node) => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).slice(0, 3).map((v) => v / 255)
      .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let behind = node;
  const back = () => getComputedStyle(behind).backgroundColor;
  while (/, 0\\)$|transparent/.test(back())) behind = behind.parentElement;
  const pair = [getComputedStyle(node).color, back()].map(light).sort();
  return (pair[1] + 0.05) / (pair[0] + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_stands_out_in_light_and_dark(
    world: World, open_page: Open, scheme: str
) -> None:
    await world.say(SAM, text="mine")
    await world.result("sendMessage", chat_id=SAM, text="theirs", reply_markup=BUTTONS)
    page = await open_page(color_scheme=scheme)
    sam = phone_of(page, SAM)
    places = (".words", ".foot", ".chat-name", ".chat-status", ".inline-button", ".phone-owner")
    for place in places:
        for node in await sam.locator(place).all():
            assert await node.evaluate(_CONTRAST) >= 4.5, place
    for button in await page.locator(".tools button, .clock-steps button").all():
        assert await button.evaluate(_CONTRAST) >= 4.5
