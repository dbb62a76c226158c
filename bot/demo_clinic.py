"""The small clinic of the sandbox: Sam, parent of Robin; Dana, therapist; Noor, on call."""

from datetime import datetime, time

from bot.adapters.zones import usual_zone
from bot.app import Storage
from bot.core.people import Family, Parent, Role
from bot.core.practice import Times, ends_after
from bot.storage.database import Tx
from bot.storage.people import add_family, add_parent, add_staff, all_staff, save_clinic
from bot.storage.practice_plans import NewPlan, add_plan, pick_times
from bot.storage.rhythms import ensure_rhythm

COUNTRY = "GB"
SAM, DANA, NOOR = 1001, 1002, 1003
FIRST_OTHER = 2001
CONSENT = "demo"
SKILL = "bedtime-check-in"
GOAL = "We end the day with five quiet minutes."


async def fill(storage: Storage, families: int, consent: str = CONSENT) -> None:
    """Make the demo clinic, with `families` further families of Dana's, unless it is there."""
    async with storage.database.transaction() as tx:
        if await all_staff(tx):
            return
        now = storage.clock.now()
        await save_clinic(tx, "the demo clinic", COUNTRY, now)
        dana = await add_staff(tx, "Dana", Role.THERAPIST, chat_id=DANA, now=now)
        await add_staff(tx, "Noor", Role.ON_CALL, chat_id=NOOR, now=now)
        robins = await add_family(tx, dana, COUNTRY, now, "Robin's family")
        sam = await add_parent(tx, robins, "Sam", SAM, consent, now)
        await _begin_practice(tx, robins, sam, now)
        for number in range(1, families + 1):
            family = await add_family(tx, dana, COUNTRY, now, f"Family {number}")
            await add_parent(tx, family, f"Parent {number}", FIRST_OTHER + number - 1, consent, now)


async def _begin_practice(tx: Tx, family: Family, parent: Parent, now: datetime) -> None:
    """A plan that runs: Sam has picked every evening at six."""
    plan = NewPlan(
        family.id,
        family.therapist.id,
        SKILL,
        GOAL,
        often=7,
        starts_on=now.date(),
        ends_on=ends_after(now.date(), 8),
    )
    made = await add_plan(tx, plan, now)
    await ensure_rhythm(tx, parent.id, usual_zone(COUNTRY))
    await pick_times(tx, made.id, parent.id, Times(frozenset(range(7)), time(18)), now)
