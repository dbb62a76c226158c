"""Joining: every sentence that somebody can meet on the way in."""

import re
from datetime import timedelta

import pytest

from bot.core.enrolment import LinkKind
from bot.core.menus import COLLEAGUES, THERAPISTS, Groups, listed
from bot.core.people import Parent, Role, Staff
from bot.storage.links import make_link
from bot.storage.people import every_family, who_is
from tests.flows.clinic import DANA, KIM, NOOR, PHRASES, PIP, ROBINS, SAM, Clinic, hire, say
from tests.flows.script import ASKING

PERSON = say("general.person_button")


async def invite(clinic: Clinic, alias: str = "") -> str:
    """Dana makes a link; its code."""
    await clinic.says(DANA, f"/invite {alias}".strip())
    found = re.search(r"https://t\.me/held_bot\?start=(\S+)", clinic.last(DANA).text)
    assert found is not None
    return found.group(1)


async def staff_code(clinic: Clinic, name: str, role: Role) -> str:
    """The clinic adds somebody; the code of their link."""
    member = await hire(clinic, name, role)
    async with clinic.services.database.transaction() as tx:
        link = await make_link(tx, LinkKind.STAFF, member.id, clinic.services.clock.now())
    return link.code


async def whose(clinic: Clinic, chat_id: int) -> object:
    async with clinic.services.database.transaction() as tx:
        return await who_is(tx, chat_id, "")


async def join(clinic: Clinic, chat_id: int, code: str) -> None:
    await clinic.says(chat_id, f"/start {code}")
    agree = next(data for data in clinic.last(chat_id).buttons if data.startswith("agree:"))
    await clinic.presses(chat_id, agree)


async def test_a_parent_reads_who_sees_what_and_what_this_is_not_before_they_agree(
    clinic: Clinic,
) -> None:
    await clinic.says(KIM, f"/start {await invite(clinic)}")
    asked = clinic.last(KIM)
    assert asked.text == say(
        "joining.consent",
        name="Kim",
        therapist="Dana",
        clinic="the clinic",
        emergency="999",
        who_sees=say("joining.who_sees", therapist="Dana"),
        stopping=say("joining.stopping", therapist="Dana"),
    )
    assert "call 999 first" in asked.text
    assert "/stop" in asked.text
    assert "not an emergency service" in asked.text
    assert list(asked.buttons.values()) == [
        say("joining.agree_button"),
        say("joining.decline_button"),
    ]
    assert not isinstance(await whose(clinic, KIM), Parent)


async def test_a_parent_who_agrees_is_in_and_has_the_lasting_button(clinic: Clinic) -> None:
    await join(clinic, KIM, await invite(clinic, "Maple"))
    welcome = clinic.last(KIM)
    assert welcome.text == say("joining.agreed", name="Kim")
    assert "*" not in welcome.text
    assert welcome.keyboard == (PERSON,)
    joined = await whose(clinic, KIM)
    assert isinstance(joined, Parent)
    assert (joined.family.alias, joined.family.country) == ("Maple", "GB")
    assert clinic.messenger.menus[KIM][:2] == ["person", "practice"]
    await clinic.says(KIM, ASKING)
    assert "helpful:1" in clinic.last(KIM).buttons


async def test_the_therapist_hears_once_that_somebody_joined(clinic: Clinic) -> None:
    await join(clinic, KIM, await invite(clinic, "Maple"))
    await clinic.presses(KIM, "agree:1")
    told = say("joining.therapist_joined", name="Kim", alias="Maple")
    assert clinic.texts(DANA).count(told) == 1


async def test_the_therapist_hears_once_that_somebody_declined(clinic: Clinic) -> None:
    await clinic.says(KIM, f"/start {await invite(clinic, 'Maple')}")
    for _ in range(2):
        await clinic.presses(KIM, "decline:1")
    told = say("joining.therapist_declined", name="Kim", alias="Maple")
    assert clinic.texts(DANA).count(told) == 1


async def test_the_version_of_the_text_that_was_agreed_to_is_kept(clinic: Clinic) -> None:
    await join(clinic, KIM, await invite(clinic))
    version = say("joining.consent_version")
    assert clinic.count(f"parents where consent_version = '{version}'") == 1


async def test_a_parent_who_declines_is_not_in_and_can_still_change_their_mind(
    clinic: Clinic,
) -> None:
    code = await invite(clinic)
    await clinic.says(KIM, f"/start {code}")
    decline = next(one for one in clinic.last(KIM).buttons if one.startswith("decline:"))
    await clinic.presses(KIM, decline)
    assert clinic.last(KIM).text == say("joining.declined")
    assert not isinstance(await whose(clinic, KIM), Parent)
    await join(clinic, KIM, code)
    assert isinstance(await whose(clinic, KIM), Parent)


async def test_a_second_parent_joins_the_same_family_by_a_link_of_their_own(
    clinic: Clinic,
) -> None:
    await join(clinic, KIM, await invite(clinic, ROBINS))
    kim, sam = await whose(clinic, KIM), await whose(clinic, SAM)
    assert isinstance(kim, Parent)
    assert isinstance(sam, Parent)
    assert kim.family == sam.family


async def test_a_family_without_a_name_is_numbered(clinic: Clinic) -> None:
    await invite(clinic)
    assert "Family 3" in clinic.last(DANA).text


async def test_a_used_link_opens_nothing_for_anybody_else(clinic: Clinic) -> None:
    code = await invite(clinic)
    await join(clinic, KIM, code)
    clinic.messenger.phones[9002] = []
    await clinic.says(PIP, f"/start {code}")
    assert clinic.last(PIP).text == say("joining.used_code")
    await clinic.says(KIM, f"/start {code}")
    assert clinic.last(KIM).text == say("joining.used_by_you")


@pytest.mark.parametrize("code", ["nonsense", "a" * 64])
async def test_an_unknown_code_says_so(clinic: Clinic, code: str) -> None:
    await clinic.says(KIM, f"/start {code}")
    assert clinic.last(KIM).text == say("joining.unknown_code")


@pytest.mark.parametrize("words", ["../../etc", "ü", "a" * 65, "two words"])
async def test_what_can_be_no_code_is_read_as_a_message(clinic: Clinic, words: str) -> None:
    await clinic.says(KIM, f"/start {words}")
    assert "To join you need a link" in clinic.last(KIM).text
    assert len(clinic.judge.contexts) == 1, "it was judged like any other"


async def test_a_link_is_good_for_seven_days(clinic: Clinic) -> None:
    code = await invite(clinic)
    clinic.services.clock.offset += timedelta(days=7)
    await clinic.says(KIM, f"/start {code}")
    assert clinic.last(KIM).text == say("joining.expired_code")


async def test_agreeing_after_the_link_has_run_out_joins_nobody(clinic: Clinic) -> None:
    await clinic.says(KIM, f"/start {await invite(clinic)}")
    clinic.services.clock.offset += timedelta(days=8)
    agree = next(data for data in clinic.last(KIM).buttons if data.startswith("agree:"))
    assert await clinic.presses(KIM, agree) == say("joining.consent_gone")
    assert not isinstance(await whose(clinic, KIM), Parent)


async def test_somebody_who_never_read_the_terms_cannot_agree_to_them(clinic: Clinic) -> None:
    await invite(clinic)
    clinic.messenger.written_by(KIM)
    assert await clinic.presses(KIM, "agree:1") == say("joining.consent_gone")
    assert not isinstance(await whose(clinic, KIM), Parent)


async def test_agreeing_twice_joins_once(clinic: Clinic) -> None:
    await join(clinic, KIM, await invite(clinic))
    assert await clinic.presses(KIM, "agree:1") == say("joining.consent_gone")
    assert clinic.count(f"parents where chat_id = {KIM}") == 1


async def test_a_parent_of_another_family_is_not_added_to_this_one(clinic: Clinic) -> None:
    code = await invite(clinic)
    await clinic.says(PIP, f"/start {code}")
    assert clinic.last(PIP).text == say("joining.enrolled_elsewhere")
    await join(clinic, KIM, code)
    assert isinstance(await whose(clinic, KIM), Parent)


async def test_a_parent_who_opens_their_own_familys_link_leaves_it_for_the_other(
    clinic: Clinic,
) -> None:
    code = await invite(clinic, ROBINS)
    await clinic.says(SAM, f"/start {code}")
    assert clinic.last(SAM).text == say("joining.already_here")
    await join(clinic, KIM, code)
    assert isinstance(await whose(clinic, KIM), Parent)


async def test_a_therapist_who_opens_a_parents_link_does_not_spoil_it(clinic: Clinic) -> None:
    code = await invite(clinic)
    await clinic.says(DANA, f"/start {code}")
    assert clinic.last(DANA).text == say("joining.staff_opened_parent_link")
    await join(clinic, KIM, code)
    assert isinstance(await whose(clinic, KIM), Parent)


@pytest.mark.parametrize(
    ("role", "groups"), [(Role.THERAPIST, THERAPISTS), (Role.SUPERVISOR, COLLEAGUES)]
)
async def test_staff_are_linked_by_their_link(clinic: Clinic, role: Role, groups: Groups) -> None:
    code = await staff_code(clinic, "Mo", role)
    await clinic.says(KIM, f"/start {code}")
    assert clinic.last(KIM).text == say(
        "joining.staff_linked",
        name="Mo",
        role=say(f"general.role_{role}"),
        clinic="the clinic",
        commands=listed(groups, PHRASES).replace("**", ""),
    )
    linked = await whose(clinic, KIM)
    assert isinstance(linked, Staff)
    assert (linked.name, linked.role) == ("Mo", role)
    assert ("invite" in clinic.messenger.menus[KIM]) == (role is Role.THERAPIST)


async def test_a_parent_who_opens_a_staff_link_stays_a_parent(clinic: Clinic) -> None:
    code = await staff_code(clinic, "Mo", Role.ON_CALL)
    await clinic.says(SAM, f"/start {code}")
    assert clinic.last(SAM).text == say("joining.parent_opened_staff_link")
    assert isinstance(await whose(clinic, SAM), Parent)


async def test_staff_who_open_another_staff_link_stay_who_they_are(clinic: Clinic) -> None:
    code = await staff_code(clinic, "Mo", Role.ON_CALL)
    await clinic.says(DANA, f"/start {code}")
    assert clinic.last(DANA).text == say("joining.already_staff")


async def test_only_therapists_invite_families(clinic: Clinic) -> None:
    await clinic.says(NOOR, "/invite")
    assert clinic.last(NOOR).text == say("general.invite_not_allowed")
    assert clinic.count("links") == 0


async def test_a_parent_who_writes_invite_gets_no_link(clinic: Clinic) -> None:
    await clinic.says(SAM, "/invite")
    assert clinic.last(SAM).text == say("general.unknown_command")
    assert clinic.count("links") == 0


async def families(clinic: Clinic) -> list[str]:
    """What the families are called."""
    async with clinic.services.database.transaction() as tx:
        return [one.alias for one in await every_family(tx)]


@pytest.mark.parametrize("spelling", ["robin's FAMILY", "Robin's   family", "ROBIN'S  family"])
async def test_another_spelling_of_a_familys_name_is_the_same_family(
    clinic: Clinic, spelling: str
) -> None:
    before = await families(clinic)
    await join(clinic, KIM, await invite(clinic, spelling))
    joined = await whose(clinic, KIM)
    assert isinstance(joined, Parent)
    assert joined.family.alias == ROBINS
    assert await families(clinic) == before


async def test_a_new_name_is_kept_without_spaces_too_many(clinic: Clinic) -> None:
    await invite(clinic, "Maple   Street")
    assert (await families(clinic))[-1] == "Maple Street"


async def test_the_therapist_reads_whether_the_family_is_new_and_how_many_have_joined(
    clinic: Clinic,
) -> None:
    def said(known: str, **values: int) -> bool:
        return clinic.last(DANA).text.startswith(say(f"general.invited_{known}", **values))

    code = await invite(clinic, "Maple")
    assert said("new")
    await invite(clinic, "maple")
    assert said("known_0")
    await join(clinic, KIM, code)
    await invite(clinic, "maple")
    assert said("known_1")
    await invite(clinic, ROBINS)
    assert said("known_more", count=2)


async def test_a_name_that_another_therapist_uses_makes_a_family_of_ones_own(
    clinic: Clinic,
) -> None:
    await clinic.says(KIM, f"/start {await staff_code(clinic, 'Mo', Role.THERAPIST)}")
    await clinic.says(KIM, f"/invite {ROBINS}")
    assert clinic.last(KIM).text.startswith(say("general.invited_new"))
    assert (await families(clinic)).count(ROBINS) == 2
