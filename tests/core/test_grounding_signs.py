"""Signs of what a sentence turned round: each is there where something differs, and only there."""

import pytest

from bot.core.grounding_signs import NAMES, signs_of

STEP = "Go to your child's level. Say what you did in one plain line. Leave out what they did."
LEVEL = "Give one short answer. Do not promise what nobody can know. Then wait for your child."


def _sign(name: str, said: str, carried: str) -> float:
    return dict(zip(NAMES, signs_of(said, carried).row(), strict=True))[name]


@pytest.mark.parametrize("text", [STEP, LEVEL])
def test_a_sentence_as_it_stands_has_no_sign(text: str) -> None:
    for piece in text.split(". "):
        assert not any(signs_of(piece.rstrip(".") + ".", text).row())


@pytest.mark.parametrize(
    ("name", "said", "carried"),
    [
        ("new", "Go to your child's level and sing.", STEP),
        ("new_run", "Go to your child's level with a bright red balloon.", STEP),
        ("opposite", "Give one long answer.", LEVEL),
        ("denied", "Promise what nobody can know.", LEVEL),
        ("denied", "Do not give a short answer.", LEVEL),
        ("nots", "Do not go to your child's level.", STEP),
        ("turned", "Wait for your child, then give one short answer.", LEVEL),
        ("turned_in_time", "Wait first, then give one short answer.", LEVEL),
        ("doer", "Your child gives one short answer.", "You give one short answer."),
        ("pronouns", "Guess how it felt for you.", "Guess how it felt for them."),
        ("swapped", "Wash after the story.", "A story comes, then wash."),
        ("strangers", "A toddler may go silent.", "A toddler may stop, a teen may go silent."),
        ("strangers_far", "Answer your child's promise.", LEVEL),
        ("bolder", "A nod means that.", "A nod often means that."),
        ("shyer", "A nod often means that.", "A nod means that."),
    ],
)
def test_what_differs_has_its_sign(name: str, said: str, carried: str) -> None:
    assert _sign(name, said, carried) > 0


@pytest.mark.parametrize(
    ("name", "said", "carried"),
    [
        ("new", "Choose a small step.", "Pick one little step."),
        ("denied", "Don't promise what nobody can know.", LEVEL),
        ("nots", "Do not promise what nobody knows.", LEVEL),
        ("opposite", "Give one short answer, not a long one.", LEVEL),
        ("pronouns", "Guess how they felt.", "Guess how they felt."),
    ],
)
def test_what_means_the_same_has_none(name: str, said: str, carried: str) -> None:
    assert _sign(name, said, carried) == 0


def test_a_sentence_without_a_word_of_meaning_is_no_error() -> None:
    assert not any(signs_of("It is so.", "").row())
