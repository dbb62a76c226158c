"""The page of phones in a real browser: what people do on it."""

import pytest
from playwright.async_api import expect

from tests.sandbox.pages import Open, needs_chromium, phone_of, write
from tests.sandbox.world import DANA, SAM, Eventually, World

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.mark.usefixtures("small_bot")
async def test_three_phones_stand_side_by_side_and_talk(open_page: Open) -> None:
    page = await open_page()
    sam = phone_of(page, SAM)
    await sam.get_by_role("button", name="Start").click()
    await expect(sam.locator(".theirs .words")).to_have_text("Heard /start")
    await expect(sam.locator(".theirs strong").nth(1)).to_have_text("Heard")
    await expect(sam.locator(".quote")).to_contain_text("/start")
    await expect(sam.locator(".mine .ticks")).to_have_attribute("aria-label", "The bot has it")
    await sam.get_by_role("button", name="I need a person").click()
    await expect(sam.locator(".theirs .words").last).to_have_text("Heard I need a person")
    boxes = [await page.locator(".phone").nth(n).bounding_box() for n in range(3)]
    lefts = [box["x"] for box in boxes if box]
    assert lefts == sorted(set(lefts))


@pytest.mark.usefixtures("small_bot")
async def test_a_pressed_button_is_answered_with_a_word_an_alert_and_an_edit(
    open_page: Open,
) -> None:
    page = await open_page()
    dana = phone_of(page, DANA)
    await write(dana, "flag")
    await dana.get_by_role("button", name="Take it").click()
    await expect(dana.locator(".toast")).to_have_text("Taken")
    await expect(dana.locator(".theirs .words")).to_have_text("Taken by Dana")
    await expect(dana.locator(".theirs .edited")).to_have_text("edited")
    await write(dana, "flag")
    await dana.get_by_role("button", name="Alert").click()
    await expect(page.get_by_role("alertdialog")).to_contain_text("Taken")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alertdialog")).to_have_count(0)


async def test_what_is_new_on_another_phone_is_marked_until_somebody_looks(
    world: World, open_page: Open
) -> None:
    page = await open_page()
    await phone_of(page, SAM).get_by_role("textbox").focus()
    await world.result("sendMessage", chat_id=DANA, text="New flag")
    dana = phone_of(page, DANA)
    await expect(dana.locator(".owner .badge")).to_have_text("1 new")
    await expect(dana.locator(".fresh")).to_have_text("New")
    await expect(page).to_have_title("(1) Held in Mind · sandbox")
    await dana.locator(".log").click()
    await expect(dana.locator(".owner .badge")).to_be_hidden()
    await expect(page).to_have_title("Held in Mind · sandbox")


async def test_the_bot_is_seen_typing(world: World, open_page: Open) -> None:
    page = await open_page()
    status = phone_of(page, SAM).locator(".chat-status")
    await world.result("sendChatAction", chat_id=SAM, action="typing")
    await expect(status).to_have_text("typing")
    await world.result("sendMessage", chat_id=SAM, text="Done")
    await expect(status).to_have_text("bot")


async def test_a_message_is_answered_and_edited_by_keyboard_alone(
    world: World, open_page: Open
) -> None:
    await world.result("sendMessage", chat_id=SAM, text="How was it?")
    page = await open_page()
    sam = phone_of(page, SAM)
    await expect(sam.locator(".theirs")).to_be_visible()
    await sam.get_by_role("log").focus()
    await page.keyboard.press("ArrowUp")
    await expect(sam.locator(".theirs")).to_be_focused()
    await page.keyboard.press("r")
    await page.keyboard.type("Hadr")
    await page.keyboard.press("Enter")
    await expect(sam.locator(".mine .quote")).to_contain_text("How was it?")
    await page.keyboard.press("ArrowUp")
    await expect(sam.get_by_role("textbox")).to_have_value("Hadr")
    await sam.get_by_role("textbox").fill("Hard")
    await page.keyboard.press("Enter")
    await expect(sam.locator(".mine .words")).to_have_text("Hard")
    await expect(sam.locator(".mine .edited")).to_be_visible()
    first, second = await world.result("getUpdates")
    assert first["message"]["reply_to_message"]["text"] == "How was it?"
    assert second["edited_message"]["text"] == "Hard"


async def test_every_attachment_of_the_menu_is_sent(
    world: World, open_page: Open, eventually: Eventually
) -> None:
    page = await open_page()
    sam = phone_of(page, SAM)
    wanted = ["photo", "voice", "document", "location", "contact", "sticker"]
    for name in ("Photo", "Voice message", "Document", "Location", "Contact", "Sticker …"):
        await sam.get_by_role("button", name="Attach").click()
        await page.get_by_role("menuitem", name=name, exact=True).click()
    await page.get_by_role("menuitem").first.press("Enter")

    async def sent() -> bool:
        return [m["kind"] for m in await world.chat(SAM)] == wanted

    await eventually(sent)
    await expect(sam.locator("img.photo")).to_have_js_property("naturalWidth", 320)


@pytest.mark.usefixtures("small_bot")
async def test_the_menu_and_a_slash_offer_the_commands(open_page: Open) -> None:
    page = await open_page()
    sam = phone_of(page, SAM)
    await sam.get_by_role("button", name="Menu", exact=True).click()
    await page.get_by_role("menuitem", name="/help").click()
    await expect(sam.locator(".theirs .words")).to_have_text("Heard /help")
    await sam.get_by_role("textbox").fill("/he")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(sam.locator(".mine")).to_have_count(2)


async def test_blocking_takes_the_text_field_away_until_it_is_undone(
    world: World, open_page: Open
) -> None:
    page = await open_page()
    sam = phone_of(page, SAM)
    await sam.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Block the bot").click()
    await expect(sam.get_by_role("textbox")).to_be_hidden()
    assert "blocked by the user" in await world.refusal("sendMessage", chat_id=SAM, text="x")
    await sam.get_by_role("button", name="Unblock the bot").click()
    await expect(sam.get_by_role("textbox")).to_be_visible()


async def test_time_faults_and_people_are_set_from_the_bar(world: World, open_page: Open) -> None:
    page = await open_page()
    await page.get_by_role("button", name="10 minutes").click()
    await expect(page.locator("#ahead")).to_have_text("10 min ahead")
    assert (await world.get("clock"))["offset_seconds"] == 600
    await page.get_by_role("button", name="Faults").click()
    await page.get_by_label("What happens").select_option("502")
    await page.get_by_role("button", name="Add fault").click()
    await expect(page.locator("#faults-list")).to_have_text("502 · any call · 1 more")
    assert await world.refusal("getMe") == "Bad Gateway"
    await expect(page.locator("#trouble")).to_have_text("getMe status 502")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Add a person").click()
    await page.get_by_label("First name").fill("Alex")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="Message as Alex")).to_be_focused()
    await page.get_by_role("textbox", name="Message as Alex").press_sequentially("Hello")
    await page.keyboard.press("Enter")
    assert (await world.chat(5001, wait_s=5))[0]["text"] == "Hello"


async def test_a_join_link_on_one_phone_is_opened_as_another_person(
    world: World, open_page: Open
) -> None:
    link = "https://t.me/heldinmind_sandbox_bot?start=join-7f"
    await world.result("sendMessage", chat_id=DANA, text=f"Give them this: {link}")
    page = await open_page()
    await phone_of(page, DANA).get_by_role("button", name=link).click()
    await page.get_by_role("combobox", name="Person").select_option("Parent 2")
    await page.get_by_role("button", name="Open", exact=True).click()
    await expect(phone_of(page, 2002).locator(".mine .words")).to_have_text("/start join-7f")
