"""The holding message: what was passed on, to whom, what is known, and whom to call now."""

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


def whom(therapist_name: str | None, phrases: Phrases) -> str:
    """To whom a flag goes first, in words for the parent."""
    return therapist_name or phrases.say("holding.their_clinic")


def opening_for(flag: Flag, phrases: Phrases, *, reached: bool) -> str:
    """The one sentence that is true of a flag now; `reached`: somebody could be sent to."""
    if flag.holder is not None:
        return phrases.say("holding.taken", name=flag.holder.name)
    if not reached:
        return phrases.say("holding.nobody")
    name = flag.therapist.name if flag.therapist and flag.therapist.is_linked else None
    known = "sent" if flag.state is FlagState.DELIVERED else "sending"
    return phrases.say(f"holding.{known}", who=whom(name, phrases))


def holding_reply(flag: Flag, directory: Directory, phrases: Phrases, *, reached: bool) -> Reply:
    """The holding message as it stands now."""
    numbers = numbers_text(directory, flag.country, flag.category, phrases)
    opening = opening_for(flag, phrases, reached=reached)
    return Reply(holding_text(opening, flag.category, numbers, phrases))
