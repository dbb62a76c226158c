"""The safety check: yes, not sure, no, silence, and everything else that can come instead."""

import pytest

from bot.core.triage import Category
from tests import telegram_json as told
from tests.flows.clinic import ALEX, DANA, DOCUMENTS, NOOR, ROBINS, SAM, Clinic, say
from tests.flows.script import (
    ASKING,
    DOUBTFUL_GERMAN,
    HELLO,
    URGENT,
    URGENT_TOO,
    WORRYING,
)

ASKED = say("checks.ask")


async def test_a_worrying_message_is_asked_about_before_anything_else(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    (check,) = clinic.phone(SAM)
    assert check.text == ASKED
    assert list(check.buttons) == ["check:1.yes", "check:1.unsure", "check:1.no"]
    assert clinic.adviser.asked == []
    assert clinic.phone(DANA) == []


@pytest.mark.parametrize(("answer", "reason"), [("yes", "said_yes"), ("unsure", "unsure")])
async def test_yes_and_not_sure_raise_a_flag(clinic: Clinic, answer: str, reason: str) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.presses(SAM, f"check:1.{answer}")
    flag = await clinic.flag()
    assert (flag.reason, flag.category) == (reason, Category.VIOLENCE_OR_WEAPONS)
    assert "999" in clinic.last(SAM).text
    assert clinic.phone(DANA)
    assert clinic.adviser.asked == []


async def test_no_brings_the_answer_and_stands_quietly_in_the_therapists_day(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.presses(SAM, "check:1.no")
    assert DOCUMENTS[0].title in clinic.last(SAM).text
    assert await clinic.flags() == ()
    note = clinic.last(DANA)
    assert note.quiet
    assert note.text == say(
        "questions.to_therapist_check", alias=ROBINS, parent="Sam", text=WORRYING
    )


async def test_silence_raises_a_flag_after_ten_minutes_and_not_before(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.forward(minutes=9, seconds=55)
    assert await clinic.flags() == ()
    await clinic.forward(seconds=10)
    assert (await clinic.flag()).reason == "silent"
    assert say("checks.too_late") in clinic.texts(SAM)
    assert clinic.phone(DANA)


async def test_nothing_more_happens_after_ten_minutes_once_it_was_answered(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.presses(SAM, "check:1.no")
    await clinic.forward(minutes=11)
    assert await clinic.flags() == ()


@pytest.mark.parametrize("typed", ["no", "No, everyone is fine", "nope"])
async def test_a_typed_no_is_a_no(clinic: Clinic, typed: str) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.says(SAM, typed)
    assert DOCUMENTS[0].title in clinic.last(SAM).text
    assert await clinic.flags() == ()


@pytest.mark.parametrize("typed", ["yes", "i don't know", "yes he hit me"])
async def test_a_typed_yes_or_doubt_raises_a_flag(clinic: Clinic, typed: str) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.says(SAM, typed)
    assert (await clinic.flag()).reason in ("said_yes", "unsure")


@pytest.mark.parametrize(
    ("text", "category"),
    [
        (URGENT_TOO, Category.MEDICAL_EMERGENCY),
        (WORRYING, Category.VIOLENCE_OR_WEAPONS),
    ],
)
async def test_another_worrying_message_raises_a_flag(
    clinic: Clinic, text: str, category: Category
) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.says(SAM, text)
    flag = await clinic.flag()
    assert (flag.reason, flag.category) == ("another_worry", category)


async def test_a_message_that_answers_nothing_has_it_asked_again(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.says(SAM, ASKING)
    assert clinic.last(SAM).text == say("checks.ask_again")
    assert list(clinic.last(SAM).buttons) == ["check:1.yes", "check:1.unsure", "check:1.no"]
    assert clinic.adviser.asked == []


async def test_asking_again_does_not_put_the_ten_minutes_off(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.forward(minutes=6)
    await clinic.says(SAM, HELLO)
    await clinic.forward(minutes=5)
    assert (await clinic.flag()).reason == "silent"


async def test_pressing_twice_counts_once(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.presses(SAM, "check:1.no")
    before = clinic.texts(SAM)
    assert await clinic.presses(SAM, "check:1.yes") == say("checks.already")
    assert clinic.texts(SAM) == before


async def test_pressing_no_after_the_ten_minutes_takes_nothing_back(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.forward(minutes=11)
    assert await clinic.presses(SAM, "check:1.no") == say("checks.late")
    assert (await clinic.flag()).is_waiting
    assert not any(DOCUMENTS[0].title in text for text in clinic.texts(SAM))


async def test_nobody_else_can_answer_a_familys_check(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    for other in (ALEX, NOOR):
        assert await clinic.presses(other, "check:1.no") == say("general.button_gone")
    await clinic.forward(minutes=11)
    assert (await clinic.flag()).reason == "silent"


@pytest.mark.parametrize("data", ["check:1.perhaps", "check:99.no", "check:x.no", "check:"])
async def test_a_button_that_makes_no_sense_settles_nothing(clinic: Clinic, data: str) -> None:
    await clinic.says(SAM, WORRYING)
    assert await clinic.presses(SAM, data) == say("general.button_gone")
    await clinic.forward(minutes=11)
    assert (await clinic.flag()).reason == "silent"


async def test_a_flag_of_the_other_parents_does_not_swallow_the_answer(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.says(ALEX, URGENT)
    rung = len(clinic.phone(DANA))
    await clinic.presses(SAM, "check:1.yes")
    assert (await clinic.flag()).chat_id == ALEX, "a family has one open flag, and Sam joins it"
    assert len(clinic.phone(DANA)) > rung, "it rings again"
    assert "999" in clinic.last(SAM).text
    await clinic.presses(DANA, "show:1")
    assert WORRYING in clinic.last(DANA).text


async def test_no_guidance_follows_a_no_while_a_flag_is_open_for_the_family(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.says(ALEX, URGENT)
    await clinic.presses(DANA, "take:1")
    await clinic.presses(SAM, "check:1.no")
    assert not any(DOCUMENTS[0].title in text for text in clinic.texts(SAM))
    passed_on = say("answers.passed_on", therapist="Dana", when=say("answers.when_unknown"))
    assert clinic.last(SAM).text.strip() == passed_on.strip()
    assert any(WORRYING in text for text in clinic.texts(DANA))


async def test_a_photo_while_it_is_open_has_it_asked_again(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.sends(SAM, "photo")
    assert clinic.last(SAM).text == say("checks.ask_again")


async def test_i_need_a_person_asks_about_danger_first(clinic: Clinic) -> None:
    await clinic.says(SAM, say("general.person_button"))
    assert clinic.last(SAM).text == say("checks.ask_person", who="Dana")


async def test_a_person_is_asked_for_by_command_too(clinic: Clinic) -> None:
    await clinic.says(SAM, "/person")
    assert clinic.last(SAM).text == say("checks.ask_person", who="Dana")


async def test_i_need_a_person_without_danger_goes_into_the_therapists_queue(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, "/person")
    await clinic.presses(SAM, "check:1.no")
    assert await clinic.flags() == ()
    assert say("general.person_button") in clinic.last(DANA).text
    assert not clinic.last(DANA).quiet
    assert "Dana" in clinic.last(SAM).text
    assert clinic.adviser.asked == []


async def test_i_need_a_person_and_then_silence_raises_a_flag(clinic: Clinic) -> None:
    await clinic.says(SAM, "/person")
    await clinic.forward(minutes=11)
    assert (await clinic.flag()).reason == "silent"


async def test_the_check_is_settled_by_an_update_that_comes_twice_once(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    press = told.pressed(SAM, 2, "check:1.yes")
    await clinic.receive(press)
    await clinic.receive(press)
    assert len(await clinic.flags()) == 1


async def test_what_was_written_while_it_was_open_is_answered_after_a_no(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, "check:1.no")
    assert clinic.adviser.asked == [WORRYING, ASKING], "I will come to that, it had said"


async def test_a_photo_that_came_while_it_was_open_is_passed_on_after_a_no(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    number = await clinic.sends(SAM, "photo")
    await clinic.says(SAM, "no")
    assert clinic.last(DANA).copied_from == number


async def test_what_was_written_after_asking_for_a_person_goes_to_the_therapist(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, "/person")
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, "check:1.no")
    assert ASKING in clinic.last(DANA).text
    assert clinic.adviser.asked == []


async def test_a_no_in_another_language_brings_no_guidance(clinic: Clinic) -> None:
    await clinic.says(SAM, DOUBTFUL_GERMAN)
    assert clinic.last(SAM).text == ASKED
    await clinic.presses(SAM, "check:1.no")
    assert DOUBTFUL_GERMAN in clinic.last(DANA).text
    assert clinic.adviser.asked == []


@pytest.mark.parametrize("typed", ["yes", "not sure"])
async def test_a_typed_yes_shows_the_therapist_what_it_was_about(
    clinic: Clinic, typed: str
) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.says(SAM, ASKING)
    await clinic.says(SAM, typed)
    await clinic.presses(DANA, "show:1")
    shown = clinic.last(DANA).text
    assert shown.index(WORRYING) < shown.index(ASKING) < shown.rindex(typed)


async def test_silence_shows_the_therapist_everything_that_was_written(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.says(SAM, ASKING)
    await clinic.forward(minutes=11)
    await clinic.presses(DANA, "show:1")
    assert WORRYING in clinic.last(DANA).text
    assert ASKING in clinic.last(DANA).text
