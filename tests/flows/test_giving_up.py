"""What fails three times is lost in no silence: a person hears of it, and whoever sent it too."""

from typing import Any

import pytest

from bot.chat.giving_up import give_up
from bot.core.triage import Category
from bot.storage.alarms import all_alarms
from bot.storage.messages import add_message
from tests import telegram_json as told
from tests.flows.clinic import ALEX, DANA, NAMES, NOOR, ROBINS, SAM, SUE, Clinic, say
from tests.flows.script import ASKING, URGENT, WORRYING

WORDS = "something that nobody could read"


async def fails(clinic: Clinic, update: told.Json, chat_id: int) -> None:
    """An update that has failed three times: what follows is what its job does then."""
    await clinic.take(update)
    await give_up(clinic.services, clinic.messenger, update["update_id"], chat_id)
    await clinic.settle()


async def writes(clinic: Clinic, chat_id: int, text: str = WORDS) -> told.Json:
    number = clinic.messenger.written_by(chat_id)
    update = told.written(chat_id, number, text, NAMES[chat_id])
    await fails(clinic, update, chat_id)
    return update


async def presses(clinic: Clinic, chat_id: int, data: str) -> None:
    await fails(clinic, told.pressed(chat_id, 1, data, NAMES[chat_id]), chat_id)


async def alarms(clinic: Clinic) -> list[str]:
    async with clinic.services.database.transaction() as tx:
        return [one.sentence for one in await all_alarms(tx)]


# What a family wrote.


async def test_what_a_parent_wrote_is_a_flag_and_the_words_are_in_it(clinic: Clinic) -> None:
    await writes(clinic, SAM)
    flag = await clinic.flag()
    assert (flag.category, flag.reason) == (Category.OTHER_DANGER, "triage_failed")
    assert "999" in clinic.last(SAM).text
    await clinic.presses(DANA, "show:1")
    assert WORDS in clinic.last(DANA).text


async def test_while_a_flag_is_open_it_joins_that_and_rings(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await writes(clinic, SAM)
    assert len(await clinic.flags()) == 1
    assert f"URGENT: {ROBINS} has sent something more" in clinic.last(DANA).text
    assert clinic.last(SAM).text == say("holding.followup_unread", emergency="999")
    await clinic.presses(DANA, "show:1")
    assert WORDS in clinic.last(DANA).text


async def test_whoever_has_the_flag_gets_it(taken: Clinic) -> None:
    await writes(taken, SAM)
    assert taken.last(DANA).text == say("flags.from_parent", alias=ROBINS, parent="Sam", text=WORDS)


async def test_a_message_that_breaks_everything_during_a_flag_is_not_lost(clinic: Clinic) -> None:
    clinic.may_fail = True
    await clinic.says(SAM, URGENT)
    broken: list[int] = []

    def breaks(text: str, context: object) -> Any:
        broken.append(1)
        raise RuntimeError("the whole of judgement is gone")

    clinic.services.judgement.judge = breaks  # type: ignore[method-assign]
    await clinic.says(SAM, WORDS)
    for _ in range(2):
        await clinic.forward(seconds=5)
    assert len(broken) == 3
    assert "has sent something more" in clinic.last(DANA).text


async def test_the_other_parents_words_join_and_they_hear_of_their_own_only(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    await writes(clinic, ALEX)
    assert len(await clinic.flags()) == 1
    (holding,) = clinic.texts(ALEX)
    assert say("holding.sent", who="Dana") in holding
    await clinic.presses(DANA, "show:1")
    assert say("flags.shown_other_parent", text=WORDS) in clinic.last(DANA).text


async def test_what_cannot_even_be_read_again_is_a_flag_and_is_copied(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object) -> None:
        raise ValueError("no such update")

    monkeypatch.setattr("bot.chat.giving_up.read_update", unreadable)
    update = await writes(clinic, SAM)
    assert (await clinic.flag()).reason == "triage_failed"
    await clinic.presses(DANA, "take:1")
    assert clinic.last(DANA).copied_from == update["message"]["message_id"]


async def test_where_the_words_themselves_cannot_be_kept_the_flag_is_raised_without_them(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def keeps_no_words(tx: Any, incoming: Any, *rest: Any) -> int:
        if incoming.text:
            raise ValueError("these words cannot be kept")
        return await add_message(tx, incoming, *rest)

    monkeypatch.setattr("bot.flows.give_up.add_message", keeps_no_words)
    await writes(clinic, SAM)
    assert (await clinic.flag()).is_waiting


async def test_a_command_that_fails_is_shown_as_it_was_typed(clinic: Clinic) -> None:
    await writes(clinic, SAM, "/practice")
    await clinic.presses(DANA, "show:1")
    assert "/practice" in clinic.last(DANA).text


async def test_giving_up_twice_is_giving_up_once(clinic: Clinic) -> None:
    update = await writes(clinic, SAM)
    await give_up(clinic.services, clinic.messenger, update["update_id"], SAM)
    await clinic.settle()
    assert len(await clinic.flags()) == 1
    assert len(clinic.texts(SAM)) == 1


# What a family pressed.


async def test_an_answer_to_the_safety_check_that_fails_is_a_flag(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await presses(clinic, SAM, "check:1.yes")
    assert (await clinic.flag()).reason == "triage_failed"
    await clinic.presses(DANA, "show:1")
    assert "Yes" in clinic.last(DANA).text


async def test_a_parent_whose_button_fails_is_told_and_nobody_is_alarmed(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await presses(clinic, SAM, "helpful:1")
    assert clinic.last(SAM).text == say("general.press_failed")
    assert clinic.messenger.pressed[-1] == say("general.press_failed_toast")
    assert await clinic.flags() == ()
    assert await alarms(clinic) == []


# Staff.


@pytest.mark.parametrize("data", ["take:1", "show:1", "noturgent:1", "close:1.safe_now", "onit:1"])
async def test_staff_whose_button_under_a_flag_fails_are_told_and_the_clinic_is_alarmed(
    clinic: Clinic, data: str
) -> None:
    await clinic.says(SAM, URGENT)
    await presses(clinic, DANA, data)
    assert clinic.last(DANA).text == say("general.press_failed_flag", alias=ROBINS)
    assert clinic.messenger.pressed[-1] == say("general.press_failed_toast")
    sentence = say("alarms.press_failed", name="Dana", alias=ROBINS)
    assert await alarms(clinic) == [sentence]
    assert any(sentence in text for text in clinic.texts(SUE))


async def test_staff_whose_other_button_fails_are_told(clinic: Clinic) -> None:
    await presses(clinic, DANA, "plan:1")
    assert clinic.last(DANA).text == say("general.press_failed")
    assert await alarms(clinic) == []


async def test_what_a_holder_wrote_and_the_family_never_got_alarms_the_clinic(
    taken: Clinic,
) -> None:
    await writes(taken, DANA)
    assert taken.last(DANA).text == say("general.message_failed")
    assert await alarms(taken) == [say("alarms.reply_failed", name="Dana", alias=ROBINS)]


async def test_staff_who_hold_nothing_are_told_that_their_words_went_nowhere(
    clinic: Clinic,
) -> None:
    await writes(clinic, NOOR)
    assert clinic.last(NOOR).text == say("general.message_failed")
    assert await clinic.flags() == ()
    assert await alarms(clinic) == []


async def test_a_button_that_crashes_three_times_in_the_running_job_is_told(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.may_fail = True
    await clinic.says(SAM, URGENT)

    async def breaks(*_: object) -> str:
        raise RuntimeError("taking is broken")

    monkeypatch.setattr("bot.chat.handlers.press_under_flag", breaks)
    await clinic.receive(told.pressed(DANA, 1, "take:1", "Dana"))
    for _ in range(2):
        await clinic.forward(seconds=5)
    assert clinic.last(DANA).text == say("general.press_failed_flag", alias=ROBINS)
    assert len(await alarms(clinic)) == 1
