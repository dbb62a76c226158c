"""A small scripted judgement: which sentence is judged how. Triage itself is tested elsewhere."""

from collections.abc import Sequence

from bot.core.passages import GuidanceDocument, Match
from bot.core.routing import Consultation
from bot.core.triage import Category, Concern, Route, Thresholds, Verdict

URGENT = "she says she wants to die"
URGENT_TOO = "he has swallowed her tablets"
URGENT_GUESSED = "he has gone quiet and left his bag behind"
URGENT_GUESSED_TOO = "he talks to nobody now and stares at the wall"
WORRYING = "he frightens me at the moment"
ASKING = "how do I get him to talk to me?"
ASKING_MORE = "and what about at the weekend?"
NEARLY = "something a little like the guidance"
CLINICAL = "is it ADHD?"
UNCOVERED = "which bus goes to the clinic?"
HELLO = "hello"
COMPLAINT = "that was a useless answer"
GERMAN = "mein Kind hat heute nichts gesagt"
DOUBTFUL_GERMAN = "er macht mir gerade Angst"
BREAKS_TRIAGE = "this makes triage fall over"
BREAKS_ANSWERING = "this is answered from a page that is gone"
BREAKS_GUIDANCE = "this makes the guidance fall over"

_CONCERNS = {
    URGENT: (Concern.URGENT, Category.CHILD_SUICIDE_SELF_HARM),
    URGENT_TOO: (Concern.URGENT, Category.MEDICAL_EMERGENCY),
    URGENT_GUESSED: (Concern.URGENT, Category.MISSING_OR_RUNAWAY),
    URGENT_GUESSED_TOO: (Concern.URGENT, Category.PSYCHOSIS_OR_MANIA),
    WORRYING: (Concern.CHECK, Category.VIOLENCE_OR_WEAPONS),
    DOUBTFUL_GERMAN: (Concern.CHECK, Category.VIOLENCE_OR_WEAPONS),
}


class ScriptedJudge:
    """Judges the sentences above; everything else worries nobody."""

    thresholds = Thresholds(flag=0.8, check=0.2)

    def __init__(self) -> None:
        self.contexts: list[tuple[str, ...]] = []
        self._worries: set[str] = set()

    def worries_about(self, text: str) -> None:
        """From now on this sentence is near the line."""
        self._worries.add(text)

    def judge(self, text: str, context: Sequence[str]) -> Verdict:
        """The verdict that the script has for this sentence."""
        self.contexts.append(tuple(context))
        if text == BREAKS_TRIAGE:
            raise RuntimeError("the model is gone")
        concern, category = _CONCERNS.get(text, (Concern.NONE, None))
        if text in self._worries:
            concern, category = Concern.CHECK, Category.OTHER_DANGER
        language = "de" if text in (GERMAN, DOUBTFUL_GERMAN) else "en"
        reason = "rule:swallowed" if text == URGENT_TOO else "model"
        return Verdict(concern, category, reason, ("the words",), 0.9, language, "script")


class ScriptedAdviser:
    """Finds pages for the sentences above; everything else is not covered."""

    def __init__(self, documents: Sequence[GuidanceDocument]) -> None:
        matches = tuple(Match(one.id, one.themes, 0.8) for one in documents)
        answer = Consultation(Route.ANSWER, "covered", matches, 0.8)
        self._found = {
            ASKING: answer,
            ASKING_MORE: answer,
            WORRYING: answer,
            NEARLY: Consultation(Route.NOT_COVERED, "near_miss", matches[:3], 0.4),
            CLINICAL: Consultation(Route.THERAPIST, "clinical"),
            BREAKS_ANSWERING: Consultation(Route.ANSWER, "covered", (Match("gone", (), 0.8),), 0.8),
            HELLO: Consultation(Route.NOT_COVERED, "greeting"),
            COMPLAINT: Consultation(Route.NOT_COVERED, "not_meant"),
        }
        self.asked: list[str] = []
        self.contexts: list[tuple[str, ...]] = []

    def consult(self, text: str, context: Sequence[str], *, therapist: str | None) -> Consultation:
        """What the script has for this sentence."""
        self.asked.append(text)
        self.contexts.append(tuple(context))
        if text == BREAKS_GUIDANCE:
            raise RuntimeError("the index is gone")
        return self._found.get(text, Consultation(Route.NOT_COVERED, "nothing_close"))
