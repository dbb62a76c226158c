"""Messages of the bot and of people, through the real client library and plain HTTP."""

import httpx
import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden

from tests.sandbox.world import DANA, SAM, TOKEN, World

YES = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


async def test_a_text_arrives_with_its_entities_and_buttons(
    world: World, telegram_bot: Bot
) -> None:
    sent = await telegram_bot.send_message(
        SAM, "😀 <b>Hello</b> &amp; <i>you</i>", parse_mode="HTML", reply_markup=YES
    )
    assert sent.text == "😀 Hello & you"
    assert sent.parse_entities() == dict(zip(sent.entities, ("Hello", "you"), strict=True))
    (seen,) = await world.chat(SAM)
    assert seen["from"] == "bot"
    assert seen["buttons"] == [[{"text": "Yes", "data": "y"}]]
    assert [e["type"] for e in seen["entities"]] == ["bold", "italic"]


async def test_every_kind_of_message_of_a_person_reaches_the_bot(
    world: World, telegram_bot: Bot
) -> None:
    for said in (
        {"text": "/start abc"},
        {"photo": True, "caption": "look"},
        {"voice": True},
        {"document": "plan.pdf"},
        {"video": True},
        {"sticker": "🐶"},
        {"contact": True},
        {"location": True},
        {"text": "from somebody", "forward": "Aunt May"},
    ):
        await world.say(SAM, **said)
    got = [update.message for update in await telegram_bot.get_updates()]
    start, photo, voice, document, video, sticker, contact, location, forward = got
    assert start
    assert start.entities[0].type == "bot_command"
    assert photo
    assert (photo.caption, photo.photo[0].width) == ("look", 320)
    assert voice
    assert voice.voice
    assert document
    assert document.document
    assert document.document.file_name == "plan.pdf"
    assert document.document.mime_type == "application/pdf"
    assert video
    assert video.video
    assert sticker
    assert sticker.sticker
    assert sticker.sticker.emoji == "🐶"
    assert contact
    assert contact.contact
    assert contact.contact.user_id == SAM
    assert location
    assert location.location
    assert forward
    assert forward.forward_origin
    assert forward.forward_origin.type == "hidden_user"


async def test_a_file_of_a_person_can_be_downloaded_by_the_bot(
    world: World, telegram_bot: Bot
) -> None:
    await world.say(SAM, document="data:text/plain;base64,aGVsbG8gcm9iaW4=")
    (update,) = await telegram_bot.get_updates()
    assert update.message
    assert update.message.document
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"hello robin"
    assert (await world.http.get(f"/file/bot{TOKEN}/nothing.txt")).status_code == 404


async def test_a_file_of_the_bot_is_seen_and_can_be_sent_again_by_its_id(
    world: World, telegram_bot: Bot
) -> None:
    sent = await telegram_bot.send_document(SAM, b"%PDF", filename="wöek.pdf", caption="Digest")
    assert sent.document
    again = await telegram_bot.send_document(DANA, sent.document.file_id)
    assert again.document
    assert again.document.file_name == "wöek.pdf"
    (seen,) = await world.chat(SAM)
    assert (seen["kind"], seen["caption"], seen["text"]) == ("document", "Digest", "Digest")
    shown = await world.http.get(seen["file"]["url"])
    assert shown.content == b"%PDF"
    assert shown.headers["content-type"] == "application/octet-stream"


async def test_photos_and_voice_of_the_bot_are_seen(world: World, telegram_bot: Bot) -> None:
    await world.say(SAM, photo=True)
    (update,) = await telegram_bot.get_updates()
    assert update.message
    picture = await (await update.message.photo[0].get_file()).download_as_bytearray()
    await telegram_bot.send_photo(DANA, bytes(picture))
    await telegram_bot.send_voice(DANA, b"OggS....", duration=7)
    photo, voice = await world.chat(DANA)
    assert (photo["kind"], photo["file"]["width"]) == ("photo", 320)
    assert (voice["kind"], voice["file"]["duration"]) == ("voice", 7)


async def test_an_edit_shows_and_the_same_edit_again_is_refused(
    world: World, telegram_bot: Bot
) -> None:
    sent = await telegram_bot.send_message(SAM, "One", reply_markup=YES)
    await sent.edit_text("Two")
    (seen,) = await world.chat(SAM)
    assert (seen["text"], seen["buttons"], "edited_at" in seen) == ("Two", [], True)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("Two")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await telegram_bot.edit_message_text("x", SAM, 999)
    assert await world.violations() == []


async def test_only_the_buttons_of_a_message_can_change(world: World, telegram_bot: Bot) -> None:
    sent = await telegram_bot.send_message(SAM, "One", reply_markup=YES)
    await sent.edit_reply_markup(None)
    (seen,) = await world.chat(SAM)
    assert (seen["buttons"], "edited_at" in seen) == ([], False)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_reply_markup(None)


async def test_the_bot_cannot_edit_what_a_person_wrote(world: World, telegram_bot: Bot) -> None:
    said = await world.say(SAM, text="mine")
    with pytest.raises(BadRequest, match="can't be edited"):
        await telegram_bot.edit_message_text("yours", SAM, said["message_id"])


async def test_messages_are_copied_forwarded_and_deleted(world: World, telegram_bot: Bot) -> None:
    said = await world.say(SAM, photo=True, caption="drawing")
    copied = await telegram_bot.copy_message(DANA, SAM, said["message_id"])
    forwarded = await telegram_bot.forward_message(DANA, SAM, said["message_id"])
    assert forwarded.forward_origin
    first, second = await world.chat(DANA)
    assert first["message_id"] == copied.message_id
    assert (first["kind"], first["caption"], "forwarded" in first) == ("photo", "drawing", False)
    assert second["forwarded"] is True
    await telegram_bot.delete_message(DANA, copied.message_id)
    assert [m["message_id"] for m in await world.chat(DANA)] == [forwarded.message_id]
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await telegram_bot.delete_message(DANA, copied.message_id)
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await telegram_bot.copy_message(DANA, SAM, 999)


async def test_replies_quote_the_whole_message_in_both_directions(
    world: World, telegram_bot: Bot
) -> None:
    sent = await telegram_bot.send_message(SAM, "How was it?")
    await world.say(SAM, text="Hard", reply_to=sent.message_id)
    (update,) = await telegram_bot.get_updates()
    assert update.message
    assert update.message.reply_to_message
    assert update.message.reply_to_message.text == "How was it?"
    await update.message.reply_text("I see", do_quote=True)
    assert (await world.chat(SAM))[-1]["reply_to"] == update.message.message_id
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await telegram_bot.send_message(SAM, "x", reply_parameters=ReplyParameters(999))
    lenient = ReplyParameters(999, allow_sending_without_reply=True)
    sent = await telegram_bot.send_message(SAM, "x", reply_parameters=lenient)
    assert sent.reply_to_message is None


async def test_a_persons_edit_comes_as_an_edited_message(world: World, telegram_bot: Bot) -> None:
    said = await world.say(SAM, text="He hit me")
    await world.say(SAM, edit=said["message_id"], text="He hit the wall")
    first, second = await telegram_bot.get_updates()
    assert first.message
    assert first.message.text == "He hit me"
    assert second.edited_message
    assert second.edited_message.text == "He hit the wall"
    assert second.edited_message.edit_date
    (seen,) = await world.chat(SAM)
    assert (seen["text"], "edited_at" in seen) == ("He hit the wall", True)


async def test_a_blocked_bot_is_forbidden_told_so_and_let_in_again(
    world: World, telegram_bot: Bot
) -> None:
    sent = await telegram_bot.send_message(SAM, "Hello")
    await world.control(f"people/{SAM}/block")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await telegram_bot.send_message(SAM, "Hello?")
    with pytest.raises(Forbidden):
        await sent.edit_text("Hello?")
    with pytest.raises(Forbidden):
        await telegram_bot.send_chat_action(SAM, "typing")
    await telegram_bot.send_message(DANA, "Still here")
    await world.control(f"people/{SAM}/unblock")
    await telegram_bot.send_message(SAM, "Back")
    blocked, unblocked = [u.my_chat_member for u in await telegram_bot.get_updates()]
    assert blocked
    assert blocked.new_chat_member.status == "kicked"
    assert unblocked
    assert unblocked.new_chat_member.status == "member"


async def test_a_chat_of_nobody_is_not_found(world: World, telegram_bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await telegram_bot.send_message(99, "Hello")
    assert (await telegram_bot.get_chat(SAM)).first_name == "Sam"


async def test_the_bots_id_is_that_of_its_token(world: World) -> None:
    answer = (await world.http.get("/bot77:other/getMe")).json()
    assert answer["result"]["id"] == 77
    malformed = await world.http.get("/botnonsense/getMe")
    assert (malformed.status_code, malformed.json()["description"]) == (401, "Unauthorized")


async def test_parameters_may_stand_in_the_query_a_form_json_or_multipart(
    world: World,
) -> None:
    path, fields = f"/bot{TOKEN}/sendMessage", {"chat_id": str(SAM), "text": "Grüße & 😀"}
    answers: list[httpx.Response] = [
        await world.http.get(path, params=fields),
        await world.http.post(path, params=fields),
        await world.http.post(path, data=fields),
        await world.http.post(path, json=fields),
        await world.http.post(path, files={n: (None, v) for n, v in fields.items()}),
    ]
    assert [a.json()["result"]["text"] for a in answers] == ["Grüße & 😀"] * 5
