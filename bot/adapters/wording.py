"""Puts an answer into a model's words: masks, asks, masks again, and holds it to the passages."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.adapters.masking import Masker, Names, spoken
from bot.core.drafts import Price, Reworded, Use, Written, tokens_in
from bot.core.passages import GuidanceDocument
from bot.core.prompts import Filled, Prompt
from bot.core.rewording import Draft, Drop, Gate, Passage, Request, Sentence
from bot.core.worded_answers import numbered

if TYPE_CHECKING:  # without a language model, nothing of LangChain's chat models is loaded
    from bot.adapters.chat_model import Chat

log = structlog.get_logger(__name__)
TURNS = 3
_THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gate")
_LOWER = re.compile(r"(?<![\w'’])[^\W\d_A-Z][^\W\d_]*(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Budget:
    """How many tokens a day one family's answers may take, and all families' together."""

    family: int
    everybody: int | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """A language model with all that holds it: prompt, gate, patience, budget and price."""

    model: str
    chat: "Chat"
    gate: Gate
    prompt: Prompt
    patience: timedelta
    budget: Budget
    price: Price = field(default_factory=Price)
    ordinary: frozenset[str] = frozenset()

    def warm_up(self) -> None:
        """Let the gate load what it reads with: the first answer would be late otherwise.

        Raises:
            ModelError: something that it needs is missing or damaged.
        """
        passage = Passage("In short", "Stay close.")
        self.gate.check(Request("", (), (passage,)), Draft((Sentence(passage.text, (0,)),)))

    def prepare(
        self, question: str, turns: Sequence[str], passages: Sequence[Passage], names: Names
    ) -> "Prepared":
        """What is sent of a question: masked, filled into the prompt, with what it may cost."""
        last = tuple(turns)[-TURNS:]
        ordinary = self.ordinary | _small_words(one.text for one in passages)
        masker = Masker(names, (question, *last), ordinary)
        masked = tuple(masker.mask(text) for text in last)
        request = Request(masker.mask(question), masked, tuple(passages))
        told = self.prompt.fill(
            question=request.question,
            turns="\n".join(request.turns),
            passages=numbered(request.passages),
        )
        return Prepared(request, told, masker)

    async def word(self, prepared: "Prepared", seconds: float) -> Reworded:
        """What may be said, or why nothing may; never raises, but may be cancelled."""
        written = Written(None, "late")
        try:
            async with asyncio.timeout(seconds):
                written = await self.chat.write(prepared.told)
                if written.draft is not None:
                    return await self._check(prepared, written, written.draft)
                return _unsaid(written, written.why)
        except TimeoutError:
            return _unsaid(written, "late")
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, the page is sent as it is
            log.error("an answer was not worded", error=type(error).__name__)
            return _unsaid(written, type(error).__name__)

    async def _check(self, prepared: "Prepared", written: Written, draft: Draft) -> Reworded:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_THREAD, self._checked, prepared, written, draft)

    def _checked(self, prepared: "Prepared", written: Written, draft: Draft) -> Reworded:
        may_be_said, naming = [], []
        for sentence in draft.sentences:
            masked = replace(sentence, text=prepared.masker.mask(sentence.text))
            text = spoken(masked.text)
            if text is None:
                naming.append(Drop(masked, "names somebody or something"))
            else:
                may_be_said.append(replace(sentence, text=text))
        gated = self.gate.check(prepared.request, Draft(tuple(may_be_said)))
        told_of = {*gated.kept, *(one.sentence for one in gated.dropped)}
        left = tuple(Drop(one, "left out") for one in may_be_said if one not in told_of)
        return Reworded(
            kept=gated.kept,
            dropped=(*naming, *gated.dropped, *left),
            is_good=gated.core_is_there,
            why="" if gated.core_is_there else "not carried by the page",
            answered_by=written.answered_by,
            use=written.use,
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """One question, ready to be sent."""

    request: Request
    told: Filled
    masker: Masker

    @property
    def estimate(self) -> Use:
        """About how many tokens it takes to read it."""
        return Use(tokens_in(self.told.instructions + self.told.material))


def _unsaid(written: Written, why: str) -> Reworded:
    """Nothing may be said; what was written is kept all the same."""
    sentences = written.draft.sentences if written.draft else ()
    dropped = tuple(Drop(one, why) for one in sentences)
    return Reworded((), dropped, False, why, written.answered_by, written.use)


def ordinary_words(documents: Sequence[GuidanceDocument]) -> frozenset[str]:
    """Words that the guidance has in small letters: at the beginning of a sentence, no names."""
    texts = (
        text
        for document in documents
        for text in (*document.sections.values(), *document.parents_say)
    )
    return _small_words(texts)


def _small_words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(
        word.replace("'", "").replace("’", "") for text in texts for word in _LOWER.findall(text)
    )
