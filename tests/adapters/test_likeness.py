"""What is alike stands together, and nothing is lost."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.likeness import groups_of


def rows(*angles: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.array([(np.cos(one), np.sin(one)) for one in angles], np.float32)


def test_what_is_alike_is_one_group_and_the_largest_comes_first() -> None:
    assert groups_of(rows(3.0, 0.0, 0.1, 0.2)) == [[1, 2, 3], [0]]


def test_none_and_one_are_no_trouble() -> None:
    assert groups_of(rows()) == []
    assert groups_of(rows(1.0)) == [[0]]


@given(st.lists(st.floats(0, 6), min_size=2, max_size=20))
def test_every_row_is_in_exactly_one_group(angles: list[float]) -> None:
    found = [row for group in groups_of(rows(*angles)) for row in group]
    assert sorted(found) == list(range(len(angles)))
