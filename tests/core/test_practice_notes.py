"""Which words right after *Did it* are the line that was asked for, and which want an answer."""

import pytest

from bot.core.messages import Media, Medium, Words
from bot.core.practice_notes import asks_something
from bot.core.receiving import Plan, Situation, Step, plan
from bot.core.triage import Concern
from tests.core.people import a_verdict


@pytest.mark.parametrize(
    "line",
    [
        "We read one page and laughed.",
        "Did it in the car today, that was easier",
        "When I asked him he told me about the bus",
        "He was tired but he stayed for the whole story",
        "What a calm evening. He held my hand",
        "She said: how nice",
        "took only 3 minutes, he loved it 😊",
        "harder than last week, he wanted the tablet first",
    ],
)
def test_a_line_that_tells_of_the_day_asks_nothing(line: str) -> None:
    assert not asks_something(line, "Dana")


@pytest.mark.parametrize(
    "words",
    [
        "Is it ok if we only do it at weekends",
        "how do I get him to talk to me",
        "ok and what if he says no",
        "he said no again, what should I do",
        "He bites his sister at dinner, any ideas",
        "I don't know how to go on with this",
        "And if she's older?",
        "can you tell me more about this one",
        "Please help me with mornings",
        "Can I speak to Dana",
        "Could you send me the invoice for last month",
        "Should we stop his medication over the holidays",
        "thanks",
        "hello",
    ],
)
def test_what_plainly_wants_an_answer_is_no_line(words: str) -> None:
    assert asks_something(words, "Dana")


AFTER_DID_IT = Situation(flag_is_open=False, check_is_open=False, follows_practice=True)


def test_right_after_did_it_words_are_kept_unless_they_worry_or_cannot_be_read() -> None:
    told = Words("We read one page")
    calm = a_verdict(Concern.NONE)
    assert plan(told, AFTER_DID_IT, calm, language_is_covered=True) == Plan(Step.PRACTICE_NOTE)
    unread = plan(told, AFTER_DID_IT, calm, language_is_covered=False)
    assert unread == Plan(Step.LANGUAGE_PASSED_ON)
    for concern, step in ((Concern.URGENT, Step.RAISE), (Concern.CHECK, Step.ASK_CHECK)):
        found = plan(told, AFTER_DID_IT, a_verdict(concern), language_is_covered=True)
        assert found == Plan(step)


def test_a_voice_note_right_after_did_it_is_passed_on_as_ever() -> None:
    voice = Media(Medium.VOICE)
    found = plan(voice, AFTER_DID_IT, a_verdict(Concern.NONE), language_is_covered=True)
    assert found == Plan(Step.MEDIUM_PASSED_ON)
