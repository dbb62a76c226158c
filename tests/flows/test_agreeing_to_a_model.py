"""A model is used for a family once each parent agreed to a text that names it, and no other."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.adapters.prompt_files import load_prompt
from bot.adapters.wording import Budget, Wording
from bot.chat.handlers import handle_update
from bot.core.consent import covers, joining_part, tag, terms, was_asked, with_model, without_model
from bot.core.drafts import Written
from bot.core.prompts import Filled
from bot.core.rewording import Draft, Drop, Gated, Request, Sentence
from bot.settings import ROOT
from tests import telegram_json as told
from tests.databases import Opened, rows
from tests.flows.clinic import ALEX, KIM, PIP, SAM, Clinic, move_in, opened_clinic, say
from tests.flows.script import ASKING
from tests.flows.test_joining import invite

MODEL, NEWER = "openai:wordsmith-1.0", "openai:wordsmith-2.0"
TERMS = terms(say("wording.consent_version"), MODEL)
TAG = tag(TERMS)
YES, NO = f"wording:yes.{TAG}", f"wording:no.{TAG}"
HELPED = say("wording.helped")
ABOUT = say("wording.consent", model=MODEL)
VERSION = say("joining.consent_version")


class Writes:
    """A model in memory, and how often it was asked."""

    is_resting = False

    def __init__(self) -> None:
        self.asked: list[Filled] = []

    async def write(self, told: Filled) -> Written:
        """Always the same sentence."""
        self.asked.append(told)
        return Written(Draft((Sentence("They may be jealous.", (0,)),)))


class KeepsAll:
    """A gate that finds every sentence carried."""

    def check(self, request: Request, draft: Draft) -> Gated:
        """All of it."""
        dropped: Sequence[Drop] = ()
        return Gated(draft.sentences, tuple(dropped))


def _wording(model: str = MODEL) -> Wording:
    prompt = load_prompt(ROOT / "prompts", "wording")
    seconds = timedelta(seconds=4)
    return Wording(model, Writes(), KeepsAll(), prompt, seconds, Budget(40_000))


@asynccontextmanager
async def _opened(storage: Opened, wording: Wording | None) -> AsyncIterator[Clinic]:
    async with opened_clinic(storage.url, wording=wording) as clinic:
        await move_in(clinic)
        yield clinic


@pytest.fixture
async def modern(storage: Opened) -> AsyncIterator[Clinic]:
    """A clinic that has a model now; every family agreed to the older text."""
    async with _opened(storage, _wording()) as clinic:
        yield clinic


def _version(clinic: Clinic, chat_id: int) -> str:
    query = "select consent_version from parents where chat_id = %s"
    return str(rows(clinic.storage.url, query, chat_id)[0][0])


def _is_worded(clinic: Clinic, chat_id: int) -> bool:
    return clinic.last(chat_id).text.endswith(HELPED)


async def test_who_agreed_to_an_older_text_gets_the_page_and_is_asked_once(modern: Clinic) -> None:
    await modern.says(PIP, ASKING)
    answer, asked = modern.phone(PIP)
    assert HELPED not in answer.text
    assert ABOUT.replace("**", "") in asked.text
    assert MODEL in asked.text
    assert asked.buttons == {YES: say("wording.yes_button"), NO: say("wording.no_button")}
    await modern.says(PIP, ASKING)
    assert len(modern.phone(PIP)) == 3
    assert modern.count("wordings") == 0


async def test_a_yes_makes_the_next_answer_worded_and_a_no_the_one_after_not(
    modern: Clinic,
) -> None:
    await modern.says(PIP, ASKING)
    await modern.presses(PIP, YES)
    assert modern.last(PIP).text == say("wording.agreed")
    assert _version(modern, PIP) == with_model("1", TERMS)
    await modern.says(PIP, ASKING)
    assert _is_worded(modern, PIP)
    await modern.presses(PIP, NO)
    assert modern.last(PIP).text == say("wording.declined")
    assert _version(modern, PIP) == without_model("1", TERMS)
    await modern.says(PIP, ASKING)
    assert not _is_worded(modern, PIP)


async def test_a_no_stays_a_no_and_is_not_asked_about_again(modern: Clinic) -> None:
    await modern.says(PIP, ASKING)
    await modern.presses(PIP, NO)
    before = len(modern.phone(PIP))
    await modern.says(PIP, ASKING)
    assert len(modern.phone(PIP)) == before + 1


async def test_both_parents_have_to_agree_and_the_other_is_asked_at_once(modern: Clinic) -> None:
    await modern.says(SAM, ASKING)
    await modern.presses(SAM, YES)
    assert modern.last(SAM).text == say("wording.agreed_waits")
    assert YES in modern.last(ALEX).buttons
    await modern.says(SAM, ASKING)
    assert not _is_worded(modern, SAM)
    await modern.presses(ALEX, YES)
    assert modern.last(ALEX).text == say("wording.agreed")
    await modern.says(SAM, ASKING)
    assert _is_worded(modern, SAM)


async def test_a_yes_is_for_one_model_and_not_for_the_next(storage: Opened) -> None:
    async with _opened(storage, _wording()) as clinic:
        await clinic.says(PIP, ASKING)
        await clinic.presses(PIP, YES)
        kept = _version(clinic, PIP)
    async with _opened(storage, _wording(NEWER)) as clinic:
        rows(
            clinic.storage.url,
            "update parents set consent_version = %s where chat_id = %s returning id",
            kept,
            PIP,
        )
        await clinic.says(PIP, ASKING)
        assert HELPED not in clinic.phone(PIP)[0].text
        assert NEWER in clinic.last(PIP).text
        assert await clinic.presses(PIP, YES) == say("wording.gone")
        assert _version(clinic, PIP) == kept


async def test_what_was_agreed_to_before_is_kept(modern: Clinic) -> None:
    await modern.says(PIP, ASKING)
    await modern.presses(PIP, YES)
    await modern.presses(PIP, NO)
    past = rows(modern.storage.url, "select version from past_consents order by id")
    assert past == [("1",), (with_model("1", TERMS),)]


async def test_a_parent_can_look_and_change_their_mind_at_any_time(modern: Clinic) -> None:
    await modern.says(PIP, "/wording")
    shown = modern.last(PIP)
    assert say("wording.status_off") in shown.text
    await modern.presses(PIP, YES)
    await modern.says(PIP, "/wording")
    assert say("wording.status_on") in modern.last(PIP).text
    assert set(modern.last(PIP).buttons) == {YES, NO}


async def test_without_a_model_there_is_no_such_command_and_the_joining_text_names_none(
    clinic: Clinic,
) -> None:
    await clinic.says(PIP, "/wording")
    assert clinic.last(PIP).text == say("general.unknown_command")
    await clinic.says(KIM, f"/start {await invite(clinic)}")
    assert "language model" not in clinic.last(KIM).text
    assert list(clinic.last(KIM).buttons) == ["agree:1", "decline:1"]


async def test_a_no_to_a_model_that_is_gone_is_heard(storage: Opened) -> None:
    async with _opened(storage, None) as clinic:
        rows(
            clinic.storage.url,
            "update parents set consent_version = %s where chat_id = %s returning id",
            with_model("1", TERMS),
            PIP,
        )
        await clinic.presses(PIP, NO)
        assert not covers(_version(clinic, PIP), TERMS)
        assert await clinic.presses(PIP, YES) == say("wording.gone")


@pytest.mark.parametrize(("answer", "kept"), [("yes", with_model), ("no", without_model)])
async def test_who_joins_reads_of_the_model_and_may_agree_with_or_without_it(
    modern: Clinic, answer: str, kept: object
) -> None:
    await modern.says(KIM, f"/start {await invite(modern)}")
    asked = modern.last(KIM)
    assert asked.text.endswith(ABOUT.replace("**", ""))
    assert list(asked.buttons) == [f"agree:1.yes.{TAG}", f"agree:1.no.{TAG}", "decline:1"]
    await modern.presses(KIM, f"agree:1.{answer}.{TAG}")
    assert _version(modern, KIM) == kept(VERSION, TERMS)  # type: ignore[operator]
    await modern.says(KIM, ASKING)
    assert _is_worded(modern, KIM) is (answer == "yes")
    assert not any(YES in one.buttons for one in modern.phone(KIM))


@pytest.mark.parametrize("data", ["agree:1", "agree:1.yes.00000000", "agree:1.maybe"])
async def test_who_agreed_to_a_text_without_this_model_has_not_agreed_to_it(
    modern: Clinic, data: str
) -> None:
    await modern.says(KIM, f"/start {await invite(modern)}")
    await modern.presses(KIM, data)
    assert _version(modern, KIM) == VERSION
    await modern.says(KIM, ASKING)
    assert YES in modern.last(KIM).buttons, "so they are asked"


async def test_consent_that_is_taken_back_while_an_answer_waits_is_heard(modern: Clinic) -> None:
    await modern.says(PIP, ASKING)
    await modern.presses(PIP, YES)
    number = modern.messenger.written_by(PIP)
    update = told.written(PIP, number, ASKING, "Pip")
    await modern.take(update)
    await handle_update(modern.services, modern.messenger, int(str(update["update_id"])))
    rows(modern.storage.url, "update parents set consent_version = '1' returning id")
    await modern.settle()
    assert not any(text.endswith(HELPED) for text in modern.texts(PIP))
    assert rows(modern.storage.url, "select reason from wordings") == [("no consent",)]


def test_versions_say_what_was_agreed_to() -> None:
    newer = terms("1", NEWER)
    for version in ("2026-11-2", "demo", with_model("2026-11-2", newer), without_model("1", newer)):
        assert not covers(version, TERMS)
        assert covers(with_model(version, TERMS), TERMS)
        assert not covers(without_model(version, TERMS), TERMS)
        assert was_asked(without_model(version, TERMS), TERMS)
        assert joining_part(with_model(version, TERMS)) == joining_part(version)
    assert joining_part("2026-11-2") == "2026-11-2"
