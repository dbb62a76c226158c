"""/questions: what waits for an answer, its words on request, and what was done elsewhere."""

from bot.core.people import Parent
from bot.core.question_queue import LISTED
from bot.storage.duty import add_leave
from bot.storage.people import who_is
from bot.storage.questions import add_question
from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, NOOR, OMAR, PIP, ROBINS, SAM, SUE, Clinic, say
from tests.flows.practising import MONDAY, SKILL, set_clock, taps
from tests.flows.script import ASKING, CLINICAL, UNCOVERED, WORRYING
from tests.flows.test_moving_families import move
from tests.flows.test_people_who_leave import hire_omar
from tests.flows.test_questions import replying
from tests.flows.test_who_reads_questions import UNTIL

EMPTY = say("questions.queue_empty")
ASKED = say("questions.asked_on", when="2 March 2026, 12:00")
NOT_YOURS = say("questions.queue_not_yours")
VIEWS = "select staff_id, about, how from audit_entries where act = 'words_shown'"


async def two_wait(clinic: Clinic) -> None:
    """On Monday at noon Sam asks something, and Pip does an hour later."""
    await set_clock(clinic, MONDAY)
    await clinic.says(SAM, CLINICAL)
    await clinic.forward(hours=1)
    await clinic.says(PIP, CLINICAL)


async def is_on_leave(clinic: Clinic, cover: int | None = None) -> None:
    async with clinic.services.database.transaction() as tx:
        await add_leave(tx, 1, cover, MONDAY, UNTIL)
    await clinic.settle()


async def test_it_names_family_and_time_the_oldest_first_and_no_words(clinic: Clinic) -> None:
    await two_wait(clinic)
    await clinic.says(DANA, "/questions")
    shown = clinic.last(DANA)
    lines = shown.text.splitlines()
    assert lines[0] == say("questions.queue", count=2)
    assert lines[1] == f"1. {ROBINS} (Sam), 2 March 2026, 12:00"
    assert lines[2] == "2. Pip's family (Pip), 2 March 2026, 13:00"
    assert CLINICAL not in shown.text
    assert list(shown.buttons.values()) == ["Read 1", "Done 1", "Read 2", "Done 2"]


async def test_without_any_it_says_so(clinic: Clinic) -> None:
    for chat_id in (DANA, NOOR, SUE):
        await clinic.says(chat_id, "/questions")
        assert clinic.last(chat_id).text == EMPTY


async def test_read_brings_the_words_and_that_is_written_down(clinic: Clinic) -> None:
    await two_wait(clinic)
    await clinic.says(DANA, "/questions")
    await taps(clinic, "Read 1", DANA)
    shown = clinic.last(DANA)
    assert shown.text.startswith(f"{ASKED}\nQuestion from {ROBINS} (Sam):\n{CLINICAL}")
    assert list(shown.buttons.values()) == [
        say("reviews.missed_button"),
        say("questions.done_button"),
    ]
    assert rows(clinic.storage.url, VIEWS) == [(1, "question:1 family:1", "/questions")]


async def test_a_reply_to_what_was_read_answers_it(clinic: Clinic) -> None:
    await two_wait(clinic)
    await clinic.says(DANA, "/questions")
    await taps(clinic, "Read 2", DANA)
    reply = replying(clinic, DANA, "Asked on 2 March 2026, 13:00")
    await clinic.says(DANA, "Not yet.", **reply)
    assert clinic.last(PIP).text == say("questions.reply", name="Dana", text="Not yet.")
    await clinic.says(DANA, "/questions")
    assert clinic.last(DANA).text.startswith(say("questions.queue_one"))
    assert rows(
        clinic.storage.url,
        "select id, answered_by_id, answered_elsewhere from questions order by id",
    ) == [(1, None, False), (2, 1, False)]


async def test_a_photo_is_shown_as_it_came(clinic: Clinic) -> None:
    number = await clinic.sends(SAM, "photo")
    await clinic.says(DANA, "/questions")
    await taps(clinic, "Read 1", DANA)
    assert clinic.last(DANA).copied_from == number
    assert len([one for one in clinic.phone(DANA) if one.copied_from]) == 2


async def test_done_ends_it_with_who_and_when_and_the_list_grows_shorter(clinic: Clinic) -> None:
    await two_wait(clinic)
    await clinic.says(DANA, "/questions")
    before = len(clinic.phone(DANA))
    assert await taps(clinic, "Done 1", DANA) == say("questions.done")
    assert len(clinic.phone(DANA)) == before
    assert "1. Pip's family" in clinic.last(DANA).text
    assert ROBINS not in clinic.last(DANA).text
    assert await taps(clinic, "Done 1", DANA) == say("questions.done")
    assert clinic.last(DANA).text == EMPTY
    done = "select answered_by_id, answered_elsewhere, answered_at is not null from questions"
    assert rows(clinic.storage.url, done) == [(1, True, True)] * 2


async def test_done_under_what_was_read_tells_the_family_nothing(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    before = clinic.texts(SAM)
    await clinic.says(DANA, "/questions")
    await taps(clinic, "Read 1", DANA)
    assert await taps(clinic, say("questions.done_button"), DANA) == say("questions.done")
    assert await clinic.presses(DANA, "queue:done.1") == say("questions.done_already")
    assert clinic.texts(SAM) == before


async def test_what_was_done_can_still_be_answered(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    await clinic.presses(DANA, "queue:done.1")
    await clinic.says(DANA, "And one more thing.", **replying(clinic, DANA, CLINICAL))
    assert "And one more thing." in clinic.last(SAM).text
    assert rows(clinic.storage.url, "select answered_elsewhere from questions") == [(True,)]


async def test_whoever_stands_in_reads_the_queue_and_loses_it_afterwards(clinic: Clinic) -> None:
    await two_wait(clinic)
    assert await clinic.presses(NOOR, "queue:show.1") == NOT_YOURS
    await is_on_leave(clinic, cover=2)
    await clinic.says(NOOR, "/questions")
    assert clinic.last(NOOR).text.startswith(say("questions.queue", count=2))
    await taps(clinic, "Read 1", NOOR)
    assert clinic.last(NOOR).text.startswith(say("practice.you_cover", therapist="Dana"))
    assert await clinic.presses(NOOR, "missed:1") == say("reviews.noted")
    await set_clock(clinic, UNTIL)
    assert await clinic.presses(NOOR, "queue:show.2") == NOT_YOURS
    assert await clinic.presses(NOOR, "queue:done.2") == NOT_YOURS
    await clinic.says(NOOR, "/questions")
    assert clinic.last(NOOR).text == EMPTY


async def test_a_wish_to_practise_stands_in_the_therapists_queue_alone(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await is_on_leave(clinic, cover=2)
    async with clinic.services.database.transaction() as tx:
        sam = await who_is(tx, SAM, "")
        assert isinstance(sam, Parent)
        await add_question(tx, sam, 1, MONDAY, skill_id=SKILL)
    await clinic.says(DANA, "/questions")
    assert "a wish to practise" in clinic.last(DANA).text
    await taps(clinic, "Read 1", DANA)
    assert say("practice.plan_it_button") in clinic.last(DANA).buttons.values()
    await clinic.says(NOOR, "/questions")
    assert clinic.last(NOOR).text == EMPTY
    assert await clinic.presses(NOOR, "queue:show.1") == NOT_YOURS


async def test_it_moves_with_the_family(clinic: Clinic) -> None:
    await clinic.says(SAM, CLINICAL)
    await hire_omar(clinic)
    await move(clinic)
    await clinic.says(OMAR, "/questions")
    assert ROBINS in clinic.last(OMAR).text
    assert await clinic.presses(DANA, "queue:show.1") == NOT_YOURS


async def test_what_was_answered_by_guidance_or_by_a_no_stands_in_no_queue(
    clinic: Clinic,
) -> None:
    for words in (ASKING, UNCOVERED, WORRYING):
        await clinic.says(SAM, words)
    await clinic.presses(SAM, "check:1.no")
    await clinic.says(DANA, "/questions")
    assert clinic.last(DANA).text == EMPTY


async def test_a_long_queue_is_shown_from_its_beginning(clinic: Clinic) -> None:
    for _ in range(LISTED + 2):
        await clinic.says(ALEX, CLINICAL)
    await clinic.says(DANA, "/questions")
    assert say("questions.queue_more", count=2) in clinic.last(DANA).text
    assert len(clinic.last(DANA).buttons) == 2 * LISTED


async def test_buttons_of_the_queue_do_nothing_for_what_is_not_there(clinic: Clinic) -> None:
    for data in ("queue:show.7", "queue:done.7", "queue:burn.1", "queue:"):
        assert await clinic.presses(DANA, data) == say("general.button_gone")
