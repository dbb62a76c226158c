"""People for tests of the core: a therapist, someone on call, a supervisor, a family."""

from datetime import UTC, datetime

from bot.core.crisis import CrisisLine, CrisisNumbers, Directory
from bot.core.flags import Flag, FlagState
from bot.core.people import Family, Parent, Role, Staff, Stranger
from bot.core.phrases import Phrases
from bot.core.triage import Category, Concern, Verdict

NOW = datetime(2026, 3, 4, 21, 15, tzinfo=UTC)

DANA = Staff(1, "Dana", Role.THERAPIST, 1002)
NOOR = Staff(2, "Noor", Role.ON_CALL, 1003)
SUE = Staff(3, "Sue", Role.SUPERVISOR, 1004)
ADA = Staff(4, "Ada", Role.ADMINISTRATOR, 1005)
OTHER_THERAPIST = Staff(5, "Omar", Role.THERAPIST, 1006)
EVERYBODY = (DANA, NOOR, SUE, ADA, OTHER_THERAPIST)

ROBINS = Family(11, "Robin's family", "GB", DANA)
SAM = Parent(21, "Sam", 1001, ROBINS)
NOBODY_WE_KNOW = Stranger(9001, "Kim")


def unlinked(person: Staff) -> Staff:
    """The same person before they have opened their link."""
    return Staff(person.id, person.name, person.role, None)


def a_flag(
    *,
    state: FlagState = FlagState.RAISED,
    holder: Staff | None = None,
    therapist: Staff | None = DANA,
    category: Category = Category.CHILD_SUICIDE_SELF_HARM,
    country: str = "GB",
    offered_to: Staff | None = None,
) -> Flag:
    """A flag of Robin's family, raised at `NOW`."""
    return Flag(
        id=7,
        chat_id=SAM.chat_id,
        family_id=ROBINS.id,
        alias=ROBINS.alias,
        country=country,
        category=category,
        reason="rule:wants_to_die",
        state=state,
        raised_at=NOW,
        next_rung=1,
        therapist=therapist,
        holder=holder,
        message_id=31,
        offered_to=offered_to,
    )


def a_verdict(concern: Concern, category: Category | None = None) -> Verdict:
    """A verdict on an English message."""
    return Verdict(concern, category, "model", (), 0.5, "en", "test")


def a_line(name: str, kind: str) -> CrisisLine:
    """A crisis line that is open day and night."""
    return CrisisLine(name, "111", "day and night", "anyone", kind, "https://x", NOW.date())


DIRECTORY = Directory(
    {
        "GB": CrisisNumbers(
            "GB",
            "999",
            "police, ambulance, fire",
            (
                a_line("Samaritans", "crisis"),
                a_line("Childline", "child"),
                a_line("Refuge", "domestic_abuse"),
                a_line("Poisons", "poison"),
            ),
        ),
        "ZZ": CrisisNumbers("ZZ", "112", "in many countries", (a_line("Anywhere", "crisis"),)),
    }
)

HOLDING = Phrases(
    {
        "holding.sending": "sending to {who}",
        "holding.sent": "sent to {who}, nobody has taken it",
        "holding.seen": "{name} has opened it, nobody has taken it",
        "holding.over": "{name} has closed it",
        "holding.nobody": "reached nobody",
        "holding.taken": "{name} has it",
        "holding.danger": "In danger now:",
        "holding.emergency": "{number} ({note})",
        "holding.line": "{name}: {contact} ({purpose}, {hours})",
        "holding.means_medical_emergency": "keep the packet",
        "holding.their_clinic": "the clinic",
    }
)
