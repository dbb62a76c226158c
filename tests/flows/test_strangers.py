"""Chats that belong to nobody we know, and commands of those we do."""

import pytest

from bot.core.menus import COLLEAGUES, PARENTS, THERAPISTS, Groups, listed
from tests import telegram_json as told
from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, KIM, NOOR, PHRASES, ROBINS, SAM, SUE, Clinic, say
from tests.flows.script import ASKING, URGENT, URGENT_TOO, WORRYING


def how_to_join(clinic: Clinic) -> str:
    (text,) = {one for one in clinic.texts(KIM) if "To join you need a link" in one}
    return text


@pytest.mark.parametrize("text", [ASKING, "/start", "/help", "/nonsense", "hello"])
async def test_a_stranger_is_told_how_to_join_and_whom_to_call(clinic: Clinic, text: str) -> None:
    await clinic.says(KIM, text)
    assert "999" in how_to_join(clinic)
    assert clinic.adviser.asked == []


async def opens_an_invitation(clinic: Clinic) -> str:
    """Kim opens a link of Dana's and reads what joining means; the text."""
    await clinic.says(DANA, "/invite Maple")
    code = clinic.last(DANA).text.split("start=")[1].split()[0]
    await clinic.says(KIM, f"/start {code}")
    return clinic.last(KIM).text


@pytest.mark.parametrize("text", ["what is this?", ASKING, "/start", "/help", "hello"])
async def test_who_has_opened_an_invitation_reads_again_what_joining_means(
    clinic: Clinic, text: str
) -> None:
    consent = await opens_an_invitation(clinic)
    await clinic.says(KIM, text)
    again = clinic.last(KIM)
    assert again.text == consent
    await clinic.presses(KIM, next(data for data in again.buttons if data.startswith("agree:")))
    await clinic.says(KIM, ASKING)
    assert "helpful:1" in clinic.last(KIM).buttons


async def test_asking_what_this_is_before_joining_gets_no_safety_check(clinic: Clinic) -> None:
    consent = await opens_an_invitation(clinic)
    clinic.judge.worries_about("what is this?")
    await clinic.says(KIM, "what is this?")
    assert clinic.last(KIM).text == consent


async def test_what_leans_on_something_written_before_is_still_asked_about(clinic: Clinic) -> None:
    await opens_an_invitation(clinic)
    clinic.judge.worries_about("what is this?")
    await clinic.says(KIM, ASKING)
    await clinic.says(KIM, "what is this?")
    assert clinic.last(KIM).text == say("checks.ask")


async def test_something_urgent_goes_to_on_call_with_an_invitation_open(clinic: Clinic) -> None:
    await opens_an_invitation(clinic)
    await clinic.says(KIM, URGENT)
    assert (await clinic.flag()).chat_id == KIM
    assert "not enrolled" in clinic.last(NOOR).text


async def test_a_worry_with_an_invitation_open_is_asked_about_first(clinic: Clinic) -> None:
    consent = await opens_an_invitation(clinic)
    await clinic.says(KIM, WORRYING)
    assert clinic.last(KIM).text == say("checks.ask")
    await clinic.presses(KIM, "check:1.no")
    assert clinic.last(KIM).text == consent


async def test_something_urgent_from_a_stranger_goes_to_on_call(clinic: Clinic) -> None:
    await clinic.says(KIM, URGENT)
    flag = await clinic.flag()
    assert (flag.family_id, flag.chat_id) == (None, KIM)
    assert "not enrolled" in clinic.last(NOOR).text
    assert clinic.phone(DANA) == []
    assert say("holding.sent", who=say("holding.their_clinic")) in clinic.last(KIM).text


async def test_a_flag_of_a_strangers_can_be_taken_and_talked_about(clinic: Clinic) -> None:
    await clinic.says(KIM, URGENT)
    await clinic.presses(NOOR, "take:1")
    await clinic.says(KIM, URGENT_TOO)
    assert URGENT_TOO in clinic.last(NOOR).text
    await clinic.says(NOOR, "where are you?")
    assert "where are you?" in clinic.last(KIM).text
    await clinic.presses(NOOR, "close:1.emergency_services")
    await clinic.says(KIM, ASKING)
    assert how_to_join(clinic)


async def test_a_worrying_message_of_a_strangers_is_asked_about(clinic: Clinic) -> None:
    await clinic.says(KIM, WORRYING)
    assert clinic.last(KIM).text == say("checks.ask")
    await clinic.presses(KIM, "check:1.no")
    assert how_to_join(clinic)
    assert await clinic.flags() == ()


@pytest.mark.parametrize("answer", ["yes", "unsure"])
async def test_a_stranger_who_does_not_say_no_is_flagged(clinic: Clinic, answer: str) -> None:
    await clinic.says(KIM, WORRYING)
    await clinic.presses(KIM, f"check:1.{answer}")
    assert (await clinic.flag()).chat_id == KIM
    assert clinic.phone(NOOR)


async def test_a_stranger_who_falls_silent_is_flagged(clinic: Clinic) -> None:
    await clinic.says(KIM, WORRYING)
    await clinic.says(KIM, "what do you mean?")
    assert clinic.last(KIM).text == say("checks.ask_again")
    await clinic.forward(minutes=11)
    assert (await clinic.flag()).reason == "silent"


@pytest.mark.parametrize("typed", ["no", "yes"])
async def test_a_stranger_may_type_the_answer(clinic: Clinic, typed: str) -> None:
    await clinic.says(KIM, WORRYING)
    await clinic.says(KIM, typed)
    assert bool(await clinic.flags()) == (typed == "yes")


async def test_urgent_words_behind_a_command_are_read(clinic: Clinic) -> None:
    await clinic.says(SAM, f"/tell {URGENT}")
    assert (await clinic.flag()).is_waiting


async def test_a_parents_help_names_the_therapist_and_the_emergency_number(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, "/help")
    commands = listed(PARENTS, PHRASES).replace("**", "")
    assert clinic.last(SAM).text == say(
        "general.help_parent", therapist="Dana", emergency="999", commands=commands
    )


async def test_a_parents_help_has_every_command_of_their_menu(clinic: Clinic) -> None:
    await clinic.says(SAM, "/start")
    await clinic.says(SAM, "/help")
    offered = clinic.messenger.menus[SAM]
    assert "stop" in offered
    assert [
        line[1:].split()[0] for line in clinic.last(SAM).text.split("\n") if line[:1] == "/"
    ] == (offered)


async def test_help_invites_no_questions_while_a_flag_is_open(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.says(SAM, "/help")
    told = clinic.last(SAM).text
    assert "Write to me in your own words" not in told
    assert "999" in told
    assert "/person" in told


async def test_the_other_parents_help_tells_nothing_of_a_flag(clinic: Clinic) -> None:
    await clinic.says(ALEX, "/help")
    before = clinic.last(ALEX).text
    await clinic.says(SAM, URGENT)
    await clinic.says(ALEX, "/help")
    assert clinic.last(ALEX).text == before


@pytest.mark.parametrize(("chat_id", "groups"), [(DANA, THERAPISTS), (NOOR, COLLEAGUES)])
async def test_staff_help_lists_their_own_commands(
    clinic: Clinic, chat_id: int, groups: Groups
) -> None:
    await clinic.says(chat_id, "/help")
    commands = listed(groups, PHRASES).replace("**", "")
    assert clinic.last(chat_id).text == say("general.help_staff", commands=commands)


async def test_a_therapist_sees_their_own_families(clinic: Clinic) -> None:
    await clinic.says(DANA, "/families")
    assert f"• {ROBINS}" in clinic.last(DANA).text
    await clinic.says(SUE, "/families")
    assert ROBINS not in clinic.last(SUE).text


@pytest.mark.parametrize("chat_id", [SAM, DANA])
async def test_an_unknown_command_says_so(clinic: Clinic, chat_id: int) -> None:
    await clinic.says(chat_id, "/dance")
    assert clinic.last(chat_id).text == say("general.unknown_command")


async def test_a_group_is_left_alone_and_noted(clinic: Clinic) -> None:
    update = told.written(SAM, 5, URGENT)
    update["message"]["chat"] = {"id": -100, "title": "Family", "type": "group"}
    await clinic.receive(update)
    assert clinic.messenger.sent == []
    assert rows(clinic.storage.url, "select outcome from inbox") == [("set_aside_not_private",)]
