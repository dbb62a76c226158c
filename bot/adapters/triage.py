"""Triage as the bot uses it: rules, model and decision together; whatever fails is urgent."""

from collections.abc import Sequence

import structlog

from bot.adapters.language import Languages
from bot.adapters.triage_model import Embeds, TriageModel
from bot.core.rules import find
from bot.core.triage import Category, Concern, Thresholds, Verdict, decide

log = structlog.get_logger(__name__)
FAILED = Verdict(Concern.URGENT, Category.OTHER_DANGER, "triage_failed", (), 1.0, "en", "")


class Triage:
    """Judges messages with the shared embedder; `thresholds` unset means as calibrated."""

    def __init__(
        self,
        embedder: Embeds,
        thresholds: Thresholds | None = None,
        model: TriageModel | None = None,
        languages: Languages | None = None,
    ) -> None:
        self._model = model or TriageModel(embedder)
        self._languages = languages or Languages()
        self._thresholds = thresholds

    def load(self) -> None:
        """Read the weights and the language tables; ModelError says what is wrong with them."""
        self._model.load()
        self._languages.load()

    @property
    def thresholds(self) -> Thresholds:
        """The thresholds in force."""
        return self._thresholds or self._model.thresholds

    def judge(self, text: str, context: Sequence[str]) -> Verdict:
        """Decide on a message, its context oldest first; any failure is urgent."""
        try:
            hits = find(text, context)
            return decide(
                text,
                hits,
                self._model.read(text, context, hits),
                self.thresholds,
                self._languages.tell(text),
            )
        except Exception as error:  # noqa: BLE001 - failing closed is the point
            log.error("triage failed", error=type(error).__name__)
            return FAILED
