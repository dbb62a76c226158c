"""On the clinic's holidays no nudge goes out, and what is urgent goes on as ever."""

from datetime import date

from bot.storage.holidays import add_holidays, drop_holidays
from tests.flows.clinic import DANA, ROBINS, SAM, Clinic, say
from tests.flows.practising import MONDAY, live, nudges, practises
from tests.flows.script import URGENT

TUESDAY = date(2026, 3, 3)


async def rests_on(clinic: Clinic, *days: date) -> None:
    """The clinic writes holidays down."""
    async with clinic.services.database.transaction() as tx:
        await add_holidays(tx, days, "A feast")


async def test_a_holiday_is_left_out_and_the_next_day_has_its_nudge(clinic: Clinic) -> None:
    await rests_on(clinic, MONDAY.date())
    await practises(clinic)
    tomorrow = say("practice.next_nudge", day=say("practice.when_tomorrow"), at="18:00")
    assert tomorrow in clinic.last(SAM).text
    await live(clinic, hours=12)
    assert nudges(clinic) == []
    await live(clinic, hours=24)
    assert len(nudges(clinic)) == 1


async def test_a_holiday_that_is_taken_back_on_its_day_has_its_nudge_after_all(
    clinic: Clinic,
) -> None:
    await practises(clinic)
    await rests_on(clinic, MONDAY.date(), TUESDAY)
    await live(clinic, hours=4)
    async with clinic.services.database.transaction() as tx:
        assert await drop_holidays(tx, [MONDAY.date()], clinic.services.clock.now()) == 1
    await live(clinic, hours=3)
    assert len(nudges(clinic)) == 1
    await live(clinic, hours=24)
    assert len(nudges(clinic)) == 1


async def test_what_is_urgent_goes_on_as_ever_on_a_holiday(clinic: Clinic) -> None:
    await rests_on(clinic, MONDAY.date())
    await practises(clinic)
    await clinic.says(SAM, URGENT)
    assert (await clinic.flag()).is_open
    assert any(text.startswith(f"URGENT: {ROBINS}") for text in clinic.texts(DANA))
