"""Words go when their time is over: never of what is open, and never unless a clinic says so."""

from datetime import datetime

from bot.core.retention import Forgotten, Retention
from bot.flows.forget_words import forget_words
from bot.jobs_people import FORGET_WORDS
from bot.storage.messages import stored_message
from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, SAM, Clinic
from tests.flows.script import ASKING, CLINICAL, URGENT, WORRYING

MONTH = Retention(message_days=30, flag_days=90)


async def forgets(clinic: Clinic, rule: Retention = MONTH) -> Forgotten:
    """A night's run."""
    async with clinic.services.database.transaction() as tx:
        return await forget_words(tx, rule, clinic.services.clock.now())


async def words(clinic: Clinic, number: int = 1) -> str:
    """What a message says now."""
    async with clinic.services.database.transaction() as tx:
        return (await stored_message(tx, number)).text


async def test_words_of_messages_go_when_their_days_are_over(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.forward(days=29)
    assert await forgets(clinic) == Forgotten()
    later = int(clinic.services.clock.now().timestamp())
    await clinic.says(SAM, "younger", date=later)
    await clinic.forward(days=2)
    done = await forgets(clinic)
    assert (done.messages, done.flags) == (1, 0)
    assert await words(clinic) == ""
    assert await words(clinic, 2) == "younger"
    assert clinic.count("answers") == 2, "that there was a question, and which page it got, stays"


async def test_what_went_is_nowhere_else(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.forward(days=31)
    await forgets(clinic)
    async with clinic.services.database.transaction() as tx:
        found = rows(
            clinic.storage.url,
            "select text from messages union all select payload from inbox "
            "union all select body from deliveries where state <> 'owed' and chat_id = %s",
            SAM,
        )
        opened = [tx.unseal(bytes(one)) for (one,) in found if isinstance(one, bytes)]
    assert opened
    assert not [one for one in opened if ASKING in one]


async def test_words_of_a_flag_are_kept_by_the_rule_for_flags(taken: Clinic) -> None:
    await taken.presses(DANA, "close:1.safe_now")
    await taken.forward(days=60)
    assert (await forgets(taken)).messages == 0
    assert await words(taken) == URGENT
    await taken.forward(days=31)
    done = await forgets(taken)
    assert done.flags == 1
    assert await words(taken) == ""
    assert "closed:safe_now" in await taken.history()
    assert await forgets(taken) == Forgotten(), "what is gone is not counted again"


async def test_the_words_of_a_flag_are_kept_where_only_messages_have_an_end(taken: Clinic) -> None:
    await taken.presses(DANA, "close:1.safe_now")
    await taken.forward(days=400)
    await forgets(taken, Retention(message_days=30))
    assert await words(taken) == URGENT


async def test_nothing_goes_of_a_family_in_which_a_flag_is_open(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.says(ALEX, URGENT)
    await clinic.presses(DANA, "take:1")
    async with clinic.services.database.transaction() as tx:
        later = clinic.services.clock.now().replace(year=2040)
        done = await forget_words(tx, Retention(1, 1), later)
    assert (done.messages, done.flags) == (0, 0)
    assert (await words(clinic), await words(clinic, 2)) == (ASKING, URGENT)


async def test_a_check_and_a_question_that_are_open_keep_their_words(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    await clinic.says(ALEX, WORRYING)
    now = clinic.services.clock.now()
    async with clinic.services.database.transaction() as tx:
        day_after: datetime = now.replace(year=now.year + 1)
        await forget_words(tx, Retention(message_days=1), day_after)
    assert await words(clinic, 2) == WORRYING
    await clinic.forward(minutes=1)
    assert await words(clinic) == "", "a question is open for four weeks"


async def test_an_unanswered_question_is_kept_for_four_weeks(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    await clinic.forward(days=20)
    await forgets(clinic, Retention(message_days=7))
    assert await words(clinic) == CLINICAL


async def test_everything_is_kept_unless_a_clinic_says_otherwise(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.forward(days=4000)
    assert await forgets(clinic, clinic.services.retention) == Forgotten()
    assert await words(clinic) == ASKING
    assert clinic.count("retention_runs") == 0


async def test_a_run_is_written_down(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.forward(days=31)
    await forgets(clinic)
    kept = "select message_days, flag_days, messages, flags from retention_runs"
    assert rows(clinic.storage.url, kept) == [(30, 90, 1, 0)]


async def test_it_is_a_job_of_every_night(clinic: Clinic) -> None:
    registered = clinic.storage.queue.app.periodic_registry.periodic_tasks
    (job,) = [one for one in registered.values() if one.task.name == FORGET_WORDS]
    assert job.cron == "10 3 * * *"
