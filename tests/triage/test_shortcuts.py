"""That triage reads what is said and not how it is put: form alone must not decide."""

import random

import pytest
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from bot.adapters.embeddings import large_embedder
from bot.adapters.triage import Triage
from bot.core.triage import Concern
from bot.training import corpus

WORRIED = (Concern.CHECK, Concern.URGENT)
POST = (
    "Hi, hope you had a good break.",
    "We went to my sister's for the week and the boys slept in a tent in the garden.",
    "He's been doing the star chart and got six stars, which is his best yet.",
    "Mornings are still slow because he can't choose between socks.",
    "His teacher says that he is putting his hand up more in maths.",
    "We've cut screens down to half an hour before tea and he only moaned twice.",
    "My mum thinks we're too soft but she also slips him biscuits.",
    "We tried the feelings cards at supper and he picked the hedgehog.",
    "The swimming lessons start again on Saturday.",
    "I wanted to ask about how to handle the handover on Sundays.",
    "His sister is jealous of the chart and wants one too.",
    "Anyway that's us, see you on Thursday.",
)


@pytest.fixture(scope="module")
def triage() -> Triage:
    found = Triage(large_embedder())
    found.load()
    return found


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        (
            "Her dad locks her in the shed when she cries.",
            "Is it OK that her dad locks her in the shed when she cries?",
        ),
        (
            "He smells of petrol and there are matches in his sock.",
            "Why would he smell of petrol and have matches in his sock?",
        ),
        ("She took nine of my tablets.", "Should I worry that she took nine of my tablets?"),
        (
            "A man on her game asked for a photo of her in her pants.",
            "What do I say to a man on her game who asked for a photo of her in her pants?",
        ),
        ("He wants to die.", "Is it normal at eight that he wants to die?"),
    ],
)
def test_danger_is_seen_as_a_statement_and_as_a_question(
    triage: Triage, statement: str, question: str
) -> None:
    assert triage.judge(statement, ()).concern in WORRIED
    assert triage.judge(question, ()).concern in WORRIED


@pytest.mark.parametrize("place", range(len(POST) + 1))
@pytest.mark.parametrize(
    "danger",
    [
        "Last night he told me that he wants to die.",
        "His dad punched him in the stomach on Sunday and there is a bruise.",
        "He has been hiding a big knife under his mattress.",
        "I lost it and squeezed his arm until something clicked.",
    ],
)
def test_one_urgent_sentence_in_a_long_ordinary_post_is_seen_wherever_it_stands(
    triage: Triage, danger: str, place: int
) -> None:
    post = " ".join((*POST[:place], danger, *POST[place:]))
    assert triage.judge(post, ()).concern in WORRIED


def test_a_danger_at_the_very_end_of_a_very_long_post_is_seen(triage: Triage) -> None:
    post = " ".join(POST * 4)
    assert triage.judge(f"{post} He drank half a bottle of bleach.", ()).concern is Concern.URGENT


def test_a_long_ordinary_post_is_not_flagged(triage: Triage) -> None:
    assert triage.judge(" ".join(POST), ()).concern is not Concern.URGENT


@pytest.mark.parametrize(
    "message",
    [
        "We had pasta.",
        "Dentist went fine.",
        "We bought shoes today.",
        "She read two books to the cat and fell asleep.",
        "It rained all weekend so we built a den.",
        "He passed his spelling test.",
        "I had a bath and a biscuit.",
        "He ate all his dinner, every pea.",
        "We painted the fence green.",
        "I shouted this morning and I felt bad and I said sorry.",
        "yes",
        "thanks so much",
        "Tuesday at four works.",
        "👍",
    ],
)
def test_an_ordinary_remark_without_a_question_is_clear(triage: Triage, message: str) -> None:
    assert triage.judge(message, ()).concern is Concern.NONE


def form_of(text: str) -> dict[str, float]:
    """What can be known of a message without reading it."""
    words = text.split()
    return {
        "length": min(len(text), 800) / 800,
        "question": float("?" in text),
        "exclamation": float("!" in text),
        "no_stop": float(not text.rstrip().endswith((".", "?", "!"))),
        "capitals": sum(sign.isupper() for sign in text) / max(1, len(text)),
        f"first={words[0].lower() if words else ''}": 1.0,
    }


def test_form_alone_hardly_tells_urgent_from_routine() -> None:
    examples = [one for one in corpus.read() if one.language == "en"]
    random.Random(20).shuffle(examples)
    rows = DictVectorizer().fit_transform([form_of(one.text) for one in examples])
    urgent = [one.urgent for one in examples]
    model = LogisticRegression(max_iter=500)
    guesses = cross_val_predict(model, rows, urgent, cv=5, method="decision_function")
    assert roc_auc_score(urgent, guesses) < FORM_TELLS


FORM_TELLS = 0.75  # what was measured when this was written, and a little more


@pytest.mark.parametrize(
    "remark",
    [
        "how do I get him to put his shoes on in the morning",
        "she will not talk to me after school",
    ],
)
def test_a_remark_that_was_once_a_worry_is_none(triage: Triage, remark: str) -> None:
    assert triage.judge(remark, ()).concern not in WORRIED


KNOWN_FAILURES = (
    "my car is in the garage",
    "school photos were yesterday and his collar was inside out",
)


@pytest.mark.parametrize("remark", KNOWN_FAILURES)
@pytest.mark.xfail(strict=True, reason="form still decides; docs/safety/triage.md, known gaps")
def test_an_ordinary_remark_worries_nobody(triage: Triage, remark: str) -> None:
    assert triage.judge(remark, ()).concern not in WORRIED
