"""Buttons, commands and what the bot says about itself, through the real client library."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MenuButtonWebApp,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    WebAppInfo,
)
from telegram.error import BadRequest

from tests.sandbox.world import DANA, SAM, World

YES = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


async def test_a_pressed_button_is_answered(world: World, telegram_bot: Bot) -> None:
    sent = await telegram_bot.send_message(SAM, "Safe?", reply_markup=YES)
    await world.control(f"people/{SAM}/press", message_id=sent.message_id, data="y")
    (update,) = await telegram_bot.get_updates()
    query = update.callback_query
    assert query
    assert (query.data, query.from_user.id) == ("y", SAM)
    assert query.message
    assert query.message.message_id == sent.message_id
    assert await query.answer("Thank you")
    with pytest.raises(BadRequest, match="Query is too old"):
        await telegram_bot.answer_callback_query("123")


async def test_a_button_that_was_never_there_cannot_be_pressed_but_a_stale_one_can(
    world: World, telegram_bot: Bot
) -> None:
    sent = await telegram_bot.send_message(SAM, "Safe?", reply_markup=YES)
    press = f"/sandbox/people/{SAM}/press"
    never = await world.http.post(press, json={"message_id": sent.message_id, "data": "n"})
    assert never.status_code == 400
    await sent.edit_text("Answered")
    stale = await world.http.post(press, json={"message_id": sent.message_id, "data": "y"})
    assert stale.status_code == 200
    nowhere = await world.http.post(press, json={"message_id": 999, "data": "y"})
    assert nowhere.status_code == 404


async def test_a_reply_keyboard_stays_until_it_is_taken_away(
    world: World, telegram_bot: Bot
) -> None:
    keyboard = ReplyKeyboardMarkup(
        [["I need a person"], [KeyboardButton("Me", request_contact=True)]]
    )
    sent = await telegram_bot.send_message(SAM, "Hello", reply_markup=keyboard)
    await telegram_bot.send_message(SAM, "More")
    phone = await world.get(f"people/{SAM}")
    assert phone["reply_keyboard"][0] == [{"text": "I need a person"}]
    for text in ("I need a person", "Me"):
        await world.control(f"people/{SAM}/press", message_id=sent.message_id, text=text)
    said, contact = await telegram_bot.get_updates()
    assert said.message
    assert said.message.text == "I need a person"
    assert contact.message
    assert contact.message.contact
    await telegram_bot.send_message(SAM, "Gone", reply_markup=ReplyKeyboardRemove())
    assert (await world.get(f"people/{SAM}"))["reply_keyboard"] is None
    wrong = await world.http.post(
        f"/sandbox/people/{SAM}/press", json={"message_id": sent.message_id, "text": "Nope"}
    )
    assert wrong.status_code == 400


async def test_commands_and_menu_buttons_follow_their_scope(
    world: World, telegram_bot: Bot
) -> None:
    await telegram_bot.set_my_commands([BotCommand("help", "What I can do")])
    dana = BotCommandScopeChat(DANA)
    await telegram_bot.set_my_commands([BotCommand("flags", "Open flags")], scope=dana)
    assert [c.command for c in await telegram_bot.get_my_commands()] == ["help"]
    assert (await world.get(f"people/{SAM}"))["commands"][0]["command"] == "help"
    assert (await world.get(f"people/{DANA}"))["commands"][0]["command"] == "flags"
    app = MenuButtonWebApp("Console", WebAppInfo("http://127.0.0.1:1/console"))
    await telegram_bot.set_chat_menu_button(DANA, app)
    assert (await world.get(f"people/{DANA}"))["menu_button"]["type"] == "web_app"
    assert (await world.get(f"people/{SAM}"))["menu_button"]["type"] == "commands"
    assert (await telegram_bot.get_chat_menu_button(DANA)).type == "web_app"


async def test_the_bots_texts_are_kept(telegram_bot: Bot) -> None:
    await telegram_bot.set_my_description("Between sessions")
    await telegram_bot.set_my_short_description("Short")
    await telegram_bot.set_my_name("Clinic")
    assert (await telegram_bot.get_my_description()).description == "Between sessions"
    assert (await telegram_bot.get_my_short_description()).short_description == "Short"
    assert (await telegram_bot.get_me()).first_name == "Clinic"
