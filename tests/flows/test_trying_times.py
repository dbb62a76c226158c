"""Times of day are tried for parents who agreed, where the clinic offers it, and logged."""

import pytest

from bot.core.practice import TIMES_OF_DAY
from tests.databases import rows
from tests.flows.clinic import SAM, Clinic, say
from tests.flows.practising import live, nudges, practises, taps

AGREE = "Find a better time"


@pytest.fixture
def trying(clinic: Clinic) -> Clinic:
    """A clinic that offers it."""
    object.__setattr__(clinic.services, "try_times", True)
    return clinic


async def test_it_is_off_and_not_even_offered_by_default(clinic: Clinic) -> None:
    await practises(clinic)
    await clinic.says(SAM, "/practice")
    assert AGREE not in clinic.last(SAM).buttons.values()
    await clinic.presses(SAM, "rhythm:learn")
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
    await trying.says(SAM, "/practice")
    await taps(trying, AGREE)
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
    await trying.presses(SAM, "rhythm:learn")
    await trying.presses(SAM, "rhythm:unlearn")
    before = trying.count("window_choices")
    await live(trying, hours=48)
    assert trying.count("window_choices") == before
