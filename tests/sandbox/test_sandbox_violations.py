"""Calls that break the specification: Telegram's error, and written down."""

import pytest

from tests.sandbox.world import SAM, TOKEN, World


def _button(**fields: object) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": "Go", **fields}]]}


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": "   "}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "x", "tone": "warm"}, 'unknown parameter "tone" in sendMessage'),
        ({"text": "x", "protect_content": "perhaps"}, 'field "protect_content" must be of type'),
        ({"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{}]]}}, 'Can\'t find field "text"'),
        ({"text": "x", "reply_markup": _button(callback_data=7)}, 'Field "callback_data" must be'),
        ({"text": "x", "reply_markup": _button(data="y")}, 'Unknown field "data" in InlineKeyb'),
        ({"text": "x", "reply_markup": _button(callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": _button()}, "Text buttons are unallowed in the inline"),
        ({"text": "x", "reply_markup": _button(url="nowhere")}, "Wrong HTTP URL"),
        (
            {"text": "x", "reply_markup": _button(web_app={"url": "http://clinic.example"})},
            "Only HTTPS links are allowed",
        ),
        ({"text": "<b>x", "parse_mode": "HTML"}, "Can't find end tag corresponding to start tag"),
        ({"text": "<x>y</x>", "parse_mode": "HTML"}, 'Unsupported start tag "x" at byte offset 0'),
        ({"text": "Done.", "parse_mode": "MarkdownV2"}, "Character '.' is reserved"),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "x", "entities": [{"type": "bold"}]}, 'Can\'t find field "offset"'),
        ({"text": "x", "reply_parameters": {"message_id": "one"}}, 'Field "message_id" must be'),
    ],
)
async def test_a_message_that_breaks_the_specification_is_refused_and_counted(
    world: World, parameters: dict[str, object], description: str
) -> None:
    said = await world.refusal("sendMessage", chat_id=SAM, **parameters)
    assert said.startswith("Bad Request: ")
    assert description in said
    (violation,) = await world.violations()
    assert description in violation
    assert await world.chat(SAM) == []


@pytest.mark.parametrize(
    ("method", "parameters", "description"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendDocument", {"chat_id": SAM}, "there is no document in the request"),
        ("setMyCommands", {"commands": [{"command": "No Good", "description": "x"}]}, "BOT_COMM"),
        ("setMyCommands", {}, 'parameter "commands" is required'),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
        ("sendChatAction", {"chat_id": SAM, "action": "dancing"}, "wrong parameter action"),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "mine"}},
            "can't parse scope JSON object: Unsupported",
        ),
        ("editMessageText", {"text": "x", "chat_id": SAM}, "message identifier is not specified"),
    ],
)
async def test_other_calls_that_break_the_specification_are_counted_too(
    world: World, method: str, parameters: dict[str, object], description: str
) -> None:
    assert description in await world.refusal(method, **parameters)
    assert len(await world.violations()) == 1


async def test_an_unknown_method_is_not_found_and_counted(world: World) -> None:
    answer = await world.http.post(f"/bot{TOKEN}/sendKindness")
    assert answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert await world.violations() == ["unknown method sendKindness"]


async def test_a_method_the_sandbox_does_not_carry_out_says_so(world: World) -> None:
    said = await world.refusal("sendDice", chat_id=SAM)
    assert said == "Not Implemented: the sandbox does not carry out sendDice"
    assert await world.violations() == []


async def test_a_state_of_the_chat_is_no_violation(world: World) -> None:
    assert await world.refusal("sendMessage", chat_id=5, text="x") == "Bad Request: chat not found"
    await world.refusal("deleteMessage", chat_id=SAM, message_id=5)
    assert await world.violations() == []


async def test_calls_are_written_down_without_token_secret_or_bytes(world: World) -> None:
    await world.result("sendMessage", chat_id=SAM, text="hello")
    await world.http.post(
        f"/bot{TOKEN}/sendDocument", data={"chat_id": str(SAM)}, files={"document": b"private"}
    )
    await world.result("setWebhook", url="http://127.0.0.1:9/x", secret_token="hush")
    calls = await world.get("calls")
    assert [c["n"] for c in calls] == [1, 2, 3]
    assert [c["method"] for c in calls] == ["sendMessage", "sendDocument", "setWebhook"]
    assert calls[0]["parameters"] == {"chat_id": SAM, "text": "hello"}
    assert calls[0]["status"] == 200
    assert calls[0]["ms"] >= 0
    assert calls[1]["parameters"]["document"]["bytes"] == 7
    written = str(calls)
    assert "hush" not in written
    assert "private" not in written
    assert TOKEN not in written
    assert await world.get("calls", after=2) == calls[2:]


async def test_a_mistake_of_the_sandbox_itself_is_a_500(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.sandbox.methods import METHODS

    async def wrong(*_: object) -> object:
        return {"id": 1}

    monkeypatch.setitem(METHODS, "getMe", wrong)
    said = await world.refusal("getMe")
    assert said.startswith("Internal Server Error: the sandbox itself is wrong: getMe")
    assert len(await world.violations()) == 1
