"""Which commands there are for whom: the command menu and /help are both made from these lists."""

from collections.abc import Sequence

from bot.core.people import Parent, Role, Staff, Who
from bot.core.phrases import Phrases

Groups = Sequence[tuple[str, Sequence[str]]]

PARENTS: Groups = (
    ("person", ("person",)),
    ("practice", ("practice", "progress")),
    ("nudges", ("pause", "resume", "quiet", "timezone", "stop")),
    ("privacy", ("mydata", "erase")),
    ("more", ("help",)),
)
THERAPISTS: Groups = (
    ("families", ("questions", "plan", "progress", "session", "invite", "families")),
    ("more", ("help",)),
)
OF_A_GROUP = {("families", "progress"): "family_progress"}
"""Commands that mean something else for the people of one group."""
COLLEAGUES: Groups = (
    ("covering", ("questions",)),
    ("more", ("help",)),
)
"""Staff who have no families of their own, and may stand in for somebody who has."""
OTHERS: Groups = (("more", ("help",)),)


def groups_of(who: Who) -> Groups:
    """The commands of a parent or a member of staff, in groups."""
    match who:
        case Parent():
            return PARENTS
        case Staff(role=role):
            return groups_of_role(role)
        case _:
            return OTHERS


def groups_of_role(role: Role) -> Groups:
    """The commands of a member of staff, in groups."""
    return THERAPISTS if role is Role.THERAPIST else COLLEAGUES


def is_for_parents(name: str) -> bool:
    """Whether a command is one that only parents have."""
    of_parents = {one for _, names in PARENTS for one in names}
    return name in of_parents - {one for _, names in THERAPISTS for one in names}


def menu(groups: Groups, phrases: Phrases) -> list[tuple[str, str]]:
    """Each command with its line, as Telegram's menu shows it."""
    return [(name, _line(group, name, phrases)) for group, names in groups for name in names]


def listed(groups: Groups, phrases: Phrases) -> str:
    """Each command with its line under the heading of its group, as /help shows it."""
    parts = []
    for group, names in groups:
        lines = [
            phrases.say("general.help_line", command=name, what=_line(group, name, phrases))
            for name in names
        ]
        parts.append("\n".join((phrases.say(f"general.help_group_{group}"), *lines)))
    return "\n\n".join(parts)


def _line(group: str, name: str, phrases: Phrases) -> str:
    return phrases.say(f"general.menu_{OF_A_GROUP.get((group, name), name)}")
