"""The dangerous miss: a message that was answered, and should have reached a person at once."""

from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, NOOR, PIP, ROBINS, SAM, SUE, Clinic, say
from tests.flows.practising import live, taps
from tests.flows.script import ASKING, CLINICAL, HELLO, UNCOVERED, URGENT
from tests.flows.test_practice_on_leave import goes_on_leave
from tests.flows.test_sessions import PAGE, sets_the_session, until_wednesday

READ = say("reviews.read_button")
VIEWS = "select staff_id, how, detail from audit_entries where act = 'words_shown'"
ITEMS = "select message_id, doubt, staff_id from review_items"


async def page_of(clinic: Clinic, *words: str) -> None:
    """On Monday Sam writes this; on Wednesday evening the page comes."""
    await sets_the_session(clinic)
    for one in words:
        await clinic.says(SAM, one)
    await until_wednesday(clinic, 11)
    await until_wednesday(clinic, 20)


def button(clinic: Clinic, chat_id: int = DANA) -> str:
    """The data of the button under the page."""
    page = next(one for one in clinic.phone(chat_id) if one.text.startswith(PAGE))
    return page.button(READ)


async def test_the_page_shows_no_words_that_were_answered_until_they_are_asked_for(
    clinic: Clinic,
) -> None:
    await page_of(clinic, ASKING)
    assert not any(ASKING in text for text in clinic.texts(DANA))
    assert await taps(clinic, READ, DANA) == ""
    assert f"1. 2 Mar, Sam: “{ASKING}”" in clinic.last(DANA).text
    assert rows(clinic.storage.url, VIEWS) == [(1, "read what they asked", "messages=1")]


async def test_one_tap_keeps_it_for_review_and_alerts_nobody(clinic: Clinic) -> None:
    await page_of(clinic, HELLO, ASKING, UNCOVERED)
    await taps(clinic, READ, DANA)
    before = {one: clinic.texts(one) for one in (SAM, NOOR, SUE)}
    number = say("reviews.missed_row", number=2)
    assert await taps(clinic, number, DANA) == say("reviews.noted")
    assert await taps(clinic, number, DANA) == say("reviews.noted_already")
    assert rows(clinic.storage.url, ITEMS) == [(2, "missed", 1)]
    assert {one: clinic.texts(one) for one in before} == before


async def test_what_a_person_got_at_once_is_not_in_it(clinic: Clinic) -> None:
    await page_of(clinic, ASKING, CLINICAL)
    await taps(clinic, READ, DANA)
    assert CLINICAL not in clinic.last(DANA).text


async def test_what_became_a_flag_is_not_in_it(clinic: Clinic) -> None:
    await sets_the_session(clinic)
    await clinic.says(SAM, ASKING)
    await clinic.says(SAM, URGENT)
    await taps(clinic, "Not urgent", DANA)
    await taps(clinic, "Close as not urgent", DANA)
    await until_wednesday(clinic, 20)
    await live(clinic, hours=2)
    await taps(clinic, READ, DANA)
    assert ASKING in clinic.last(DANA).text
    assert URGENT not in clinic.last(DANA).text


async def test_it_holds_this_family_and_this_time_alone(clinic: Clinic) -> None:
    await sets_the_session(clinic)
    await clinic.says(ALEX, ASKING)
    await clinic.says(PIP, UNCOVERED)
    await until_wednesday(clinic, 11)
    await clinic.says(SAM, HELLO)
    await until_wednesday(clinic, 20)
    await taps(clinic, READ, DANA)
    shown = clinic.last(DANA)
    assert say("reviews.answered", alias=ROBINS) in shown.text
    assert ASKING in shown.text
    assert UNCOVERED not in shown.text
    assert HELLO not in shown.text
    assert list(shown.buttons) == ["missed:1"]


async def test_nobody_but_their_therapist_reads_it(clinic: Clinic) -> None:
    await page_of(clinic, ASKING)
    data = button(clinic)
    for colleague in (NOOR, SUE):
        assert await clinic.presses(colleague, data) == say("reviews.answered_not_yours")
        assert not any(ASKING in text for text in clinic.texts(colleague))
    assert rows(clinic.storage.url, VIEWS) == []
    assert await clinic.presses(SAM, data) == say("general.button_gone")


async def test_whoever_stands_in_gets_the_page_without_that_button(clinic: Clinic) -> None:
    await sets_the_session(clinic)
    await clinic.says(SAM, ASKING)
    await goes_on_leave(clinic, cover=2)
    await until_wednesday(clinic, 11)
    await until_wednesday(clinic, 20)
    page = next(one for one in clinic.phone(NOOR) if one.text.startswith(PAGE))
    assert page.buttons == {}


async def test_where_nothing_was_answered_there_is_no_button(clinic: Clinic) -> None:
    await page_of(clinic, CLINICAL)
    page = next(one for one in clinic.phone(DANA) if one.text.startswith(PAGE))
    assert page.buttons == {}


async def test_a_button_that_says_nothing_we_know_does_nothing(clinic: Clinic) -> None:
    for data in ("answered:", "answered:1", "answered:1.x.2"):
        assert await clinic.presses(DANA, data) == say("general.button_gone")
    assert await clinic.presses(DANA, "answered:1.1.2") == say("reviews.answered_none")
