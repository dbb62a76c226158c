"""With a parent's consent, a day's nudge comes at a time that is tried; the choice is logged."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.core.consent import times_terms
from bot.core.practice import PracticePlan, Times, times_offered
from bot.core.rhythm import window
from bot.core.windows import Tried, choose_window
from bot.flows.services import Services
from bot.storage.database import Tx
from bot.storage.rhythms import Listener
from bot.storage.windows import add_choice, chosen_since, tried_by

Plans = Mapping[int, Sequence[tuple[PracticePlan, Times]]]
_DAY = timedelta(days=1)


def terms_of_trying(s: Services) -> str:
    """What a parent has to have agreed to: the text as it is now."""
    return times_terms(s.phrases.say("practice.learn_consent_version"))


def is_willing(s: Services, agreed: str | None) -> bool:
    """Whether times are tried for somebody who agreed to that: an older text is a no."""
    return s.try_times and agreed == terms_of_trying(s)


async def with_tried_times(
    tx: Tx,
    s: Services,
    listeners: Sequence[Listener],
    plans: Plans,
    holidays: AbstractSet[date],
    now: datetime,
) -> Plans:
    """The plans, for parents who agreed with today's time in place of the one they picked.

    On a holiday there is nothing to try.
    """
    willing = [one for one in listeners if is_willing(s, one.learns)]
    if not willing:
        return plans
    ids = [one.parent_id for one in willing]
    chosen = await chosen_since(tx, ids, (now - 2 * _DAY).date())
    tried = await tried_by(tx, ids)
    changed = dict(plans)
    for one in willing:
        own = _own_time_today(plans.get(one.parent_id, ()), one, now)
        at = chosen.get((one.parent_id, one.rhythm.day_of(now)))
        if at is None and own is not None and one.rhythm.day_of(now) not in holidays:
            at = await _choose(tx, one, own, tried.get(one.parent_id, ()), now)
        if at is not None:
            theirs = plans[one.parent_id]
            changed[one.parent_id] = [(plan, replace(times, at=at)) for plan, times in theirs]
    return changed


async def _choose(tx: Tx, one: Listener, own: time, tried: Sequence[Tried], now: datetime) -> time:
    today = one.rhythm.day_of(now)
    ahead = [at for at in times_offered(one.rhythm.quiet) if _begins(one, today, at) > now]
    choice = choose_window(own, ahead, tried, today, one.parent_id)
    await add_choice(tx, one.parent_id, choice, now)
    return choice.at


def _own_time_today(
    plans: Sequence[tuple[PracticePlan, Times]], one: Listener, now: datetime
) -> time | None:
    """The time they picked for today; None without one, or when it has come already."""
    today = one.rhythm.day_of(now)
    for plan, times in plans:
        if plan.runs_on(today) and times.falls_on(today):
            return times.at if _begins(one, today, times.at) > now else None
    return None


def _begins(one: Listener, day: date, at: time) -> datetime:
    return window(one.rhythm, day, at)[0]


def tomorrow_begins(one: Listener, now: datetime) -> datetime:
    """When another day begins for a parent, and with it another choice."""
    day = one.rhythm.day_of(now) + _DAY
    return datetime(day.year, day.month, day.day, tzinfo=one.rhythm.zone).astimezone(now.tzinfo)
