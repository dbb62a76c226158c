"""Questions about the bot itself are told from questions about a child."""

import pytest

from bot.core.about_bot import Topic, topic_of


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("What can you do?", Topic.HELP),
        ("who are you", Topic.HELP),
        ("What is this bot for?", Topic.HELP),
        ("ok so how do I use this?", Topic.HELP),
        ("who sees what I write?", Topic.PRIVACY),
        ("Who can read my messages here?", Topic.PRIVACY),
        ("is what I write here private?", Topic.PRIVACY),
        ("how do I stop the notifications", Topic.NUDGES),
        ("How can I turn the reminders off?", Topic.NUDGES),
        ("I don’t want any more nudges", Topic.NUDGES),
        ("pause the nudges please", Topic.NUDGES),
        ("How do I change the time of the nudges?", Topic.NUDGES),
        ("can I have fewer reminders", Topic.NUDGES),
        ("when is the next nudge?", Topic.NUDGES),
        ("how do I delete my data?", Topic.STOPPING),
    ],
)
def test_a_question_about_the_bot_is_known(text: str, topic: Topic) -> None:
    assert topic_of(text, is_first=False) is topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what is this?", Topic.HELP),
        ("What's this", Topic.HELP),
        ("how does this work?", Topic.HELP),
        ("is this private?", Topic.PRIVACY),
    ],
)
def test_a_bare_question_is_about_the_bot_only_where_it_leans_on_nothing(
    text: str, topic: Topic
) -> None:
    assert topic_of(text, is_first=True) is topic
    assert topic_of(text, is_first=False) is None


@pytest.mark.parametrize(
    "text",
    [
        "help",
        "what can I do?",
        "how do I stop",
        "how do I leave",
        "how do I leave this house",
        "how do I leave him",
        "how do I stop him hurting her",
        "what is this rash",
        "what is this? he has marks all over his arms",
        "who sees what I write in his diary?",
        "who can I tell",
        "is this normal?",
        "who are you to tell me",
        "how do I stop the reminders of his dad upsetting him",
        "can you stop",
        "how do I change the time of bedtime",
        "pause the nudges please, he has hurt himself",
        "I don't want any more",
        "I don't want any more children",
        "can you delete me",
        "she says I don't want any more reminders that I'm alive",
        "",
    ],
)
def test_anything_more_than_that_is_left_to_triage_and_guidance(text: str) -> None:
    assert topic_of(text, is_first=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "that was a useless answer",
        "not what I meant",
        "That's not what I asked.",
        "that doesn't help",
        "this did not answer my question",
        "wrong answer",
        "you misunderstood me",
        "ok but that's no help",
    ],
)
def test_a_complaint_about_an_answer_is_known_once_there_may_have_been_one(text: str) -> None:
    assert topic_of(text, is_first=False) is Topic.NOT_MEANT
    assert topic_of(text, is_first=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "that doesn't help, he still hits his sister",
        "it didn't help him",
        "that was a bad day",
        "she said that's not what I meant",
        "I didn't mean to hurt him",
        "you don't understand, he has a knife",
        "it is useless, I give up",
        "no use going on",
    ],
)
def test_a_complaint_with_anything_else_in_it_is_read_as_a_message(text: str) -> None:
    assert topic_of(text, is_first=False) is None
