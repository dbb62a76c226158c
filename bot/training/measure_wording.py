"""Measures worded answers: the gate on labelled sentences, and a model behind it on questions."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np

from bot.adapters.grounding import GroundingGate
from bot.adapters.guidance import Guidance
from bot.adapters.masking import Names
from bot.adapters.wording import Wording
from bot.core.drafts import Price, Reworded, Use, Written, draft_of
from bot.core.passages import GuidanceDocument
from bot.core.prompts import Filled
from bot.core.rewording import Draft, Gate, Gated, Request
from bot.core.triage import Route
from bot.core.worded_answers import passages_of_page
from bot.training.grounding import Case, places_of
from bot.training.grounding_fit import carrying
from bot.training.measure_guidance import Rate
from bot.training.questions import LabelledQuestion

NAMES = Names("Robin", ("Sam",), "Dana")
WAIT = 90.0  # seconds that a model may take here; a parent would not wait as long


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled sentence, and why the gate dropped it, if it did."""

    case: Case
    reason: str | None

    @property
    def is_right(self) -> bool:
        """Whether the gate did as the label says."""
        return self.case.carried is (self.reason is None)


def judge(
    gate: GroundingGate, cases: Sequence[Case], documents: Sequence[GuidanceDocument]
) -> list[Judged]:
    """What the gate says of labelled sentences."""
    pages = {document.id: places_of(document) for document in documents}
    return [Judged(case, gate.fault(case.text, carrying(case, pages))) for case in cases]


def rates_of(judged: Sequence[Judged]) -> Iterator[Rate]:
    """The share of not carried sentences that are caught and of carried ones that pass; by kind."""
    for name, carried in (("not carried: caught", False), ("carried: passed", True)):
        of = [one for one in judged if one.case.carried is carried]
        yield Rate(name, sum(one.is_right for one in of), len(of))
    kinds = sorted({(one.case.carried, one.case.kind) for one in judged})
    for carried, kind in kinds:
        of = [one for one in judged if (one.case.carried, one.case.kind) == (carried, kind)]
        what = "passed" if carried else "caught"
        yield Rate(f"  {kind}: {what}", sum(one.is_right for one in of), len(of))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what came of it, and how long the model and the gate took, in seconds."""

    question: str
    page: str
    outcome: Reworded
    written: Written
    seconds: float
    gate_seconds: float

    @property
    def way(self) -> str:
        """How the parent would be answered."""
        if self.outcome.is_good:
            return "worded"
        return "replaced by the gate" if self.written.draft else "no draft"


class Drafts:
    """A model whose drafts are kept, so that they can be put before another gate."""

    def __init__(self, wording: Wording, path: Path | None = None) -> None:
        self._chat = wording.chat
        self._path = path
        self._kept = dict(_read(path)) if path and path.exists() else {}
        self.last = Written(None)
        self.seconds = 0.0

    is_resting = False

    async def write(self, told: Filled) -> Written:
        """The draft that was kept for these words, or a new one."""
        if told.material not in self._kept:
            began = time.perf_counter()
            written = await self._chat.write(told)
            self._kept[told.material] = (written, time.perf_counter() - began)
            self._keep(told.material)
        self.last, self.seconds = self._kept[told.material]
        return self.last

    def _keep(self, material: str) -> None:
        if self._path is None:
            return
        written, seconds = self._kept[material]
        row = {**asdict(written), "material": material, "seconds": seconds}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _read(path: Path) -> Iterator[tuple[str, tuple[Written, float]]]:
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        use = Use(**row["use"]) if row["use"] else None
        draft = draft_of(row["draft"]) if row["draft"] else None
        written = Written(draft, row["why"], row["answered_by"], use)
        yield row["material"], (written, row["seconds"])


class _Timed:
    """A gate that says how long it took."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self.seconds = 0.0

    def check(self, request: Request, draft: Draft) -> Gated:
        """What the gate says."""
        began = time.perf_counter()
        found = self._gate.check(request, draft)
        self.seconds = time.perf_counter() - began
        return found


def covered(
    guidance: Guidance, questions: Iterable[LabelledQuestion], count: int
) -> list[tuple[LabelledQuestion, GuidanceDocument]]:
    """The first questions that the guidance answers, each with the page it answers from."""
    found = ((one, guidance.consult(one.text, one.context, therapist="Dana")) for one in questions)
    answered = (
        (one, guidance.documents[got.matches[0].document_id])
        for one, got in found
        if got.route is Route.ANSWER and one.kind == "covered"
    )
    return list(islice(answered, count))


async def ask(
    wording: Wording,
    drafts: Drafts,
    asked: Sequence[tuple[LabelledQuestion, GuidanceDocument]],
) -> Sequence[Asked]:
    """What a parent would read of each question, with this model behind this gate."""
    gate = _Timed(wording.gate)
    timed = replace(wording, chat=drafts, gate=gate)
    found = []
    for question, page in asked:
        gate.seconds = 0.0
        prepared = timed.prepare(question.text, question.context, passages_of_page(page), NAMES)
        outcome = await timed.word(prepared, WAIT)
        found.append(
            Asked(question.text, page.id, outcome, drafts.last, drafts.seconds, gate.seconds)
        )
    return found


def report(asked: Sequence[Asked], price: Price) -> Iterator[str]:
    """What came of the questions, in lines to read."""
    count = len(asked)
    ways = Counter(one.way for one in asked)
    for way in ("worded", "replaced by the gate", "no draft"):
        yield str(Rate(way, ways[way], count))
    why = Counter(one.outcome.why for one in asked if one.way == "no draft")
    yield f"why there was no draft: {_counted(why)}"
    dropped = [drop.reason for one in asked if one.written.draft for drop in one.outcome.dropped]
    kept = sum(len(one.outcome.kept) for one in asked if one.outcome.is_good)
    yield f"sentences: {kept + len(dropped)} written, {kept} sent; dropped: {_counted(dropped)}"
    yield f"the model: {_spread([one.seconds for one in asked], 1, 's')}"
    gated = [one.gate_seconds * 1000 for one in asked if one.written.draft]
    yield f"the gate: {_spread(gated, 0, 'ms')} a draft"
    yield _cost(asked, price)


def _counted(what: Iterable[str] | Mapping[str, int]) -> str:
    return ", ".join(f"{n} {name}" for name, n in Counter(what).most_common()) or "none"


def _spread(took: Sequence[float], digits: int, unit: str) -> str:
    if not took:
        return "asked nothing"
    middle, late = np.percentile(took, [50, 95])
    return f"{middle:.{digits}f} {unit} p50, {late:.{digits}f} {unit} p95"


def _cost(asked: Sequence[Asked], price: Price) -> str:
    uses = [one.written.use for one in asked if one.written.use]
    read, written = sum(use.read for use in uses), sum(use.written for use in uses)
    each = 1000 / max(len(asked), 1)
    of = Use(round(read * each), round(written * each))
    known = price.read is not None or price.written is not None
    cost = f", which cost {price.of(of):.2f}" if known else ""
    return f"1,000 messages: {of.read:,} tokens read and {of.written:,} written{cost}"
