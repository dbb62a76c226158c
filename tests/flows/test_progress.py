"""`/progress`: a picture of what was practised, with words that name it."""

from tests.flows.clinic import ALEX, PIP, SAM, Clinic, say
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
