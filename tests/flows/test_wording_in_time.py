"""A model that is late, cut off or gone, and a flag or a check that opens meanwhile."""

import asyncio
from dataclasses import replace

from bot.core.replies import Reply
from bot.flows.word_answer import send_as_it_is, word_answer
from bot.storage.wordings import kept_wordings, note_begun
from tests.databases import Opened, rows
from tests.flows.clinic import ALEX, DANA, SAM
from tests.flows.script import ASKING, URGENT, WORRYING
from tests.flows.worded import (
    PAGE,
    Open,
    forget,
    handled,
    outcomes,
)
from tests.model_server import ModelServer, stalls


async def test_a_late_model_is_not_waited_for_and_nothing_comes_after(
    opens: Open, model: ModelServer, curated: Reply
) -> None:
    model.otherwise = stalls(1.5)
    async with opens(seconds=0.4) as clinic:
        await clinic.says(SAM, ASKING)
        assert clinic.texts(SAM) == [curated.text]
        await asyncio.sleep(1.3)
        await clinic.forward(minutes=5)
        assert clinic.texts(SAM) == [curated.text]
        assert outcomes(clinic) == [("curated", "late")]


async def test_a_job_that_was_cut_off_asks_nobody_again(
    opens: Open, model: ModelServer, curated: Reply
) -> None:
    async with opens() as clinic:
        await handled(clinic, SAM)
        async with clinic.services.database.transaction() as tx:
            await note_begun(tx, 1, clinic.services.clock.now())
        await clinic.settle()
        assert clinic.texts(SAM) == [curated.text]
        assert outcomes(clinic) == [("curated", "cut off")]
    assert not model.asked


async def test_a_job_that_never_runs_is_seen_to_by_another(
    opens: Open, model: ModelServer, curated: Reply
) -> None:
    async with opens() as clinic:
        await handled(clinic, SAM)
        forget(clinic, "word_answer")
        await clinic.settle()
        assert clinic.texts(SAM) == []
        await clinic.forward(seconds=4.1)
        assert clinic.texts(SAM) == [curated.text]
    assert not model.asked


async def test_both_jobs_at_once_send_one_reply(opens: Open) -> None:
    async with opens() as clinic:
        await handled(clinic, SAM)
        s = clinic.services
        await asyncio.gather(
            word_answer(s, clinic.messenger, 1),
            send_as_it_is(s, 1),
            word_answer(s, clinic.messenger, 1),
        )
        await clinic.forward(minutes=1)
        assert len(clinic.texts(SAM)) == 1


async def test_a_flag_that_opens_meanwhile_stops_the_answer_and_people_get_the_question(
    opens: Open, model: ModelServer, curated: Reply
) -> None:
    async with opens() as clinic:
        await handled(clinic, SAM)
        await handled(clinic, SAM, URGENT)
        await clinic.forward(seconds=10)
        texts = clinic.texts(SAM)
        assert not any(PAGE.title in text for text in texts)
        assert outcomes(clinic) == [("passed_on", "a flag was opened")]
        await clinic.presses(DANA, "take:1")
        events = rows(clinic.storage.url, "select message_id from flag_events order by id")
        assert (1,) in events, "the question stands among what the flag brought"


async def test_a_flag_that_opens_while_the_model_writes_stops_the_answer(
    opens: Open, model: ModelServer
) -> None:
    model.otherwise = stalls(0.5)
    async with opens() as clinic:
        await handled(clinic, SAM)
        writing = asyncio.create_task(word_answer(clinic.services, clinic.messenger, 1))
        while not model.asked:  # noqa: ASYNC110 - the server is asked by the model
            await asyncio.sleep(0.01)
        forget(clinic, "word_answer")
        await clinic.says(SAM, URGENT)
        await writing
        await clinic.settle()
        assert not any(PAGE.title in text for text in clinic.texts(SAM))
        async with clinic.services.database.transaction() as tx:
            (kept,) = await kept_wordings(tx, 10)
        assert kept.outcome == "passed_on"


async def test_the_other_parents_flag_stops_it_and_tells_nothing(
    opens: Open, model: ModelServer
) -> None:
    async with opens() as clinic:
        await handled(clinic, SAM)
        await handled(clinic, ALEX, URGENT)
        await clinic.forward(seconds=10)
        (shown,) = clinic.texts(SAM)
        assert "Dana" in shown
        assert PAGE.title not in shown


async def test_an_open_safety_check_holds_the_answer_back_until_it_is_answered(
    opens: Open, model: ModelServer, curated: Reply
) -> None:
    async with opens() as clinic:
        await handled(clinic, SAM)
        await handled(clinic, SAM, WORRYING)
        await clinic.forward(seconds=10)
        assert not any(PAGE.title in text for text in clinic.texts(SAM))
        await clinic.presses(SAM, "check:1.no")
        await clinic.forward(seconds=6)
        assert clinic.texts(SAM).count(curated.text) == 2, "this question, and the one checked"


async def test_what_was_owed_when_the_model_was_switched_off_goes_out_as_it_is(
    storage: Opened, opens: Open, curated: Reply
) -> None:
    async with opens() as clinic:
        await handled(clinic, SAM)
        s = replace(clinic.services, wording=None)
        await word_answer(s, clinic.messenger, 1)
        await clinic.forward(seconds=10)
        assert clinic.texts(SAM) == [curated.text]
        assert outcomes(clinic) == [("curated", "off")]
