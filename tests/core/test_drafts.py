"""Only one form is a draft; whatever is near it is none."""

import json

import pytest

from bot.core.drafts import LONGEST_SENTENCE, NotADraft, Price, Use, draft_in
from bot.core.rewording import Draft, Sentence

ONE = {"text": "Stay close.", "passages": [0]}


def test_a_draft_is_its_sentences_with_the_passages_that_they_rest_on() -> None:
    found = draft_in('{"sentences": [{"text": " Stay\\n close. ", "passages": [2, 0, 2]}]}')
    assert found == Draft((Sentence("Stay close.", (2, 0)),))


def test_a_draft_in_a_fence_is_one() -> None:
    assert draft_in('```json\n{"sentences": []}\n```') == Draft(())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Stay close to her.",
        "I'm sorry, I can't help with that.",
        '{"sentences": [{"text": "Stay clo',
        'Here it is: {"sentences": []}',
        '{"sentences": []} and so on',
        "[" * 100_000,
    ],
)
def test_what_is_no_json_is_no_draft(text: str) -> None:
    with pytest.raises(NotADraft, match="no JSON"):
        draft_in(text)


@pytest.mark.parametrize(
    "found",
    [
        [],
        None,
        {},
        {"sentences": [ONE], "note": "x"},
        {"sentences": ONE},
        {"sentences": ["Stay close."]},
        {"sentences": [{"text": "Stay close."}]},
        {"sentences": [{**ONE, "sure": True}]},
        {"sentences": [{"text": " ", "passages": [0]}]},
        {"sentences": [{"text": 7, "passages": [0]}]},
        {"sentences": [{"text": "x" * (LONGEST_SENTENCE + 1), "passages": [0]}]},
        {"sentences": [{"text": "Stay close.", "passages": 0}]},
        {"sentences": [{"text": "Stay close.", "passages": [-1]}]},
        {"sentences": [{"text": "Stay close.", "passages": [True]}]},
        {"sentences": [{"text": "Stay close.", "passages": ["0"]}]},
        {"sentences": [{"text": "Stay close.", "passages": list(range(9))}]},
        {"sentences": [{"text": f"Sentence {at}.", "passages": [0]} for at in range(13)]},
    ],
)
def test_json_of_another_form_is_no_draft(found: object) -> None:
    with pytest.raises(NotADraft, match="another form"):
        draft_in(json.dumps(found))


def test_a_model_that_says_one_thing_twice_has_written_no_draft() -> None:
    again = {"text": "stay  CLOSE", "passages": [1]}
    with pytest.raises(NotADraft, match="repeats itself"):
        draft_in(json.dumps({"sentences": [ONE, again]}))


def test_what_is_no_draft_is_not_quoted_in_the_error() -> None:
    with pytest.raises(NotADraft) as caught:
        draft_in("Robin is a secret")
    assert "Robin" not in repr(caught.value)
    assert caught.value.__cause__ is None


def test_a_price_is_for_a_million_tokens() -> None:
    assert Price(2.0, 8.0).of(Use(500_000, 250_000)) == 3.0
    assert Price(None, 8.0).of(Use(500_000, 250_000)) == 2.0
    assert Price().of(Use(1, 1)) == 0.0
