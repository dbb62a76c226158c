"""A therapist gives a plan in five taps, and the parents pick their days and their time."""

import pytest

from bot.flows.report_practice import report_practice
from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, NOOR, PIP, ROBINS, SAM, Clinic, say
from tests.flows.practising import SKILL, TITLE, give, nudges, practises, taps
from tests.flows.script import URGENT
from tests.flows.test_questions import replying


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


async def shown_a_plan(clinic: Clinic) -> None:
    """Four taps: a plan stands there, ready to be sent."""
    await clinic.says(DANA, "/plan")
    for label in (ROBINS, TITLE, "3 times a week", "8 weeks"):
        await taps(clinic, label, DANA)


AIM = "We say goodnight *without* a fight"


@pytest.mark.parametrize("is_reply", [True, False])
async def test_the_aim_can_be_written_before_the_last_tap(clinic: Clinic, is_reply: bool) -> None:
    await shown_a_plan(clinic)
    under = replying(clinic, DANA, "Send it to Sam and Alex?") if is_reply else {}
    await clinic.says(DANA, AIM, **under)
    assert f'The aim: "{AIM}"' in clinic.last(DANA).text
    assert clinic.phone(DANA)[0].buttons == {}, "the one before cannot be sent any more"
    assert clinic.phone(SAM) == []
    await taps(clinic, "Send it", DANA)
    assert f'The aim: "{AIM}"' in clinic.last(SAM).text
    found = rows(clinic.storage.url, "select often, state from practice_plans")
    assert found == [(3, "running")]


async def test_an_aim_can_be_written_anew_and_the_last_one_counts(clinic: Clinic) -> None:
    await shown_a_plan(clinic)
    for aim in (AIM, "We say goodnight"):
        await clinic.says(DANA, aim)
    await taps(clinic, "Send it", DANA)
    assert 'The aim: "We say goodnight"' in clinic.last(SAM).text


async def test_an_aim_that_is_too_long_is_asked_for_again(clinic: Clinic) -> None:
    await shown_a_plan(clinic)
    await clinic.says(DANA, "long " * 60)
    assert clinic.last(DANA).text == say("practice.aim_too_long", longest=200)
    await clinic.says(DANA, AIM)
    assert f'The aim: "{AIM}"' in clinic.last(DANA).text


async def test_a_plan_that_was_written_and_not_sent_is_nobodys(clinic: Clinic) -> None:
    await shown_a_plan(clinic)
    await clinic.says(DANA, AIM)
    assert await report_practice(clinic.services.database) == []
    await clinic.says(SAM, "/practice")
    assert clinic.last(SAM).text == say("practice.practice_none", therapist="Dana")
    assert await clinic.presses(SAM, "at:1.127.1800") == say("general.button_gone")
    assert await clinic.presses(SAM, "logged:1") == say("general.button_gone")
    await taps(clinic, "Leave it", DANA)
    assert clinic.count("practice_plans") == 0
    await clinic.says(DANA, "Something else")
    assert clinic.last(DANA).text == say("general.reply_to_which")


async def test_whoever_has_a_flag_in_hand_writes_to_that_family_and_no_aim(clinic: Clinic) -> None:
    await clinic.says(PIP, URGENT)
    await taps(clinic, "Take it", DANA)
    await shown_a_plan(clinic)
    await clinic.says(DANA, "I am here.")
    assert clinic.last(PIP).text == "Dana: I am here."
    assert clinic.count("practice_plans") == 0


async def test_an_aim_written_long_after_is_no_aim(clinic: Clinic) -> None:
    await shown_a_plan(clinic)
    await clinic.forward(minutes=6)
    await clinic.says(DANA, AIM)
    assert clinic.last(DANA).text == say("general.reply_to_which")


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
