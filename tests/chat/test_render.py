"""From a reply to what Telegram shows."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup, MessageEntity, ReplyKeyboardMarkup

from bot.chat.render import LONGEST, call_arguments, pieces, text_and_entities
from bot.core.deliveries import Edit, Send
from bot.core.replies import Button, Reply, as_written

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="*\ue000"), min_size=1)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def bold_in(plain: str, entity: MessageEntity) -> str:
    raw = plain.encode("utf-16-le")
    return raw[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le")


def test_bold_is_marked_by_offsets_in_utf_16() -> None:
    plain, (first, second) = text_and_entities("👋🏽 **hello** é **you** there")
    assert plain == "👋🏽 hello é you there"
    assert (first.offset, first.length) == (5, 5)
    assert bold_in(plain, second) == "you"


@given(parts=st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=8))
def test_every_bold_stretch_is_found_again_wherever_it_stands(
    parts: list[tuple[str, bool]],
) -> None:
    marked = " ".join(f"**{text}**" if is_bold else text for text, is_bold in parts)
    plain, entities = text_and_entities(marked)
    assert plain == " ".join(text for text, _ in parts)
    assert [bold_in(plain, one) for one in entities] == [text for text, bold in parts if bold]


@given(words=st.text(st.sampled_from("ab *\n"), max_size=40))
def test_somebodys_own_stars_stay_and_make_nothing_bold(words: str) -> None:
    plain, entities = text_and_entities(f"**Sam:** {as_written(words)}")
    assert plain == f"Sam: {words}"
    assert [bold_in(plain, one) for one in entities] == ["Sam:"]


@pytest.mark.parametrize("unit", ["word ", "👋 ", "line\n", "paragraph\n\n", "x", "👋"])
def test_a_long_text_is_cut_into_pieces_that_telegram_takes(unit: str) -> None:
    text = unit * (9000 // len(unit))
    cut = pieces(text)
    assert all(0 < units(piece) <= LONGEST for piece in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())


def test_a_text_is_cut_between_paragraphs_before_lines_and_lines_before_words() -> None:
    long, end = "a " * 1500, "b " * 1500
    assert pieces(f"{long}\n\nc c\n{end}")[0] == long.strip()
    assert pieces(f"{long}\n{end}")[0] == long.strip()


def test_bold_that_a_cut_falls_into_is_not_shown_as_stars() -> None:
    text = "word " * 810 + "**" + "bold " * 20 + "**" + " word" * 100
    shown = calls(Send(Reply(text)))
    assert len(shown) == 2
    assert not any("*" in call["text"] for call in shown)
    bold = " ".join(bold_in(call["text"], one) for call in shown for one in call["entities"])
    assert bold.split() == ["bold"] * 20


def test_a_short_text_is_left_as_it_is() -> None:
    assert pieces("hello") == ["hello"]


def calls(what: Send | Edit) -> list[dict[str, Any]]:
    return call_arguments(what)


def test_buttons_stand_under_the_last_piece() -> None:
    reply = Reply("word " * 2000, ((Button("Yes", "check:1.yes"), Button("No", "check:1.no")),))
    *before, last = calls(Send(reply))
    assert before
    assert all("reply_markup" not in call for call in before)
    markup = last["reply_markup"]
    assert isinstance(markup, InlineKeyboardMarkup)
    assert [one.callback_data for one in markup.inline_keyboard[0]] == [
        "check:1.yes",
        "check:1.no",
    ]


def test_the_lasting_button_comes_along_where_there_are_no_others() -> None:
    (call,) = calls(Send(Reply("hello"), ("I need a person",)))
    markup = call["reply_markup"]
    assert isinstance(markup, ReplyKeyboardMarkup)
    assert markup.is_persistent
    assert [[one.text for one in row] for row in markup.keyboard] == [["I need a person"]]


def test_a_quiet_message_makes_no_sound_in_any_piece() -> None:
    assert all(
        call["disable_notification"] for call in calls(Send(Reply("x " * 3000), is_quiet=True))
    )
    assert "disable_notification" not in calls(Send(Reply("hello")))[0]


def test_an_edit_is_one_call_and_takes_the_buttons_away() -> None:
    (call,) = calls(Edit("k", Reply("x " * 5000)))
    assert units(call["text"]) <= LONGEST
    assert call["reply_markup"] is None
