"""A family gets another therapist or country: everybody is told, and nothing open is lost."""

import pytest

from bot.errors import PeopleError
from bot.flows.change_people import move_family, set_alias, set_country
from bot.storage.people import add_family, every_family
from tests.flows.clinic import ALEX, DANA, DIRECTORY, NOOR, OMAR, PIP, ROBINS, SAM, Clinic, say
from tests.flows.script import ASKING, CLINICAL, URGENT, URGENT_TOO
from tests.flows.test_people_who_leave import alerts, called, hire_omar
from tests.flows.test_questions import replying

TOLD = say("moving.to_parent", therapist="Omar", before="Dana")


async def move(clinic: Clinic, alias: str = ROBINS, to: str = "Omar") -> None:
    """A family is moved, and everything that follows is done."""
    member = await called(clinic, to)
    async with clinic.services.database.transaction() as tx:
        (family,) = [one for one in await every_family(tx) if one.alias == alias]
        await move_family(tx, family, member, clinic.services.clock.now(), dry_run=False)
    await clinic.settle()


async def live_in(clinic: Clinic, country: str, alias: str = ROBINS) -> None:
    async with clinic.services.database.transaction() as tx:
        (family,) = [one for one in await every_family(tx) if one.alias == alias]
        await set_country(tx, family, country, DIRECTORY, dry_run=False)
    await clinic.settle()


async def test_parents_and_both_therapists_are_told(clinic: Clinic) -> None:
    await hire_omar(clinic)
    await move(clinic)
    assert clinic.last(SAM).text == clinic.last(ALEX).text == TOLD
    assert clinic.texts(PIP) == []
    assert "Sam, Alex" in clinic.last(OMAR).text
    assert clinic.last(DANA).text == say("moving.from_therapist", alias=ROBINS, therapist="Omar")


async def test_what_is_asked_afterwards_goes_to_the_new_therapist(clinic: Clinic) -> None:
    await hire_omar(clinic)
    await move(clinic)
    before = len(clinic.phone(DANA))
    await clinic.says(SAM, CLINICAL)
    assert CLINICAL in clinic.last(OMAR).text
    assert len(clinic.phone(DANA)) == before


async def test_an_unanswered_question_comes_to_the_new_therapist_who_answers_it(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, CLINICAL)
    await hire_omar(clinic)
    await move(clinic)
    assert CLINICAL in clinic.last(OMAR).text
    assert say("moving.questions_follow") in clinic.phone(OMAR)[0].text
    await clinic.says(OMAR, "We shall look at that together.", **replying(clinic, OMAR, CLINICAL))
    assert clinic.last(SAM).text == say(
        "questions.reply", name="Omar", text="We shall look at that together."
    )


async def test_an_answered_question_does_not_come_again(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    await clinic.says(DANA, "Let us talk.", **replying(clinic, DANA, CLINICAL))
    await hire_omar(clinic)
    await move(clinic)
    assert len(clinic.phone(OMAR)) == 1


async def test_a_photo_that_waits_for_an_answer_comes_along(clinic: Clinic) -> None:
    await clinic.sends(SAM, "photo")
    await hire_omar(clinic)
    await move(clinic)
    assert clinic.last(OMAR).copied_from is not None


async def test_a_flag_that_nobody_has_rings_the_new_therapist_at_once(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await hire_omar(clinic)
    await move(clinic)
    assert alerts(clinic, OMAR) == 1
    await clinic.presses(OMAR, "take:1")
    assert say("holding.taken", name="Omar") in clinic.phone(SAM)[0].text


async def test_a_flag_that_somebody_has_stays_with_them(taken: Clinic) -> None:
    await hire_omar(taken)
    await move(taken)
    flag = await taken.flag()
    assert flag.holder is not None
    assert flag.holder.name == "Dana"
    assert say("moving.flag_is_held", name="Dana") in taken.phone(OMAR)[0].text
    await taken.says(SAM, URGENT_TOO)
    assert URGENT_TOO in taken.last(DANA).text


async def test_a_family_moved_twice_and_back_is_told_each_time(clinic: Clinic) -> None:
    await hire_omar(clinic)
    await move(clinic)
    await move(clinic, to="Dana")
    await move(clinic)
    assert clinic.texts(SAM).count(TOLD) == 2


async def test_a_family_goes_only_to_a_therapist_who_can_be_reached(clinic: Clinic) -> None:
    with pytest.raises(PeopleError, match=r"Noor is no therapist.*set-role"):
        await move(clinic, to="Noor")
    with pytest.raises(PeopleError, match="with Dana already"):
        await move(clinic, to="Dana")
    omar = await hire_omar(clinic)
    async with clinic.services.database.transaction() as tx:
        await add_family(tx, omar, "GB", clinic.services.clock.now(), ROBINS.upper())
    with pytest.raises(PeopleError, match="could not tell them apart"):
        await move(clinic)


async def test_new_holding_messages_show_the_numbers_of_the_familys_own_country(
    clinic: Clinic,
) -> None:
    await live_in(clinic, "IE")
    await clinic.says(SAM, URGENT)
    shown = clinic.phone(SAM)[0].text
    irish, british = (DIRECTORY.of(one) for one in ("IE", "GB"))
    assert all(one.name in shown for one in irish.lines[:3])
    assert british.emergency_note not in shown


async def test_a_holding_message_that_stands_changes_to_the_new_country(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    british = clinic.phone(SAM)[0].text
    await live_in(clinic, "IE")
    shown = clinic.phone(SAM)[0].text
    assert shown != british
    assert DIRECTORY.of("IE").emergency_note in shown
    assert len(clinic.phone(SAM)) == 1


async def test_a_country_without_numbers_is_refused_and_named(clinic: Clinic) -> None:
    with pytest.raises(PeopleError, match=r"no crisis numbers for XX.*GB.*ZZ"):
        await live_in(clinic, "XX")
    await live_in(clinic, "ZZ")


async def test_a_family_may_be_called_something_else(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    async with clinic.services.database.transaction() as tx:
        robins, pips = await every_family(tx)
        assert await set_alias(tx, robins, " Maple  Street ", dry_run=False) == "Maple Street"
        with pytest.raises(PeopleError, match="another family called maple street"):
            await set_alias(tx, pips, "maple street", dry_run=False)
        with pytest.raises(PeopleError, match="should be a name"):
            await set_alias(tx, pips, "  ", dry_run=False)
    await clinic.forward(minutes=6)
    assert "URGENT: Maple Street" in clinic.last(DANA).text
    assert clinic.texts(NOOR) == []


async def test_guidance_names_the_new_therapist(clinic: Clinic) -> None:
    await hire_omar(clinic)
    await move(clinic)
    await clinic.says(SAM, ASKING)
    assert any("Omar" in label for label in clinic.last(SAM).buttons.values())
