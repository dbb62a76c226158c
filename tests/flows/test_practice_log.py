"""What a parent taps under a nudge: it is logged, helped with, and told where they want it told."""

from bot.core.skills import BARRIERS
from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, ROBINS, SAM, SKILLS, SUE, Clinic, say
from tests.flows.practising import SKILL, TITLE, live, practises, taps

THE_SKILL = SKILLS[SKILL]


async def test_did_it_is_logged_and_named_and_counted(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    assert await taps(clinic, "Did it") == ""
    assert f"You made room for {TITLE}." in clinic.last(SAM).text
    assert say("practice.count_first") in clinic.last(SAM).text
    await live(clinic, hours=24)
    await taps(clinic, "Did it")
    assert say("practice.count_more", count=2, since="2 March 2026") in clinic.last(SAM).text
    found = rows(clinic.storage.url, "select day::text, answer from practices order by day")
    assert found == [("2026-03-02", "did_it"), ("2026-03-03", "did_it")]


async def test_was_hard_gets_help_for_the_barrier_that_is_named_and_can_be_told(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Was hard")
    assert len(clinic.last(SAM).buttons) == len(BARRIERS) + 1
    await taps(clinic, "I forgot")
    assert THE_SKILL.barriers["forgot"] in clinic.last(SAM).text
    before = len(clinic.phone(DANA))
    await taps(clinic, "Tell Dana")
    assert clinic.last(SAM).text == say("practice.told", therapist="Dana")
    assert len(clinic.phone(DANA)) == before + 1
    assert f"found {TITLE} hard today: I forgot." in clinic.last(DANA).text
    found = rows(clinic.storage.url, "select answer, barrier from practices")
    assert found == [("was_hard", "forgot")]


async def test_a_hard_day_that_telegram_refuses_is_told_to_the_parent_and_to_the_clinic(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Was hard")
    await taps(clinic, "I forgot")
    clinic.messenger.blocked.add(DANA)
    await taps(clinic, "Tell Dana")
    assert clinic.texts(SAM)[-2:] == [
        say("practice.told", therapist="Dana"),
        say("practice.not_told", name="Dana"),
    ]
    assert say("general.person_button") in clinic.last(SAM).keyboard
    sentence = say("alarms.hard_day_refused", alias=ROBINS, name="Dana")
    assert sum(sentence in text for text in clinic.texts(SUE)) == 1


async def test_what_is_told_is_the_day_and_the_barrier_that_the_button_stands_under(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Was hard")
    await taps(clinic, "I forgot")
    first = clinic.last(SAM).button("Tell Dana")
    await taps(clinic, "No time")
    await clinic.forward(hours=12)
    await clinic.presses(SAM, first)
    assert f"found {TITLE} hard yesterday: I forgot." in clinic.last(DANA).text
    await taps(clinic, "Tell Dana")
    assert f"found {TITLE} hard yesterday: No time." in clinic.last(DANA).text
    await clinic.forward(days=2)
    await taps(clinic, "No time")
    told = clinic.texts(DANA)
    await taps(clinic, "Tell Dana")
    assert clinic.texts(DANA) == told, "once is enough for one day and one barrier"


async def test_a_day_that_was_not_hard_after_all_has_no_barrier(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    for label in ("Was hard", "I forgot", "Did it"):
        await taps(clinic, label)
    found = rows(clinic.storage.url, "select answer, barrier from practices")
    assert found == [("did_it", None)]


async def test_something_else_gets_what_the_skill_says_of_hard_days(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Was hard")
    await taps(clinic, "Something else")
    assert THE_SKILL.section("When it was hard").split(".")[0] in clinic.last(SAM).text


async def test_not_today_is_fine(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Not today")
    assert clinic.last(SAM).text == say("practice.not_today")
    assert rows(clinic.storage.url, "select answer from practices") == [("not_today",)]


async def test_show_me_how_shows_the_skill_and_logs_nothing(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Show me how")
    assert THE_SKILL.section("How to start").split(".")[0] in clinic.last(SAM).text
    assert clinic.count("practices") == 0


async def test_changing_ones_mind_keeps_the_last_word(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Not today")
    await taps(clinic, "Did it")
    assert rows(clinic.storage.url, "select answer from practices") == [("did_it",)]


async def test_nobody_can_answer_somebody_elses_nudge(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    assert await clinic.presses(ALEX, "did:1") == say("general.button_gone")
    assert clinic.count("practices") == 0
