"""What follows a message: urgent goes before everything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.checks import CheckState
from bot.core.messages import Content, Media, Medium, Words
from bot.core.receiving import REASON_OF_CHECK, Plan, Situation, Step, plan, worse
from bot.core.triage import Category, Concern
from tests.core.people import a_verdict

NOTHING_OPEN = Situation(flag_is_open=False, check_is_open=False)
CHECK_OPEN = Situation(flag_is_open=False, check_is_open=True)
CONTENTS = st.one_of(
    st.text().map(Words),
    st.builds(Media, st.sampled_from(Medium), st.text()),
)


def planned(
    content: Content,
    situation: Situation = NOTHING_OPEN,
    concern: Concern = Concern.NONE,
    *,
    covered: bool = True,
) -> Plan:
    return plan(content, situation, a_verdict(concern), language_is_covered=covered)


@given(content=CONTENTS, concern=st.sampled_from(Concern), check=st.booleans(), read=st.booleans())
def test_while_a_flag_is_open_everything_goes_to_whoever_has_it(
    content: Content, concern: Concern, check: bool, read: bool
) -> None:
    situation = Situation(flag_is_open=True, check_is_open=check)
    assert planned(content, situation, concern, covered=read) == Plan(Step.FOLLOW_UP)


@given(content=CONTENTS, check=st.booleans(), read=st.booleans())
def test_an_urgent_message_raises_whatever_it_is_and_whatever_is_open(
    content: Content, check: bool, read: bool
) -> None:
    situation = Situation(flag_is_open=False, check_is_open=check)
    assert planned(content, situation, Concern.URGENT, covered=read).step is Step.RAISE


@given(content=CONTENTS, read=st.booleans(), concern=st.sampled_from(Concern), check=st.booleans())
def test_guidance_is_looked_up_only_for_words_that_worry_nobody(
    content: Content, read: bool, concern: Concern, check: bool
) -> None:
    situation = Situation(flag_is_open=False, check_is_open=check)
    step = planned(content, situation, concern, covered=read).step
    if step is Step.CONSULT:
        assert concern is Concern.NONE
        assert read
        assert not check
        assert isinstance(content, Words)


@pytest.mark.parametrize("medium", [one for one in Medium if one is not Medium.STICKER])
def test_what_cannot_be_read_is_passed_on(medium: Medium) -> None:
    assert planned(Media(medium)).step is Step.MEDIUM_PASSED_ON


def test_a_sticker_is_asked_for_words() -> None:
    assert planned(Media(Medium.STICKER)).step is Step.STICKER


def test_a_sticker_after_distress_is_passed_on() -> None:
    after = Situation(flag_is_open=False, check_is_open=False, after_distress=True)
    assert planned(Media(Medium.STICKER), after).step is Step.MEDIUM_PASSED_ON


def test_words_in_a_language_that_cannot_be_read_are_passed_on() -> None:
    assert planned(Words("Hallo zusammen"), covered=False).step is Step.LANGUAGE_PASSED_ON


def test_doubt_asks_the_check_first_even_under_a_photo() -> None:
    assert planned(Media(Medium.PHOTO, "is this ok"), concern=Concern.CHECK).step is Step.ASK_CHECK


@pytest.mark.parametrize("concern", [Concern.NONE, Concern.CHECK])
def test_a_typed_no_settles_the_check(concern: Concern) -> None:
    assert planned(Words("no"), CHECK_OPEN, concern) == Plan(
        Step.CHECK_ANSWERED_NO, CheckState.ANSWERED_NO
    )


def test_a_photo_without_words_has_the_check_asked_again() -> None:
    assert planned(Media(Medium.PHOTO), CHECK_OPEN) == Plan(Step.ASK_AGAIN)


def test_every_way_a_check_can_raise_has_a_reason_for_the_therapist() -> None:
    raising = set(CheckState) - {CheckState.ASKED, CheckState.ANSWERED_NO}
    assert set(REASON_OF_CHECK) == raising


def test_what_a_newer_message_names_stands_over_what_the_check_was_about() -> None:
    first, newer = Category.MISSING_OR_RUNAWAY, Category.MEDICAL_EMERGENCY
    assert worse(first, newer) is newer
    assert worse(first, Category.OTHER_DANGER) is first
    assert worse(first, None) is first
