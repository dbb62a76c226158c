"""Clinic, staff, families and parents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.core.audit import A_PARENT, Act
from bot.core.crisis import ANYWHERE
from bot.core.people import Family, Parent, Role, Staff, Stranger, Who
from bot.storage.database import Tx
from bot.storage.duty import readiness_may_have_changed
from bot.storage.tables import clinic, families, parents, staff


@dataclass(frozen=True, slots=True)
class Clinic:
    """The clinic that runs this bot: one deployment, one clinic."""

    name: str
    country: str


async def save_clinic(tx: Tx, name: str, country: str, now: datetime) -> None:
    """Name the clinic, or rename it."""
    values = {"name": tx.seal(name), "country": country}
    statement = upsert(clinic).values(id=1, made_at=now, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
    tx.note(Act.CLINIC_SET, detail=f"country={country}")


async def the_clinic(tx: Tx) -> Clinic | None:
    """The clinic, if it was set up."""
    row = (await tx.execute(select(clinic))).mappings().one_or_none()
    return Clinic(tx.unseal(row["name"]), row["country"]) if row else None


async def clinic_name(tx: Tx) -> str:
    """What the clinic is called; nothing before it was set up."""
    found = await the_clinic(tx)
    return found.name if found else ""


async def clinic_country(tx: Tx) -> str:
    """The clinic's country; `ANYWHERE` before it was set up."""
    found = await the_clinic(tx)
    return found.country if found else ANYWHERE


async def who_is(tx: Tx, chat_id: int, name: str) -> Who:
    """Whose chat this is."""
    query = (
        select(
            parents.c.id,
            parents.c.name,
            families.c.id.label("family_id"),
            families.c.alias,
            families.c.country,
            *_staff_columns(),
        )
        .join(families, families.c.id == parents.c.family_id)
        .join(staff, staff.c.id == families.c.therapist_id)
        .where(parents.c.chat_id == chat_id)
    )
    row = (await tx.execute(query)).mappings().one_or_none()
    if row:
        return _parent(tx, row, chat_id)
    member = await _one_staff(tx, staff.c.chat_id == chat_id)
    return member or Stranger(chat_id, name, has_left=await _has_left(tx, chat_id))


async def _has_left(tx: Tx, chat_id: int) -> bool:
    """Whether a chat was that of somebody who worked here."""
    query = select(staff.c.id).where(staff.c.left_chat_id == chat_id).limit(1)
    return (await tx.execute(query)).scalar_one_or_none() is not None


async def add_staff(
    tx: Tx, name: str, role: Role, *, chat_id: int | None = None, now: datetime | None = None
) -> Staff:
    """A new member of staff, not linked to a chat unless one is given."""
    statement = insert(staff).values(
        name=tx.seal(name), role=role, chat_id=chat_id, joined_at=now if chat_id else None
    )
    new_id = (await tx.execute(statement.returning(staff.c.id))).scalar_one()
    tx.note(Act.STAFF_ADDED, f"staff:{new_id}", detail=f"role={role}")
    return Staff(new_id, name, role, chat_id)


async def link_staff(tx: Tx, staff_id: int, chat_id: int, now: datetime) -> Staff:
    """Tie a member of staff to their chat."""
    await tx.execute(
        update(staff).where(staff.c.id == staff_id).values(chat_id=chat_id, joined_at=now)
    )
    again = update(staff).where(staff.c.left_chat_id == chat_id)  # they are back, under a new name
    await tx.execute(again.values(left_chat_id=None))
    member = await _one_staff(tx, staff.c.id == staff_id)
    await readiness_may_have_changed(tx)
    assert member is not None, "staff_id comes from a link that the foreign row outlives"
    tx.note(Act.STAFF_LINKED, f"staff:{staff_id}", by=member)
    return member


async def staff_member(tx: Tx, staff_id: int) -> Staff | None:
    """One member of staff."""
    return await _one_staff(tx, staff.c.id == staff_id)


async def staff_names(tx: Tx) -> Mapping[int, str]:
    """The names of everybody who works here or did, by their numbers."""
    rows = await tx.execute(select(staff.c.id, staff.c.name))
    return {row.id: tx.unseal(row.name) for row in rows}


async def all_staff(tx: Tx) -> tuple[Staff, ...]:
    """Everybody who works here, the longest here first."""
    rows = await tx.execute(
        select(*_staff_columns()).where(staff.c.left_at.is_(None)).order_by(staff.c.id)
    )
    return tuple(_staff(tx, row) for row in rows.mappings())


async def add_family(
    tx: Tx, therapist: Staff, country: str, now: datetime, alias: str = ""
) -> Family:
    """A new family of a therapist's; without an alias it is numbered."""
    count = (await tx.execute(select(func.count()).select_from(families))).scalar_one()
    alias = alias or f"Family {count + 1}"
    statement = insert(families).values(
        alias=tx.seal(alias), country=country, therapist_id=therapist.id, made_at=now
    )
    new_id = (await tx.execute(statement.returning(families.c.id))).scalar_one()
    tx.note(Act.FAMILY_ADDED, f"family:{new_id}", f"staff:{therapist.id}")
    return Family(new_id, alias, country, therapist)


async def families_of(tx: Tx, therapist: Staff) -> tuple[Family, ...]:
    """The families of a therapist."""
    rows = await tx.execute(
        select(families).where(families.c.therapist_id == therapist.id).order_by(families.c.id)
    )
    return tuple(
        Family(row["id"], tx.unseal(row["alias"]), row["country"], therapist)
        for row in rows.mappings()
    )


async def every_family(tx: Tx) -> tuple[Family, ...]:
    """Every family with its therapist, the oldest first."""
    query = _families().order_by(families.c.id)
    return tuple(_family(tx, row) for row in (await tx.execute(query)).mappings())


async def family(tx: Tx, family_id: int) -> Family:
    """One family, with its therapist."""
    query = _families().where(families.c.id == family_id)
    return _family(tx, (await tx.execute(query)).mappings().one())


async def add_parent(
    tx: Tx, of: Family, name: str, chat_id: int, consent_version: str, now: datetime
) -> Parent:
    """A parent who agreed to a version of the consent text."""
    statement = insert(parents).values(
        family_id=of.id,
        name=tx.seal(name),
        chat_id=chat_id,
        consent_version=consent_version,
        consented_at=now,
    )
    new_id = (await tx.execute(statement.returning(parents.c.id))).scalar_one()
    await readiness_may_have_changed(tx)
    tx.note(Act.FAMILY_JOINED, f"family:{of.id}", f"parent:{new_id}", by=A_PARENT)
    return Parent(new_id, name, chat_id, of)


async def parents_of(tx: Tx, of: Family) -> tuple[Parent, ...]:
    """The parents of a family who have joined."""
    rows = await tx.execute(
        select(parents).where(parents.c.family_id == of.id).order_by(parents.c.id)
    )
    return tuple(
        Parent(row["id"], tx.unseal(row["name"]), row["chat_id"], of) for row in rows.mappings()
    )


def _families() -> Any:
    return select(
        families.c.id.label("family_id"), families.c.alias, families.c.country, *_staff_columns()
    ).join(staff, staff.c.id == families.c.therapist_id)


def _staff_columns() -> Sequence[Any]:
    return (
        staff.c.id.label("staff_id"),
        staff.c.name.label("staff_name"),
        staff.c.role.label("staff_role"),
        staff.c.chat_id.label("staff_chat_id"),
    )


async def _one_staff(tx: Tx, condition: Any) -> Staff | None:
    query = select(*_staff_columns()).where(condition, staff.c.left_at.is_(None))
    row = (await tx.execute(query)).mappings().one_or_none()
    return _staff(tx, row) if row else None


def _staff(tx: Tx, row: Mapping[Any, Any]) -> Staff:
    return Staff(
        row["staff_id"],
        tx.unseal(row["staff_name"]),
        Role(row["staff_role"]),
        row["staff_chat_id"],
    )


def _family(tx: Tx, row: Mapping[Any, Any]) -> Family:
    return Family(row["family_id"], tx.unseal(row["alias"]), row["country"], _staff(tx, row))


def _parent(tx: Tx, row: Mapping[Any, Any], chat_id: int) -> Parent:
    return Parent(row["id"], tx.unseal(row["name"]), chat_id, _family(tx, row))
