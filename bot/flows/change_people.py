"""Somebody leaves or gets another role, a family gets another therapist or country.

The database alone is changed here; what follows in Telegram is a job of the running bot.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.core.crisis import Directory
from bot.core.people import Family, Role, Staff, tidy_alias
from bot.core.readiness import Readiness
from bot.core.staffing import (
    Clinic,
    check_alias,
    check_country,
    check_leaving,
    check_move,
    check_nobody_is_lost,
    check_role,
    roles_left_empty,
)
from bot.storage import family_changes, staff_changes
from bot.storage.database import Tx
from bot.storage.duty import the_duty
from bot.storage.flags import open_flags
from bot.storage.people import all_staff, every_family
from bot.storage.reachability import active_families, unreachable_staff


@dataclass(frozen=True, slots=True)
class Change:
    """A clinic before and after."""

    before: Clinic
    after: Clinic

    @property
    def readiness(self) -> Readiness:
        """What stands between families and a person afterwards."""
        return self.after.readiness()

    @property
    def roles_left_empty(self) -> tuple[Role, ...]:
        """The roles on the ladder that nobody has any more."""
        return roles_left_empty(self.before, self.after)


async def clinic_now(tx: Tx, now: datetime) -> Clinic:
    """Everybody here at this moment."""
    return Clinic(
        staff=await all_staff(tx),
        families=await every_family(tx),
        active=frozenset(one.id for one in await active_families(tx)),
        open_flags=await open_flags(tx),
        unreachable=await unreachable_staff(tx),
        duty=await the_duty(tx),
        at=now,
    )


async def remove_staff(
    tx: Tx, who: Staff, heir: Staff | None, now: datetime, *, gives_back: bool, dry_run: bool
) -> Change:
    """Take somebody off the staff, their families going to `heir`.

    Raises:
        PeopleError: a family or an open flag would have nobody; says what to do first.
    """
    before = await clinic_now(tx, now)
    check_leaving(before, who, heir, gives_back=gives_back)
    families = before.families_of(who)
    after = before.without(who)
    if heir is not None:
        after = after.moved([one.id for one in families], heir)
    check_nobody_is_lost(before, after)
    if not dry_run:
        for family in families if heir else ():
            await family_changes.move_family(tx, family, heir or who)
        await staff_changes.mark_left(tx, who, now)
    return Change(before, after)


async def move_family(tx: Tx, family: Family, to: Staff, now: datetime, *, dry_run: bool) -> Change:
    """Give a family to another therapist.

    Raises:
        PeopleError: they could not take care of it; says what to do first.
    """
    before = await clinic_now(tx, now)
    check_move(before, family, to)
    after = before.moved([family.id], to)
    check_nobody_is_lost(before, after)
    if not dry_run:
        await family_changes.move_family(tx, family, to)
    return Change(before, after)


async def set_role(tx: Tx, who: Staff, role: Role, now: datetime, *, dry_run: bool) -> Change:
    """Give somebody another role.

    Raises:
        PeopleError: families would have no therapist, or nobody at all; says what to do first.
    """
    before = await clinic_now(tx, now)
    check_role(before, who, role)
    after = before.with_role(who, role)
    check_nobody_is_lost(before, after)
    if not dry_run:
        await staff_changes.set_role(tx, who, role)
    return Change(before, after)


async def set_country(
    tx: Tx, family: Family, country: str, directory: Directory, *, dry_run: bool
) -> None:
    """Show a family another country's numbers.

    Raises:
        PeopleError: there are no numbers for that country.
    """
    check_country(family, country, directory.countries())
    if not dry_run:
        await family_changes.set_country(tx, family, country)


async def set_alias(tx: Tx, family: Family, alias: str, *, dry_run: bool) -> str:
    """Call a family something else; returns the name as it is kept.

    Raises:
        PeopleError: there is no name, or its therapist has another family of that name.
    """
    check_alias(family, alias, await every_family(tx))
    if not dry_run:
        await family_changes.set_alias(tx, family, tidy_alias(alias))
    return tidy_alias(alias)
