"""What staff read about a flag, and what they can press."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from bot.core.flags import Flag, Outcome
from bot.core.moments import clock_text
from bot.core.people import Staff
from bot.core.phrases import Phrases
from bot.core.replies import Button, Reply, as_written

MINUTE = 60


class Again(StrEnum):
    """Why people who were told of a waiting flag are rung once more.

    worse: the family wrote of another danger. unread: they wrote what could not be judged.
    person: a parent asked for a person. edited: a parent changed what they wrote. late: a parent
    answered the safety check after its time. lost: whoever had it cannot be reached any more.
    """

    WORSE = "worse"
    UNREAD = "unread"
    PERSON = "asked_person"
    EDITED = "edited"
    LATE = "late_answer"
    LOST = "lost"


_FORMS = {
    Again.WORSE: "alert_again",
    Again.UNREAD: "alert_unread",
    Again.PERSON: "alert_person",
    Again.EDITED: "alert_edited",
    Again.LATE: "alert_late",
    Again.LOST: "alert_lost",
}


def category_text(flag: Flag, phrases: Phrases) -> str:
    """The danger in plain words."""
    return phrases.say(f"flags.category_{flag.category}")


def alert(
    flag: Flag,
    phrases: Phrases,
    now: datetime,
    zone: tzinfo,
    words: str | None,
    *,
    again: Again | None = None,
    what: str = "",
) -> Reply:
    """The alert: alias, category, time and buttons; the parent's words only where asked for.

    It may be sent much later than it is written, so its time is the clock's, in the clinic's zone.
    `again`: why it rings once more; `what` is who was lost, or what was answered too late.
    """
    minutes = int((now - flag.raised_at).total_seconds() // MINUTE)
    form = _FORMS[again] if again else "alert" if minutes else "alert_first"
    text = phrases.say(
        f"flags.{form}",
        alias=flag.alias,
        category=category_text(flag, phrases),
        state=phrases.say("flags.nobody_yet"),
        at=clock_text(flag.raised_at, now, zone, phrases),
        minutes=minutes,
        what=what,
    )
    if words is not None:
        text += "\n" + phrases.say("flags.their_words", text=as_written(words))
    return Reply(text, _alert_buttons(flag, phrases))


def _alert_buttons(flag: Flag, phrases: Phrases) -> tuple[tuple[Button, ...], ...]:
    show = Button(phrases.say("flags.show_button"), f"show:{flag.id}")
    not_urgent = Button(phrases.say("flags.not_urgent_button"), f"noturgent:{flag.id}")
    take = Button(phrases.say("flags.take_button"), f"take:{flag.id}")
    return ((take,), (show, not_urgent), (_pass_button(flag, phrases),))


def _pass_button(flag: Flag, phrases: Phrases) -> Button:
    return Button(phrases.say("flags.pass_button"), f"pass:{flag.id}")


def taken_by_you(flag: Flag, phrases: Phrases, *, is_only: bool = True) -> Reply:
    """What the person who took it reads, with a button for each way it can end.

    `is_only`: it is the only flag they have, so what they write without replying goes there.
    """
    outcomes = [
        Button(phrases.say(f"flags.close_{outcome}_button"), f"close:{flag.id}.{outcome}")
        for outcome in Outcome
    ]
    show = Button(phrases.say("flags.show_button"), f"show:{flag.id}")
    rows = ((show, _pass_button(flag, phrases)), tuple(outcomes[:2]), tuple(outcomes[2:]))
    phrase = "flags.taken_by_you" if is_only else "flags.taken_by_you_of_several"
    return Reply(phrases.say(phrase, alias=flag.alias), rows)


def colleagues(flag: Flag, found: Sequence[Staff], phrases: Phrases) -> Reply:
    """Whom a flag can be passed to, one a row; and who has it until they take it."""
    rows = tuple(
        (
            Button(
                phrases.say(
                    "flags.colleague_button",
                    name=one.name,
                    role=phrases.say(f"general.role_{one.role}"),
                ),
                f"passto:{flag.id}.{one.id}",
            ),
        )
        for one in found
    )
    phrase = "flags.pass_to_whom" if flag.holder else "flags.ask_whom_to_take"
    return Reply(phrases.say(phrase, alias=flag.alias), rows)


def offered(flag: Flag, by: Staff, phrases: Phrases) -> Reply:
    """What a colleague reads who is asked to take a flag, over or before anybody has."""
    phrase = "flags.offered" if flag.holder else "flags.offered_waiting"
    text = phrases.say(
        phrase, name=by.name, alias=flag.alias, category=category_text(flag, phrases)
    )
    return Reply(text, (*_alert_buttons(flag, phrases)[:1], _show_row(flag, phrases)))


def asked_text(flag: Flag, colleague: Staff, phrases: Phrases) -> str:
    """What the button says back once a colleague is being asked."""
    phrase = "flags.asked" if flag.holder else "flags.asked_waiting"
    return phrases.say(phrase, name=colleague.name)


def with_console(reply: Reply, flag: Flag, phrases: Phrases, url: str | None) -> Reply:
    """The same with the button *Console*, where the clinic serves one under `url`."""
    if url is None:
        return reply
    button = Button(phrases.say("console.button"), f"console:{flag.id}")
    return Reply(reply.text, (*reply.buttons, (button,)))


def not_asked(flag: Flag, colleague: Staff, phrases: Phrases) -> Reply:
    """What somebody reads when the colleague they chose cannot be written to."""
    phrase = "flags.not_asked" if flag.holder else "flags.not_asked_waiting"
    text = phrases.say(phrase, name=colleague.name, alias=flag.alias)
    taking = () if flag.holder else _alert_buttons(flag, phrases)[:1]
    return Reply(text, (*taking, (_pass_button(flag, phrases),)))


def ask_holder(flag: Flag, phrases: Phrases, silent: timedelta, left: timedelta) -> Reply:
    """What somebody reads who has taken a flag and has been silent since."""
    text = phrases.say(
        "flags.ask_holder", alias=flag.alias, minutes=_minutes(silent), left=_minutes(left)
    )
    return Reply(text, ((Button(phrases.say("flags.on_it_button"), f"onit:{flag.id}"),),))


def released(flag: Flag, phrases: Phrases) -> Reply:
    """What they read when it is given to others again; they may take it once more."""
    return Reply(phrases.say("flags.released", alias=flag.alias), _alert_buttons(flag, phrases))


def closed_by_you(
    flag: Flag, outcome: Outcome, phrases: Phrases, held: Sequence[Flag] = ()
) -> Reply:
    """What whoever closed it reads, with the wish for a note; `held` is what they still have."""
    skip = Button(phrases.say("flags.skip_note_button"), f"nonote:{flag.id}")
    ended = phrases.say(f"flags.outcome_{outcome}")
    text = phrases.say("flags.closed", alias=flag.alias, outcome=ended)
    if len(held) == 1:
        text += "\n" + phrases.say("flags.closed_holding", alias=held[0].alias)
    return Reply(text, ((skip,),))


def closed_without_note(flag: Flag, phrases: Phrases) -> Reply:
    """What stands there once they have nothing to add."""
    return Reply(phrases.say("flags.closed_without_note", alias=flag.alias))


def _show_row(flag: Flag, phrases: Phrases) -> tuple[Button, ...]:
    return (Button(phrases.say("flags.show_button"), f"show:{flag.id}"),)


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / MINUTE)


def ask_unread(flag: Flag, phrases: Phrases) -> Reply:
    """What somebody reads who presses *Not urgent* without having opened the message."""
    show = Button(phrases.say("flags.show_button"), f"show:{flag.id}")
    dismiss = Button(phrases.say("flags.close_unread_button"), f"dismiss:{flag.id}")
    return Reply(phrases.say("flags.unread", alias=flag.alias), ((show,), (dismiss,)))


def alert_closed(flag: Flag, outcome: Outcome, phrases: Phrases) -> Reply:
    """What stands where an alert or its buttons stood, once it has ended."""
    name = flag.holder.name if flag.holder else ""
    ended = phrases.say(f"flags.outcome_{outcome}")
    return Reply(phrases.say("flags.alert_closed", alias=flag.alias, name=name, outcome=ended))


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
