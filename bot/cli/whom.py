"""Whom a command means: staff and families by what they are called, or by their numbers."""

from bot.core.people import Family, Staff, is_called
from bot.errors import PeopleError
from bot.storage.database import Tx
from bot.storage.people import all_staff, every_family


async def member_called(tx: Tx, name: str) -> Staff:
    """The one member of staff of a name or a number.

    Raises:
        PeopleError: there is nobody of that name, or more than one.
    """
    wanted = name.strip().casefold()
    found = [one for one in await all_staff(tx) if wanted in (str(one.id), one.name.casefold())]
    if len(found) != 1:
        how_many = "nobody" if not found else "more than one person"
        raise PeopleError(f"There is {how_many} called {name!r}: heldinmind clinic staff")
    return found[0]


async def family_called(tx: Tx, alias: str) -> Family:
    """The one family of an alias, whatever its capitals, or of a number.

    Raises:
        PeopleError: there is no such family, or more than one.
    """
    every = await every_family(tx)
    found = [one for one in every if is_called(one, alias)]
    found = found or [one for one in every if str(one.id) == alias.strip()]
    if not found:
        raise PeopleError(f"there is no family called {alias}: heldinmind clinic families")
    if len(found) > 1:
        which = " and ".join(f"{one.id} ({one.therapist.name})" for one in found)
        raise PeopleError(f"more than one family is called {alias}; give its number: {which}")
    return found[0]
