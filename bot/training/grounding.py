"""Teaches a small reader whether passages carry a sentence, and reads the labelled sentences."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from rich.progress import track
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from bot.adapters.encoder_file import checked_model
from bot.core.answers import steps_of, therapist_lines_of, words_of
from bot.core.passages import GuidanceDocument
from bot.training.grounding_pairs import Pair, pairs_of, sentences_of

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "evaluation" / "grounding"
PARTS = ("train", "calibration", "test")
EPOCHS, BATCH, RATE, WARM_UP = 2, 32, 8e-5, 0.06
LONGEST = 200  # tokens
MADE = 5000  # pairs made from the pages
REPEATED = 7  # how often each labelled sentence is read beside the made ones
SEED = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled sentence: the page and the places in it that it claims, and whether they do."""

    id: str
    page: str
    places: tuple[str, ...]
    text: str
    carried: bool
    kind: str


def read_cases(part: str, folder: Path = FOLDER) -> tuple[Case, ...]:
    """The labelled sentences of one part: train, calibration or test."""
    rows = map(json.loads, (folder / f"{part}.jsonl").read_text(encoding="utf-8").splitlines())
    return tuple(
        Case(
            row["id"],
            row["page"],
            tuple(row["passages"]),
            row["text"],
            row["label"] == "carried",
            row["kind"],
        )
        for row in rows
    )


def places_of(document: GuidanceDocument) -> Mapping[str, str]:
    """The passages of a page by the names that the labels use: short, try1, words1, why, ask1."""
    parts = {"try": steps_of(document), "words": words_of(document)}
    parts["ask"] = tuple(f"Ask your therapist if {x}" for x in therapist_lines_of(document))
    found = {"short": _flat(document.section("In short"))}
    found |= {
        f"{name}{at}": text for name, texts in parts.items() for at, text in enumerate(texts, 1)
    }
    return found | {"why": _flat(document.section("Why it helps"))}


def _flat(text: str) -> str:
    return " ".join(text.split())


def pairs_for(documents: Sequence[GuidanceDocument], seed: int = SEED) -> list[Pair]:
    """What the reader learns from: no page of the calibration and test parts is among it."""
    kept_out = {case.page for part in ("calibration", "test") for case in read_cases(part)}
    pages = {d.id: places_of(d) for d in documents if d.id not in kept_out}
    chance = random.Random(seed)
    every = [s for places in pages.values() for text in places.values() for s in sentences_of(text)]
    made = [
        pair for places in pages.values() for pair in pairs_of(list(places.values()), every, chance)
    ]
    made = chance.sample(made, min(MADE, len(made)))
    written = [
        Pair(" ".join(pages[case.page][place] for place in case.places), case.text, case.carried)
        for case in read_cases("train")
    ]
    return made + written * REPEATED


class Carrier(nn.Module):
    """The encoder on a passage and a sentence, its token vectors averaged, with one unit."""

    def __init__(self) -> None:
        super().__init__()
        folder = str(checked_model())
        self.encoder = AutoModel.from_pretrained(folder, local_files_only=True)
        self.tokens: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self.drop = nn.Dropout(0.1)
        self.carries = nn.Linear(self.encoder.config.hidden_size, 1)

    def forward(self, pairs: Sequence[Pair]) -> Tensor:
        """The log-odds that the passage carries the sentence, for each pair."""
        batch = self.tokens(
            [pair.passage for pair in pairs],
            [pair.sentence for pair in pairs],
            truncation=True,
            max_length=LONGEST,
            padding=True,
            return_tensors="pt",
        )
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            hidden = self.encoder(**batch).last_hidden_state.float()
        mask = batch["attention_mask"].unsqueeze(-1).to(hidden.dtype)
        found: Tensor = self.carries(self.drop((hidden * mask).sum(1) / mask.sum(1)))
        return found.squeeze(-1)


def teach(pairs: Sequence[Pair], seed: int = SEED, epochs: int = EPOCHS) -> Carrier:
    """A reader taught on pairs; the same pairs and seed give the same reader."""
    torch.manual_seed(seed)
    shuffler = random.Random(seed)
    carrier = Carrier().train()
    steps = epochs * -(-len(pairs) // BATCH)
    head = {"params": list(carrier.carries.parameters()), "lr": RATE * 10, "weight_decay": 0.0}
    stepper = torch.optim.AdamW(
        [{"params": list(carrier.encoder.parameters()), "weight_decay": 0.01}, head], lr=RATE
    )
    pace = torch.optim.lr_scheduler.LambdaLR(stepper, lambda at: _pace(at, steps))
    for epoch in range(epochs):
        plan = list(_batches(pairs, shuffler))
        for batch in track(plan, description=f"Teaching, round {epoch + 1} of {epochs}"):
            wanted = torch.tensor([float(pair.carried) for pair in batch]) * 0.96 + 0.02
            stepper.zero_grad()
            loss = nn.functional.binary_cross_entropy_with_logits(carrier(batch), wanted)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(carrier.parameters(), 1.0)
            stepper.step()
            pace.step()
    return carrier.eval()


def _batches(pairs: Sequence[Pair], shuffler: random.Random) -> Iterator[list[Pair]]:
    def length(pair: Pair) -> float:
        return len(pair.passage) + len(pair.sentence) + shuffler.uniform(-40, 40)

    order = sorted(pairs, key=length)
    made = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    shuffler.shuffle(made)
    yield from made


def _pace(at: int, steps: int) -> float:
    warm = max(1, int(steps * WARM_UP))
    return at / warm if at < warm else max(0.0, (steps - at) / steps)
