"""Erasing: a parent confirms it, nothing is known of them any more, and danger comes first."""

import pytest

from bot.core.deliveries import Upload
from bot.flows.erase_family import erase_family
from bot.storage.erase_wishes import proofs
from bot.storage.people import family
from tests import telegram_json as told
from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, NOOR, PHRASES, PIP, ROBINS, SAM, Clinic, say
from tests.flows.practising import live, practises, taps
from tests.flows.script import ASKING, CLINICAL, URGENT, WORRYING

SECRET = "plum-coloured words"
LINKED = "select table_name, column_name from information_schema.columns where column_name = %s"


def chats_left(clinic: Clinic, chat_id: int) -> list[str]:
    """The tables in which a chat's number still stands."""
    found = []
    for table, column in rows(clinic.storage.url, LINKED, "chat_id"):
        query = f"select count(*) from {table} where {column} = {chat_id}"
        if rows(clinic.storage.url, query) != [(0,)]:
            found.append(str(table))
    return found


async def erases(clinic: Clinic, chat_id: int = SAM) -> None:
    """A parent asks for it, and confirms it."""
    await clinic.says(chat_id, "/erase")
    await clinic.presses(chat_id, "erase:yes")


async def lives(clinic: Clinic) -> None:
    """Sam asks, practises, and had something urgent that Dana has closed."""
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Did it")
    for text in (ASKING, CLINICAL, SECRET, WORRYING, "no", URGENT):
        await clinic.says(SAM, text)
    await clinic.presses(DANA, "take:1")
    await clinic.presses(DANA, "show:1")
    await clinic.presses(DANA, "close:1.safe_now")


async def test_it_is_explained_and_asked_before_anything_goes(clinic: Clinic) -> None:
    await clinic.says(SAM, SECRET)
    await clinic.says(SAM, "/erase")
    asked = clinic.last(SAM)
    for words in ("at once and for good", "on your phone", "staff have read", "/mydata", "backups"):
        assert words in asked.text
    assert set(asked.buttons) == {"erase:yes", "erase:no"}
    assert clinic.count("messages") == 1


async def test_after_it_the_chat_is_a_strangers_and_nothing_of_it_is_left(clinic: Clinic) -> None:
    await lives(clinic)
    await erases(clinic)
    assert chats_left(clinic, SAM) == []
    assert "is erased" in clinic.last(SAM).text
    assert "999" in clinic.last(SAM).text, "whom to call stays with them"
    assert clinic.messenger.menus[SAM] == ["help"]
    await clinic.says(SAM, ASKING)
    assert "To join you need a link" in clinic.last(SAM).text


async def test_the_therapist_is_told_and_the_news_is_not_kept(clinic: Clinic) -> None:
    await lives(clinic)
    await erases(clinic)
    assert f"Sam ({ROBINS}) has left and had everything erased" in clinic.last(DANA).text
    assert "Others of the family are still here" in clinic.last(DANA).text
    kept = "select count(*) from deliveries where key like 'erased:%%'"
    assert rows(clinic.storage.url, kept) == [(0,)]


async def test_what_proves_it_names_nobody(clinic: Clinic) -> None:
    await erases(clinic)
    async with clinic.services.database.transaction() as tx:
        (proof,) = await proofs(tx)
    assert (proof.by, proof.people) == ("parent", 1)
    assert proof.receipt in clinic.last(SAM).text


async def test_the_flag_stays_in_the_history_without_words_or_name(clinic: Clinic) -> None:
    await lives(clinic)
    before = await clinic.history()
    await erases(clinic)
    flag = await clinic.flag()
    assert await clinic.history() == before
    assert (flag.chat_id, flag.message_id) == (0, None)
    assert flag.alias == say("privacy.erased_alias")


async def test_the_other_parent_keeps_everything(clinic: Clinic) -> None:
    await practises(clinic, ALEX)
    await clinic.says(ALEX, ASKING)
    await erases(clinic, SAM)
    await clinic.says(ALEX, "/mydata")
    sent = clinic.messenger.sent[-1].what
    assert isinstance(sent, Upload)
    assert ASKING in sent.content.decode()
    assert clinic.count("practice_plans") == 1


async def test_the_last_parent_of_a_family_takes_the_family_along(clinic: Clinic) -> None:
    await clinic.says(PIP, "/erase")
    assert "its plans and its name go as well" in clinic.last(PIP).text
    await clinic.presses(PIP, "erase:yes")
    assert clinic.count("families") == 1
    assert "/invite begins anew" in clinic.last(DANA).text
    await clinic.says(DANA, "/families")
    assert "Pip" not in clinic.last(DANA).text


async def test_while_something_urgent_of_theirs_is_open_nothing_goes(taken: Clinic) -> None:
    await erases(taken)
    waits = [one.text for one in taken.phone(SAM) if "I cannot erase anything yet" in one.text]
    assert waits == [say("privacy.erase_waits_flag")] * 2, "also to a button that stood above"
    assert taken.count("messages") == 1
    await taken.presses(DANA, "close:1.safe_now")
    assert taken.last(SAM).text == say("privacy.erase_can_now")
    assert taken.count("messages") == 1, "nothing goes while nobody looks"
    await erases(taken)
    assert chats_left(taken, SAM) == []


async def test_a_flag_that_is_raised_before_they_confirm_comes_first(clinic: Clinic) -> None:
    await clinic.says(SAM, "/erase")
    await clinic.says(SAM, URGENT)
    await clinic.presses(SAM, "erase:yes")
    assert clinic.last(SAM).text == say("privacy.erase_waits_flag")
    assert clinic.count("messages") == 1


async def test_what_the_other_parent_raised_holds_it_up_and_is_not_told(clinic: Clinic) -> None:
    await clinic.says(ALEX, URGENT)
    await clinic.says(SAM, "/erase")
    assert clinic.last(SAM).text == say("privacy.erase_waits_clinic")
    assert "urgent" not in clinic.last(SAM).text
    await clinic.presses(NOOR, "take:1")
    await clinic.presses(DANA, "take:1")
    await clinic.presses(DANA, "close:1.safe_now")
    assert clinic.last(SAM).text == say("privacy.erase_can_now")
    assert say("privacy.erase_can_now") not in clinic.texts(ALEX)


async def test_a_safety_check_is_answered_first(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await erases(clinic)
    assert say("privacy.erase_waits_check") in clinic.texts(SAM)
    await clinic.forward(minutes=11)
    assert len(await clinic.flags()) == 1, "silence is a flag, whatever they wished to erase"


async def test_what_was_written_meanwhile_is_read_before_anything_goes(clinic: Clinic) -> None:
    await clinic.says(SAM, "/erase")
    number = clinic.messenger.written_by(SAM)
    await clinic.take(told.pressed(SAM, number, "erase:yes", "Sam"))
    await clinic.receive(told.written(SAM, number, URGENT, "Sam"))
    assert len(await clinic.flags()) == 1
    flag = await clinic.flag()
    assert flag.family_id == 1, "it came from a parent of the family, not from a stranger"


async def test_a_button_that_is_older_than_ten_minutes_erases_nothing(clinic: Clinic) -> None:
    await clinic.says(SAM, SECRET)
    await clinic.says(SAM, "/erase")
    await clinic.forward(minutes=11)
    await clinic.presses(SAM, "erase:yes")
    assert clinic.last(SAM).text == say("privacy.erase_expired")
    assert clinic.count("messages") == 1


async def test_keeping_it_keeps_it(clinic: Clinic) -> None:
    await clinic.says(SAM, "/erase")
    await clinic.presses(SAM, "erase:no")
    await clinic.presses(SAM, "erase:yes")
    assert say("privacy.erase_kept") in clinic.texts(SAM)
    assert clinic.count("parents") == 3


async def test_pressing_it_again_does_nothing(clinic: Clinic) -> None:
    await erases(clinic)
    said = await clinic.presses(SAM, "erase:yes")
    assert said == say("general.button_gone")
    assert clinic.count("erasures") == 1


async def test_what_is_owed_to_them_is_not_sent_any_more(clinic: Clinic) -> None:
    await practises(clinic)
    await erases(clinic)
    before = len(clinic.phone(SAM))
    await live(clinic, hours=30)
    assert len(clinic.phone(SAM)) == before


@pytest.mark.parametrize("under", [CLINICAL, URGENT])
async def test_a_reply_under_what_is_erased_reaches_nobody(clinic: Clinic, under: str) -> None:
    await clinic.says(SAM, under)
    shown = clinic.last(DANA).message_id
    if under == URGENT:
        await clinic.presses(DANA, "take:1")
        await clinic.presses(DANA, "close:1.safe_now")
    await erases(clinic)
    before = len(clinic.phone(SAM))
    reply = told.message(DANA, shown, "Held", text="…")
    await clinic.says(DANA, "how are you?", reply_to_message=reply)
    assert clinic.last(DANA).text == say("general.reply_to_which")
    assert len(clinic.phone(SAM)) == before


async def test_a_family_that_the_clinic_erases_is_told_and_its_chats_are_strangers(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, SECRET)
    s = clinic.services
    async with s.database.transaction() as tx:
        theirs = await family(tx, 1)
        gone = await erase_family(tx, theirs, PHRASES, s.clock.now(), keep_notes=False)
    await clinic.settle()
    for chat_id in (SAM, ALEX):
        assert chats_left(clinic, chat_id) == []
        assert gone.receipt in clinic.last(chat_id).text
        assert clinic.messenger.menus[chat_id] == ["help"]
    assert f"has erased {ROBINS}" in clinic.last(DANA).text


async def test_words_behind_the_command_are_a_message(clinic: Clinic) -> None:
    await clinic.says(SAM, "/erase everything he said to me")
    assert clinic.count("messages") == 1
    assert clinic.count("erase_wishes") == 0
