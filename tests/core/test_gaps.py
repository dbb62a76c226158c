"""Gaps: which words may be told, and which page comes nearest."""

from datetime import UTC, datetime

from bot.adapters.content import load_documents
from bot.core.gaps import Gap, Nearest, Unanswered, nearest_of, ordinary_words, shared_words
from bot.settings import ROOT

PAGES = load_documents(ROOT / "knowledge" / "guidance")
AT = datetime(2026, 11, 25, tzinfo=UTC)
ORDINARY = frozenset({"school", "dentist", "would"})


def asked(family: int, text: str, day: int = 25) -> Unanswered:
    return Unanswered(family, AT.replace(day=day), text)


def test_a_word_is_told_only_when_three_families_used_it() -> None:
    two = [asked(1, "the dentist"), asked(2, "Dentist again"), asked(2, "dentist!")]
    assert shared_words(two, ORDINARY) == ()
    assert shared_words([*two, asked(3, "a dentist")], ORDINARY) == ("dentist",)


def test_a_word_that_the_pages_do_not_use_is_never_told() -> None:
    assert shared_words([asked(one, "marlowe at school") for one in (1, 2, 3)], ORDINARY) == (
        "school",
    )


def test_a_word_that_everybody_uses_says_nothing() -> None:
    assert shared_words([asked(one, "would he") for one in (1, 2, 3)], ORDINARY) == ()


def test_no_name_in_the_pages_is_an_ordinary_word() -> None:
    found = ordinary_words(PAGES)
    assert "school" in found
    assert not {"bordin", "perry", "karani", "szalavitz"} & found


def test_the_nearest_page_is_the_one_that_is_near_to_most() -> None:
    near = [Nearest(PAGES[0], 0.4), Nearest(PAGES[1], 0.9), Nearest(PAGES[0], 0.6)]
    found = nearest_of(near)
    assert found is not None
    assert (found.document, found.likeness) == (PAGES[0], 0.5)
    assert nearest_of([]) is None


def test_a_gap_counts_families_and_knows_its_dates() -> None:
    gap = Gap((asked(1, "a", 3), asked(1, "b", 9), asked(2, "c", 5)), None, ())
    assert gap.families == 2
    assert (gap.first_at.day, gap.last_at.day) == (3, 9)


def test_a_question_does_not_show_in_a_repr() -> None:
    assert "secret" not in repr(asked(1, "secret"))
