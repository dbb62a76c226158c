"""One chat sends a lot at once: all of it is kept and judged, and what is urgent never waits."""

import pytest

from bot.core.enrolment import FREE_GUESSES
from tests import telegram_json as told
from tests.databases import rows
from tests.flows.clinic import ALEX, DANA, KIM, NAMES, NOOR, OMAR, SAM, Clinic, say
from tests.flows.script import ASKING, CLINICAL, HELLO, URGENT, WORRYING

GATHERED = say("general.gathered", therapist="Dana")
BOUND, STRANGERS = 20, 5
KEPT = "select count(*), count(version) from messages where chat_id = %s"


async def writes(clinic: Clinic, chat_id: int, *texts: str, after: int = 0) -> None:
    """Somebody writes all this within a second, `after` seconds, before any of it is looked at."""
    for text in texts:
        number = clinic.messenger.written_by(chat_id)
        sent = {"date": told.SENT + after}
        await clinic.take(told.written(chat_id, number, text, NAMES[chat_id], **sent))
    await clinic.settle()


def strangers_replies(clinic: Clinic) -> list[str]:
    return [text.splitlines()[0] for text in clinic.texts(KIM)]


async def test_a_lot_at_once_gets_one_reply_and_is_kept_and_judged_to_the_last(
    clinic: Clinic,
) -> None:
    await writes(clinic, SAM, *[HELLO] * 40)
    assert len(clinic.phone(SAM)) == BOUND + 1
    assert clinic.last(SAM).text == GATHERED
    assert clinic.last(SAM).keyboard == (say("general.person_button"),)
    assert rows(clinic.storage.url, KEPT, SAM) == [(40, 40)], "each has a decision"
    assert len(clinic.judge.contexts) == 40
    assert clinic.phone(DANA) == []


@pytest.mark.parametrize("place", [0, BOUND, 39])
async def test_something_urgent_among_many_is_flagged_wherever_it_stands(
    clinic: Clinic, place: int
) -> None:
    texts = [HELLO] * 40
    texts[place] = URGENT
    await writes(clinic, SAM, *texts)
    flag = await clinic.flag()
    assert flag.chat_id == SAM
    assert any("take:1" in one.buttons for one in clinic.phone(DANA))
    holding = say("holding.sent", who="Dana")
    assert any(holding in text for text in clinic.texts(SAM))
    assert rows(clinic.storage.url, KEPT, SAM) == [(40, 40)]


async def test_a_worry_among_many_is_asked_about(clinic: Clinic) -> None:
    await writes(clinic, SAM, *[HELLO] * 30, WORRYING)
    assert say("checks.ask") in clinic.texts(SAM)


async def test_what_cannot_be_read_still_goes_to_the_therapist(clinic: Clinic) -> None:
    await writes(clinic, SAM, *[HELLO] * 30)
    number = clinic.messenger.written_by(SAM)
    await clinic.receive(told.media(SAM, number, "voice"))
    assert clinic.phone(DANA)[-1].copied_from == number


async def test_a_minute_later_questions_are_answered_again(clinic: Clinic) -> None:
    await writes(clinic, SAM, *[HELLO] * 30)
    await writes(clinic, SAM, ASKING, after=30)
    assert clinic.last(SAM).text == GATHERED, "that was within the minute, and told already"
    await writes(clinic, SAM, ASKING, after=61)
    assert "helpful:21" in clinic.last(SAM).buttons
    await writes(clinic, SAM, CLINICAL, after=62)
    assert CLINICAL in clinic.last(DANA).text


async def test_the_other_parent_is_answered_meanwhile(clinic: Clinic) -> None:
    await writes(clinic, SAM, *[HELLO] * 30)
    await writes(clinic, ALEX, ASKING)
    assert "helpful:21" in clinic.last(ALEX).buttons


async def test_a_strangers_bound_is_tighter_and_danger_is_heard_beyond_it(clinic: Clinic) -> None:
    await writes(clinic, KIM, *[HELLO] * 20)
    assert len(clinic.phone(KIM)) == STRANGERS + 1
    assert strangers_replies(clinic)[-1].startswith("You have sent a lot at once.")
    assert "999" in clinic.last(KIM).text
    await writes(clinic, KIM, URGENT)
    assert (await clinic.flag()).chat_id == KIM
    assert "not enrolled" in clinic.last(NOOR).text
    assert rows(clinic.storage.url, KEPT, KIM) == [(21, 21)]


async def guesses(clinic: Clinic, *codes: str) -> list[str]:
    """What Kim reads after each of these codes."""
    for code in codes:
        await clinic.says(KIM, f"/start {code}")
    return clinic.texts(KIM)


async def invitation(clinic: Clinic) -> str:
    await clinic.says(DANA, "/invite Maple")
    return clinic.last(DANA).text.split("start=")[1].split()[0]


async def test_guessing_links_is_slowed_down_and_even_a_right_one_waits(clinic: Clinic) -> None:
    code = await invitation(clinic)
    wrong = [f"guess{number}" for number in range(FREE_GUESSES)]
    said = await guesses(clinic, *wrong, "another", "another", code)
    unknown, slowed = say("joining.unknown_code"), say("joining.slowed_down", minutes=1)
    assert said == [unknown] * FREE_GUESSES + [slowed], "the wait is told once"
    assert rows(clinic.storage.url, "select count from wrong_codes") == [(FREE_GUESSES,)]
    await clinic.forward(seconds=61)
    assert "invites you" in (await guesses(clinic, code))[-1]
    assert clinic.count("wrong_codes") == 0, "whoever has a link guesses no more"


async def test_after_a_wait_the_next_wrong_link_waits_longer(clinic: Clinic) -> None:
    await guesses(clinic, *["guess"] * FREE_GUESSES)
    await clinic.forward(seconds=61)
    said = await guesses(clinic, "guess", "guess")
    assert said[-1] == say("joining.slowed_down", minutes=2)


async def test_wrong_links_are_forgotten_after_a_day(clinic: Clinic) -> None:
    await guesses(clinic, *["guess"] * FREE_GUESSES)
    await clinic.forward(hours=24, seconds=1)
    assert (await guesses(clinic, "guess"))[-1] == say("joining.unknown_code")
    assert rows(clinic.storage.url, "select count from wrong_codes") == [(1,)]


async def test_one_chat_that_guesses_slows_no_other(clinic: Clinic) -> None:
    code = await invitation(clinic)
    await guesses(clinic, *["guess"] * FREE_GUESSES, "guess")
    await clinic.says(OMAR, f"/start {code}")
    assert "invites you" in clinic.last(OMAR).text


@pytest.mark.parametrize("chat_id", [SAM, KIM])
@pytest.mark.parametrize("command", ["start", "help"])
async def test_words_behind_a_command_are_read_for_danger_and_are_no_code(
    clinic: Clinic, chat_id: int, command: str
) -> None:
    await clinic.says(chat_id, f"/{command} {URGENT}")
    assert (await clinic.flag()).chat_id == chat_id
    assert clinic.count("wrong_codes") == 0
