"""What the bot would say to a message, without saying it: the dry run, `ask` and `chat`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.adapters.content_in_use import ContentInUse
from bot.adapters.crisis import load_crisis_numbers
from bot.adapters.guidance import Guidance
from bot.adapters.judgement import Judgement
from bot.core.crisis import Directory
from bot.core.holding import ToCall, holding_text
from bot.core.messages import Words
from bot.core.outcomes import Standing, check_reply, passed_on, reply_for
from bot.core.phrases import Phrases
from bot.core.receiving import Situation, Step, plan
from bot.core.replies import Reply
from bot.core.routing import Consultation
from bot.core.triage import Category, Route, Verdict, is_covered

NOTHING_OPEN = Situation(flag_is_open=False, check_is_open=False)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What decides and what is said, with nobody behind it."""

    judgement: Judgement
    guidance: Guidance
    phrases: Phrases
    directory: Directory
    country: str

    @classmethod
    def of(
        cls, content: ContentInUse, country: str, judgement: Judgement, guidance: Guidance
    ) -> "Rehearsal":
        """The rehearsal with the content of the running bot."""
        directory = load_crisis_numbers(content.crisis, country)
        return cls(judgement, guidance, content.phrases(), directory, country)


async def rehearse(r: Rehearsal, text: str, context: Sequence[str]) -> dict[str, Any]:
    """The decision on a message as the batch interface prints it, but for id and time."""
    verdict = await r.judgement.judge(text, context)
    covered = is_covered(verdict.language)
    step = plan(Words(text), NOTHING_OPEN, verdict, language_is_covered=covered).step
    found = None
    if step is Step.CONSULT or (step is Step.ASK_CHECK and covered):
        found = await r.judgement.consult(text, context)
    route, reason, reply = _outcome(r, step, verdict, found)
    return {
        "route": route,
        "category": verdict.category if step in (Step.RAISE, Step.ASK_CHECK) else None,
        "reason": reason,
        "evidence": list(verdict.evidence),
        "score": round(verdict.score, 4),
        "reply": reply.text.replace("**", ""),
        "guidance": [
            {"id": match.document_id, "themes": list(match.themes), "score": round(match.score, 4)}
            for match in (found.matches if found else ())
        ],
        "language": verdict.language,
    }


def _outcome(
    r: Rehearsal, step: Step, verdict: Verdict, found: Consultation | None
) -> tuple[Route, str, Reply]:
    standing = Standing(r.phrases.say("answers.your_therapist"), is_reached=True)
    if step is Step.RAISE:
        return Route.URGENT, verdict.reason, _holding(r, verdict, standing.therapist)
    if step is Step.ASK_CHECK:
        return Route.CHECK, verdict.reason, check_reply(r.phrases, "0")
    if found is None:
        return Route.THERAPIST, "language", passed_on(r.phrases, standing, "language")
    return found.route, found.reason, reply_for(found, r.guidance.documents, r.phrases, standing, 0)


def _holding(r: Rehearsal, verdict: Verdict, therapist: str) -> Reply:
    opening = r.phrases.say("holding.sending", who=therapist)
    category = verdict.category or Category.OTHER_DANGER
    call = ToCall(r.directory, r.country, category, verdict.reason)
    return Reply(holding_text(opening, call, r.phrases, long=False))
