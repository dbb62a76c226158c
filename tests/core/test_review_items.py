"""Review items: who may mark and label them, and the line that a labelled one becomes."""

from dataclasses import replace

import pytest

from bot.core.people import Staff
from bot.core.review_items import (
    Decision,
    Doubt,
    Label,
    ReviewItem,
    counted,
    line_of,
    may_review,
    suggested,
)
from bot.core.triage import Category, Route
from tests.core.people import ADA, DANA, NOOR, NOW, OTHER_THERAPIST, SUE

ITEM = ReviewItem(
    id=4,
    doubt=Doubt.MISSED,
    raised_at=NOW,
    therapist_id=DANA.id,
    country="GB",
    decision=Decision(Route.ANSWER, None, "clear", (), 0.04, "en", "1-test"),
    text="he has gone quiet",
    context=("he gave his bike away",),
)


@pytest.mark.parametrize(
    ("by", "may"),
    [(DANA, True), (SUE, True), (ADA, True), (OTHER_THERAPIST, False), (NOOR, False)],
)
def test_the_familys_therapist_and_who_sees_all_may_review(by: Staff, may: bool) -> None:
    assert may_review(by, DANA.id) is may


def test_a_strangers_message_is_reviewed_by_who_sees_all() -> None:
    assert may_review(SUE, None)
    assert not may_review(DANA, None)


@pytest.mark.parametrize(
    ("doubt", "label"),
    [(Doubt.NOT_URGENT, Label.ROUTINE), (Doubt.MISSED, Label.URGENT), (Doubt.SAID_NO, None)],
)
def test_a_parents_no_suggests_no_label(doubt: Doubt, label: Label | None) -> None:
    assert suggested(replace(ITEM, doubt=doubt)) is label


def test_a_labelled_item_is_a_line_like_those_of_the_training_messages() -> None:
    item = replace(ITEM, label=Label.URGENT, category=Category.CHILD_SUICIDE_SELF_HARM)
    assert line_of(item) == {
        "id": "review-4",
        "text": "he has gone quiet",
        "context": ["he gave his bike away"],
        "label": "urgent",
        "category": "child_suicide_self_harm",
        "kind": "reviewed",
        "locale": "en-GB",
        "pair": None,
    }


def test_a_routine_line_has_no_category_and_an_urgent_one_always_has() -> None:
    routine = replace(ITEM, label=Label.ROUTINE, category=Category.MEDICAL_EMERGENCY)
    assert line_of(routine)["category"] is None
    assert line_of(replace(ITEM, label=Label.URGENT))["category"] == "other_danger"


def test_an_item_says_nothing_of_the_words_when_it_is_printed() -> None:
    assert "quiet" not in repr(ITEM)
    assert "bike" not in repr(ITEM)


def test_labels_are_counted_in_words() -> None:
    labels = (Label.URGENT, Label.URGENT, Label.GRAY, None)
    assert counted(replace(ITEM, label=one) for one in labels) == (
        "2 urgent, 1 gray, 1 without a label"
    )
    assert counted(()) == "none"
