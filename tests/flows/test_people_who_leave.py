"""Somebody leaves or gets another role: no ladder, list or button counts on them any more."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.core.duty import Rota
from bot.core.enrolment import LinkKind
from bot.core.flags import FlagState
from bot.core.people import Role, Staff, Stranger
from bot.errors import PeopleError
from bot.flows.change_people import remove_staff, set_role
from bot.storage.contacts import add_contact
from bot.storage.duty import add_leave, set_rota, the_duty
from bot.storage.links import make_link
from bot.storage.people import add_staff, all_staff, families_of, who_is
from tests.databases import rows
from tests.flows.clinic import DANA, KIM, NOOR, OMAR, ROBINS, SAM, SUE, Clinic, say
from tests.flows.script import CLINICAL, URGENT, URGENT_TOO

GONE = say("moving.you_left", clinic="the clinic")


async def hire_omar(clinic: Clinic) -> Staff:
    """Omar, a second therapist with a phone."""
    clinic.messenger.phones[OMAR] = []
    async with clinic.services.database.transaction() as tx:
        now = clinic.services.clock.now()
        return await add_staff(tx, "Omar", Role.THERAPIST, chat_id=OMAR, now=now)


async def called(clinic: Clinic, name: str) -> Staff:
    async with clinic.services.database.transaction() as tx:
        (found,) = [one for one in await all_staff(tx) if one.name == name]
        return found


async def leave(clinic: Clinic, name: str, *, to: str | None = None, back: bool = False) -> None:
    """Somebody leaves, and everything that follows is done."""
    who, heir = await called(clinic, name), await called(clinic, to) if to else None
    async with clinic.services.database.transaction() as tx:
        now = clinic.services.clock.now()
        await remove_staff(tx, who, heir, now, gives_back=back, dry_run=False)
    await clinic.settle()


def alerts(clinic: Clinic, chat_id: int) -> int:
    return sum(f"URGENT: {ROBINS}" in one.text for one in clinic.phone(chat_id))


async def test_whoever_has_left_is_told_so_and_stands_on_no_ladder(clinic: Clinic) -> None:
    await leave(clinic, "Noor")
    assert clinic.texts(NOOR) == [GONE]
    await clinic.says(SAM, URGENT)
    for _ in range(4):
        await clinic.forward(minutes=15)
    assert clinic.texts(NOOR) == [GONE]
    assert alerts(clinic, SUE)


async def test_their_families_are_anothers_and_their_flags_reach_that_person(
    clinic: Clinic,
) -> None:
    omar = await hire_omar(clinic)
    await leave(clinic, "Dana", to="Omar")
    async with clinic.services.database.transaction() as tx:
        assert len(await families_of(tx, omar)) == 2
    await clinic.says(SAM, URGENT)
    assert alerts(clinic, OMAR) == 1
    assert say("holding.sent", who="Omar") in clinic.last(SAM).text
    assert not alerts(clinic, DANA)


async def test_buttons_commands_and_words_of_somebody_who_has_left_are_answered_plainly(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    await hire_omar(clinic)
    await leave(clinic, "Dana", to="Omar")
    assert await clinic.presses(DANA, "take:1") == say("moving.button_of_leaver")
    assert len(say("moving.button_of_leaver")) <= 200
    assert (await clinic.flag()).holder is None
    for words in ("/families", "/invite Maple", "tell Sam that I am on my way"):
        await clinic.says(DANA, words)
        assert "no longer on the staff" in clinic.last(DANA).text
        assert "999" in clinic.last(DANA).text
    assert not any("on my way" in one for one in clinic.texts(SAM))
    assert "invite" not in clinic.messenger.menus[DANA]


async def test_a_waiting_flag_that_only_they_had_goes_on_at_once_and_the_parent_reads_it(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    assert say("holding.sent", who="Dana") in clinic.last(SAM).text
    await hire_omar(clinic)
    await leave(clinic, "Dana", to="Omar")
    assert alerts(clinic, OMAR) == 1
    assert "Dana" not in clinic.phone(SAM)[0].text
    assert (await clinic.flag()).is_waiting


async def test_a_flag_of_theirs_is_taken_without_a_word_to_somebody_who_has_left(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    await hire_omar(clinic)
    await leave(clinic, "Dana", to="Omar")
    before = clinic.texts(DANA)
    await clinic.presses(OMAR, "take:1")
    await clinic.says(SAM, URGENT_TOO)
    await clinic.presses(OMAR, "close:1.safe_now")
    assert clinic.texts(DANA) == before


async def test_nobody_leaves_with_a_flag_in_hand_unless_it_is_given_back(taken: Clinic) -> None:
    await hire_omar(taken)
    with pytest.raises(PeopleError, match=r"still open \(Robin's family\).*Pass to.*--give-back"):
        await leave(taken, "Dana", to="Omar")
    await leave(taken, "Dana", to="Omar", back=True)
    flag = await taken.flag()
    assert (flag.state is not FlagState.ACKNOWLEDGED, flag.holder) == (True, None)
    assert alerts(taken, OMAR)
    assert say("holding.lost_news", name="Dana", emergency="999") in taken.texts(SAM)


async def test_nobody_leaves_while_a_family_would_have_no_therapist(clinic: Clinic) -> None:
    with pytest.raises(PeopleError, match=r"2 families .*--families-to"):
        await leave(clinic, "Dana")
    with pytest.raises(PeopleError, match="Noor is no therapist"):
        await leave(clinic, "Dana", to="Noor")
    with pytest.raises(PeopleError, match="with Dana already"):
        await leave(clinic, "Dana", to="Dana")


async def test_the_last_who_can_be_reached_does_not_leave(clinic: Clinic) -> None:
    clinic.messenger.blocked.add(DANA)
    await clinic.says(SAM, CLINICAL)  # Telegram refuses it: Dana cannot be reached
    await leave(clinic, "Noor")
    with pytest.raises(PeopleError, match="would then reach nobody"):
        await leave(clinic, "Sue")


async def test_an_open_flag_of_a_stranger_keeps_the_last_who_would_hear_of_it(
    clinic: Clinic,
) -> None:
    await clinic.says(KIM, URGENT)
    await leave(clinic, "Noor")
    with pytest.raises(PeopleError, match="someone who is not enrolled would then reach nobody"):
        await leave(clinic, "Sue")


async def test_a_colleague_who_was_asked_to_take_over_and_leaves_is_asked_no_more(
    taken: Clinic,
) -> None:
    await taken.presses(DANA, "passto:1.2")
    await leave(taken, "Noor")
    assert (await taken.flag()).offered_to is None
    assert "Noor cannot be reached" in taken.last(DANA).text


async def test_rota_leave_cover_and_addresses_of_somebody_who_leaves_are_gone(
    clinic: Clinic,
) -> None:
    s, noor, dana = clinic.services, await called(clinic, "Noor"), await called(clinic, "Dana")
    sue, now = await called(clinic, "Sue"), s.clock.now()
    async with s.database.transaction() as tx:
        await set_rota(tx, Rota(date(2020, 1, 6), time(9), 7, (noor.id, sue.id)))
        await add_leave(tx, dana.id, noor.id, now, now + timedelta(days=9))
        await add_leave(tx, noor.id, sue.id, now, now + timedelta(days=9))
        await add_contact(tx, noor.id, "json", "json://127.0.0.1", now)
    await leave(clinic, "Noor")
    async with s.database.transaction() as tx:
        duty = await the_duty(tx)
    assert duty.rota is not None
    assert duty.rota.people == (sue.id,)
    assert [(one.staff_id, one.cover_id) for one in duty.leaves] == [(dana.id, None)]
    assert clinic.count("contacts") == 0


async def test_the_last_of_a_rota_who_leaves_ends_it(clinic: Clinic) -> None:
    noor = await called(clinic, "Noor")
    async with clinic.services.database.transaction() as tx:
        await set_rota(tx, Rota(date(2020, 1, 6), time(9), 7, (noor.id,)))
    await leave(clinic, "Noor")
    assert clinic.count("rota") == 0


async def test_readiness_is_looked_at_again(clinic: Clinic) -> None:
    await hire_omar(clinic)
    who, heir = await called(clinic, "Dana"), await called(clinic, "Omar")
    async with clinic.services.database.transaction() as tx:
        now = clinic.services.clock.now()
        await remove_staff(tx, who, heir, now, gives_back=False, dry_run=False)
    waiting = "select count(*) from procrastinate_jobs where task_name = 'check_readiness'"
    assert rows(clinic.storage.url, waiting) == [(1,)]


async def test_a_link_that_was_not_opened_lets_nobody_in_who_has_left(clinic: Clinic) -> None:
    s = clinic.services
    async with s.database.transaction() as tx:
        mo = await add_staff(tx, "Mo", Role.ON_CALL)
        link = await make_link(tx, LinkKind.STAFF, mo.id, s.clock.now())
    await leave(clinic, "Mo")
    await clinic.says(KIM, f"/start {link.code}")
    assert clinic.last(KIM).text == say("joining.expired_code")


async def test_somebody_who_comes_back_is_staff_again(clinic: Clinic) -> None:
    await leave(clinic, "Noor")
    s = clinic.services
    async with s.database.transaction() as tx:
        again = await add_staff(tx, "Noor", Role.ON_CALL)
        link = await make_link(tx, LinkKind.STAFF, again.id, s.clock.now())
    await clinic.says(NOOR, f"/start {link.code}")
    async with s.database.transaction() as tx:
        assert await who_is(tx, NOOR, "") == replace(again, chat_id=NOOR)
    await leave(clinic, "Noor")
    async with s.database.transaction() as tx:
        assert await who_is(tx, NOOR, "Noor") == Stranger(NOOR, "Noor", has_left=True)


async def test_a_leaver_who_writes_of_danger_is_passed_to_a_person(clinic: Clinic) -> None:
    await leave(clinic, "Noor")
    await clinic.says(NOOR, URGENT)
    assert (await clinic.flag()).chat_id == NOOR


async def change_role(clinic: Clinic, name: str, role: Role) -> None:
    who = await called(clinic, name)
    async with clinic.services.database.transaction() as tx:
        await set_role(tx, who, role, clinic.services.clock.now(), dry_run=False)
    await clinic.settle()


async def test_another_role_is_told_and_brings_its_menu_and_its_rung(clinic: Clinic) -> None:
    await change_role(clinic, "Noor", Role.THERAPIST)
    assert say("general.role_therapist") in clinic.last(NOOR).text
    assert "invite" in clinic.messenger.menus[NOOR]
    await clinic.says(NOOR, "/invite Maple")
    assert clinic.last(NOOR).text.startswith(say("general.invited_new"))


async def test_a_therapist_with_families_stays_a_therapist(clinic: Clinic) -> None:
    with pytest.raises(PeopleError, match=r"2 families .*move-family"):
        await change_role(clinic, "Dana", Role.SUPERVISOR)
    with pytest.raises(PeopleError, match="role on_call already"):
        await change_role(clinic, "Noor", Role.ON_CALL)
