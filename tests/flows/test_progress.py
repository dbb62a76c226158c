"""`/progress`: a picture of what was practised, with words that name it."""

from tests.flows.clinic import ALEX, DANA, NOOR, PIP, ROBINS, SAM, Clinic, say
from tests.flows.practising import TITLE, live, practises, taps
from tests.flows.script import URGENT


async def test_before_anything_was_practised_there_is_nothing_to_show(clinic: Clinic) -> None:
    await practises(clinic)
    await clinic.says(SAM, "/progress")
    assert clinic.last(SAM).text == say("practice.progress_none")


async def test_both_parents_see_what_the_family_practised(clinic: Clinic) -> None:
    await practises(clinic)
    await live(clinic, hours=7)
    await taps(clinic, "Did it")
    for parent in (SAM, ALEX):
        await clinic.says(parent, "/progress")
        shown = clinic.last(parent)
        assert shown.file == "progress.png"
        line = say("practice.progress_line", title=TITLE, said="done on 1 day")
        assert line in shown.text
    await clinic.says(PIP, "/progress")
    assert clinic.last(PIP).text == say("practice.progress_none")


async def test_what_is_urgent_behind_the_command_is_heard(clinic: Clinic) -> None:
    await clinic.says(SAM, f"/progress {URGENT}")
    assert (await clinic.flag()).is_open


async def two_parents_practise(clinic: Clinic) -> None:
    """Sam practises on two evenings, Alex finds it hard on the second."""
    await practises(clinic)
    await clinic.presses(ALEX, "at:1.127.1800")
    for day in range(2):
        await live(clinic, hours=7 if day == 0 else 24)
        await taps(clinic, "Did it")
    await taps(clinic, "Was hard", ALEX)


async def test_the_therapist_sees_practice_by_skill_parent_and_week_with_the_chart(
    clinic: Clinic,
) -> None:
    await two_parents_practise(clinic)
    await clinic.says(DANA, "/progress robin")
    words, chart = clinic.phone(DANA)[-2:]
    assert words.text.splitlines() == [
        say("practice.progress_of", alias=ROBINS),
        "",
        TITLE,
        "Sam, week of 2 March 2026: done on 2 days",
        "Alex, week of 2 March 2026: hard on 1 day",
    ]
    assert chart.file == "progress.png"


async def test_without_a_name_the_therapist_chooses_a_family_by_a_button(clinic: Clinic) -> None:
    await two_parents_practise(clinic)
    await clinic.says(DANA, "/progress")
    await taps(clinic, ROBINS, DANA)
    assert clinic.last(DANA).file == "progress.png"
    await clinic.says(DANA, "/progress")
    await taps(clinic, "Pip's family", DANA)
    assert clinic.last(DANA).text == say("practice.progress_none_of", alias="Pip's family")


async def test_a_name_that_several_families_have_asks_which(clinic: Clinic) -> None:
    await clinic.says(DANA, "/progress family")
    assert set(clinic.last(DANA).buttons.values()) == {ROBINS, "Pip's family"}


async def test_nobody_but_the_families_therapist_sees_it(clinic: Clinic) -> None:
    await two_parents_practise(clinic)
    await clinic.says(NOOR, "/progress robin")
    assert clinic.last(NOOR).text == say("practice.progress_not_allowed")
    assert await clinic.presses(NOOR, "progress:1") == say("practice.plan_not_yours")
    assert not any(one.file for one in clinic.phone(NOOR))
