"""The small clinic of the sandbox: Sam, parent of Robin; Dana, therapist; Noor, on call."""

from bot.app import Storage
from bot.core.people import Role
from bot.storage.people import add_family, add_parent, add_staff, all_staff, save_clinic

COUNTRY = "GB"
SAM, DANA, NOOR = 1001, 1002, 1003
FIRST_OTHER = 2001
CONSENT = "demo"


async def fill(storage: Storage, families: int) -> None:
    """Make the demo clinic, with `families` further families of Dana's, unless it is there."""
    async with storage.database.transaction() as tx:
        if await all_staff(tx):
            return
        now = storage.clock.now()
        await save_clinic(tx, "the demo clinic", COUNTRY, now)
        dana = await add_staff(tx, "Dana", Role.THERAPIST, chat_id=DANA, now=now)
        await add_staff(tx, "Noor", Role.ON_CALL, chat_id=NOOR, now=now)
        robins = await add_family(tx, dana, COUNTRY, now, "Robin's family")
        await add_parent(tx, robins, "Sam", SAM, CONSENT, now)
        for number in range(1, families + 1):
            family = await add_family(tx, dana, COUNTRY, now, f"Family {number}")
            await add_parent(tx, family, f"Parent {number}", FIRST_OTHER + number - 1, CONSENT, now)
