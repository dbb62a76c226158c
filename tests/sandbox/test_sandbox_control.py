"""The control side: people, faults, the clock, what happens, and Mini Apps."""

import asyncio
import hashlib
import hmac
import json
import time
from datetime import timedelta
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter

from tests.sandbox.world import SAM, TOKEN, Eventually, World


async def test_the_fixed_people_and_the_families_are_there(world: World) -> None:
    assert await world.get("people") == [
        {"id": 1001, "first_name": "Sam", "role": "parent"},
        {"id": 1002, "first_name": "Dana", "role": "therapist"},
        {"id": 1003, "first_name": "Noor", "role": "on_call"},
        {"id": 2001, "first_name": "Parent 1", "role": "parent-1"},
        {"id": 2002, "first_name": "Parent 2", "role": "parent-2"},
    ]


async def test_a_new_person_has_a_chat_with_the_bot(world: World) -> None:
    asked = {"first_name": "Alex", "username": "alex_k", "language_code": "de"}
    assert await world.control("people", **asked) == {"id": 5001}
    assert (await world.get("people"))[-1] == {"id": 5001, "role": "unknown", **asked}
    await world.say(5001, text="hallo")
    (update,) = await world.result("getUpdates")
    assert update["message"]["from"] == {"id": 5001, "is_bot": False, **asked}
    assert await world.result("sendMessage", chat_id=5001, text="hallo")


async def test_a_deep_link_starts_the_bot_with_its_payload(world: World) -> None:
    told = await world.control(f"people/{SAM}/start", payload="join-7f")
    (update,) = await world.result("getUpdates")
    assert update["update_id"] == told["update_id"]
    assert update["message"]["text"] == "/start join-7f"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("people/7/messages", {"text": "x"}, 404),
        (f"people/{SAM}/messages", {}, 400),
        (f"people/{SAM}/messages", {"txt": "x"}, 400),
        (f"people/{SAM}/messages", {"edit": 99, "text": "x"}, 404),
        (f"people/{SAM}/press", {"message_id": 1}, 400),
        ("people", {}, 400),
        ("clock", {"forward_seconds": -1}, 400),
        ("faults", {"status": 200}, 400),
        ("faults", {"count": 2}, 400),
        ("faults", {"status": 500, "method": "sendMessage", "counts": 1}, 400),
    ],
)
async def test_a_control_call_that_makes_no_sense_says_why(
    world: World, path: str, body: dict[str, object], status: int
) -> None:
    answer = await world.http.post(f"/sandbox/{path}", json=body)
    assert answer.status_code == status
    assert answer.json()["error"]


async def test_a_rate_limit_is_told_as_telegram_does(
    world: World, telegram_bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    await world.control("faults", method="sendMessage", status=429, retry_after=7, count=1)
    with pytest.raises(RetryAfter) as told:
        await telegram_bot.send_message(SAM, "x")
    assert told.value.retry_after == timedelta(seconds=7)
    await telegram_bot.send_message(SAM, "x")
    assert (await world.get("calls"))[-2]["fault"] == "status 429"


async def test_a_fault_strikes_its_method_as_often_as_asked_and_can_be_cleared(
    world: World,
) -> None:
    await world.control("faults", method="sendMessage", status=502, count=2)
    await world.result("getChat", chat_id=SAM)
    for _ in range(2):
        said = await world.refusal("sendMessage", chat_id=SAM, text="x")
        assert said == "Bad Gateway"
    await world.result("sendMessage", chat_id=SAM, text="x")
    await world.control("faults", status=500, count=5)
    assert await world.refusal("getChat", chat_id=SAM) == "Internal Server Error"
    assert (await world.http.delete("/sandbox/faults")).status_code == 200
    await world.result("getChat", chat_id=SAM)
    assert await world.violations() == []


async def test_a_lost_answer_leaves_the_message_sent(world: World, telegram_bot: Bot) -> None:
    await world.control("faults", method="sendMessage", drop=True)
    with pytest.raises(NetworkError, match="without sending a response"):
        await telegram_bot.send_message(SAM, "sent all the same")
    assert [m["text"] for m in await world.chat(SAM)] == ["sent all the same"]


async def test_a_slow_answer_comes_late(world: World) -> None:
    await world.control("faults", method="getMe", delay_ms=300)
    started = time.monotonic()
    await world.result("getMe")
    assert time.monotonic() - started >= 0.3


async def test_moving_the_clock_moves_every_date(world: World) -> None:
    before = await world.result("sendMessage", chat_id=SAM, text="x")
    moved = await world.control("clock", forward_seconds=3600)
    assert moved == {"offset_seconds": 3600, "followers": 0}
    after = await world.result("sendMessage", chat_id=SAM, text="x")
    assert 3600 <= after["date"] - before["date"] < 3610
    first, second = await world.chat(SAM)
    assert 3600 <= second["at"] - first["at"] < 3610
    assert (await world.get("calls"))[-1]["at"] >= second["at"] - 1


async def test_the_clock_waits_for_its_followers_to_catch_up(
    world: World, eventually: Eventually
) -> None:
    caught_up: list[float] = []
    following = asyncio.Event()

    async def follower() -> None:
        offset = 0.0
        while len(caught_up) < 2:
            following.set()
            moved = await world.get("clock", after=offset, timeout=10)
            if moved["offset_seconds"] != offset:
                offset = moved["offset_seconds"]
                await world.result("getMe")  # due work, done before coming back
                caught_up.append(offset)
        await world.get("clock", after=offset, timeout=0)

    task = asyncio.create_task(follower())
    await following.wait()

    async def is_followed() -> bool:
        return bool((await world.control("clock", forward_seconds=0))["followers"])

    await eventually(is_followed)
    for expected in (60.0, 120.0):
        moved = await world.control("clock", forward_seconds=60)
        assert moved == {"offset_seconds": expected, "followers": 1}
        assert caught_up[-1] == expected
    await task


async def test_a_follower_behind_is_answered_at_once(world: World) -> None:
    await world.control("clock", forward_seconds=60)
    started = time.monotonic()
    answer = await world.get("clock", after=0, timeout=20)
    assert answer["offset_seconds"] == 60
    assert time.monotonic() - started < 5


async def test_a_follower_that_went_away_is_not_waited_for(world: World) -> None:
    with pytest.raises(httpx.ReadTimeout):
        await world.http.get("/sandbox/clock", params={"after": 0, "timeout": 20}, timeout=0.2)
    started = time.monotonic()
    await world.control("clock", forward_seconds=60)
    assert time.monotonic() - started < 3


async def test_what_happens_is_streamed(world: World) -> None:
    async with world.http.stream("GET", "/sandbox/events") as stream:
        lines = stream.aiter_lines()
        kinds: list[str] = []
        async for line in lines:
            if line.startswith("data: "):
                event = json.loads(line.removeprefix("data: "))
                kinds.append(event["event"])
                if event["event"] == "hello":
                    await world.say(SAM, text="hello")
                    await world.result("sendChatAction", chat_id=SAM, action="typing")
                if event["event"] == "action":
                    break
    assert kinds == ["hello", "message", "profile", "action"]
    assert (await world.get(f"people/{SAM}"))["action"] == "typing"


async def test_a_mini_app_is_opened_with_data_signed_by_the_bots_token(world: World) -> None:
    await world.result("getMe")
    opened = await world.control(f"people/{SAM}/web_app", url="https://clinic.example/console")
    fragment = dict(parse_qsl(urlsplit(opened["url"]).fragment))
    data = dict(parse_qsl(unquote(fragment["tgWebAppData"])))
    given = data.pop("hash")
    lines = "\n".join(f"{name}={value}" for name, value in sorted(data.items()))
    key = hmac.new(b"WebAppData", TOKEN.encode(), hashlib.sha256).digest()
    assert hmac.new(key, lines.encode(), hashlib.sha256).hexdigest() == given
    assert json.loads(data["user"])["id"] == SAM


async def test_the_page_is_served_with_guards_and_asks_nobody_else(world: World) -> None:
    page = await world.http.get("/")
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "Held in Mind" in page.text
    assert "://" not in page.text.replace("http://www.w3.org", "")
    assert (await world.http.get("/page/main.js")).status_code == 200
    assert (await world.http.get("/page/..%2fserver.py")).status_code == 404
    assert (await world.http.get("/page/none.js")).status_code == 404
