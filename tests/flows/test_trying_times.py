"""Times of day are tried for parents who agreed, where the clinic offers it, and logged."""

import pytest

from bot.core.practice import TIMES_OF_DAY
from tests.databases import rows
from tests.flows.clinic import SAM, Clinic, say
from tests.flows.practising import live, nudges, practises, taps

BETTER, AGREE = "Find a better time", "I agree"
VERSIONS = "select learns_version from rhythms where parent_id = 1"


async def agrees(clinic: Clinic) -> None:
    """Sam asks for a better time, reads what that means, and agrees."""
    await clinic.says(SAM, "/practice")
    await taps(clinic, BETTER)
    await taps(clinic, AGREE)


@pytest.fixture
def trying(clinic: Clinic) -> Clinic:
    """A clinic that offers it."""
    object.__setattr__(clinic.services, "try_times", True)
    return clinic


async def test_it_is_off_and_not_even_offered_by_default(clinic: Clinic) -> None:
    await practises(clinic)
    await clinic.says(SAM, "/practice")
    assert BETTER not in clinic.last(SAM).buttons.values()
    for pressed in ("rhythm:learn", "rhythm:agree"):
        await clinic.presses(SAM, pressed)
        assert clinic.last(SAM).text == say("practice.not_learning")
    await live(clinic, hours=30)
    assert clinic.count("window_choices") == 0


async def test_without_consent_nothing_is_tried(trying: Clinic) -> None:
    await practises(trying)
    await live(trying, hours=30)
    assert trying.count("window_choices") == 0


async def test_with_consent_each_day_has_one_choice_with_its_chance_and_one_nudge(
    trying: Clinic,
) -> None:
    await practises(trying)
    await agrees(trying)
    assert "I try different times of day" in trying.last(SAM).text
    for day in range(3):
        await live(trying, hours=24, looks_every=29)
        assert len(nudges(trying)) in (day + 1, day + 2)
        await taps(trying, "Did it")
    found = rows(trying.storage.url, "select day, at, probability, offered from window_choices")
    assert len(found) == len({day for day, *_ in found}) >= 3
    offered = {f"{at:%H:%M}" for at in TIMES_OF_DAY}
    for _, at, probability, among in found:
        assert at in TIMES_OF_DAY
        assert 0 < float(str(probability)) <= 1
        assert str(among).startswith("18:00")
        assert set(str(among).split(",")) <= offered


async def test_taking_consent_back_ends_it(trying: Clinic) -> None:
    await practises(trying)
    await agrees(trying)
    await trying.presses(SAM, "rhythm:unlearn")
    before = trying.count("window_choices")
    await live(trying, hours=48)
    assert trying.count("window_choices") == before
    kept = rows(trying.storage.url, "select version, until >= consented_at from past_consents")
    assert kept == [("times text 1", True)]


async def test_what_it_means_is_said_before_anybody_agrees_and_no_leaves_it_off(
    trying: Clinic,
) -> None:
    await practises(trying)
    await trying.says(SAM, "/practice")
    await taps(trying, BETTER)
    assert "I write down for each day which time I chose" in trying.last(SAM).text
    assert rows(trying.storage.url, VERSIONS) == [(None,)]
    await taps(trying, "No")
    assert trying.last(SAM).text == say("practice.not_learning")
    await live(trying, hours=30)
    assert trying.count("window_choices") == 0


async def test_the_version_that_was_agreed_to_is_kept_and_an_older_one_is_a_no(
    trying: Clinic,
) -> None:
    await practises(trying)
    await agrees(trying)
    assert rows(trying.storage.url, VERSIONS) == [("times text 1",)]
    older = "update rhythms set learns_version = 'times text 0' returning 1"
    assert rows(trying.storage.url, older)
    before = trying.count("window_choices")
    await live(trying, hours=48)
    assert trying.count("window_choices") == before
    await trying.says(SAM, "/practice")
    assert BETTER in trying.last(SAM).buttons.values()


async def test_a_button_under_an_older_text_explains_anew_instead_of_agreeing(
    trying: Clinic,
) -> None:
    await practises(trying)
    await trying.presses(SAM, "rhythm:agree.0a1b2c3d")
    assert AGREE in trying.last(SAM).buttons.values()
    assert rows(trying.storage.url, VERSIONS) == [(None,)]
