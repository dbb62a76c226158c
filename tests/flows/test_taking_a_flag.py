"""Taking, reading and closing a flag, and what is said between the parent and whoever has it."""

import asyncio

import pytest

from bot.core.flags import FlagState, Outcome
from tests import telegram_json as told
from tests.flows.clinic import ALEX, DANA, NOOR, PIP, ROBINS, SAM, SUE, Clinic, say
from tests.flows.script import CLINICAL, URGENT, URGENT_TOO

PIPS = "Pip's family"
TAKEN_NEWS = say("holding.taken_news", name="Dana")


@pytest.fixture
async def flagged(clinic: Clinic) -> Clinic:
    """Sam has written something urgent, and Dana and Noor have been told."""
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=10, seconds=1)
    return clinic


async def test_the_parent_hears_who_has_it(flagged: Clinic) -> None:
    await flagged.presses(DANA, "take:1")
    flag = await flagged.flag()
    assert flag.state is FlagState.ACKNOWLEDGED
    assert flag.holder is not None
    assert flag.holder.name == "Dana"
    holding, news = flagged.texts(SAM)
    assert say("holding.taken", name="Dana") in holding
    assert "999" in holding
    assert news == TAKEN_NEWS


async def test_everybody_who_was_alerted_sees_who_has_it_and_can_press_no_more(
    flagged: Clinic,
) -> None:
    await flagged.presses(DANA, "take:1")
    alert, news = flagged.phone(NOOR)
    assert alert.text == say("flags.taken_by_other", name="Dana", alias=ROBINS)
    assert alert.buttons == {}
    assert (news.text, news.quiet) == (say("flags.taken_news", name="Dana", alias=ROBINS), True)
    assert [one.text for one in flagged.phone(DANA)[:2]] == [
        say("flags.alert_yours", alias=ROBINS)
    ] * 2


async def test_of_two_who_take_it_at_once_one_has_it_and_the_other_hears_who(
    flagged: Clinic,
) -> None:
    await flagged.take(told.pressed(DANA, 1, "take:1", "Dana"))
    await flagged.take(told.pressed(NOOR, 1, "take:1", "Noor"))
    await asyncio.gather(flagged.settle(), flagged.settle())
    flag = await flagged.flag()
    assert flag.holder is not None
    assert sorted(flagged.messenger.pressed) == sorted(
        ["", say("flags.somebody_has_it", name=flag.holder.name)]
    )
    assert (await flagged.history()).count("acknowledged") == 1
    assert flagged.texts(SAM).count(say("holding.taken_news", name=flag.holder.name)) == 1


async def test_taking_it_again_says_that_you_have_it(flagged: Clinic) -> None:
    await flagged.presses(DANA, "take:1")
    assert await flagged.presses(DANA, "take:1") == say("flags.already_yours")
    assert flagged.texts(SAM).count(TAKEN_NEWS) == 1


async def test_somebody_it_was_not_sent_to_can_neither_take_nor_read_it(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    for data in ("take:1", "show:1", "noturgent:1"):
        assert await clinic.presses(NOOR, data) == say("flags.not_yours")
    assert (await clinic.flag()).is_waiting
    assert clinic.phone(NOOR) == []


async def test_a_supervisor_may_take_any_flag(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    assert await clinic.presses(SUE, "take:1") == ""
    assert say("holding.taken_news", name="Sue") in clinic.texts(SAM)


@pytest.mark.parametrize("chat_id", [SAM, ALEX, PIP])
async def test_a_parent_cannot_take_a_flag(flagged: Clinic, chat_id: int) -> None:
    assert await flagged.presses(chat_id, "take:1") == say("general.button_gone")
    assert (await flagged.flag()).is_waiting


async def test_the_message_is_shown_on_request_with_why_and_that_is_noted(flagged: Clinic) -> None:
    await flagged.presses(DANA, "show:1")
    shown = flagged.last(DANA).text
    assert URGENT in shown
    assert say("flags.category_child_suicide_self_harm") in shown
    assert "“the words”" in shown
    assert (await flagged.history())[-1] == "shown"


async def test_showing_a_flag_shows_everything_that_was_written_since(flagged: Clinic) -> None:
    await flagged.says(SAM, "she is in her room now")
    number = await flagged.sends(SAM, "voice")
    await flagged.presses(DANA, "show:1")
    shown = flagged.phone(DANA)[-2].text
    assert flagged.last(DANA).copied_from == number
    assert URGENT in shown
    assert "she is in her room now" in shown
    assert say("flags.shown_unread", medium=say("questions.medium_voice")) in shown


async def test_not_urgent_takes_and_closes_in_one_press_once_it_was_read(
    flagged: Clinic,
) -> None:
    await flagged.presses(DANA, "show:1")
    await flagged.presses(DANA, "noturgent:1")
    assert (await flagged.flag()).state is FlagState.CLOSED
    assert flagged.last(SAM).text == say("holding.closed", name="Dana")
    history = await flagged.history()
    assert history[-2:] == ["acknowledged", "closed:not_urgent"]


@pytest.mark.parametrize("outcome", Outcome)
async def test_each_way_it_can_end_is_kept_and_told(flagged: Clinic, outcome: Outcome) -> None:
    await flagged.presses(DANA, "take:1")
    await flagged.presses(DANA, "show:1")
    await flagged.presses(DANA, f"close:1.{outcome}")
    assert (await flagged.history())[-1] == f"closed:{outcome}"
    assert flagged.last(SAM).text == say("holding.closed", name="Dana")
    ended = say(f"flags.outcome_{outcome}")
    assert flagged.last(DANA).text == say("flags.closed", alias=ROBINS, outcome=ended)


async def test_only_whoever_took_it_can_close_it(flagged: Clinic) -> None:
    assert await flagged.presses(NOOR, "close:1.safe_now") == say("flags.not_holder")
    await flagged.presses(DANA, "take:1")
    assert await flagged.presses(NOOR, "close:1.safe_now") == say("flags.not_holder")
    assert (await flagged.flag()).is_open


async def test_a_closed_flag_can_be_neither_taken_nor_closed_again(flagged: Clinic) -> None:
    await flagged.presses(DANA, "dismiss:1")
    assert await flagged.presses(NOOR, "take:1") == say("flags.is_closed")
    assert await flagged.presses(DANA, "close:1.safe_now") == say("flags.is_closed")


@pytest.mark.parametrize("data", ["take:99", "show:x", "close:1.perhaps", "close:1", "dance:1"])
async def test_a_button_that_makes_no_sense_changes_nothing_and_is_answered(
    flagged: Clinic, data: str
) -> None:
    await flagged.presses(DANA, data)
    assert (await flagged.flag()).state is FlagState.DELIVERED


async def test_what_the_parent_writes_goes_to_whoever_has_it(flagged: Clinic) -> None:
    await flagged.presses(DANA, "take:1")
    await flagged.says(SAM, "I am home with her")
    assert flagged.last(DANA).text == say(
        "flags.from_parent", alias=ROBINS, parent="Sam", text="I am home with her"
    )
    assert flagged.last(SAM).text == say("holding.followup_taken", name="Dana")
    assert flagged.adviser.asked == []


async def test_a_photo_goes_to_whoever_has_it_just_as_it_was_sent(flagged: Clinic) -> None:
    await flagged.presses(DANA, "take:1")
    number = await flagged.sends(SAM, "photo", "look at this")
    assert flagged.last(DANA).copied_from == number
    assert flagged.last(SAM).text == say("holding.followup_copied", name="Dana")


async def test_before_anybody_has_it_what_makes_it_worse_rings_again(flagged: Clinic) -> None:
    await flagged.says(SAM, URGENT_TOO)
    for chat_id in (DANA, NOOR):
        assert "has written again" in flagged.last(chat_id).text
        assert say("flags.category_medical_emergency") in flagged.last(chat_id).text
        assert URGENT_TOO not in flagged.last(chat_id).text
    assert flagged.phone(SUE) == []
    assert flagged.last(SAM).text == say("holding.followup_waiting", emergency="999")


@pytest.mark.parametrize("text", ["please hurry", URGENT])
async def test_what_makes_it_no_worse_is_there_to_be_read_and_rings_nobody(
    flagged: Clinic, text: str
) -> None:
    rung = len(flagged.phone(DANA)), len(flagged.phone(NOOR))
    for _ in range(10):
        await flagged.says(SAM, text)
    assert (len(flagged.phone(DANA)), len(flagged.phone(NOOR))) == rung
    assert flagged.last(SAM).text == say("holding.followup_added", emergency="999")
    await flagged.presses(DANA, "show:1")
    assert flagged.last(DANA).text.count(text) >= 10


async def test_pressing_i_need_a_person_during_a_flag_is_a_further_message(
    flagged: Clinic,
) -> None:
    await flagged.presses(DANA, "take:1")
    await flagged.says(SAM, say("general.person_button"))
    assert say("general.person_button") in flagged.last(DANA).text
    assert flagged.count("checks") == 0


async def test_what_whoever_has_it_writes_goes_to_the_parent_under_their_name(
    flagged: Clinic,
) -> None:
    await flagged.presses(DANA, "take:1")
    await flagged.says(DANA, "I am calling you now")
    assert flagged.last(SAM).text == say(
        "questions.reply", name="Dana", text="I am calling you now"
    )
    assert flagged.last(DANA).text == say("questions.sent_back", alias=ROBINS)
    assert (await flagged.history())[-1] == "replied"


async def test_nobody_can_write_to_the_parent_before_they_have_taken_it(flagged: Clinic) -> None:
    alert = flagged.phone(NOOR)[0]
    reply = {"reply_to_message": told.message(NOOR, alert.message_id, "Held", text="…")}
    await flagged.says(NOOR, "hello?", **reply)
    assert flagged.last(NOOR).text == say("flags.take_first", name="")
    await flagged.presses(DANA, "take:1")
    await flagged.says(NOOR, "hello?", **reply)
    assert flagged.last(NOOR).text == say("flags.somebody_has_it", name="Dana")
    assert not any("hello?" in text for text in flagged.texts(SAM))


async def test_with_two_flags_in_hand_a_plain_message_is_asked_to_whom(flagged: Clinic) -> None:
    await flagged.says(PIP, URGENT)
    await flagged.presses(DANA, "take:1")
    await flagged.presses(DANA, "take:2")
    await flagged.says(DANA, "are you safe?")
    assert flagged.last(DANA).text == say("general.reply_to_which")
    taken = next(one for one in flagged.phone(DANA) if "close:2.safe_now" in one.buttons)
    await flagged.says(
        DANA,
        "are you safe?",
        reply_to_message=told.message(DANA, taken.message_id, "Held", text="…"),
    )
    assert "are you safe?" in flagged.last(PIP).text
    assert not any("are you safe?" in text for text in flagged.texts(SAM))


@pytest.mark.parametrize("open_too", ["a question", "the other parent's message", "a closed flag"])
async def test_with_one_flag_in_hand_plain_words_and_photos_go_there_whatever_else_is_open(
    flagged: Clinic, open_too: str
) -> None:
    if open_too == "a closed flag":
        await flagged.says(PIP, URGENT)
        await flagged.presses(DANA, "dismiss:2")
    await flagged.presses(DANA, "take:1")
    if open_too == "a question":
        await flagged.says(PIP, CLINICAL)
    if open_too == "the other parent's message":
        await flagged.says(ALEX, CLINICAL)
    await flagged.says(DANA, "are you safe?")
    assert "are you safe?" in flagged.last(SAM).text
    for kind in ("photo", "voice"):
        number = await flagged.sends(DANA, kind)
        assert flagged.last(SAM).copied_from == number


async def test_with_several_in_hand_nothing_promises_where_plain_words_go(
    flagged: Clinic,
) -> None:
    await flagged.says(PIP, URGENT)
    await flagged.presses(DANA, "take:1")
    assert say("flags.taken_by_you", alias=ROBINS) in flagged.texts(DANA)
    await flagged.presses(DANA, "take:2")
    for alias in (ROBINS, PIPS):
        assert say("flags.taken_by_you_of_several", alias=alias) in flagged.texts(DANA)
        assert say("flags.taken_by_you", alias=alias) not in flagged.texts(DANA)
    await flagged.presses(DANA, "close:2.safe_now")
    assert say("flags.taken_by_you", alias=ROBINS) in flagged.texts(DANA)


async def test_who_gives_one_of_two_away_is_promised_the_other_again(flagged: Clinic) -> None:
    await flagged.says(PIP, URGENT)
    await flagged.presses(DANA, "take:1")
    await flagged.presses(DANA, "take:2")
    await flagged.presses(DANA, "passto:2.2")
    await flagged.presses(NOOR, "take:2")
    assert say("flags.taken_by_you", alias=ROBINS) in flagged.texts(DANA)


async def test_the_score_is_shown_against_the_line_with_its_version(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.presses(DANA, "show:1")
    shown = say("flags.shown_score", score="0.90", flag="0.80", check="0.20", version="script")
    assert clinic.last(DANA).text.endswith(shown.strip())


async def test_no_score_is_shown_where_triage_gave_none(clinic: Clinic) -> None:
    await clinic.says(SAM, "/person")
    await clinic.presses(SAM, "check:1.yes")
    await clinic.presses(DANA, "show:1")
    assert "Score" not in clinic.last(DANA).text
