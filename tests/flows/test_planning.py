"""A therapist gives a plan in five taps, and the parents pick their days and their time."""

from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, NOOR, PIP, ROBINS, SAM, Clinic, say
from tests.flows.practising import SKILL, TITLE, give, nudges, practises, taps
from tests.flows.script import URGENT


async def test_from_the_command_to_the_plan_it_takes_five_taps(clinic: Clinic) -> None:
    await clinic.says(DANA, "/plan")
    for label in (ROBINS, TITLE, "3 times a week", "8 weeks", "Send it"):
        assert await taps(clinic, label, DANA) == ""
    assert rows(clinic.storage.url, "select skill_id, often, state from practice_plans") == [
        (SKILL, 3, "running")
    ]
    assert f"Sent to Sam and Alex of {ROBINS}: {TITLE}" in clinic.last(DANA).text
    for parent in (SAM, ALEX):
        assert f"Dana has something for you to practise: {TITLE}" in clinic.last(parent).text
    assert clinic.phone(PIP) == []


async def test_a_part_of_a_name_narrows_the_choice(clinic: Clinic) -> None:
    await clinic.says(DANA, "/plan pip")
    assert list(clinic.last(DANA).buttons.values()) == ["Pip's family"]


async def test_every_tap_changes_the_message_it_stands_in(clinic: Clinic) -> None:
    await clinic.says(DANA, "/plan")
    for label in (ROBINS, TITLE, "every day", "4 weeks"):
        await taps(clinic, label, DANA)
    (only,) = clinic.phone(DANA)
    assert "Send it to Sam and Alex?" in only.text


async def test_leaving_it_makes_no_plan(clinic: Clinic) -> None:
    await clinic.says(DANA, "/plan")
    for label in (ROBINS, TITLE, "every day", "4 weeks", "Leave it"):
        await taps(clinic, label, DANA)
    assert clinic.last(DANA).text == say("practice.plan_dropped")
    assert clinic.count("practice_plans") == 0


async def test_pressing_send_twice_gives_one_plan(clinic: Clinic) -> None:
    await give(clinic)
    said = await clinic.presses(DANA, f"give:1.{SKILL}.7.4.send")
    assert said == say("practice.plan_there_already", alias=ROBINS)
    assert clinic.count("practice_plans") == 1
    assert len(clinic.phone(SAM)) == 1


async def test_only_a_therapist_gives_plans_and_only_to_their_own_families(clinic: Clinic) -> None:
    await clinic.says(NOOR, "/plan")
    assert clinic.last(NOOR).text == say("practice.plan_not_allowed")
    said = await clinic.presses(NOOR, f"give:1.{SKILL}.7.4.send")
    assert said == say("practice.plan_not_yours")
    assert await clinic.presses(DANA, "give:77") == say("practice.plan_not_yours")
    assert clinic.count("practice_plans") == 0


async def test_a_parent_picks_days_and_a_time_by_buttons(clinic: Clinic) -> None:
    await give(clinic, often=3)
    assert [one for one in clinic.last(SAM).buttons.values() if one.startswith("✓")] == [
        "✓ Mon",
        "✓ Wed",
        "✓ Fri",
    ]
    for label in ("✓ Wed", "Sun", "Next: the time", "19:30"):
        await taps(clinic, label)
    (offer,) = clinic.phone(SAM)
    assert "Mon, Fri and Sun, at about 19:30 (London)" in offer.text
    assert rows(clinic.storage.url, "select days, at::text from plan_times") == [
        (0b1010001, "19:30:00")
    ]


async def test_no_day_at_all_is_not_taken(clinic: Clinic) -> None:
    await give(clinic)
    assert await clinic.presses(SAM, "hours:1.0") == say("practice.pick_a_day")
    assert await clinic.presses(SAM, "at:1.0.1800") == say("practice.pick_a_day")
    assert clinic.count("plan_times") == 0


async def test_another_familys_plan_cannot_be_touched(clinic: Clinic) -> None:
    await give(clinic)
    gone = say("general.button_gone")
    for data in ("days:1.1", "hours:1.1", "at:1.1.1800", "replan:1", "logged:1"):
        assert await clinic.presses(PIP, data) == gone
    assert clinic.count("plan_times") == 0


async def test_each_parent_picks_for_themselves(clinic: Clinic) -> None:
    await practises(clinic)
    assert nudges(clinic, ALEX) == []
    await clinic.presses(ALEX, "at:1.127.0730")
    found = rows(clinic.storage.url, "select parent_id, at::text from plan_times order by 1")
    assert found == [(1, "18:00:00"), (2, "07:30:00")]


async def test_giving_a_plan_disturbs_no_flag(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await give(clinic)
    assert (await clinic.flag()).is_open
