"""What people do in Telegram and in the console stands in the audit trail, under their number."""

import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from bot.adapters.content import load_documents, load_skills
from bot.adapters.offered_skills import offered_skills
from bot.console.pages import COOKIE, Console
from bot.core.audit import Deed, Link
from bot.core.reviews import Reviewed
from bot.flows.note_served import note_texts
from bot.storage.audit import entries_where, verify
from tests.databases import Opened
from tests.flows.clinic import DANA, KIM, NOOR, OMAR, SAM, SUE, Clinic, move_in, opened_clinic
from tests.flows.script import URGENT
from tests.guidance.pages import IDS, approve_page, copy_knowledge, edit, withdraw_page

Written = tuple[int | str | None, str, str, str]


async def deeds(clinic: Clinic) -> tuple[Deed, ...]:
    async with clinic.storage.database.reading() as tx:
        return tuple(one.deed for one in await entries_where(tx.connection))


async def since(clinic: Clinic, before: int) -> list[Written]:
    """Who did what, to what, and how, after so many entries."""
    return [
        (one.by.staff_id or one.by.named, one.act, " ".join(one.about), one.how)
        for one in (await deeds(clinic))[before:]
    ]


async def test_who_opened_a_message_in_telegram_is_an_entry(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    before = len(await deeds(clinic))
    await clinic.presses(SUE, "show:1")
    await clinic.presses(DANA, "show:1")
    await clinic.presses(NOOR, "show:1")  # not theirs yet: they are shown nothing
    assert await since(clinic, before) == [
        (3, "words_shown", "flag:1 family:1", "telegram"),
        (1, "words_shown", "flag:1 family:1", "telegram"),
    ]


async def test_a_strangers_flag_names_no_family(clinic: Clinic) -> None:
    await clinic.says(KIM, URGENT)
    before = len(await deeds(clinic))
    await clinic.presses(NOOR, "show:1")
    assert await since(clinic, before) == [(2, "words_shown", "flag:1", "telegram")]


async def test_whoever_gets_a_familys_media_by_taking_a_flag_is_an_entry(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.sends(SAM, "photo")
    before = len(await deeds(clinic))
    await clinic.presses(DANA, "take:1")
    assert await since(clinic, before) == [(1, "words_shown", "flag:1 family:1", "taking it")]


async def test_entering_the_console_and_reading_there_are_entries(storage: Opened) -> None:
    address = "https://clinic.example"
    async with opened_clinic(storage.url, console_url=address) as clinic:
        await move_in(clinic)
        await clinic.says(SAM, URGENT)
        await clinic.presses(DANA, "console:1")
        before = len(await deeds(clinic))
        code = re.search(r"/console#(\S+)", clinic.last(DANA).text)
        assert code is not None
        transport = httpx.ASGITransport(app=Starlette(routes=Console(clinic.services).routes()))
        origin = {"origin": address}
        async with httpx.AsyncClient(
            transport=transport, base_url=address, headers=origin
        ) as browser:
            entered = await browser.post("/console/enter", data={"code": code[1]})
            browser.headers["cookie"] = f"{COOKIE}={entered.cookies[COOKIE]}"
            await browser.get("/console/flags/1")
            await browser.post("/console/flags/1/words")
        assert await since(clinic, before) == [
            (1, "console_entered", "flag:1", "console"),
            (1, "words_shown", "flag:1 family:1", "console"),
        ]


async def test_inviting_and_joining_are_entries_without_a_name(clinic: Clinic) -> None:
    before = len(await deeds(clinic))
    await clinic.says(DANA, "/invite Maple")
    code = clinic.last(DANA).text.split("start=")[1].split()[0]
    await clinic.says(KIM, f"/start {code}")
    await clinic.presses(KIM, next(one for one in clinic.last(KIM).buttons if "agree:" in one))
    assert await since(clinic, before) == [
        (1, "family_added", "family:3 staff:1", ""),
        (1, "link_made", "family:3", ""),
        ("a parent", "family_joined", "family:3 parent:4", ""),
    ]
    assert not re.search("Maple|Kim", str(await deeds(clinic)))


async def test_what_people_do_leaves_the_chain_whole(clinic: Clinic) -> None:
    for chat_id in (SAM, KIM, OMAR):
        await clinic.says(chat_id, URGENT)
    for chat_id in (DANA, NOOR, SUE):
        await clinic.presses(chat_id, "show:1")
        await clinic.presses(chat_id, "take:1")
    async with clinic.storage.database.reading() as tx:
        assert isinstance(await verify(tx.connection), Link)


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return copy_knowledge(tmp_path)


def served(knowledge: Path) -> list[Reviewed]:
    pages = load_documents(knowledge / "guidance")
    assert load_skills(knowledge / "skills")
    return [*pages, *offered_skills(knowledge / "skills", require_approved=False).values()]


async def test_an_approval_is_an_entry_from_the_start_at_which_it_counts(
    clinic: Clinic, knowledge: Path, tmp_path: Path
) -> None:
    page = knowledge / "guidance" / f"{IDS[0]}.md"
    about = f"page:{IDS[0]}"
    database = clinic.storage.database
    before = len(await deeds(clinic))
    await note_texts(database, served(knowledge), None)
    assert await since(clinic, before) == [], "drafts are approved by nobody"
    approve_page(page, tmp_path / "data")
    for _ in range(2):  # the second start has nothing new to say
        await note_texts(database, served(knowledge), None)
    assert await since(clinic, before) == [("A. Reader", "approval_served", about, "")]
    edit(page)
    await note_texts(database, served(knowledge), None)
    approve_page(page, tmp_path / "data")
    await note_texts(database, served(knowledge), None)
    withdraw_page(page, tmp_path / "data")
    for _ in range(2):
        await note_texts(database, served(knowledge), None)
    assert await since(clinic, before + 1) == [
        ("the bot", "approval_ended", about, ""),
        ("A. Reader", "approval_served", about, ""),
        ("the bot", "approval_ended", about, ""),
    ]


async def test_another_release_is_an_entry_and_so_is_the_return(clinic: Clinic) -> None:
    before = len(await deeds(clinic))
    for release in (None, "2026-12-01", "2026-12-01", "2026-12-02", None, None):
        await note_texts(clinic.storage.database, [], release)
    assert [one.detail for one in (await deeds(clinic))[before:]] == [
        "release=2026-12-01",
        "release=2026-12-02",
        "release=none",
    ]
