"""`heldinmind audit`: who saw or changed what, and whether the trail of it is whole."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import typer

from bot.app import Storage
from bot.cli.shared import clear_errors, settings_or_exit
from bot.cli.storage_work import with_storage
from bot.core.audit import BEGINNING, Act, Actor, Break, Entry, Link, Why, read_link
from bot.errors import AuditError
from bot.storage.audit import entries_where, verify
from bot.storage.people import staff_names

app = typer.Typer(no_args_is_help=True, help="Who saw or changed what, and whether that is whole.")
FORMATS = ["%Y-%m-%d", "%Y-%m-%d %H:%M"]
WORDS = {
    Act.WORDS_SHOWN: "was shown what parents wrote",
    Act.WORDS_EXPORTED: "took out what parents wrote",
    Act.CONSOLE_ENTERED: "entered the console",
    Act.APPROVAL_SERVED: "stands behind a text that is served from now on",
    Act.APPROVAL_ENDED: "an approval counts no more",
    Act.RELEASE_SERVED: "another release is served",
    Act.CLINIC_SET: "set up or renamed the clinic",
    Act.STAFF_ADDED: "added a member of staff",
    Act.STAFF_LINKED: "opened their link",
    Act.STAFF_LEFT: "took somebody off the staff",
    Act.ROLE_SET: "gave somebody another role",
    Act.LINK_MADE: "made a link",
    Act.FAMILY_ADDED: "added a family",
    Act.FAMILY_JOINED: "joined",
    Act.FAMILY_MOVED: "gave a family to another therapist",
    Act.COUNTRY_SET: "set a family's country",
    Act.ALIAS_SET: "gave a family another alias",
    Act.HOURS_SET: "set working hours",
    Act.ZONE_SET: "set a clock",
    Act.ROTA_SET: "set the rota",
    Act.STAND_IN_ADDED: "put somebody on call for a while",
    Act.STAND_IN_DROPPED: "took a stand-in back",
    Act.LEAVE_ADDED: "wrote down leave",
    Act.LEAVE_DROPPED: "took leave back",
    Act.CONTACT_ADDED: "added an address outside Telegram",
    Act.CONTACT_REMOVED: "removed an address outside Telegram",
    Act.ERASED: "erased a parent, and what was theirs",
    Act.RESEALED: "sealed the rows with another key",
}
WHY = {
    Why.MISSING: "it is missing",
    Why.CHANGED: "it, or the one before it, is not as it was written",
    Why.ANOTHER: "its hash is another than the one that was kept: the trail was written anew",
}


@app.command("verify")
def verify_trail(
    kept: str | None = typer.Option(
        None, "--hash", help="N:HASH, as an earlier `audit verify` printed it."
    ),
) -> None:
    """Say whether the audit trail is whole, up to which entry, and with which hash.

    Each entry's hash is made over the one before it, so an entry that was changed or taken out
    shows. Whoever rules the database could still write the whole trail anew, or cut its end off:
    keep the last line somewhere else, and give it with --hash. Exit status 1 if it is not whole.

    Example: heldinmind audit verify --hash "$(cat kept-in-the-safe.txt)"
    """
    link = _link(kept) if kept is not None else None

    async def walk(storage: Storage) -> Link | Break:
        async with storage.database.reading() as tx:
            return await verify(tx.connection, link)

    found = with_storage(settings_or_exit(), walk)
    if isinstance(found, Break):
        print(f"The audit trail is NOT whole: entry {found.number} does not hold; {_why(found)}.")
        raise typer.Exit(1)
    if found == BEGINNING:
        print("The audit trail has no entry yet.")
        return
    beside = "" if link is None else f", and entry {link.number} has the hash that was kept"
    print(f"The audit trail is whole up to {found}{beside}.")


@app.command()
def show(
    since: datetime | None = typer.Option(
        None, formats=FORMATS, help="The first day, or '2026-12-24 18:00', by UTC."
    ),
    by: str | None = typer.Option(
        None, help="A name or number in `clinic staff`, or a name as the trail has it."
    ),
    about: str | None = typer.Option(
        None, help="An id, such as family:3 or flag:12, or a kind of them: family."
    ),
    as_json: bool = typer.Option(False, "--json", help="As JSON, a list of entries with hashes."),
) -> None:
    """List what was seen and changed, by whom and when, the oldest first; times are UTC.

    Entries hold ids, and no word of a parent's and no name of theirs: `clinic families`, `flags`
    and `clinic staff` say whose they are.

    Example: heldinmind audit show --since 2026-12-01 --about family:3
    """
    with clear_errors():
        token = _token(about)
    moment = since.replace(tzinfo=UTC) if since else None

    async def read(storage: Storage) -> tuple[tuple[Entry, ...], Mapping[int, str]]:
        async with storage.database.reading() as tx:
            names = await staff_names(tx)
            who = _actor(by, names) if by is not None else None
            found = await entries_where(tx.connection, since=moment, by=who, about=token)
            return found, names

    entries, names = with_storage(settings_or_exit(), read)
    if as_json:
        print(json.dumps([_as_json(one) for one in entries], ensure_ascii=False, indent=2))
        return
    for one in entries:
        print(_line(one, names))
    if not entries:
        print("There is no such entry.")


def _link(text: str) -> Link:
    with clear_errors():
        found = read_link(text)
        if found is None:
            raise AuditError("--hash should be N:HASH, as `heldinmind audit verify` prints it")
        return found


def _why(found: Break) -> str:
    return WHY[found.why]


def _token(about: str | None) -> str | None:
    if about is None or re.fullmatch(r"[a-z_]+(:\S+)?", about):
        return about
    raise AuditError(f"--about: {about!r} should be an id such as family:3, or a kind: family")


def _actor(by: str, names: Mapping[int, str]) -> Actor:
    """Whom `--by` means; a name that no member of staff has or had may be one that was given."""
    wanted = by.strip().casefold()
    found = [one for one, name in names.items() if wanted in (str(one), name.casefold())]
    if len(found) > 1:
        numbers = " and ".join(str(one) for one in found)
        raise AuditError(f"--by: several people are or were called that; give a number: {numbers}")
    return Actor(found[0] if found else None, by.strip())


def _line(entry: Entry, names: Mapping[int, str]) -> str:
    deed = entry.deed
    number = deed.by.staff_id
    who = deed.by.named if number is None else f"{names.get(number, 'somebody')} ({number})"
    what = WORDS[Act(deed.act)] if deed.act in list(Act) else deed.act
    about = f": {' '.join(deed.about)}" if deed.about else ""
    notes = ", ".join(one for one in (deed.how, deed.detail) if one)
    at = f"{deed.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"
    return f"{entry.link.number:>6}  {at}  {who} {what}{about}{f' ({notes})' if notes else ''}"


def _as_json(entry: Entry) -> dict[str, Any]:
    """The fields by the names that they have in the form that is hashed."""
    deed = entry.deed
    return {
        "number": entry.link.number,
        "at": deed.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "staff": deed.by.staff_id,
        "named": deed.by.named,
        "act": deed.act,
        "about": list(deed.about),
        "how": deed.how,
        "detail": deed.detail,
        "hash": entry.link.hash,
    }
