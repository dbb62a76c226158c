"""What staff read about a flag, and what they can press."""

from datetime import datetime

from bot.core.flags import Flag, Outcome
from bot.core.people import Staff
from bot.core.phrases import Phrases
from bot.core.replies import Button, Reply, as_written

MINUTE = 60


def category_text(flag: Flag, phrases: Phrases) -> str:
    """The danger in plain words."""
    return phrases.say(f"flags.category_{flag.category}")


def alert(
    flag: Flag, phrases: Phrases, now: datetime, words: str | None, *, again: bool = False
) -> Reply:
    """The alert: alias, category, time and buttons; the parent's words only where asked for.

    `again`: they have written once more while nobody had taken it.
    """
    minutes = int((now - flag.raised_at).total_seconds() // MINUTE)
    form = "alert_again" if again else "alert" if minutes else "alert_first"
    text = phrases.say(
        f"flags.{form}",
        alias=flag.alias,
        category=category_text(flag, phrases),
        state=phrases.say("flags.nobody_yet"),
        minutes=minutes,
    )
    if words is not None:
        text += "\n" + phrases.say("flags.their_words", text=as_written(words))
    return Reply(text, _alert_buttons(flag, phrases))


def _alert_buttons(flag: Flag, phrases: Phrases) -> tuple[tuple[Button, ...], ...]:
    show = Button(phrases.say("flags.show_button"), f"show:{flag.id}")
    not_urgent = Button(phrases.say("flags.not_urgent_button"), f"noturgent:{flag.id}")
    return ((Button(phrases.say("flags.take_button"), f"take:{flag.id}"),), (show, not_urgent))


def taken_by_you(flag: Flag, phrases: Phrases) -> Reply:
    """What the person who took it reads, with a button for each way it can end."""
    outcomes = [
        Button(phrases.say(f"flags.close_{outcome}_button"), f"close:{flag.id}.{outcome}")
        for outcome in Outcome
    ]
    show = Button(phrases.say("flags.show_button"), f"show:{flag.id}")
    rows = ((show,), tuple(outcomes[:2]), tuple(outcomes[2:]))
    return Reply(phrases.say("flags.taken_by_you", alias=flag.alias), rows)


def alert_taken(flag: Flag, holder: Staff, phrases: Phrases, *, is_theirs: bool) -> Reply:
    """What stands where the alert stood, once somebody has it."""
    phrase = "flags.alert_yours" if is_theirs else "flags.taken_by_other"
    return Reply(phrases.say(phrase, name=holder.name, alias=flag.alias))


def why(reason: str, evidence: tuple[str, ...], phrases: Phrases) -> str:
    """Why a flag was raised, at a glance."""
    words = ", ".join(f"“{as_written(one)}”" for one in evidence) or "-"
    known = f"flags.why_{reason}"
    if known in phrases.ids():
        return phrases.say(known, words=words)
    return phrases.say(
        "flags.why_rule" if reason.startswith("rule") else "flags.why_model", words=words
    )
