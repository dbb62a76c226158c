"""What one parent raised is not the other's to know; what both raised is each one's own."""

import pytest

from tests import telegram_json as told
from tests.flows.clinic import ALEX, DANA, NOOR, PIP, ROBINS, SAM, Clinic, say
from tests.flows.script import ASKING, GERMAN, URGENT, URGENT_TOO, WORRYING

PASSED_ON = say("answers.passed_on", therapist="Dana", when=say("answers.when_unknown"))
MARKED = "\n".join(
    (
        say("flags.from_other_parent", alias=ROBINS, parent="Alex", text="when is the session?"),
        say("flags.other_parent_unaware", parent="Alex"),
    )
)
ANSWER_TO_ALEX = "Sessions are on Tuesdays."


def under(clinic: Clinic, chat_id: int, words: str) -> dict[str, object]:
    """A reply to the newest message on a phone that holds these words."""
    found = next(one for one in reversed(clinic.phone(chat_id)) if words in one.text)
    return {"reply_to_message": told.message(chat_id, found.message_id, "Held", text="…")}


# The other parent wrote nothing urgent.


@pytest.mark.parametrize("text", [ASKING, "when is the session?", "hello"])
@pytest.mark.parametrize("is_taken", [True, False])
async def test_the_other_parent_gets_no_guidance_and_reads_what_any_question_would_say(
    clinic: Clinic, text: str, is_taken: bool
) -> None:
    await clinic.says(SAM, URGENT)
    if is_taken:
        await clinic.presses(DANA, "take:1")
    await clinic.says(ALEX, text)
    assert [one.strip() for one in clinic.texts(ALEX)] == [PASSED_ON.strip()]
    assert clinic.adviser.asked == []


async def test_the_other_parent_never_learns_of_a_flag_that_is_taken_and_closed(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.says(ALEX, "when is the session?")
    await clinic.presses(DANA, "show:1")
    await clinic.presses(DANA, "take:1")
    await clinic.says(ALEX, "and at what time?")
    await clinic.presses(DANA, "close:1.safe_now")
    assert [one.strip() for one in clinic.texts(ALEX)] == [PASSED_ON.strip()] * 2
    assert clinic.texts(SAM)[-2:] == [
        say("holding.taken_news", name="Dana"),
        say("holding.closed", name="Dana"),
    ]


async def test_the_other_parent_never_learns_that_a_flag_was_given_back(taken: Clinic) -> None:
    await taken.says(ALEX, "when is the session?")
    await taken.forward(minutes=31)
    await taken.forward(minutes=15)
    assert len(taken.texts(ALEX)) == 1


async def test_the_therapist_reads_whose_question_it_is_and_that_they_know_nothing(
    taken: Clinic,
) -> None:
    await taken.says(ALEX, "when is the session?")
    assert MARKED in taken.texts(DANA)
    await taken.says(DANA, ANSWER_TO_ALEX, **under(taken, DANA, "when is the session?"))
    assert taken.last(ALEX).text == say("questions.reply", name="Dana", text=ANSWER_TO_ALEX)
    assert not any(ANSWER_TO_ALEX in text for text in taken.texts(SAM))


async def test_a_holder_who_is_not_the_therapist_reads_it_marked(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.forward(minutes=10, seconds=1)
    await clinic.presses(NOOR, "take:1")
    await clinic.says(ALEX, "when is the session?")
    assert clinic.last(NOOR).text == MARKED
    number = await clinic.sends(ALEX, "photo")
    assert clinic.last(NOOR).copied_from == number


async def test_showing_the_message_says_which_words_are_the_other_parents(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.says(ALEX, "when is the session?")
    await clinic.presses(DANA, "show:1")
    shown = clinic.last(DANA).text
    assert say("flags.shown_other_parent", text="when is the session?") in shown
    assert say("flags.shown_other_parent", text=URGENT) not in shown


async def test_a_photo_or_another_language_is_passed_on_as_on_any_day(taken: Clinic) -> None:
    await taken.sends(ALEX, "photo")
    photo = say("questions.medium_photo")
    when = say("answers.when_unknown")
    assert taken.last(ALEX).text == say(
        "questions.passed_medium", medium=photo, therapist="Dana", when=when
    )
    await taken.says(ALEX, GERMAN)
    assert taken.last(ALEX).text == say(
        "answers.passed_on_language", therapist="Dana", when=say("answers.when_unknown")
    )


async def test_a_button_under_an_older_answer_does_not_say_why_it_rests(clinic: Clinic) -> None:
    await clinic.says(ALEX, ASKING)
    data = next(one for one in clinic.last(ALEX).buttons if one.startswith("notthis:"))
    await clinic.says(SAM, URGENT)
    assert await clinic.presses(ALEX, data) == say("general.button_gone")


@pytest.mark.parametrize("how", ["button", "typed"])
async def test_a_check_that_the_other_parent_answers_with_no_is_passed_on_without_a_word_of_it(
    taken: Clinic, how: str
) -> None:
    await taken.says(ALEX, WORRYING)
    assert taken.last(ALEX).text == say("checks.ask")
    if how == "button":
        await taken.presses(ALEX, "check:1.no")
    else:
        await taken.says(ALEX, "no")
    assert taken.last(ALEX).text.strip() == PASSED_ON.strip()
    assert taken.adviser.asked in ([], [WORRYING])


async def test_the_other_parent_who_asks_for_a_person_is_asked_the_check(taken: Clinic) -> None:
    await taken.says(ALEX, say("general.person_button"))
    assert taken.last(ALEX).text == say("checks.ask_person", who="Dana")


async def test_once_it_is_closed_the_other_parent_is_answered_again(taken: Clinic) -> None:
    await taken.presses(DANA, "close:1.safe_now")
    await taken.says(ALEX, ASKING)
    assert taken.adviser.asked == [ASKING]


# The other parent wrote something urgent too.


async def test_danger_in_the_other_parents_words_joins_the_flag_and_rings(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.says(ALEX, URGENT_TOO)
    assert len(await clinic.flags()) == 1
    assert say("flags.category_medical_emergency") in clinic.last(DANA).text
    assert "joined" in await clinic.history()


async def test_each_parent_reads_about_their_own_words_only(clinic: Clinic) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.presses(DANA, "show:1")
    before = clinic.texts(SAM)
    await clinic.says(ALEX, URGENT_TOO)
    (holding,) = clinic.texts(ALEX)
    assert say("holding.sent", who="Dana") in holding
    assert say("holding.means_swallowed", emergency="999") in holding
    assert say("holding.means_child_suicide_self_harm") not in holding
    assert clinic.texts(SAM) == before


async def test_who_joins_a_flag_that_somebody_has_is_not_told_that_it_was_taken_before(
    taken: Clinic,
) -> None:
    await taken.says(ALEX, URGENT_TOO)
    (holding,) = taken.texts(ALEX)
    assert say("holding.joined", name="Dana") in holding
    assert taken.last(DANA).text == say(
        "flags.from_other_parent", alias=ROBINS, parent="Alex", text=URGENT_TOO
    )


async def test_both_parents_who_raised_or_joined_it_hear_who_has_it_and_how_it_ended(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, URGENT)
    await clinic.says(ALEX, URGENT_TOO)
    await clinic.presses(DANA, "take:1")
    for chat_id in (SAM, ALEX):
        assert say("holding.taken", name="Dana") in clinic.phone(chat_id)[0].text
    await clinic.presses(DANA, "close:1.safe_now")
    for chat_id in (SAM, ALEX):
        assert say("holding.over", name="Dana") in clinic.phone(chat_id)[0].text
        assert clinic.texts(chat_id)[-2:] == [
            say("holding.taken_news", name="Dana"),
            say("holding.closed", name="Dana"),
        ]


async def test_what_a_parent_who_joined_writes_next_goes_to_the_holder(taken: Clinic) -> None:
    await taken.says(ALEX, URGENT_TOO)
    await taken.says(ALEX, "the ambulance is here")
    assert taken.last(ALEX).text == say("holding.followup_taken", name="Dana")
    assert "the ambulance is here" in taken.last(DANA).text


async def test_a_check_that_the_other_parent_answers_with_yes_joins(taken: Clinic) -> None:
    await taken.says(ALEX, WORRYING)
    await taken.presses(ALEX, "check:1.yes")
    assert say("holding.joined", name="Dana") in taken.last(ALEX).text
    assert len(await taken.flags()) == 1


async def test_another_family_is_answered_as_ever(taken: Clinic) -> None:
    await taken.says(PIP, ASKING)
    assert taken.adviser.asked == [ASKING]
