"""The console: who gets in, what they see there, and what is never given away."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from bot.console.pages import COOKIE, Console
from bot.core.alerts import Again
from bot.core.flags import Outcome
from bot.flows.read_console import _happened
from bot.storage.console import IDLE, LINK_LIVES, LONGEST, begin_session
from bot.storage.flags import FlagEvent
from bot.storage.people import all_staff
from tests.databases import Opened, rows
from tests.flows.clinic import DANA, NOOR, PHRASES, SAM, SUE, Clinic, move_in, opened_clinic
from tests.flows.script import URGENT

ADDRESS = "https://clinic.example/held"
ORIGIN = {"origin": "https://clinic.example"}
SCRIPT = "<script>alert('x')</script> she wants to die **now**"


@pytest_asyncio.fixture
async def served(storage: Opened) -> AsyncIterator[Clinic]:
    """A clinic with a console, where Sam has written something urgent."""
    async with opened_clinic(storage.url, console_url=ADDRESS) as clinic:
        await move_in(clinic)
        await clinic.says(SAM, URGENT)
        yield clinic


def browser(clinic: Clinic) -> httpx.AsyncClient:
    """A browser behind a proxy that takes the path of the address away, with its own cookies."""
    app = Starlette(routes=Console(clinic.services).routes())
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url="https://clinic.example", headers=ORIGIN)


async def code_for(clinic: Clinic, chat_id: int) -> str:
    """The code that the bot sends to whoever presses *Console*."""
    await clinic.presses(chat_id, "console:1")
    found = re.search(rf"{ADDRESS}/console#(\S+)", clinic.last(chat_id).text)
    assert found is not None
    return found[1]


async def signed_in(clinic: Clinic, chat_id: int) -> httpx.AsyncClient:
    client = browser(clinic)
    found = await client.post("/console/enter", data={"code": await code_for(clinic, chat_id)})
    assert found.status_code == 303
    client.headers["cookie"] = f"{COOKIE}={found.cookies[COOKIE]}"
    return client


async def test_an_alert_has_the_button_only_where_there_is_a_console(
    served: Clinic,
) -> None:
    assert "console:1" in served.last(DANA).buttons
    await served.presses(DANA, "take:1")
    assert "console:1" in served.last(DANA).buttons


async def test_times_are_by_the_clinics_clock_though_no_zone_is_set(served: Clinic) -> None:
    client = await signed_in(served, DANA)
    story = (await client.get("/console/flags/1")).text
    assert "(Europe/London)" in story
    assert "(UTC)" not in story
    assert "(Europe/London)" in (await client.get("/console/flags")).text


async def test_without_a_console_no_button_and_no_link(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    assert "console:1" not in clinic.last(DANA).buttons
    assert await clinic.presses(DANA, "console:1") == PHRASES.say("console.is_off")


async def test_the_whole_way_from_the_button_to_the_story(served: Clinic) -> None:
    client = browser(served)
    entered = await client.post("/console/enter", data={"code": await code_for(served, DANA)})
    assert entered.headers["location"] == "/held/console/flags/1"
    kept = entered.headers["set-cookie"]
    for rule in ("HttpOnly", "SameSite=strict", "Secure", "Path=/held/console"):
        assert rule in kept
    client.headers["cookie"] = f"{COOKIE}={entered.cookies[COOKIE]}"
    story = (await client.get("/console/flags/1")).text
    assert "Robin&#39;s family" in story
    assert PHRASES.say("console.event_delivered", name="Dana") in story
    assert URGENT not in story
    every = (await client.get("/console/flags")).text
    assert "/held/console/flags/1" in every
    assert PHRASES.say("console.state_delivered") in every


async def test_words_are_shown_on_request_and_that_is_written_down(served: Clinic) -> None:
    client = await signed_in(served, DANA)
    assert "shown" not in await served.history()
    page = await client.post("/console/flags/1/words")
    assert URGENT in page.text
    assert (await served.history())[-1] == "shown"
    await served.settle()
    assert "Dana" in served.phone(SAM)[0].text, "the parent reads who has opened it"


async def test_what_a_parent_writes_is_text_on_the_page_and_nothing_else(served: Clinic) -> None:
    await served.says(SAM, SCRIPT)
    client = await signed_in(served, DANA)
    page = (await client.post("/console/flags/1/words")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; she wants to die **now**" in page


async def test_a_code_works_once(served: Clinic) -> None:
    code, client = await code_for(served, DANA), browser(served)
    assert (await client.post("/console/enter", data={"code": code})).status_code == 303
    again = await client.post("/console/enter", data={"code": code})
    assert again.status_code == 403
    assert COOKIE not in again.cookies


async def test_opening_the_link_uses_nothing_up(served: Clinic) -> None:
    code, client = await code_for(served, DANA), browser(served)
    for _ in range(3):
        assert (await client.get("/console")).status_code == 200
    assert (await client.post("/console/enter", data={"code": code})).status_code == 303


async def test_a_code_ends_with_its_time_and_with_the_next_one(served: Clinic) -> None:
    client, first = browser(served), await code_for(served, DANA)
    second = await code_for(served, DANA)
    assert (await client.post("/console/enter", data={"code": first})).status_code == 403
    await served.forward(seconds=LINK_LIVES.total_seconds() + 1)
    assert (await client.post("/console/enter", data={"code": second})).status_code == 403


async def test_of_codes_only_hashes_are_kept(served: Clinic) -> None:
    code = await code_for(served, DANA)
    client = browser(served)
    session = (await client.post("/console/enter", data={"code": code})).cookies[COOKIE]
    kept = rows(
        served.storage.url, "select staff_id, encode(code_hash, 'escape') from console_sessions"
    )
    assert len(kept) == 1
    assert session not in str(kept)
    assert code not in str(served.log)
    assert session not in str(served.log)


async def test_whoever_was_not_told_gets_no_link_and_sees_nothing(served: Clinic) -> None:
    said = await served.presses(NOOR, "console:1")
    assert said == PHRASES.say("flags.not_yours").replace("**", "")
    assert not any(ADDRESS in text for text in served.texts(NOOR))
    await served.forward(minutes=10, seconds=1)
    client = await signed_in(served, NOOR)
    assert (await client.get("/console/flags/1")).status_code == 200
    assert (await client.get("/console/flags/2")).status_code == 404
    assert (await client.post("/console/flags/2/words")).status_code == 404


async def test_a_flag_of_others_is_not_listed(served: Clinic) -> None:
    async with served.services.database.transaction() as tx:
        noor = next(one for one in await all_staff(tx) if one.name == "Noor")
        session = await begin_session(tx, noor, served.services.clock.now())
    client = browser(served)
    client.headers["cookie"] = f"{COOKIE}={session}"
    assert PHRASES.say("console.flags_none") in (await client.get("/console/flags")).text
    assert (await client.get("/console/flags/1")).status_code == 404
    assert (await client.post("/console/flags/1/words")).status_code == 404
    assert "shown" not in await served.history()


async def test_supervisors_see_every_flag(served: Clinic) -> None:
    client = await signed_in(served, SUE)
    assert (await client.get("/console/flags/1")).status_code == 200


@pytest.mark.parametrize("after", [IDLE, LONGEST])
async def test_a_session_ends_by_itself(served: Clinic, after: timedelta) -> None:
    client = await signed_in(served, DANA)
    if after is LONGEST:
        for _ in range(int(LONGEST / (IDLE / 2)) - 1):
            await served.forward(seconds=IDLE.total_seconds() / 2)
            assert (await client.get("/console/flags")).status_code == 200
    await served.forward(seconds=IDLE.total_seconds() if after is IDLE else 1800)
    assert (await client.get("/console/flags")).status_code == 403


async def test_signing_out_and_leaving_the_clinic_end_it_at_once(served: Clinic) -> None:
    first, second = await signed_in(served, DANA), await signed_in(served, DANA)
    assert (await first.post("/console/leave")).status_code == 303
    assert (await first.get("/console/flags")).status_code == 403
    assert (await second.get("/console/flags")).status_code == 200
    code = await code_for(served, DANA)
    rows(served.storage.url, "update staff set left_at = now() where chat_id = 1002 returning id")
    assert (await second.get("/console/flags")).status_code == 403
    entered = await browser(served).post("/console/enter", data={"code": code})
    assert entered.status_code == 403


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
@pytest.mark.parametrize("path", ["/console/enter", "/console/leave", "/console/flags/1/words"])
async def test_a_form_of_another_page_does_nothing(served: Clinic, origin: str, path: str) -> None:
    client = await signed_in(served, DANA)
    code = await code_for(served, DANA)
    found = await client.post(path, data={"code": code}, headers={"origin": origin})
    assert found.status_code == 403
    assert "shown" not in await served.history()
    assert (await client.get("/console/flags")).status_code == 200


async def test_every_page_has_its_headers(served: Clinic) -> None:
    client = await signed_in(served, DANA)
    for path in ("/console", "/console/flags", "/console/flags/1", "/console/nothing"):
        found = (await client.get(path)).headers
        assert found["cache-control"] == "no-store"
        assert "default-src 'none'" in found["content-security-policy"]
        assert "frame-ancestors 'none'" in found["content-security-policy"]
        assert found["referrer-policy"] == "same-origin"
    for name, kind in (("style.css", "text/css"), ("enter.js", "text/javascript")):
        assert (await client.get(f"/console/{name}")).headers["content-type"].startswith(kind)


async def test_a_page_that_fails_shows_and_logs_no_words(
    served: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await signed_in(served, DANA)

    async def fails(*_: object, **__: object) -> str:
        raise RuntimeError(URGENT)

    monkeypatch.setattr("bot.flows.read_console.shown_words", fails)
    page = await client.post("/console/flags/1/words")
    assert page.status_code == 500
    assert URGENT not in page.text
    assert URGENT not in str(served.log)
    assert any(one["event"] == "a page of the console failed" for one in served.log)


@pytest.mark.parametrize(
    "what",
    [
        "raised",
        "written",
        "follow_up",
        "reached_nobody",
        "unclosed",
        *sorted(set(Again) - {Again.LOST}),
    ],
)
def test_what_nobody_of_staff_did_has_no_place_for_a_name(what: str) -> None:
    assert "name" not in PHRASES.inputs(f"console.event_{what}")


async def test_everything_that_happens_to_a_flag_has_a_sentence(served: Clinic) -> None:
    await served.presses(DANA, "take:1")
    await served.says(SAM, "please hurry")
    await served.says(DANA, "I am calling you now")
    await served.presses(DANA, "passto:1.3")
    await served.presses(SUE, "take:1")
    await served.presses(SUE, "show:1")
    await served.presses(SUE, f"close:1.{Outcome.SAFE_NOW}")
    known = [
        *await served.history(),
        *Again,
        "not_delivered",
        "not_arrived",
        "superseded",
        "second_channel:e-mail:accepted",
    ]
    now = served.services.clock.now()
    for what in known:
        event = FlagEvent(now, what, 1, 1)
        said = _happened(event, {1: "Dana"}, PHRASES)
        assert said != PHRASES.say("console.event_other", what=what, name="Dana"), what
