"""The one door to language models: any provider that LangChain knows, asked for one draft."""

import asyncio
import importlib
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import structlog
from langchain.chat_models import init_chat_model
from langchain_core.exceptions import ModelError, ModelRefusalError
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_core.runnables import Runnable
from langsmith import tracing_context

from bot.core.breaker import Breaker
from bot.core.drafts import FORM, SCHEMA, NotADraft, Use, Written, draft_in, draft_of, tokens_in
from bot.core.prompts import Filled
from bot.errors import SettingsError
from bot.settings_files import PREFIX

log = structlog.get_logger(__name__)
WAITS = (0.2, 0.6)  # seconds before the second and the third try
MOST_WRITTEN = 700  # tokens
PACKAGES = {"openai": "langchain_openai", "anthropic": "langchain_anthropic"} | {
    "ollama": "langchain_ollama"
}
_PASSING = frozenset({408, 409, 425, 429})
_REFUSES_FORM = frozenset({400, 404, 415, 422, 501})
_CUT_OFF = frozenset({"length", "max_tokens", "model_context_window_exceeded"})
_REFUSED = frozenset({"content_filter", "refusal", "safety"})
_ENDED = {"LengthFinishReasonError": "cut off", "ContentFilterFinishReasonError": "refused"}
_PICKS_ITS_OWN = re.compile(r"(?:o\d|gpt-5)")  # these take no temperature


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """Which model, where it is, and how long one answer of it may take."""

    model: str
    url: str | None = None
    key: str | None = field(default=None, repr=False)
    seconds: float = 4.0


class Chat(Protocol):
    """Something that writes drafts."""

    @property
    def is_resting(self) -> bool:
        """Whether it failed too often of late to be asked now."""

    async def write(self, told: Filled) -> Written:
        """A draft, or why there is none; never raises, but may be cancelled."""


class ChatModel:
    """A language model behind a circuit breaker; nothing it is told or says is ever logged.

    Raises:
        SettingsError: the provider's package is missing, or it cannot be set up like this.
    """

    def __init__(self, options: ChatOptions, breaker: Breaker | None = None) -> None:
        self.name = options.model
        self._seconds = options.seconds
        self._breaker = breaker or Breaker()
        self._plain = _build(options)
        self._typed = _typed(self._plain)

    @property
    def is_resting(self) -> bool:
        """Whether it failed too often of late to be asked now."""
        return self._breaker.is_open(time.monotonic())

    async def write(self, told: Filled) -> Written:
        """A draft, or why there is none; never raises, but may be cancelled."""
        if not self._breaker.begin(time.monotonic()):
            return Written(None, "resting")
        try:
            async with asyncio.timeout(self._seconds):
                message = await self._ask_again(told)
        except asyncio.CancelledError:
            self._breaker.give_up()
            raise
        except ModelRefusalError:
            self._breaker.succeed()
            return Written(None, "refused")
        except Exception as error:  # noqa: BLE001 - every provider has errors of its own
            if type(error).__name__ in _ENDED:
                self._breaker.succeed()
                return Written(None, _ENDED[type(error).__name__])
            return self._failed("late" if isinstance(error, TimeoutError) else _name(error))
        self._breaker.succeed()
        return _read(message, told)

    def _failed(self, why: str) -> Written:
        self._breaker.fail(time.monotonic())
        log.warning("the language model did not answer", why=why, resting=self.is_resting)
        return Written(None, why)

    async def _ask_again(self, told: Filled) -> AIMessage:
        for wait in WAITS:
            try:
                return await self._ask(told)
            except Exception as error:
                if not _may_pass(error):
                    raise
            await asyncio.sleep(wait)
        return await self._ask(told)

    async def _ask(self, told: Filled) -> AIMessage:
        system = SystemMessage(f"{told.instructions}\n\n{FORM}")
        messages = [system, HumanMessage(told.material)]
        # whatever the environment says, nothing of a family is traced to a third party
        with tracing_context(enabled=False):
            if self._typed is None:
                return _message(await self._plain.ainvoke(messages))
            try:
                return _message(await self._typed.ainvoke(messages))
            except Exception as error:
                if _status(error) not in _REFUSES_FORM:
                    raise
                found = _message(await self._plain.ainvoke(messages))
        self._typed = None  # this server takes no schema; it answers without one
        return found


def _build(options: ChatOptions) -> BaseChatModel:
    provider, _, name = options.model.partition(":")
    _insist_on_package(provider)
    _insist_on_key(provider, options)
    try:
        found = init_chat_model(name, model_provider=provider, **_arguments(provider, options))
    except ImportError as error:
        said = str(error).splitlines()[0]
        raise SettingsError(f"{PREFIX}CHAT_MODEL: {said}") from error
    except Exception as error:
        raise SettingsError(
            f"{PREFIX}CHAT_MODEL: {provider}:{name} cannot be set up ({type(error).__name__}): "
            "see docs/how-to/use-a-language-model.md"
        ) from error
    assert isinstance(found, BaseChatModel), "a model is named"
    return found


def _insist_on_package(provider: str) -> None:
    package = PACKAGES.get(provider)
    if package is None:
        return
    try:
        importlib.import_module(package)
    except ImportError as error:
        raise SettingsError(
            f"{PREFIX}CHAT_MODEL: {provider} needs a package that is not installed: "
            f"pip install 'held-in-mind[{provider}]'"
        ) from error


def _insist_on_key(provider: str, options: ChatOptions) -> None:
    if provider in ("openai", "anthropic") and not options.key and not options.url:
        raise SettingsError(
            f"{PREFIX}CHAT_KEY or {PREFIX}CHAT_KEY_FILE is not set: {provider} wants a key. "
            f"For a server of your own, set {PREFIX}CHAT_URL"
        )


def _arguments(provider: str, options: ChatOptions) -> Mapping[str, Any]:
    name = options.model.partition(":")[2]
    found: dict[str, Any] = {} if _PICKS_ITS_OWN.match(name) else {"temperature": 0}
    if options.url:
        found["base_url"] = options.url
    if provider == "ollama":
        headers = {"Authorization": f"Bearer {options.key}"} if options.key else {}
        client = {"timeout": options.seconds, "headers": headers}
        return found | {"num_predict": MOST_WRITTEN, "client_kwargs": client}
    # a server of the clinic's own wants no key, and must not get one from the environment
    key = options.key or ("none" if options.url else None)
    found |= {"api_key": key} if key else {}
    return found | {"timeout": options.seconds, "max_retries": 0, "max_tokens": MOST_WRITTEN}


def _typed(model: BaseChatModel) -> Runnable[Any, Any] | None:
    """The model held to the schema, where it can be."""
    ways: Sequence[Mapping[str, Any]] = ({"method": "json_schema"}, {})
    for way in ways:
        try:
            return model.with_structured_output(SCHEMA, include_raw=True, **way)
        except (NotImplementedError, TypeError, ValueError):
            continue
    return None


def _message(found: Any) -> AIMessage:
    raw = found["raw"] if isinstance(found, dict) else found
    assert isinstance(raw, AIMessage), "a chat model answers with a message"
    return raw


def _read(message: AIMessage, told: Filled) -> Written:
    told_of = message.response_metadata
    by = told_of.get("model_name") or told_of.get("model")
    use = _use(message, told)
    ended = {str(told_of.get(key)) for key in ("finish_reason", "stop_reason", "done_reason")}
    try:
        if ended & _CUT_OFF:
            raise NotADraft("cut off")
        if ended & _REFUSED or message.additional_kwargs.get("refusal"):
            raise NotADraft("refused")
        if len(message.tool_calls) == 1 and not message.text.strip():
            draft = draft_of(message.tool_calls[0]["args"])
        else:
            draft = draft_in(message.text)
    except NotADraft as problem:
        return Written(None, problem.why, by, use)
    return Written(draft, "", by, use)


def _use(message: AIMessage, told: Filled) -> Use:
    counted = message.usage_metadata
    if counted:
        return Use(counted["input_tokens"], counted["output_tokens"])
    return Use(tokens_in(told.instructions + told.material + FORM), tokens_in(message.text))


def _status(error: BaseException) -> int | None:
    found = getattr(error, "status_code", None)
    return found if isinstance(found, int) else None


def _may_pass(error: Exception) -> bool:
    """Whether the same request may go through a moment later."""
    status = _status(error)
    if status is not None and status > 0:
        return status in _PASSING or status >= 500
    if isinstance(error, ModelError):
        return bool(error.is_retryable)
    return isinstance(error, OSError) or "Connect" in type(error).__name__


def _name(error: Exception) -> str:
    status = _status(error)
    return f"status {status}" if status and status > 0 else type(error).__name__
