"""Which themes a question is about: two heads that agree or outvote each other."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.topics import NOTHING, loudness, no_topics, topic_grams

LABELS = ("mornings", NOTHING)
VECTOR = np.array([1.0, 0.0], np.float32)


@given(st.text())
def test_shares_are_of_sum_one_whatever_is_written(text: str) -> None:
    shares = no_topics(2, LABELS).shares(text, VECTOR)
    assert shares.sum() == pytest.approx(1.0, abs=1e-5)
    assert (shares >= 0).all()


def test_a_text_of_the_theme_s_meaning_is_about_it() -> None:
    dense = np.array([[3.0, 0.0], [0.0, 0.0]], np.float32)
    shares = replace(no_topics(2, LABELS), dense=dense).shares("anything", VECTOR)
    assert shares[0] > 0.9


def test_a_text_in_the_theme_s_words_is_about_it_whatever_its_vector() -> None:
    topics = no_topics(2, LABELS)
    topics.grams[0, topic_grams("shoes and coats")] = 3.0
    assert topics.shares("shoes", VECTOR)[0] > topics.shares("dentist", VECTOR)[0]


def test_apostrophes_and_capitals_make_no_difference() -> None:
    assert (topic_grams("Won't GO") == topic_grams("wont go")).all()


@given(st.lists(st.floats(0.1, 10.0), min_size=1, max_size=50))
def test_a_long_text_is_no_louder_than_a_short_one(rarity: list[float]) -> None:
    length = np.linalg.norm(loudness(np.array(rarity, np.float32)))
    assert length == pytest.approx(1.0, abs=1e-4)
