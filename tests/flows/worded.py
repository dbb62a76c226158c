"""A clinic whose model answers from a real server on loopback, with gates of every kind."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.adapters.chat_model import ChatModel, ChatOptions
from bot.adapters.prompt_files import load_prompt
from bot.adapters.wording import Budget, Wording, ordinary_words
from bot.chat.handlers import handle_update
from bot.core.breaker import Breaker
from bot.core.consent import terms, with_model
from bot.core.drafts import Price
from bot.core.rewording import Draft, Drop, Gated, Request
from bot.settings import ROOT
from bot.storage.consents import set_consent
from tests import telegram_json as told
from tests.databases import rows
from tests.flows.clinic import ALEX, DOCUMENTS, NAMES, SAM, Clinic, move_in, opened_clinic, say
from tests.flows.script import ASKING
from tests.model_server import NAME, sentences

MODEL = f"openai:{NAME}"
TERMS = terms(say("wording.consent_version"), MODEL)
PAGE = DOCUMENTS[0]
WORDED = sentences(("The others notice it too.", [0]), ("Give each some time of their own.", [0]))
HELPED = say("wording.helped")


class KeepsAll:
    """A gate that finds every sentence carried."""

    def check(self, request: Request, draft: Draft) -> Gated:
        """All of it."""
        return Gated(draft.sentences, ())


class DropsAll:
    """A gate that finds no sentence carried."""

    def check(self, request: Request, draft: Draft) -> Gated:
        """None of it."""
        return Gated((), tuple(Drop(one, "not on the page") for one in draft.sentences))


class FallsOver:
    """A gate that breaks."""

    def check(self, request: Request, draft: Draft) -> Gated:
        """Never comes to a decision."""
        raise RuntimeError("the gate is gone")


def _wording(url: str, seconds: float = 4.0) -> Wording:
    chat = ChatModel(ChatOptions(MODEL, url, "the-key", seconds), Breaker(failures=2, rest=600))
    return Wording(
        MODEL,
        chat,
        KeepsAll(),
        load_prompt(ROOT / "prompts", "wording"),
        timedelta(seconds=seconds),
        Budget(40_000),
        Price(1.0, 10.0),
        ordinary_words(DOCUMENTS),
    )


@asynccontextmanager
async def _opened(url: str, wording: Wording, agreed: Sequence[int]) -> AsyncIterator[Clinic]:
    async with opened_clinic(url, wording=wording) as clinic:
        await move_in(clinic)
        await agree(clinic, agreed)
        yield clinic


async def agree(clinic: Clinic, who: Sequence[int], model_terms: str = TERMS) -> None:
    """Parents have agreed to a model."""
    async with clinic.services.database.transaction() as tx:
        for chat_id in who:
            (found,) = rows(
                clinic.storage.url, "select id from parents where chat_id = %s", chat_id
            )
            await set_consent(
                tx, int(str(found[0])), with_model("1", model_terms), clinic.services.clock.now()
            )


Open = Callable[..., AbstractAsyncContextManager[Clinic]]


def opener(url: str, model_url: str) -> Open:
    """Opens a clinic with a model that Robin's family agreed to; parts of it may be replaced."""

    def open_it(
        agreed: Sequence[int] = (SAM, ALEX), seconds: float = 4.0, **changes: Any
    ) -> AbstractAsyncContextManager[Clinic]:
        wording = replace(_wording(model_url, seconds), **changes)
        return _opened(url, wording, agreed)

    return open_it


def outcomes(clinic: Clinic) -> list[tuple[object, ...]]:
    """What came of every answer that a model might word, and why."""
    return rows(clinic.storage.url, "select outcome, reason from wordings order by answer_id")


async def handled(clinic: Clinic, chat_id: int, text: str = ASKING) -> None:
    """Somebody writes, and that is handled; the jobs that follow from it are left alone."""
    number = clinic.messenger.written_by(chat_id)
    update = told.written(chat_id, number, text, NAMES[chat_id])
    await clinic.take(update)
    await handle_update(clinic.services, clinic.messenger, int(str(update["update_id"])))
    forget(clinic, "handle_update")


def forget(clinic: Clinic, task: str) -> None:
    """Jobs of this name are gone, as if their worker had died."""
    query = "delete from procrastinate_jobs where task_name = %s returning id"
    assert rows(clinic.storage.url, query, task)
