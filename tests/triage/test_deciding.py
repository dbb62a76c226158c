"""The decision itself: certain rules, scores and languages, with nothing but values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.triage import (
    Category,
    Concern,
    ModelReading,
    RuleHit,
    Thresholds,
    decide,
    is_covered,
)

LINE = Thresholds(flag=0.8, check=0.2)
CERTAIN = RuleHit("wants_to_die", Category.CHILD_SUICIDE_SELF_HARM, "wants to die", True)
SOFT = RuleHit("marks", Category.ABUSE_OR_NEGLECT_OF_CHILD, "handprint", False)
GUARDED = RuleHit("fire", Category.VIOLENCE_OR_WEAPONS, "set fire", False, "fiction")


def reading(score: float) -> ModelReading:
    return ModelReading(score, Category.MEDICAL_EMERGENCY, ("blue", "lips"), "1-test")


def test_a_certain_rule_is_urgent_whatever_the_score() -> None:
    verdict = decide("He Wants To Die", (CERTAIN,), reading(0.0), LINE, "en")
    assert (verdict.concern, verdict.reason) == (Concern.URGENT, "rule:wants_to_die")
    assert verdict.category is Category.CHILD_SUICIDE_SELF_HARM
    assert verdict.evidence == ("Wants To Die",)
    assert verdict.score == 1.0


@pytest.mark.parametrize(
    ("score", "concern", "reason"),
    [
        (0.81, Concern.URGENT, "model"),
        (0.8, Concern.URGENT, "model"),
        (0.79, Concern.CHECK, "near_the_line"),
        (0.2, Concern.CHECK, "near_the_line"),
        (0.19, Concern.NONE, "clear"),
    ],
)
def test_the_score_is_held_against_the_thresholds(
    score: float, concern: Concern, reason: str
) -> None:
    verdict = decide("his lips are blue", (), reading(score), LINE, "en")
    assert (verdict.concern, verdict.reason) == (concern, reason)


def test_without_a_rule_the_words_and_category_of_the_model_are_evidence() -> None:
    verdict = decide("his lips are blue", (GUARDED,), reading(0.9), LINE, "en")
    assert verdict.category is Category.MEDICAL_EMERGENCY
    assert verdict.evidence == ("blue", "lips")


def test_a_rule_names_the_category_before_the_model_does() -> None:
    verdict = decide("a handprint", (SOFT,), reading(0.9), LINE, "en")
    assert verdict.category is Category.ABUSE_OR_NEGLECT_OF_CHILD


def test_words_known_in_a_language_the_model_does_not_cover_are_worth_a_check() -> None:
    assert decide("x", (SOFT,), reading(0.0), LINE, "es").concern is Concern.CHECK
    assert decide("x", (GUARDED,), reading(0.0), LINE, "es").concern is Concern.NONE
    assert decide("x", (SOFT,), reading(0.0), LINE, "en").concern is Concern.NONE


def test_an_urgent_verdict_always_has_a_category() -> None:
    unnamed = ModelReading(0.95, None, (), "1-test")
    assert decide("x", (), unnamed, LINE, "en").category is Category.OTHER_DANGER


def test_only_english_is_covered() -> None:
    assert is_covered("en")
    assert not any(map(is_covered, ("es", "hi-Latn", "ar", "tl")))


@given(st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_a_higher_score_never_lowers_the_concern(low: float, high: float, rule: bool) -> None:
    order = [Concern.NONE, Concern.CHECK, Concern.URGENT]
    low, high = sorted((low, high))
    hits = (SOFT,) if rule else ()
    lower = decide("x", hits, reading(low), LINE, "en").concern
    higher = decide("x", hits, reading(high), LINE, "en").concern
    assert order.index(lower) <= order.index(higher)
