"""What a language model wrote can be read by whoever reviews it: every sentence, sent or not."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

from bot.core.drafts import Reworded, Use
from bot.core.messages import Incoming, Words
from bot.core.people import Role
from bot.core.replies import Reply
from bot.core.rewording import Drop, Passage, Sentence
from bot.core.triage import Route
from bot.storage.answers import NewAnswer, add_answer
from bot.storage.messages import add_message
from bot.storage.people import add_family, add_staff
from bot.storage.wordings import (
    Made,
    NewWording,
    Outcome,
    keep_words,
    note_settled,
    owe_wording,
)
from tests.cli.conftest import Run
from tests.databases import opened

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ASKED = "how do I get Robin to talk?"


async def _fill(url: str) -> None:
    async with opened(url) as found, found.database.transaction() as tx:
        dana = await add_staff(tx, "Dana", Role.THERAPIST)
        family = await add_family(tx, dana, "GB", NOW)
        asked = Incoming(1, 6, 3, "Sam", "en", NOW, Words(ASKED))
        message = await add_message(tx, asked, family.id, None, Route.ANSWER)
        new = NewAnswer(message, 6, "small-lies", "0" * 64, "r", Route.ANSWER, "covered")
        answer = await add_answer(tx, new, NOW)
        waiting = NewWording(answer, 6, family.id, Reply("The page."))
        await owe_wording(tx, waiting, NOW, timedelta(seconds=4))
        made = Made("openai:w-1", "wording", 1, (Passage("In short", "Stay close."),))
        kept = Sentence("Stay close.", (0,))
        drop = Drop(Sentence("It will pass.", ()), "names no passage")
        words = Reworded((kept,), (drop,), True, "", "w-1", Use(900, 60))
        await keep_words(tx, answer, made, words)
        await note_settled(tx, answer, Outcome.WORDED, "", NOW)


def test_every_sentence_is_shown_with_what_it_rests_on_and_why_it_was_not_sent(
    run: Run, stored: dict[str, object]
) -> None:
    assert run("status", **stored).status == 0  # migrates
    asyncio.run(_fill(str(stored["database_url"])))
    found = run("wordings", **stored)
    assert "page small-lies: worded" in found.out
    assert "by w-1, prompt wording 1" in found.out
    assert "+ Stay close.  (on 0)" in found.out
    assert "- It will pass.  (on nothing)  [names no passage]" in found.out
    assert ASKED not in found.out
    (as_json,) = json.loads(run("wordings", "--json", **stored).out)
    assert as_json["passages"] == [{"section": "In short", "text": "Stay close."}]


def test_nothing_written_yet_is_said(run: Run, stored: dict[str, object]) -> None:
    assert "No language model has written anything yet." in run("wordings", **stored).out
