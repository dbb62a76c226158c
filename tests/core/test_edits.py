"""An edit: triaged anew, told to a person where that changes, and never answered twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.messages import Media, Medium, Words
from bot.core.receiving import EDIT_STEPS, Earlier, Plan, Situation, Step, plan, resume
from bot.core.triage import Concern, Route
from tests.core.people import a_verdict

OLD, NEW = Words("how do I get hmi to talk"), Words("how do I get him to talk")


def edited(
    content: Words | Media = NEW,
    concern: Concern = Concern.NONE,
    route: Route = Route.ANSWER,
    *,
    asked: bool = False,
    flag: bool = False,
    check: bool = False,
    covered: bool = True,
) -> Step:
    """What is done with an edit of `OLD`, which went to `route`."""
    situation = Situation(flag, check, Earlier(OLD.text, route, asked))
    return plan(content, situation, a_verdict(concern), language_is_covered=covered).step


@pytest.mark.parametrize("route", Route)
def test_an_edit_that_is_urgent_is_a_flag_wherever_it_went_before(route: Route) -> None:
    assert edited(concern=Concern.URGENT, route=route) is Step.RAISE
    assert edited(concern=Concern.URGENT, route=route, check=True) is Step.RAISE


def test_an_edit_that_is_doubtful_is_asked_about() -> None:
    assert edited(concern=Concern.CHECK) is Step.ASK_CHECK


def test_an_edit_while_a_flag_is_open_goes_to_whoever_has_it() -> None:
    assert edited(flag=True) is Step.FOLLOW_UP


def test_an_edit_is_looked_up_but_never_answered() -> None:
    assert edited() is Step.EDIT_CONSULTED
    assert edited(route=Route.NOT_COVERED) is Step.EDIT_CONSULTED


def test_the_therapist_gets_the_new_words_of_what_they_have() -> None:
    assert edited(route=Route.THERAPIST, asked=True) is Step.EDIT_PASSED_ON
    assert edited(asked=True, covered=False) is Step.EDIT_PASSED_ON


def test_an_edit_into_a_language_that_cannot_be_read_is_passed_on() -> None:
    assert edited(covered=False) is Step.LANGUAGE_PASSED_ON


def test_an_edit_that_changes_no_word_changes_nothing() -> None:
    for concern in Concern:
        assert edited(OLD, concern) is Step.EDIT_NOTED


def test_a_slip_mended_in_the_message_that_is_asked_about_is_no_second_worry() -> None:
    assert edited(concern=Concern.CHECK, route=Route.CHECK, check=True) is Step.EDIT_NOTED


def test_a_worrying_edit_of_another_message_while_a_check_is_open_is_a_flag() -> None:
    assert edited(concern=Concern.CHECK, route=Route.ANSWER, check=True) is Step.RAISE


def test_an_edit_that_answers_nothing_does_not_have_the_check_asked_again() -> None:
    assert edited(route=Route.CHECK, check=True) is Step.EDIT_NOTED


def test_a_place_that_moves_is_passed_on_once() -> None:
    assert edited(Media(Medium.LOCATION)) is Step.EDIT_NOTED


def test_another_photo_or_caption_in_the_place_of_the_old_is_passed_on() -> None:
    assert edited(Media(Medium.PHOTO)) is Step.MEDIUM_PASSED_ON
    assert edited(Media(Medium.PHOTO, "look"), Concern.URGENT) is Step.RAISE


@given(
    text=st.text(),
    concern=st.sampled_from(Concern),
    route=st.sampled_from(Route),
    asked=st.booleans(),
    check=st.booleans(),
    covered=st.booleans(),
)
def test_no_edit_of_words_brings_guidance(
    text: str, concern: Concern, route: Route, asked: bool, check: bool, covered: bool
) -> None:
    step = edited(Words(text), concern, route, asked=asked, check=check, covered=covered)
    assert step is not Step.CONSULT


@given(text=st.text(), concern=st.sampled_from(Concern), check=st.booleans())
def test_an_edit_of_what_was_never_seen_is_a_new_message(
    text: str, concern: Concern, check: bool
) -> None:
    verdict = a_verdict(concern)
    found = plan(Words(text), Situation(False, check, None), verdict, language_is_covered=True)
    assert found == plan(Words(text), Situation(False, check), verdict, language_is_covered=True)
    assert found.step not in EDIT_STEPS


@pytest.mark.parametrize(
    ("content", "covered", "person", "step"),
    [
        (NEW, True, False, Step.CONSULT),
        (NEW, False, False, Step.LANGUAGE_PASSED_ON),
        (NEW, True, True, Step.PASSED_ON),
        (Media(Medium.PHOTO, "look"), True, False, Step.MEDIUM_PASSED_ON),
        (Media(Medium.STICKER), True, True, Step.MEDIUM_PASSED_ON),
    ],
)
def test_after_a_no_what_waited_goes_where_it_would_have_gone(
    content: Words | Media, covered: bool, person: bool, step: Step
) -> None:
    assert resume(content, language_is_covered=covered, wants_person=person) is step


def test_a_plan_for_an_edit_settles_no_check() -> None:
    situation = Situation(False, True, Earlier("a", Route.CHECK, False))
    found = plan(NEW, situation, a_verdict(Concern.NONE), language_is_covered=True)
    assert found == Plan(Step.EDIT_NOTED)
