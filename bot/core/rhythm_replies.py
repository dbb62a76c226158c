"""What a parent reads about their plans and their rhythm, with the buttons to change them."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from bot.core.foresight import some_take_turns
from bot.core.phrases import Phrases
from bot.core.planning import date_text, often_text
from bot.core.practice import PlanState, PracticePlan, QuietHours, Times
from bot.core.replies import Button, Reply
from bot.core.rhythm import Rhythm
from bot.core.skills import Skill
from bot.core.standing import FOR_EVER
from bot.core.times import days_text, time_text, zone_text

PAUSES = (7, 14, 28)
QUIET_OFFERED = (
    QuietHours(time(20), time(7)),
    QuietHours(time(21), time(7)),
    QuietHours(time(22), time(8)),
)


def practice_overview(
    plans: Sequence[PracticePlan],
    skills: Mapping[str, Skill],
    times: Mapping[int, Times],
    rhythm: Rhythm,
    phrases: Phrases,
    *,
    learns: bool | None = None,
    next_nudge: str = "",
) -> Reply:
    """`/practice`: the plans with their days, and what can be changed.

    `learns`: whether times of day are tried for them; None where the clinic does not offer it.
    `next_nudge` is a line about when the next one comes.
    """
    known = [plan for plan in plans if plan.skill_id in skills]
    lines = [_line(plan, skills[plan.skill_id], times.get(plan.id), phrases) for plan in known]
    running = [
        (plan, times[plan.id])
        for plan in known
        if plan.id in times and times[plan.id].are_asked and plan.state is PlanState.RUNNING
    ]
    if some_take_turns(running):
        lines.append(phrases.say("practice.in_turn_here"))
    stands = "\n".join(one for one in (next_nudge, rhythm_text(rhythm, phrases)) if one)
    text = phrases.say("practice.practice_list", plans="\n".join(lines), rhythm=stands)
    rows: list[tuple[Button, ...]] = []
    for plan in known:
        title, mine = skills[plan.skill_id].title, times.get(plan.id)
        if mine is not None and mine.rests and plan.state is PlanState.RUNNING:
            goes_on = phrases.say("practice.go_on_button", title=title)
            rows.append((Button(goes_on, f"goon:{plan.id}"),))
        rows += [
            (Button(phrases.say("practice.log_button", title=title), f"logged:{plan.id}"),),
            (Button(phrases.say("practice.change_button", title=title), f"replan:{plan.id}"),),
        ]
    if learns is not None:
        what = "unlearn" if learns else "learn"
        rows.append((Button(phrases.say(f"practice.{what}_times_button"), f"rhythm:{what}"),))
    return Reply(text, tuple(rows))


def _line(plan: PracticePlan, skill: Skill, times: Times | None, phrases: Phrases) -> str:
    until = date_text(plan.ends_on)
    if plan.state is PlanState.PAUSED:
        return phrases.say("practice.practice_line_paused", title=skill.title, until=until)
    if times is not None and (times.rests or not times.days):
        phrase = "practice.practice_line_rests" if times.days else "practice.practice_line_left"
        return phrases.say(phrase, title=skill.title, until=until)
    if times is None:
        often = often_text(plan.often, phrases)
        return phrases.say(
            "practice.practice_line_unpicked", title=skill.title, often=often, until=until
        )
    days, at = days_text(times.days, phrases), time_text(times.at)
    return phrases.say("practice.practice_line", title=skill.title, days=days, at=at, until=until)


def ask_learning(asked: str, phrases: Phrases) -> Reply:
    """What trying times of day means; `asked` stands for this text on the button that agrees."""
    yes = Button(phrases.say("practice.learn_agree_button"), f"rhythm:agree.{asked}")
    no = Button(phrases.say("practice.learn_no_button"), "rhythm:unlearn")
    return Reply(phrases.say("practice.learn_ask"), ((yes,), (no,)))


def rhythm_text(rhythm: Rhythm, phrases: Phrases) -> str:
    """How things stand with the nudges."""
    if rhythm.is_stopped:
        return phrases.say("practice.rhythm_stopped")
    if rhythm.paused_until == FOR_EVER:
        return phrases.say("practice.paused_open")
    if rhythm.paused_until is not None:
        return phrases.say("practice.rhythm_paused", until=date_text(rhythm.paused_until))
    if rhythm.is_waiting:
        return phrases.say("practice.rhythm_waiting")
    zone, quiet = zone_text(str(rhythm.zone)), quiet_text(rhythm.quiet, phrases)
    return phrases.say("practice.rhythm_on", zone=zone, quiet=quiet)


def quiet_text(quiet: QuietHours, phrases: Phrases) -> str:
    """Quiet hours in words."""
    if quiet.begins == quiet.ends:
        return phrases.say("practice.quiet_never")
    begins, ends = time_text(quiet.begins), time_text(quiet.ends)
    return phrases.say("practice.quiet_from_to", begins=begins, ends=ends)


def ask_pause(phrases: Phrases) -> Reply:
    """For how long to rest."""
    row = tuple(
        Button(phrases.say("practice.pause_days_button", days=days), f"pause:{days}")
        for days in PAUSES
    )
    ever = Button(phrases.say("practice.pause_open_button"), "pause:open")
    return Reply(phrases.say("practice.pause_ask"), (row, (ever,)))


def paused_text(until: date, phrases: Phrases) -> str:
    """Until when it rests."""
    if until == FOR_EVER:
        return phrases.say("practice.paused_open")
    return phrases.say("practice.paused", until=date_text(until))


def ask_quiet(phrases: Phrases) -> Reply:
    """Which hours are quiet."""
    offered = tuple(
        (
            Button(
                phrases.say(
                    "practice.quiet_button", begins=time_text(one.begins), ends=time_text(one.ends)
                ),
                f"quiet:{one.begins:%H:%M}-{one.ends:%H:%M}",
            ),
        )
        for one in QUIET_OFFERED
    )
    none = Button(phrases.say("practice.quiet_none_button"), "quiet:none")
    return Reply(phrases.say("practice.quiet_ask"), (*offered, (none,)))


def ask_zone(now_in: str, zones: Sequence[str], phrases: Phrases) -> Reply:
    """Which clock; `zones` are those of the family's country."""
    text = phrases.say("practice.zone_ask", zone=zone_text(now_in))
    return Reply(text, tuple((Button(zone_text(one), f"zone:{one}"),) for one in zones))
