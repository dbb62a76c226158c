"""What people doubt about triage's decisions becomes something to review, with one tap."""

import pytest

from bot.core.review_items import Doubt, Label, ReviewItem
from bot.storage.people import all_staff
from bot.storage.review_items import review_items_of, save_label
from tests import telegram_json as told
from tests.flows.clinic import DANA, KIM, NOOR, PIP, SAM, SUE, Clinic, say
from tests.flows.script import ASKING, CLINICAL, GERMAN, URGENT, WORRYING

MISSED = say("reviews.missed_button")
NOTED = say("reviews.noted")


async def items(clinic: Clinic) -> tuple[ReviewItem, ...]:
    """Everything that stands for review."""
    async with clinic.services.database.transaction() as tx:
        return await review_items_of(tx)


async def item(clinic: Clinic) -> ReviewItem:
    """The one thing that stands for review."""
    (found,) = await items(clinic)
    return found


async def test_not_urgent_after_all_is_a_review_item(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.says(SAM, URGENT)
    await clinic.presses(DANA, "dismiss:1")
    found = await item(clinic)
    assert (found.doubt, found.text, found.context) == (Doubt.NOT_URGENT, URGENT, (ASKING,))
    assert found.decision.reason == "model"
    assert not found.is_labelled


async def test_closing_a_taken_flag_as_not_urgent_is_one_too(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.presses(DANA, "take:1")
    await clinic.presses(DANA, "show:1")
    await clinic.presses(DANA, "close:1.not_urgent")
    assert (await item(clinic)).doubt is Doubt.NOT_URGENT


@pytest.mark.parametrize("outcome", ["safe_now", "emergency_services", "handed_over"])
async def test_any_other_end_of_a_flag_is_none(clinic: Clinic, outcome: str) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.presses(DANA, "take:1")
    await clinic.presses(DANA, f"close:1.{outcome}")
    assert await items(clinic) == ()


async def test_a_check_answered_no_is_one(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.presses(SAM, "check:1.no")
    found = await item(clinic)
    assert (found.doubt, found.text) == (Doubt.SAID_NO, WORRYING)


async def test_a_strangers_no_is_one_for_who_sees_all(clinic: Clinic) -> None:
    await clinic.says(KIM, WORRYING)
    await clinic.says(KIM, "no")
    found = await item(clinic)
    assert (found.doubt, found.therapist_id, found.country) == (Doubt.SAID_NO, None, "GB")


async def test_asking_for_a_person_is_no_decision_to_doubt(clinic: Clinic) -> None:
    await clinic.says(SAM, "/person")
    await clinic.presses(SAM, "check:1.no")
    await clinic.says(SAM, "/person")
    await clinic.presses(SAM, "check:2.yes")
    await clinic.presses(DANA, "dismiss:1")
    assert await items(clinic) == ()
    assert MISSED not in [text for one in clinic.phone(DANA) for text in one.buttons.values()]


@pytest.mark.parametrize("text", [CLINICAL, GERMAN])
async def test_a_question_passed_on_can_be_marked_as_missed_with_one_tap(
    clinic: Clinic, text: str
) -> None:
    await clinic.says(SAM, text)
    assert await clinic.presses(DANA, clinic.last(DANA).button(MISSED)) == NOTED
    found = await item(clinic)
    assert (found.doubt, found.text) == (Doubt.MISSED, text)
    assert await clinic.flags() == (), "it is noted, and says that it alerts nobody"


async def test_a_question_that_a_parent_chose_to_pass_on_can_be_marked_too(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, "ask:1")
    assert await clinic.presses(DANA, clinic.last(DANA).button(MISSED)) == NOTED


async def test_a_photo_can_be_marked_where_words_came_with_it(clinic: Clinic) -> None:
    await clinic.sends(SAM, "photo", caption=ASKING)
    with_words = clinic.phone(DANA)[-2]
    await clinic.sends(SAM, "photo")
    without = clinic.phone(DANA)[-2]
    assert list(with_words.buttons.values()) == [MISSED]
    assert without.buttons == {}


async def test_a_mark_on_what_a_parent_denied_takes_the_place_of_the_no(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.presses(SAM, "check:1.no")
    await clinic.presses(DANA, clinic.last(DANA).button(MISSED))
    assert (await item(clinic)).doubt is Doubt.MISSED


async def test_marking_twice_says_so_and_counts_once(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    await clinic.presses(DANA, "missed:1")
    assert await clinic.presses(DANA, "missed:1") == say("reviews.noted_already")
    assert len(await items(clinic)) == 1


async def test_a_label_stays_whatever_is_pressed_afterwards(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.presses(SAM, "check:1.no")
    async with clinic.services.database.transaction() as tx:
        sue = next(one for one in await all_staff(tx) if one.chat_id == SUE)
        await save_label(tx, 1, Label.ROUTINE, None, sue, clinic.services.clock.now())
    assert await clinic.presses(DANA, "missed:1") == say("reviews.noted_already")
    found = await item(clinic)
    assert (found.doubt, found.label) == (Doubt.SAID_NO, Label.ROUTINE)


async def test_only_the_familys_own_people_can_mark(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    assert await clinic.presses(NOOR, "missed:1") == say("reviews.not_yours")
    assert await clinic.presses(PIP, "missed:1") == say("general.button_gone")
    assert await items(clinic) == ()
    assert await clinic.presses(SUE, "missed:1") == NOTED


@pytest.mark.parametrize("data", ["missed:99", "missed:x", "missed:"])
async def test_a_mark_on_nothing_is_a_button_that_is_gone(clinic: Clinic, data: str) -> None:
    await clinic.says(SAM, CLINICAL)
    assert await clinic.presses(DANA, data) == say("general.button_gone")


async def test_an_update_that_comes_twice_marks_once(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    press = told.pressed(DANA, clinic.last(DANA).message_id, "missed:1", "Dana")
    await clinic.receive(press)
    await clinic.receive(press)
    assert clinic.messenger.pressed == [NOTED]
