"""How practice goes in tests of use cases: Dana gives a plan, a parent picks, time goes on."""

from datetime import UTC, datetime, timedelta

from bot.storage.nudges import sweep_now
from tests.flows.clinic import DANA, SAM, Clinic
from tests.flows.recorder import Shown

SKILL = "bedtime-check-in"
TITLE = "The bedtime check-in"
MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


async def set_clock(clinic: Clinic, at: datetime) -> None:
    """Let it be this moment, and let what is due be done."""
    clinic.services.clock.offset += at - clinic.services.clock.now()
    await sweep(clinic)


async def sweep(clinic: Clinic) -> None:
    """Look for nudges now."""
    async with clinic.services.database.transaction() as tx:
        await sweep_now(tx)
    await clinic.settle()


async def live(clinic: Clinic, *, looks_every: float = 60, **span: float) -> None:
    """Let time go on, with a look for nudges every so many minutes."""
    left = timedelta(**span)
    while left > timedelta():
        step = min(left, timedelta(minutes=looks_every))
        await clinic.forward(seconds=step.total_seconds())
        await sweep(clinic)
        left -= step


async def give(clinic: Clinic, family: int = 1, skill: str = SKILL, often: int = 7) -> None:
    """Dana gives a plan for four weeks, by its last button."""
    await clinic.presses(DANA, f"give:{family}.{skill}.{often}.4.send")


async def practises(clinic: Clinic, chat_id: int = SAM) -> None:
    """A plan that Dana gave on a Monday at noon, with every evening at six picked."""
    await set_clock(clinic, MONDAY)
    await give(clinic)
    await clinic.presses(chat_id, "at:1.127.1800")


def nudges(clinic: Clinic, chat_id: int = SAM) -> list[Shown]:
    """The nudges on a phone."""
    return [one for one in clinic.phone(chat_id) if "Did it" in one.buttons.values()]


async def taps(clinic: Clinic, label: str, chat_id: int = SAM) -> str:
    """Somebody presses a button of the newest message that shows it."""
    shown = next(one for one in reversed(clinic.phone(chat_id)) if label in one.buttons.values())
    return await clinic.presses(chat_id, shown.button(label))
