"""The holding message: what was passed on, to whom, what is known, and whom to call now."""

from dataclasses import dataclass

from bot.core.crisis import Directory, lines_for
from bot.core.flags import Flag, FlagState
from bot.core.phrases import Phrases
from bot.core.replies import Reply
from bot.core.triage import Category


def numbers_text(
    directory: Directory, country: str, category: Category | None, phrases: Phrases
) -> str:
    """The emergency number and the lines that fit, one a line."""
    numbers = directory.of(country)
    emergency = phrases.say(
        "holding.emergency", number=numbers.emergency, note=numbers.emergency_note
    )
    lines = [
        phrases.say(
            "holding.line",
            name=line.name,
            contact=line.contact,
            purpose=line.purpose,
            hours=line.hours,
        )
        for line in lines_for(numbers, category)
    ]
    return "\n".join([emergency, *lines])


def holding_text(opening: str, category: Category, numbers: str, phrases: Phrases) -> str:
    """An opening that says what is known, then what to do now."""
    means = f"holding.means_{category}"
    parts = [opening, phrases.say("holding.danger") + "\n" + numbers]
    if means in phrases.ids():
        parts.append(phrases.say(means))
    return "\n\n".join(parts)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a flag beyond its state.

    `reached`: somebody was, or is being, sent an alert that was not refused. `sent_to`: the
    therapist's name, if they are among them. `seen_by`: who has opened the message, if anybody.
    `has_taken`: false where it was passed to somebody who had the family's flag before it came.
    """

    reached: bool
    sent_to: str | None = None
    seen_by: str | None = None
    has_taken: bool = True


def opening_for(flag: Flag, phrases: Phrases, known: Known) -> str:
    """The one sentence that is true of a flag now."""
    if not flag.is_open:
        name = flag.holder.name if flag.holder else phrases.say("holding.their_clinic")
        return phrases.say("holding.over", name=name)
    if flag.holder is not None:
        phrase = "holding.taken" if known.has_taken else "holding.joined"
        return phrases.say(phrase, name=flag.holder.name)
    if not known.reached:
        return phrases.say("holding.nobody")
    if known.seen_by is not None:
        return phrases.say("holding.seen", name=known.seen_by)
    sent = "sent" if flag.state is FlagState.DELIVERED else "sending"
    who = known.sent_to or phrases.say("holding.their_clinic")
    return phrases.say(f"holding.{sent}", who=who)


def holding_reply(flag: Flag, directory: Directory, phrases: Phrases, known: Known) -> Reply:
    """The holding message as it stands now."""
    numbers = numbers_text(directory, flag.country, flag.category, phrases)
    opening = opening_for(flag, phrases, known)
    return Reply(holding_text(opening, flag.category, numbers, phrases))
