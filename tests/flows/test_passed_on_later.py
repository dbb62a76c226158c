"""What reached nobody when it was asked is passed on once somebody can be reached, each once."""

from bot.core.deliveries import Never
from bot.core.enrolment import LinkKind
from bot.flows.pass_on_waiting import pass_on_waiting
from bot.storage.duty import add_leave
from bot.storage.links import make_link
from tests import telegram_json as told
from tests.databases import rows
from tests.flows.clinic import DANA, NOOR, OMAR, PIP, ROBINS, SAM, Clinic, say
from tests.flows.practising import MONDAY, set_clock
from tests.flows.script import CLINICAL, GERMAN, WORRYING
from tests.flows.test_moving_families import move
from tests.flows.test_people_who_leave import hire_omar
from tests.flows.test_questions import replying
from tests.flows.test_who_reads_questions import UNTIL

ASKED_BEFORE = say("questions.asked_before", when="2 March 2026, 12:00")
PASSED = say("questions.passed_after_all", name="Dana", when=say("answers.when_unknown"))


async def is_not_linked(clinic: Clinic) -> None:
    """On Monday at noon, Dana has not opened her link."""
    await set_clock(clinic, MONDAY)
    rows(clinic.storage.url, "update staff set chat_id = null where id = 1 returning id")


async def opens_her_link(clinic: Clinic) -> None:
    async with clinic.services.database.transaction() as tx:
        link = await make_link(tx, LinkKind.STAFF, 1, clinic.services.clock.now())
    await clinic.says(DANA, f"/start {link.code}")


def shows(clinic: Clinic, chat_id: int, words: str) -> int:
    """How many messages on a phone hold these words."""
    return sum(words in text for text in clinic.texts(chat_id))


async def test_a_question_asked_before_the_therapist_joined_comes_when_they_do(
    clinic: Clinic,
) -> None:
    await is_not_linked(clinic)
    number = await clinic.says(SAM, CLINICAL)
    assert clinic.texts(SAM) == [say("questions.not_linked", therapist="Dana")]
    await clinic.forward(hours=20)
    await opens_her_link(clinic)
    assert clinic.last(DANA).text.startswith(f"{ASKED_BEFORE}\nQuestion from {ROBINS}")
    assert CLINICAL in clinic.last(DANA).text
    assert clinic.last(SAM).text == PASSED
    assert clinic.last(SAM).answers == number


async def test_a_reply_to_it_answers_it_and_it_can_be_doubted(clinic: Clinic) -> None:
    await is_not_linked(clinic)
    await clinic.says(SAM, CLINICAL)
    await opens_her_link(clinic)
    await clinic.says(DANA, "On Monday.", **replying(clinic, DANA, CLINICAL))
    assert clinic.last(SAM).text == say("questions.reply", name="Dana", text="On Monday.")
    assert await clinic.presses(DANA, "missed:1") == say("reviews.noted")


async def test_it_comes_once_however_often_it_is_looked_for(clinic: Clinic) -> None:
    await is_not_linked(clinic)
    await clinic.says(SAM, CLINICAL)
    await opens_her_link(clinic)
    assert await pass_on_waiting(clinic.services) == 0
    await clinic.settle()
    assert shows(clinic, DANA, CLINICAL) == 1
    assert clinic.texts(SAM).count(PASSED) == 1


async def test_several_come_in_the_order_in_which_they_were_asked(clinic: Clinic) -> None:
    await is_not_linked(clinic)
    await clinic.says(SAM, GERMAN)
    photo = await clinic.sends(PIP, "photo")
    await opens_her_link(clinic)
    _, german, above, copied = clinic.phone(DANA)
    assert GERMAN in german.text
    assert say("questions.medium_photo") in above.text
    assert copied.copied_from == photo
    assert shows(clinic, PIP, PASSED) == 1


async def test_what_was_blocked_comes_when_the_therapist_writes_again(clinic: Clinic) -> None:
    await set_clock(clinic, MONDAY)
    clinic.messenger.blocked.add(DANA)
    await clinic.says(SAM, CLINICAL)
    clinic.messenger.blocked.discard(DANA)
    await clinic.says(DANA, "/help")
    assert shows(clinic, DANA, f"{ASKED_BEFORE}\n") == 1
    assert clinic.last(SAM).text == PASSED


async def test_what_is_blocked_again_is_said_of_nobody_and_comes_later(clinic: Clinic) -> None:
    await set_clock(clinic, MONDAY)
    clinic.messenger.blocked.add(DANA)
    await clinic.says(SAM, CLINICAL)
    before = clinic.texts(SAM)
    await clinic.says(DANA, "/help")
    assert clinic.texts(SAM) == before
    clinic.messenger.blocked.discard(DANA)
    await clinic.says(DANA, "/help")
    assert shows(clinic, DANA, CLINICAL) == 1
    assert clinic.texts(SAM) == [*before, PASSED]


async def test_what_telegram_refuses_for_its_form_is_not_tried_for_ever(clinic: Clinic) -> None:
    clinic.messenger.trouble = [Never("refused")]
    await clinic.says(SAM, CLINICAL)
    assert await pass_on_waiting(clinic.services) == 0


async def test_what_a_parent_said_no_to_stands_in_the_day_later_without_a_sound(
    clinic: Clinic,
) -> None:
    await is_not_linked(clinic)
    await clinic.says(SAM, WORRYING)
    await clinic.presses(SAM, "check:1.no")
    before = clinic.texts(SAM)
    await opens_her_link(clinic)
    first = say("questions.said_no_before", when="2 March 2026, 12:00")
    assert clinic.last(DANA).text.startswith(first)
    assert WORRYING in clinic.last(DANA).text
    assert clinic.last(DANA).quiet
    assert clinic.texts(SAM) == before
    assert await pass_on_waiting(clinic.services) == 0


async def test_a_no_that_somebody_was_told_of_is_not_told_again(clinic: Clinic) -> None:
    await clinic.says(SAM, WORRYING)
    await clinic.presses(SAM, "check:1.no")
    assert await pass_on_waiting(clinic.services) == 0


async def test_whoever_covers_gets_it_when_the_leave_is_written_down(clinic: Clinic) -> None:
    await is_not_linked(clinic)
    await clinic.says(SAM, CLINICAL)
    async with clinic.services.database.transaction() as tx:
        await add_leave(tx, 1, 2, MONDAY, UNTIL)
    await clinic.settle()
    assert CLINICAL in clinic.last(NOOR).text
    assert say("practice.you_cover", therapist="Dana") in clinic.last(NOOR).text
    assert await clinic.presses(NOOR, "missed:1") == say("reviews.noted")
    await opens_her_link(clinic)
    assert shows(clinic, DANA, CLINICAL) == 0


async def test_a_new_therapist_gets_it_once_and_the_parent_hears_it(clinic: Clinic) -> None:
    await is_not_linked(clinic)
    await clinic.says(SAM, CLINICAL)
    await hire_omar(clinic)
    await move(clinic)
    assert shows(clinic, OMAR, CLINICAL) == 1
    assert shows(clinic, SAM, say("questions.passed_after_all", name="Omar", when="").strip()) == 1


async def test_its_last_words_come_where_it_was_changed_meanwhile(clinic: Clinic) -> None:
    await is_not_linked(clinic)
    number = await clinic.says(SAM, CLINICAL)
    await clinic.receive(told.edited(SAM, number, "is it ADHD or is it me?"))
    await opens_her_link(clinic)
    assert "is it ADHD or is it me?" in clinic.last(DANA).text


async def test_what_was_answered_or_is_long_past_is_left_alone(clinic: Clinic) -> None:
    await is_not_linked(clinic)
    await clinic.says(SAM, CLINICAL)
    await clinic.says(PIP, CLINICAL)
    rows(clinic.storage.url, "update questions set answered_at = asked_at where id = 2 returning 1")
    await clinic.forward(weeks=5)
    await opens_her_link(clinic)
    assert shows(clinic, DANA, CLINICAL) == 0
