"""Before a session: parents see what will be shown and bring more; the therapist gets a page."""

from datetime import timedelta

from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, NOOR, ROBINS, SAM, SUE, Clinic, say
from tests.flows.practising import MONDAY, TITLE, live, practises, set_clock, sweep, taps
from tests.flows.script import ASKING, CLINICAL, NEARLY, UNCOVERED, URGENT
from tests.flows.test_questions import replying

ASKED = "Your next session with Dana is on 5 March 2026."
LINK = "update staff set chat_id = %s where id = 1 returning 1"
PAGE = f"{ROBINS}: before the session on 5 March 2026"


async def sets_the_session(clinic: Clinic) -> None:
    """On a Monday Dana says that the family comes every Thursday at three."""
    await set_clock(clinic, MONDAY)
    await clinic.says(DANA, "/session robin")
    for label in (ROBINS, "Thu 5 Mar", "15:00", "every week"):
        assert await taps(clinic, label, DANA) == ""


async def until_wednesday(clinic: Clinic, hour: int) -> None:
    """Let time go on until that hour on Wednesday, with a look at eleven on the way."""
    for reached in (11, hour):
        if reached <= hour:
            await set_clock(clinic, MONDAY + timedelta(days=2, hours=reached - 12, minutes=1))


def pages(clinic: Clinic) -> list[str]:
    """The pages that Dana got."""
    return [text for text in clinic.texts(DANA) if text.startswith(PAGE)]


async def test_four_taps_set_the_dates(clinic: Clinic) -> None:
    await sets_the_session(clinic)
    found = rows(
        clinic.storage.url, "select first_on::text, at::text, every_weeks from family_sessions"
    )
    assert found == [("2026-03-05", "15:00:00", 1)]
    assert "every week. The evening before I send you a page" in clinic.last(DANA).text


async def test_dates_can_be_dropped_again(clinic: Clinic) -> None:
    await sets_the_session(clinic)
    await clinic.says(DANA, "/session robin")
    await taps(clinic, ROBINS, DANA)
    await taps(clinic, "No dates", DANA)
    assert clinic.count("family_sessions") == 0


async def test_nobody_but_the_families_therapist_sets_them(clinic: Clinic) -> None:
    await clinic.says(NOOR, "/session")
    assert clinic.last(NOOR).text == say("practice.plan_not_allowed")
    assert await clinic.presses(NOOR, "meet:1.20260305.15.1") == say("practice.plan_not_yours")
    assert clinic.count("family_sessions") == 0


async def test_the_day_before_each_parent_is_asked_once(clinic: Clinic) -> None:
    await sets_the_session(clinic)
    await until_wednesday(clinic, 9)
    assert not any(ASKED in text for text in clinic.texts(SAM))
    await until_wednesday(clinic, 12)
    for parent in (SAM, ALEX):
        assert sum(ASKED in text for text in clinic.texts(parent)) == 1


async def test_the_evening_before_the_therapist_gets_message_picture_and_page_once(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await sets_the_session(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Did it")
    await clinic.says(SAM, "She laughed.", **replying(clinic, SAM, f"You made room for {TITLE}"))
    await clinic.says(SAM, ASKING)
    await clinic.says(SAM, UNCOVERED)
    await until_wednesday(clinic, 18)
    assert pages(clinic) == []
    await until_wednesday(clinic, 22)
    (page,) = pages(clinic)
    assert f"{TITLE}: done on 1 day [P1]" in page
    assert f"2 Mar, Sam, {TITLE}: “She laughed.” [P1]" in page
    assert f"2 Mar, Sam: “{UNCOVERED}” [M3]" in page
    assert "[Q1]" in page
    files = [one.file for one in clinic.phone(DANA) if one.file]
    assert files == ["practice-chart.png", "before-the-session.pdf"]


async def test_what_a_parent_brings_stands_first_and_in_their_words(clinic: Clinic) -> None:
    await sets_the_session(clinic)
    await until_wednesday(clinic, 11)
    await clinic.says(SAM, "The new school", **replying(clinic, SAM, ASKED))
    assert clinic.last(SAM).text == say("digest.brought", reader="Dana")
    await until_wednesday(clinic, 20)
    (page,) = pages(clinic)
    assert "4 Mar, Sam: “The new school” [B1]" in page


async def test_a_parent_sees_what_is_said_of_them_and_nothing_of_the_other(clinic: Clinic) -> None:
    await sets_the_session(clinic)
    await clinic.says(ALEX, NEARLY)
    await clinic.says(ALEX, URGENT)
    await taps(clinic, "Not urgent", DANA)
    await taps(clinic, "Close as not urgent", DANA)
    await until_wednesday(clinic, 11)
    sams, alexs = (next(text for text in clinic.texts(one) if ASKED in text) for one in (SAM, ALEX))
    assert NEARLY in alexs
    assert "[F1]" in alexs
    assert NEARLY not in sams
    assert "[F1]" not in sams


async def test_while_a_flag_is_open_nobody_is_asked_and_the_page_waits_until_they_were(
    clinic: Clinic,
) -> None:
    await sets_the_session(clinic)
    await clinic.says(SAM, URGENT)
    await taps(clinic, "Not urgent", DANA)
    await until_wednesday(clinic, 20)
    await sweep(clinic)
    assert not any(ASKED in text for text in (*clinic.texts(SAM), *clinic.texts(ALEX)))
    assert pages(clinic) == []
    waits = say("digest.waits", alias=ROBINS, day="5 March 2026")
    assert clinic.texts(DANA).count(waits) == 1
    await taps(clinic, "Close as not urgent", DANA)
    await live(clinic, minutes=1)
    for parent in (SAM, ALEX):
        assert sum(ASKED in text for text in clinic.texts(parent)) == 1
    assert pages(clinic) == [], "the parents have an hour to answer"
    await live(clinic, minutes=61)
    (page,) = pages(clinic)
    assert "[F1]" in page


async def test_what_is_logged_after_the_parents_were_shown_it_waits_for_the_next_page(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await sets_the_session(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Did it")
    await until_wednesday(clinic, 11)
    asked = next(text for text in clinic.texts(SAM) if ASKED in text)
    assert "[P1]" in asked
    late = f"You made room for {TITLE}"
    await clinic.says(SAM, "She slept at once.", **replying(clinic, SAM, late))
    await clinic.says(SAM, UNCOVERED)
    await until_wednesday(clinic, 22)
    (page,) = pages(clinic)
    assert "She slept" not in page
    assert UNCOVERED not in page
    await clinic.forward(days=6)
    await sweep(clinic)
    await live(clinic, hours=26)
    second = next(t for t in reversed(clinic.texts(DANA)) if "session on 12 March 2026" in t)
    assert "“She slept at once.” [P1]" in second
    assert UNCOVERED in second


async def test_a_page_for_a_therapist_without_telegram_is_kept_and_the_clinic_told_once(
    clinic: Clinic,
) -> None:
    await sets_the_session(clinic)
    await clinic.says(SAM, UNCOVERED)
    assert rows(clinic.storage.url, LINK, None)
    await until_wednesday(clinic, 20)
    await sweep(clinic)
    told = [text for text in clinic.texts(SUE) if "has not opened their link" in text]
    assert len(told) == 1
    assert rows(clinic.storage.url, "select sent_at from digests") == [(None,)]
    assert rows(clinic.storage.url, LINK, DANA)
    await live(clinic, minutes=2)
    (page,) = pages(clinic)
    assert UNCOVERED in page


async def test_what_was_passed_on_stands_under_its_own_heading_with_whether_it_was_answered(
    clinic: Clinic,
) -> None:
    await sets_the_session(clinic)
    for parent in (SAM, ALEX):
        await clinic.says(parent, CLINICAL)
    await clinic.says(DANA, "Please wait for me.", **replying(clinic, DANA, CLINICAL))
    await until_wednesday(clinic, 20)
    (page,) = pages(clinic)
    assert say("digest.passed_heading") in page
    assert f"2 Mar, Sam (answered): “{CLINICAL}” [T1]" in page
    assert f"2 Mar, Alex (not answered yet): “{CLINICAL}” [T2]" in page
    alexs = next(text for text in clinic.texts(ALEX) if ASKED in text)
    assert "[T2]" in alexs
    assert "[T1]" not in alexs


async def test_with_nothing_in_the_log_that_is_what_the_page_says(clinic: Clinic) -> None:
    await sets_the_session(clinic)
    await until_wednesday(clinic, 20)
    (page,) = pages(clinic)
    assert page.endswith(say("digest.nothing", since="26 February 2026"))
    assert not [one for one in clinic.phone(DANA) if one.file]


async def test_the_next_page_begins_where_the_last_one_ended(clinic: Clinic) -> None:
    await sets_the_session(clinic)
    await clinic.says(SAM, UNCOVERED)
    await until_wednesday(clinic, 20)
    for hours in (7 * 24 - 10, 10):
        await clinic.forward(hours=hours)
        await sweep(clinic)
    second = next(t for t in reversed(clinic.texts(DANA)) if "12 March 2026" in t)
    assert second.endswith(say("digest.nothing", since="4 March 2026"))
