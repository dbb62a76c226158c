"""Who can be spared: whether somebody may leave or change roles, and a family may be moved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.crisis import ANYWHERE
from bot.core.duty import Duty
from bot.core.flags import Flag
from bot.core.ladder import EVERYONE, on_rung
from bot.core.people import Family, Role, Staff, is_called, tidy_alias
from bot.core.readiness import Readiness, as_reachable, check_readiness
from bot.errors import PeopleError

STAFF = "heldinmind clinic staff"


@dataclass(frozen=True, slots=True)
class Clinic:
    """Everybody in a clinic at a moment; `active` are the families of which a parent has joined."""

    staff: tuple[Staff, ...]
    families: tuple[Family, ...]
    active: frozenset[int]
    open_flags: tuple[Flag, ...]
    unreachable: frozenset[int]
    duty: Duty
    at: datetime

    def families_of(self, who: Staff) -> tuple[Family, ...]:
        """Somebody's families, joined or not."""
        return tuple(one for one in self.families if one.therapist.id == who.id)

    def held_by(self, who: Staff) -> tuple[Flag, ...]:
        """The open flags that somebody has taken."""
        return tuple(one for one in self.open_flags if one.holder and one.holder.id == who.id)

    def readiness(self) -> Readiness:
        """What stands between families and a person."""
        active = [one for one in self.families if one.id in self.active]
        return check_readiness(active, self.staff, self.unreachable, self.duty, self.at)

    def moved(self, family_ids: Sequence[int], to: Staff) -> "Clinic":
        """The clinic with families given to another therapist, their open flags with them."""
        return replace(
            self,
            families=tuple(
                replace(one, therapist=to) if one.id in family_ids else one for one in self.families
            ),
            open_flags=tuple(
                replace(one, therapist=to) if one.family_id in family_ids else one
                for one in self.open_flags
            ),
        )

    def without(self, who: Staff) -> "Clinic":
        """The clinic once somebody has left."""
        staff = tuple(one for one in self.staff if one.id != who.id)
        return replace(self, staff=staff, duty=self.duty.without(who.id, self.at))

    def with_role(self, who: Staff, role: Role) -> "Clinic":
        """The clinic with somebody in another role."""
        changed = replace(who, role=role)
        staff = tuple(changed if one.id == who.id else one for one in self.staff)
        return replace(self, staff=staff)


def check_leaving(clinic: Clinic, who: Staff, heir: Staff | None, *, gives_back: bool) -> None:
    """Whether somebody may leave, their families going to `heir`.

    Raises:
        PeopleError: a family or an open flag would have nobody; says what to do first.
    """
    families, held = clinic.families_of(who), clinic.held_by(who)
    if families and heir is None:
        raise PeopleError(
            f"{who.name} has {_named(families)}: say whose they are from now on, with "
            "--families-to, or move them one by one: heldinmind clinic move-family"
        )
    if held and not gives_back:
        raise PeopleError(
            f"{who.name} has taken urgent messages that are still open ({_of(held)}). They close "
            "them, or hand them over in Telegram with *Pass to …*. If they cannot: --give-back "
            "tells everybody else at once, and the family that somebody else is looked for"
        )
    if heir is not None:
        for one in families:
            check_move(clinic, one, heir)


def check_move(clinic: Clinic, family: Family, to: Staff) -> None:
    """Whether a family may go to somebody.

    Raises:
        PeopleError: they could not take care of it as things stand; says what to do first.
    """
    if to.id == family.therapist.id:
        raise PeopleError(f"{family.alias} is with {to.name} already: name somebody else")
    if to.role is not Role.THERAPIST:
        raise PeopleError(
            f"{to.name} is no therapist here, and only therapists have families. Name another, or "
            f"first: heldinmind clinic set-role --staff {to.id} --role therapist"
        )
    if not to.is_linked:
        raise PeopleError(
            f"{to.name} has not opened their link to Telegram yet, so nothing of {family.alias} "
            f"would reach them. A fresh link: heldinmind clinic link {to.id}"
        )
    if to.id in clinic.unreachable:
        raise PeopleError(
            f"Telegram delivers nothing to {to.name}: they have blocked the bot. Once they have "
            "unblocked it and written to it, try again"
        )
    if any(is_called(one, family.alias) for one in clinic.families_of(to)):
        raise PeopleError(
            f"{to.name} has a family called {family.alias} already, and could not tell them "
            f"apart. First: heldinmind clinic family --family {family.id} --alias …"
        )


def check_role(clinic: Clinic, who: Staff, role: Role) -> None:
    """Whether somebody may have another role.

    Raises:
        PeopleError: their families would have no therapist, or they have the role already.
    """
    families = clinic.families_of(who)
    if role is who.role:
        raise PeopleError(f"{who.name} has the role {role} already")
    if families and role is not Role.THERAPIST:
        raise PeopleError(
            f"{who.name} has {_named(families)}, and only therapists have families. Move them "
            "first: heldinmind clinic move-family"
        )


def check_country(family: Family, country: str, known: frozenset[str]) -> None:
    """Whether a family may read the numbers of a country; `ANYWHERE` has those for any.

    Raises:
        PeopleError: there are none.
    """
    if country not in known | {ANYWHERE}:
        raise PeopleError(
            f"--country: there are no crisis numbers for {country}, so {family.alias} would read "
            f"none of its own. There are some for {', '.join(sorted(known))}; {ANYWHERE} shows "
            "numbers for anywhere"
        )


def check_clinic_country(country: str, known: frozenset[str]) -> None:
    """Whether a clinic may be in a country; `ANYWHERE` has numbers for any.

    Raises:
        PeopleError: there are no numbers for it, and its families would read those for anywhere.
    """
    if country not in known | {ANYWHERE}:
        raise PeopleError(
            f"--country: there are no crisis numbers for {country}, so the clinic's families would "
            f"read none of their own. There are some for {', '.join(sorted(known))}; write "
            f"{country}.yaml beside those in knowledge/crisis (README.md there shows how), or give "
            f"{ANYWHERE}: families then read numbers for anywhere"
        )


def check_alias(family: Family, alias: str, families: Sequence[Family]) -> None:
    """Whether a family may be called something.

    Raises:
        PeopleError: it is no name, or its therapist has another family of that name.
    """
    if not tidy_alias(alias):
        raise PeopleError("--alias should be a name")
    theirs = [one for one in families if one.therapist.id == family.therapist.id]
    if any(is_called(one, alias) and one.id != family.id for one in theirs):
        raise PeopleError(
            f"{family.therapist.name} has another family called {tidy_alias(alias)}: choose a name "
            "that tells them apart"
        )


def check_nobody_is_lost(before: Clinic, after: Clinic) -> None:
    """Whether everybody who could reach a person before still can.

    Raises:
        PeopleError: something urgent of theirs would reach nobody.
    """
    were = {one.id for one in before.readiness().lost}
    lost = [one.alias for one in after.readiness().lost if one.id not in were]
    had_nobody = {one.id for one in before.open_flags if _is_lost(before, one)}
    flags = [
        one.alias for one in after.open_flags if one.id not in had_nobody and _is_lost(after, one)
    ]
    if lost or flags:
        names = ", ".join(dict.fromkeys([*flags, *lost]))
        raise PeopleError(
            f"Something urgent of {names} would then reach nobody. First somebody else has to open "
            "their link: heldinmind clinic add-staff, and see heldinmind clinic readiness"
        )


def roles_left_empty(before: Clinic, after: Clinic) -> tuple[Role, ...]:
    """The roles on the ladder that nobody has any more."""
    had, have = ({one.role for one in clinic.staff} for clinic in (before, after))
    return tuple(one for one in Role if one in had - have)


def _is_lost(clinic: Clinic, flag: Flag) -> bool:
    people = [as_reachable(one, clinic.unreachable) for one in clinic.staff]
    own = next((one for one in people if flag.therapist and one.id == flag.therapist.id), None)
    return not on_rung(EVERYONE, own, people)


def _named(families: Sequence[Family]) -> str:
    count = f"{len(families)} famil{'y' if len(families) == 1 else 'ies'}"
    return f"{count} ({', '.join(one.alias for one in families)})"


def _of(flags: Sequence[Flag]) -> str:
    return ", ".join(one.alias for one in flags)
