"""A language model on a real server: what it does wrong is never a draft, and never waited for."""

import asyncio
import json
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from bot.adapters.chat_model import ChatModel, ChatOptions
from bot.core.breaker import Breaker
from bot.core.drafts import Use
from bot.core.prompts import Filled
from bot.core.rewording import Draft, Sentence
from bot.errors import SettingsError
from tests.model_server import (
    NAME,
    ModelServer,
    cut_off_server,
    fails,
    model_server,
    raw,
    says,
    sentences,
    stalls,
    takes_no_schema,
)

TOLD = Filled("Say what the page says.", "<question>\nhow do I get Robin to talk?\n</question>")
GOOD = sentences(("Stay close.", [0]), ("Say little.", [1, 2]))
DRAFT = Draft((Sentence("Stay close.", (0,)), Sentence("Say little.", (1, 2))))


@pytest_asyncio.fixture
async def server() -> AsyncIterator[ModelServer]:
    """A server that answers well, unless it is told otherwise."""
    async with model_server() as found:
        found.otherwise = says(GOOD)
        yield found


def _model(url: str, *, seconds: float = 5.0, breaker: Breaker | None = None) -> ChatModel:
    return ChatModel(ChatOptions(f"openai:{NAME}", url, "the-key", seconds), breaker)


async def test_a_good_answer_is_a_draft_with_what_it_cost_and_who_wrote_it(
    server: ModelServer,
) -> None:
    found = await _model(server.url).write(TOLD)
    assert found.draft == DRAFT
    assert found.use == Use(900, 60)
    assert found.answered_by == NAME
    (body,) = server.asked
    assert body["model"] == NAME
    assert body["temperature"] == 0
    assert body["response_format"]["json_schema"]["schema"]["required"] == ["sentences"]
    assert "stream" not in body or not body["stream"]
    assert server.keys == ["Bearer the-key"]


async def test_what_others_wrote_is_never_among_the_instructions(server: ModelServer) -> None:
    await _model(server.url).write(TOLD)
    system, human = server.asked[0]["messages"]
    assert (system["role"], human["role"]) == ("system", "user")
    assert "Robin" not in system["content"]
    assert human["content"] == TOLD.material


async def test_a_server_that_takes_no_schema_is_asked_without_one_from_then_on(
    server: ModelServer,
) -> None:
    server.otherwise = takes_no_schema(says(GOOD))
    model = _model(server.url)
    assert (await model.write(TOLD)).draft == DRAFT
    assert (await model.write(TOLD)).draft == DRAFT
    assert ["response_format" in body for body in server.asked] == [True, False, False]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (says("Stay close to her."), "no JSON"),
        (says(GOOD[:40]), "no JSON"),
        (says('{"answer": "Stay close."}'), "another form"),
        (says(""), "no JSON"),
        (says(GOOD, finish="length"), "cut off"),
        (says(GOOD, finish="content_filter"), "refused"),
        (says(None, refusal="I can't help with that."), "refused"),
        (says("I'm sorry, but I can't help with that."), "no JSON"),
        (says(sentences(*[("Stay close.", [0])] * 9)), "repeats itself"),
    ],
)
async def test_what_is_not_the_form_is_no_draft(
    server: ModelServer, answer: object, why: str
) -> None:
    server.otherwise = answer  # type: ignore[assignment]
    found = await _model(server.url).write(TOLD)
    assert (found.draft, found.why) == (None, why)
    assert len(server.asked) == 1


async def test_a_stall_is_not_waited_for_and_the_call_is_ended(server: ModelServer) -> None:
    server.otherwise = stalls(30)
    began = time.monotonic()
    found = await _model(server.url, seconds=0.3).write(TOLD)
    assert (found.draft, found.why) == (None, "late")
    assert time.monotonic() - began < 1.5
    await asyncio.sleep(0.3)
    assert server.left == 1


async def test_who_is_cancelled_ends_the_call_and_breaks_nothing(server: ModelServer) -> None:
    server.next = [stalls(30)]
    model = _model(server.url, breaker=Breaker(failures=1))
    writing = asyncio.create_task(model.write(TOLD))
    while not server.asked:  # noqa: ASYNC110 - the server is asked by the model
        await asyncio.sleep(0.01)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert (await model.write(TOLD)).draft == DRAFT


async def test_an_answer_that_breaks_off_is_no_draft() -> None:
    async with cut_off_server() as url:
        found = await _model(url).write(TOLD)
    assert found.draft is None
    assert found.why


async def test_a_body_that_is_no_json_is_no_draft(server: ModelServer) -> None:
    server.otherwise = raw("<html>")
    assert (await _model(server.url).write(TOLD)).draft is None


async def test_an_error_that_passes_is_tried_again(server: ModelServer) -> None:
    server.next = [fails(503), fails(429)]
    assert (await _model(server.url).write(TOLD)).draft == DRAFT
    assert len(server.asked) == 3


async def test_an_error_that_stays_is_not_tried_again(server: ModelServer) -> None:
    server.next = [fails(401)]
    found = await _model(server.url).write(TOLD)
    assert (found.draft, found.why) == (None, "status 401")
    assert len(server.asked) == 1


async def test_a_server_that_keeps_failing_is_left_alone_and_tried_again_after_a_rest(
    server: ModelServer,
) -> None:
    server.otherwise = fails(500)
    model = _model(server.url, breaker=Breaker(failures=2, rest=0.5))
    for _ in range(2):
        assert (await model.write(TOLD)).why == "status 500"
    asked = len(server.asked)
    assert model.is_resting
    assert (await model.write(TOLD)).why == "resting"
    assert len(server.asked) == asked
    server.otherwise = says(GOOD)
    await asyncio.sleep(0.55)
    assert (await model.write(TOLD)).draft == DRAFT
    assert (await model.write(TOLD)).draft == DRAFT


async def test_nothing_listening_is_no_draft() -> None:
    found = await _model("http://127.0.0.1:9/v1").write(TOLD)
    assert found.draft is None


async def test_nothing_that_was_asked_or_answered_is_logged(server: ModelServer) -> None:
    server.next = [says("Robin is a secret"), *[fails(500)] * 3]
    model = _model(server.url)
    with capture_logs() as log:
        await model.write(TOLD)
        await model.write(TOLD)
    assert log
    assert "Robin" not in json.dumps(log, default=str)
    assert "the-key" not in repr(ChatOptions("openai:x-1", None, "the-key"))


async def test_a_key_in_the_environment_is_not_sent_to_a_server_of_the_clinics(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "somebody-elses")
    await ChatModel(ChatOptions(f"openai:{NAME}", server.url)).write(TOLD)
    assert server.keys == ["Bearer none"]


async def test_nothing_is_traced_whatever_the_environment_says(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with model_server() as tracer:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGCHAIN_TRACING_V2", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "a-key")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", tracer.url)
        seen: list[str] = []
        monkeypatch.setattr(
            "langsmith.Client.create_run", lambda *_, **__: seen.append("a run"), raising=True
        )
        assert (await _model(server.url).write(TOLD)).draft == DRAFT
        await asyncio.sleep(0.2)
        assert not seen
        assert not tracer.asked


@pytest.mark.parametrize("provider", ["anthropic", "ollama"])
def test_other_providers_are_set_up_with_the_same_settings(provider: str) -> None:
    ChatModel(ChatOptions(f"{provider}:some-model-1", "http://127.0.0.1:9", "the-key"))


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_a_missing_key_is_named(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "somebody-elses")
    with pytest.raises(SettingsError, match="CHAT_KEY"):
        ChatModel(ChatOptions(f"{provider}:some-model-1"))


@pytest.mark.parametrize("provider", ["openai", "anthropic", "ollama"])
def test_a_missing_package_says_which_to_install(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, f"langchain_{provider}", None)
    with pytest.raises(SettingsError, match=rf"pip install 'held-in-mind\[{provider}\]'"):
        ChatModel(ChatOptions(f"{provider}:some-model-1", None, "the-key"))


@pytest.mark.parametrize("model", ["groq:some-model-1", "nobody:some-model-1"])
def test_a_provider_that_is_not_there_is_a_clear_line(model: str) -> None:
    with pytest.raises(SettingsError, match="CHAT_MODEL"):
        ChatModel(ChatOptions(model, None, "the-key"))
