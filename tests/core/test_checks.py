"""The safety check: only a plain no lets an answer follow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.checks import CheckAnswer, CheckState, Next, after_answer, after_message, read_answer
from bot.core.triage import Concern

PLAIN_NOES = ["no", "No.", "nope", "NO!", "nah", "no thanks", "No, everyone is fine", "we're ok"]


@pytest.mark.parametrize("text", PLAIN_NOES)
def test_a_plain_no_is_a_no(text: str) -> None:
    assert read_answer(text) is CheckAnswer.NO


@pytest.mark.parametrize("text", ["yes", "Yeah", "y", "YES he is", "yep she cut herself"])
def test_a_yes_is_a_yes_whatever_follows_it(text: str) -> None:
    assert read_answer(text) is CheckAnswer.YES


@pytest.mark.parametrize("text", ["not sure", "I’m not sure", "maybe", "dunno", "i think so"])
def test_doubt_counts_as_not_sure(text: str) -> None:
    assert read_answer(text) is CheckAnswer.UNSURE


@pytest.mark.parametrize(
    "text",
    [
        "no but he has a knife",
        "no one knows where she is",
        "no he isn't safe",
        "nothing",
        "how do I get him to talk?",
        "",
    ],
)
def test_a_no_with_anything_after_it_is_no_answer(text: str) -> None:
    assert read_answer(text) is None


@pytest.mark.parametrize("answer", [CheckAnswer.YES, CheckAnswer.UNSURE])
def test_every_button_but_no_raises(answer: CheckAnswer) -> None:
    assert after_answer(answer)[1] is Next.RAISE


def test_the_button_no_lets_the_answer_follow() -> None:
    assert after_answer(CheckAnswer.NO) == (CheckState.ANSWERED_NO, Next.ANSWER)


@given(text=st.sampled_from(PLAIN_NOES) | st.text())
def test_an_urgent_message_raises_even_if_it_says_no(text: str) -> None:
    assert after_message(text, Concern.URGENT) == (CheckState.WORRYING_MESSAGE, Next.RAISE)


@given(text=st.text(), concern=st.sampled_from(Concern))
def test_an_answer_follows_only_a_plain_no(text: str, concern: Concern) -> None:
    _, following = after_message(text, concern)
    assert (following is Next.ANSWER) <= (read_answer(text) is CheckAnswer.NO)


@given(text=st.text())
def test_another_worrying_message_raises_unless_it_is_a_plain_no(text: str) -> None:
    _, following = after_message(text, Concern.CHECK)
    expected = Next.ANSWER if read_answer(text) is CheckAnswer.NO else Next.RAISE
    assert following is expected


def test_a_message_that_answers_nothing_has_the_check_asked_again() -> None:
    asked = after_message("what should I cook?", Concern.NONE)
    assert asked == (CheckState.ASKED, Next.ASK_AGAIN)


@given(
    words=st.lists(st.from_regex(r"[a-z]{2,8}", fullmatch=True), min_size=2, max_size=6),
)
def test_no_followed_by_a_story_never_lets_an_answer_follow(words: list[str]) -> None:
    story = " ".join(words)
    known = {"thanks", "one", "everyone", "everybody", "we", "safe", "fine", "ok", "okay"}
    if known.isdisjoint(words):
        assert read_answer(f"no {story}") is not CheckAnswer.NO
