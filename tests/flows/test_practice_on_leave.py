"""A therapist on leave: who reads what practice brings, and what the parent is told of it."""

from datetime import UTC, datetime, timedelta

from bot.storage.duty import add_leave
from tests.databases import rows
from tests.flows.clinic import DANA, NOOR, ROBINS, SAM, Clinic, say
from tests.flows.practising import MONDAY, TITLE, live, practises, set_clock, taps
from tests.flows.script import ASKING
from tests.flows.test_questions import replying
from tests.flows.test_sessions import sets_the_session, until_wednesday

BACK = "9 March 2026"
UNTIL = datetime(2026, 3, 9, tzinfo=UTC)


async def goes_on_leave(clinic: Clinic, cover: int | None = None) -> None:
    """Dana is away until the second Monday; Noor (2) covers, or nobody."""
    async with clinic.services.database.transaction() as tx:
        await add_leave(tx, 1, cover, MONDAY - timedelta(days=1), UNTIL)
    await clinic.settle()


async def has_a_hard_day(clinic: Clinic, barrier: str = "No time") -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    for label in ("Was hard", barrier):
        await taps(clinic, label)


async def test_whoever_covers_is_told_of_a_hard_day_and_answers_it(clinic: Clinic) -> None:
    await goes_on_leave(clinic, cover=2)
    await has_a_hard_day(clinic)
    before = clinic.texts(DANA)
    await taps(clinic, "Tell Dana")
    assert clinic.last(SAM).text == say(
        "practice.read_by_cover", therapist="Dana", back=BACK, cover="Noor"
    )
    assert clinic.last(NOOR).text.startswith(say("practice.you_cover", therapist="Dana"))
    assert f"found {TITLE} hard today: No time." in clinic.last(NOOR).text
    assert clinic.texts(DANA) == before
    await clinic.says(NOOR, "Two minutes count.", **replying(clinic, NOOR, "hard today"))
    assert clinic.last(SAM).text == "Noor: Two minutes count."


async def test_with_nobody_to_cover_the_parent_is_told_when_it_will_be_read(
    clinic: Clinic,
) -> None:
    await goes_on_leave(clinic)
    await has_a_hard_day(clinic)
    await taps(clinic, "Tell Dana")
    assert clinic.last(SAM).text == say("practice.read_later", therapist="Dana", back=BACK)
    assert clinic.last(DANA).quiet, "it waits for them without a sound"
    assert f"found {TITLE} hard today" in clinic.last(DANA).text


async def test_the_wish_to_practise_waits_for_the_therapist_and_says_so(clinic: Clinic) -> None:
    await set_clock(clinic, MONDAY)
    await goes_on_leave(clinic, cover=2)
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, "practise:1")
    await taps(clinic, "Ask Dana to plan it with me")
    assert say("practice.wish_waits", back=BACK) in clinic.last(SAM).text
    assert "Practice wish" in clinic.last(DANA).text


async def test_whoever_covers_gets_the_page_and_the_parents_know_it(clinic: Clinic) -> None:
    await sets_the_session(clinic)
    await goes_on_leave(clinic, cover=2)
    before = clinic.texts(DANA)
    await until_wednesday(clinic, 11)
    asked = say("digest.session_covered", therapist="Dana", day="5 March 2026", cover="Noor")
    assert clinic.last(SAM).text.startswith(asked)
    await clinic.says(SAM, "The new school", **replying(clinic, SAM, asked))
    assert clinic.last(SAM).text == say("digest.brought", reader="Noor")
    await until_wednesday(clinic, 20)
    page = next(one for one in clinic.texts(NOOR) if one.startswith(f"{ROBINS}: before"))
    assert say("practice.you_cover", therapist="Dana") in page
    assert "The new school" in page
    assert clinic.texts(DANA) == before


async def test_before_a_session_in_leave_that_nobody_covers_nobody_is_asked(
    clinic: Clinic,
) -> None:
    await sets_the_session(clinic)
    await goes_on_leave(clinic)
    before = clinic.texts(SAM), clinic.texts(DANA)
    await until_wednesday(clinic, 20)
    assert (clinic.texts(SAM), clinic.texts(DANA)) == before
    rows(clinic.storage.url, "delete from leave returning id")
    await until_wednesday(clinic, 21)
    assert "Your next session with Dana" in clinic.last(SAM).text
