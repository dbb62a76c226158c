"""Where a message that is not urgent goes: answered, passed to the therapist, or declined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.asking import Intent, Sign
from bot.core.passages import Match
from bot.core.triage import Route

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Consultation:
    """What the guidance has for a message.

    `reason` is one short word for machines; `matches` are the documents, best first; `score` is
    how sure the guidance is that it covers the question, 0 to 1.
    """

    route: Route
    reason: str
    matches: tuple[Match, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """From `answer` up a question is answered, from `near` up titles are offered."""

    answer: float
    near: float
    therapist: float


_ROUTES = {
    Intent.GREETING: Route.NOT_COVERED,
    Intent.THANKS: Route.NOT_COVERED,
    Intent.INJECTION: Route.NOT_COVERED,
    Intent.OTHER_FAMILIES: Route.NOT_COVERED,
    Intent.BANTER: Route.NOT_COVERED,
    Intent.CLINICAL: Route.THERAPIST,
    Intent.ADMIN: Route.THERAPIST,
    Intent.WISH_FOR_THERAPIST: Route.THERAPIST,
}


def by_signs(signs: Sequence[Sign]) -> Consultation | None:
    """The decision when plain words settle it without looking anything up."""
    for sign in signs:
        if sign.certain:
            return Consultation(_ROUTES[sign.intent], sign.intent.value)
    return None


def by_likelihood(
    likelihood: Mapping[str, float], matches: Sequence[Match], bounds: Bounds
) -> Consultation:
    """The decision by how likely each intent is; `covered` stands for a question to answer."""
    shown = tuple(matches[:SHOWN])
    covered = likelihood.get("covered", 0.0)
    wanted = {
        intent: likelihood.get(intent, 0.0)
        for intent, to in _ROUTES.items()
        if to is Route.THERAPIST
    }
    wish = sum(wanted.values())
    if wish >= bounds.therapist and wish >= covered / 2:
        reason = max(wanted, key=lambda intent: wanted[intent])
        return Consultation(Route.THERAPIST, reason.value, score=covered)
    if shown and covered >= bounds.answer:
        return Consultation(Route.ANSWER, "covered", shown, covered)
    if shown and covered >= bounds.near:
        return Consultation(Route.NOT_COVERED, "near_miss", shown, covered)
    return Consultation(Route.NOT_COVERED, "nothing_close", score=covered)
