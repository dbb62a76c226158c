"""/mydata: a parent gets a file with everything kept about them, and nobody else's words."""

from datetime import timedelta
from html import unescape

import pytest

from bot.core.deliveries import RetryIn, Upload
from tests import telegram_json as told
from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, DOCUMENTS, SAM, Clinic, say
from tests.flows.practising import TITLE, live, nudges, practises, taps
from tests.flows.script import ASKING, CLINICAL, UNCOVERED, URGENT, URGENT_TOO, WORRYING

MARK = "<b>plum & “jam”</b>"


async def asks(clinic: Clinic, chat_id: int = SAM) -> str:
    """Somebody asks for their data; the text of the page that they are sent."""
    before = len(clinic.messenger.sent)
    await clinic.says(chat_id, "/mydata")
    (sent,) = [one for one in clinic.messenger.sent[before:] if one.chat_id == chat_id]
    assert isinstance(sent.what, Upload)
    assert sent.what.name.endswith(".html")
    return sent.what.content.decode()


async def test_the_page_holds_what_a_parent_wrote_and_what_they_were_told(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.says(SAM, CLINICAL)
    await clinic.says(SAM, UNCOVERED)
    await clinic.says(SAM, WORRYING)
    await clinic.says(SAM, "no")
    await clinic.presses(SAM, "helpful:1")
    page = unescape(await asks(clinic))
    for words in (ASKING, CLINICAL, UNCOVERED, WORRYING, "because of: the words", "you said: no"):
        assert words in page
    assert DOCUMENTS[0].title in page
    assert "you found it helpful" in page
    assert "Name, as Telegram gave it: Sam." in page
    assert "1, since " in page, "the version that they agreed to"


async def test_the_page_says_where_the_rest_is_and_whom_to_ask(clinic: Clinic) -> None:
    page = await asks(clinic)
    assert "own record" in page
    assert "ask Dana" in page
    assert say("mydata.caption", therapist="Dana") == clinic.last(SAM).text
    assert "<script" not in page
    assert "http" not in page, "a page that loads nothing tells nobody that it was opened"


async def test_the_reply_of_staff_is_in_it(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    asked = told.message(DANA, clinic.last(DANA).message_id, "Held", text="…")
    await clinic.says(DANA, "Let us talk on Thursday.", reply_to_message=asked)
    page = await asks(clinic)
    assert "Let us talk on Thursday." in page
    assert "answered " in page


async def test_practice_is_in_it(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    assert nudges(clinic)
    await taps(clinic, "Did it")
    page = unescape(await asks(clinic))
    assert f"{TITLE} · did it" in page
    assert "You picked: Mon, Tue, Wed, Thu, Fri, Sat, Sun at 18:00" in page
    assert "Your clock: Europe/London" in page


async def test_words_are_shown_as_they_were_written(clinic: Clinic) -> None:
    await clinic.says(SAM, MARK)
    page = await asks(clinic)
    assert MARK not in page, "no word of theirs is a tag"
    assert MARK in unescape(page)


async def test_what_the_other_parent_wrote_or_raised_is_not_in_it(clinic: Clinic) -> None:
    await clinic.says(ALEX, URGENT)
    await clinic.says(ALEX, MARK)
    page = unescape(await asks(clinic))
    assert URGENT not in page
    assert MARK not in page
    assert "suicidal" not in page
    assert "Alex" not in page


async def test_of_a_flag_that_they_joined_they_read_their_own_danger_alone(clinic: Clinic) -> None:
    await clinic.says(ALEX, URGENT)
    await clinic.says(SAM, URGENT_TOO)
    page = await asks(clinic)
    assert "A medical emergency · sent, and nobody has taken it yet" in page
    assert "suicidal" not in page


async def test_what_staff_noted_for_themselves_is_not_in_it(taken: Clinic) -> None:
    await taken.presses(DANA, "close:1.safe_now")
    await taken.says(DANA, "a note of my own")
    assert taken.count("flag_notes") == 1
    page = await asks(taken)
    assert "a note of my own" not in page
    assert "closed: safe now" in page


async def test_it_is_made_once_an_hour(clinic: Clinic) -> None:
    await asks(clinic)
    await clinic.says(SAM, "/mydata")
    assert "less than an hour ago" in clinic.last(SAM).text
    await clinic.forward(minutes=61)
    await asks(clinic)
    await asks(clinic, ALEX)


async def test_words_behind_the_command_are_a_message_and_looked_at(clinic: Clinic) -> None:
    await clinic.says(SAM, f"/mydata {URGENT}")
    assert clinic.count("messages") == 1
    assert clinic.last(SAM).file is None


async def test_no_copy_of_the_file_is_kept_once_telegram_has_it(clinic: Clinic) -> None:
    kept = "select count(*) from deliveries where key like 'mydata:%%'"
    clinic.messenger.trouble = [RetryIn(timedelta(seconds=30), "network")]
    await clinic.says(SAM, "/mydata")
    assert rows(clinic.storage.url, kept) == [(1,)]
    await clinic.forward(seconds=31)
    assert clinic.last(SAM).file is not None
    assert rows(clinic.storage.url, kept) == [(0,)]


@pytest.mark.parametrize("chat_id", [DANA, 4242])
async def test_nobody_but_a_parent_gets_a_file(clinic: Clinic, chat_id: int) -> None:
    clinic.messenger.phones.setdefault(chat_id, [])
    number = clinic.messenger.written_by(chat_id)
    await clinic.receive(told.written(chat_id, number, "/mydata", "X"))
    assert clinic.last(chat_id).file is None
