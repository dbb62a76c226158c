"""A flag ends: a note may follow, and what is written meanwhile reaches the right phone."""

from bot.storage.holds import notes_of
from tests import telegram_json as told
from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, PIP, ROBINS, SAM, Clinic, say
from tests.flows.script import URGENT


async def notes(clinic: Clinic) -> list[str]:
    async with clinic.services.database.transaction() as tx:
        return [one.text for one in await notes_of(tx, 1)]


# How it ended.


async def test_a_note_is_kept_sealed_and_goes_to_nobody(taken: Clinic) -> None:
    await taken.presses(DANA, "close:1.handed_over")
    before = taken.texts(SAM)
    await taken.says(DANA, "mother is with her; call on Monday")
    assert await notes(taken) == ["mother is with her; call on Monday"]
    assert taken.last(DANA).text == say("flags.note_kept", alias=ROBINS)
    assert taken.texts(SAM) == before
    (kept,) = rows(taken.storage.url, "select text from flag_notes")
    assert b"Monday" not in bytes(str(kept[0]), "utf-8")


async def test_a_note_may_be_skipped_and_then_nothing_is_taken_for_one(taken: Clinic) -> None:
    await taken.presses(DANA, "close:1.safe_now")
    await taken.presses(DANA, "nonote:1")
    assert taken.last(DANA).text == say("flags.closed_without_note", alias=ROBINS)
    await taken.says(DANA, "hello?")
    assert await notes(taken) == []
    assert taken.last(DANA).text == say("general.reply_to_which")


async def test_an_hour_later_a_plain_message_is_no_note(taken: Clinic) -> None:
    await taken.presses(DANA, "close:1.safe_now")
    await taken.forward(minutes=61)
    await taken.says(DANA, "hello?")
    assert await notes(taken) == []


async def test_with_another_flag_in_hand_plain_words_go_to_that_family_and_the_closing_says_so(
    taken: Clinic,
) -> None:
    await taken.says(PIP, URGENT)
    await taken.presses(DANA, "take:2")
    await taken.presses(DANA, "close:1.safe_now")
    closing = next(one for one in taken.phone(DANA) if "nonote:1" in one.buttons)
    assert say("flags.closed_holding", alias="Pip's family") in closing.text
    await taken.says(DANA, "are you safe?")
    assert "are you safe?" in taken.last(PIP).text
    assert await notes(taken) == []


async def test_a_reply_to_the_closing_message_is_a_note_whatever_else_is_open(
    taken: Clinic,
) -> None:
    await taken.says(PIP, URGENT)
    await taken.presses(DANA, "take:2")
    await taken.presses(DANA, "close:1.safe_now")
    closing = next(one for one in taken.phone(DANA) if "nonote:1" in one.buttons)
    under = {"reply_to_message": told.message(DANA, closing.message_id, "Held", text="…")}
    await taken.says(DANA, "they are all well", **under)
    assert await notes(taken) == ["they are all well"]


# Two parents.


async def test_a_parent_who_wrote_nothing_is_told_nothing(taken: Clinic) -> None:
    assert taken.texts(ALEX) == []


async def test_a_reply_goes_to_the_parent_whose_message_it_answers(taken: Clinic) -> None:
    await taken.says(ALEX, "I am on my way home")
    relayed = taken.last(DANA)
    under = {"reply_to_message": told.message(DANA, relayed.message_id, "Held", text="…")}
    await taken.says(DANA, "drive safely", **under)
    assert "drive safely" in taken.last(ALEX).text
    assert not any("drive safely" in text for text in taken.texts(SAM))
    await taken.says(DANA, "and how is she?")
    assert "and how is she?" in taken.last(SAM).text


async def test_an_edited_message_reaches_the_holder_as_changed(taken: Clinic) -> None:
    number = taken.messenger.written_by(SAM)
    await taken.receive(told.written(SAM, number, "she is quiet", "Sam"))
    edited = told.written(SAM, number, "she is quiet now and the door is locked", "Sam")
    edited["edited_message"] = edited.pop("message") | {"edit_date": 1_800_000_000}
    await taken.receive(edited)
    assert taken.last(DANA).text == say(
        "flags.from_parent_edited",
        alias=ROBINS,
        parent="Sam",
        text="she is quiet now and the door is locked",
    )
    assert len(await taken.flags()) == 1
