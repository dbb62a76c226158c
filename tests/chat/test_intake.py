"""From Telegram's own JSON to what was meant."""

import json
from typing import Any

import pytest
from telegram import Update

from bot.chat.intake import ALLOWED_UPDATES, PERSON, chat_of, read_update
from bot.core.messages import Command, Incoming, Media, Medium, Press, Unusable, Words
from tests import telegram_json as told

BUTTON = "I need a person"


def read(update: told.Json) -> Incoming | Unusable:
    return read_update(Update.de_json(update, bot=None), BUTTON)


def meant(update: told.Json) -> Incoming:
    found = read(update)
    assert isinstance(found, Incoming)
    return found


def test_words_are_read_with_who_wrote_them_and_when() -> None:
    found = meant(told.written(1001, 7, "he won't talk"))
    assert found.content == Words("he won't talk")
    assert (found.chat_id, found.message_id, found.sender_name) == (1001, 7, "Sam")
    assert found.language_code == "en"
    assert found.sent_at.timestamp() == told.SENT
    assert found.sent_at.tzinfo is not None
    assert not found.edited
    assert not found.forwarded


@pytest.mark.parametrize("medium", list(Medium))
def test_each_kind_of_medium_is_told_apart_with_its_caption(medium: Medium) -> None:
    assert (
        meant(told.media(1, 2, medium, "look")).content
        == Media(medium, "" if medium is Medium.OTHER else "look")
        or medium is Medium.OTHER
    )
    assert meant(told.media(1, 2, medium)).content == Media(medium)


def test_an_edit_counts_from_when_it_was_made() -> None:
    found = meant(told.edited(1001, 7, "he won't talk to me"))
    assert found.edited
    assert found.sent_at.timestamp() == told.SENT + 60


def test_a_forwarded_message_is_marked() -> None:
    assert meant(told.written(1, 2, "hello", **told.FORWARDED)).forwarded


def test_a_reply_says_which_message_it_answers() -> None:
    under = told.message(1, 41, "Held", text="…")
    assert meant(told.written(1, 42, "yes", reply_to_message=under)).reply_to == 41


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start", Command("start")),
        ("/start abc-DEF_123", Command("start", "abc-DEF_123")),
        ("/Help@held_bot", Command("help")),
        ("/invite  Robin's family ", Command("invite", "Robin's family")),
        (BUTTON, Command(PERSON)),
        (f"  {BUTTON} ", Command(PERSON)),
    ],
)
def test_commands_and_the_lasting_button_are_told_from_words(text: str, command: Command) -> None:
    assert meant(told.written(1, 2, text)).content == command


@pytest.mark.parametrize("text", ["/", "/ 5", "//", "/5 out of 10", "i need a person to talk to"])
def test_words_that_only_look_like_a_command_are_words(text: str) -> None:
    assert meant(told.update(message=told.message(1, 2, text=text))).content == Words(text)


def test_a_pressed_button_is_read_into_its_action_and_what_it_is_about() -> None:
    found = meant(told.pressed(1002, 9, "close:4.safe_now", "Dana"))
    assert isinstance(found.content, Press)
    assert (found.content.action, found.content.argument) == ("close", "4.safe_now")
    assert (found.chat_id, found.message_id, found.sender_name) == (1002, 9, "Dana")


def test_a_press_without_data_or_message_is_set_aside() -> None:
    update = told.pressed(1, 9, "x")
    del update["callback_query"]["data"]
    assert read(update) == Unusable(update["update_id"], "button_without_message")
    update = told.pressed(1, 9, "x")
    del update["callback_query"]["message"]
    update["callback_query"]["inline_message_id"] = "abc"
    assert read(update) == Unusable(update["update_id"], "button_without_message")


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_what_is_not_a_private_chat_is_set_aside(kind: str) -> None:
    update = told.written(1, 2, "hello")
    update["message"]["chat"] = {"id": -5, "title": "Us", "type": kind}
    assert read(update) == Unusable(update["update_id"], "not_private")


def test_an_update_of_another_kind_is_set_aside() -> None:
    update = told.update(something_new={"id": 1})
    assert read(update) == Unusable(update["update_id"], "not_a_message")


@pytest.mark.parametrize(
    "update",
    [
        told.written(5, 2, "x"),
        told.edited(5, 2, "x"),
        told.pressed(5, 2, "x"),
        told.media(5, 2, "voice"),
    ],
)
def test_order_is_kept_by_the_chat_it_came_from(update: dict[str, Any]) -> None:
    assert chat_of(Update.de_json(update, bot=None)) == 5
    assert set(update) - {"update_id"} <= set(ALLOWED_UPDATES)


def test_an_update_reads_the_same_after_it_was_stored() -> None:
    for update in (
        told.written(5, 2, "hello **there** 👋", **told.FORWARDED),
        told.media(5, 2, "photo", "look"),
        told.pressed(5, 2, "take:1"),
    ):
        stored = Update.de_json(update, bot=None).to_json()
        again = read_update(Update.de_json(json.loads(stored), bot=None), BUTTON)
        assert again == read(update)
