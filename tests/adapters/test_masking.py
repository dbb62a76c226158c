"""Names and numbers of a family are taken out of what a model is sent."""

import pytest

from bot.adapters.masking import Masker, Names, spoken

NAMES = Names("Robin's family", ("Sam Okafor", "Alex"), "Dana Weiss", ("Noor",))
ORDINARY = ["my", "he", "she", "what", "the", "never", "listens", "son", "does", "we"]


def _masked(text: str, *others: str) -> str:
    return Masker(NAMES, (text, *others), ORDINARY).mask(text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("robin hits his sister", "[child] hits his sister"),
        ("ROBIN'S teacher", "[child]'S teacher"),
        ("Sam and okafor and ALEX", "[name] and [name] and [name]"),
        ("Dana said so", "[therapist] said so"),
        ("noor's number", "[name]'s number"),
        ("my son Jaden won't sleep", "my son [name] won't sleep"),
        ("My son Mary-Jane’s friend", "My son [name]’s friend"),
        ("Zeke never listens", "[name] never listens"),
        ("he is called zeke and zeke shouts", "he is called [name] and [name] shouts"),
        ("call me on 07700 900123", "call me on [contact]"),
        ("+44 (0)20 7946 0958", "[contact]"),
        ("write to a.b+c@clinic.example.org", "write to [contact]"),
        ("see https://x.example/robin?id=1", "see [contact]"),
        ("or @sam_o", "or [contact]"),
        ("born 3 May 2015", "born [date]"),
        ("born May 3rd, 2015", "born [date]"),
        ("born 03/05/2015 or 2015-05-03", "born [date] or [date]"),
        ("we live at 12b Elm Tree Road", "we live at [address]"),
        ("flat 4, SW1A 1AA", "[address], [address]"),
        ("case 48213", "case [number]"),
    ],
)
def test_names_and_numbers_are_masked(text: str, masked: str) -> None:
    assert _masked(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "My son never listens. What does he want?",
        "she is 7 and we try for 10 minutes",
        "What does he do on Monday, and on YouTube?",
        "MY SON NEVER LISTENS",
        "I'm tired and I've had enough. “What does she want?”",
        "Mum says no",
    ],
)
def test_ordinary_words_and_small_numbers_stay(text: str) -> None:
    assert _masked(text) == text


def test_a_name_that_was_written_large_once_is_masked_however_it_is_written() -> None:
    assert _masked("jaden hits", "my son Jaden won't sleep") == "[name] hits"


def test_masking_again_changes_nothing() -> None:
    text = "Robin and Zeke at 12 Elm Road, 07700 900123"
    masker = Masker(NAMES, (text,), ORDINARY)
    assert masker.mask(masker.mask(text)) == masker.mask(text)


def test_what_a_model_says_of_the_child_and_the_therapist_is_put_in_words() -> None:
    assert spoken("[child] may need [therapist].") == "Your child may need your therapist."


@pytest.mark.parametrize("text", ["[name] may need you.", "Call [contact].", "See [1].", "a ] b"])
def test_what_a_model_says_of_anybody_else_is_not_said(text: str) -> None:
    assert spoken(text) is None
