"""Fine-tuning the packaged sentence encoder on the messages, so that it reads hints too."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import track
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from bot.adapters.encoder_file import checked_model
from bot.core.triage import Category
from bot.training.corpus import Example

EPOCHS = 4
BATCH = 16
RATE = 6e-5
LONGEST = 224  # tokens
WARM_UP = 0.1
KIND_SHARE = 0.3  # of the loss that comes from naming the kind of danger
LATE = "counter-examples"  # written after the first fit; taught to it in a second, gentle one
LATE_EPOCHS, LATE_RATE, REPLAYED = 2, 2e-5, 1200
CATEGORIES = tuple(category.value for category in Category)


@dataclass(frozen=True, slots=True)
class Item:
    """One text pair with what the encoder should say of it."""

    before: str
    text: str
    urgent: bool
    kind: int  # index of the category; the last stands for no danger


def item_of(example: Example) -> Item:
    """What the encoder is shown of an example: earlier messages, then the message."""
    known = example.urgent and example.category in CATEGORIES
    kind = CATEGORIES.index(example.category) if known else len(CATEGORIES)
    return Item("\n".join(example.context[-4:]), example.text, example.urgent, kind)


class Reader(nn.Module):
    """The encoder, its token vectors averaged, with a unit for danger and one for each kind."""

    def __init__(self) -> None:
        super().__init__()
        folder = str(checked_model())
        self.encoder = AutoModel.from_pretrained(folder, local_files_only=True)
        self.tokens = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.danger = nn.Linear(width, 1)
        self.kinds = nn.Linear(width, len(CATEGORIES) + 1)

    def pooled(self, items: Sequence[Item]) -> Tensor:
        """One vector for each item."""
        batch = self.tokens(
            [item.before for item in items]
            if any(item.before for item in items)
            else [item.text for item in items],
            [item.text for item in items] if any(item.before for item in items) else None,
            truncation=True,
            max_length=LONGEST,
            padding=True,
            return_tensors="pt",
        )
        hidden = self.encoder(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1).to(hidden.dtype)
        pooled: Tensor = (hidden * mask).sum(1) / mask.sum(1)
        return pooled

    def forward(self, items: Sequence[Item]) -> tuple[Tensor, Tensor]:
        """The log-odds of danger, and of each kind."""
        vector = self.drop(self.pooled(items))
        return self.danger(vector).squeeze(-1), self.kinds(vector)


def batches(items: Sequence[Item], shuffler: random.Random) -> Iterator[list[Item]]:
    """Batches of items of like length and the same form, in random order."""
    noisy = sorted(
        items,
        key=lambda item: (
            bool(item.before),
            len(item.text) + len(item.before) + shuffler.uniform(-30, 30),
        ),
    )
    made = []
    for form in (False, True):
        chosen = [item for item in noisy if bool(item.before) is form]
        made += [chosen[at : at + BATCH] for at in range(0, len(chosen), BATCH)]
    shuffler.shuffle(made)
    yield from made


def fine_tune(examples: Sequence[Example], seed: int) -> Reader:
    """A reader trained on `examples`; the same examples and seed give the same reader.

    Counter-examples to what a first fit learns come in a second one, among a sample of the rest.
    """
    torch.manual_seed(seed)
    shuffler = random.Random(seed)
    early = [item_of(one) for one in examples if one.file != LATE]
    late = [item_of(one) for one in examples if one.file == LATE]
    reader = Reader()
    _teach(reader, early, shuffler, EPOCHS, RATE)
    return settle(reader, early, late, seed)


def settle(reader: Reader, early: Sequence[Item], late: Sequence[Item], seed: int) -> Reader:
    """The second fit: counter-examples and a sample of earlier messages, at a low rate."""
    torch.manual_seed(seed)
    shuffler = random.Random(seed)
    replayed = shuffler.sample(list(early), min(REPLAYED, len(early)))
    if late:
        _teach(reader, [*late, *replayed], shuffler, LATE_EPOCHS, LATE_RATE)
    return reader.eval()


def _teach(
    reader: Reader, items: Sequence[Item], shuffler: random.Random, epochs: int, rate: float
) -> None:
    reader.train()
    steps = epochs * sum(1 for _ in batches(items, random.Random(0)))
    stepper = torch.optim.AdamW(_groups(reader, rate), lr=rate)
    pace = torch.optim.lr_scheduler.LambdaLR(stepper, lambda at: _pace(at, steps))
    for epoch in range(epochs):
        plan = list(batches(items, shuffler))
        for batch in track(plan, description=f"Fine-tuning, round {epoch + 1} of {epochs}"):
            stepper.zero_grad()
            _loss(reader, batch).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            stepper.step()
            pace.step()


def _groups(reader: Reader, rate: float) -> list[dict[str, object]]:
    heads = [*reader.danger.parameters(), *reader.kinds.parameters()]
    return [
        {"params": list(reader.encoder.parameters()), "weight_decay": 0.01},
        {"params": heads, "lr": rate * 10, "weight_decay": 0.0},
    ]


def _pace(at: int, steps: int) -> float:
    warm = max(1, int(steps * WARM_UP))
    return at / warm if at < warm else max(0.0, (steps - at) / (steps - warm))


def _loss(reader: Reader, batch: list[Item]) -> Tensor:
    danger, kinds = reader(batch)
    urgent = torch.tensor([float(item.urgent) for item in batch])
    kind = torch.tensor([item.kind for item in batch])
    return nn.functional.binary_cross_entropy_with_logits(
        danger, urgent * 0.96 + 0.02
    ) + KIND_SHARE * nn.functional.cross_entropy(kinds, kind)


@torch.no_grad()
def log_odds(reader: Reader, items: Sequence[Item]) -> NDArray[np.float32]:
    """The log-odds of danger of each item."""
    order = sorted(range(len(items)), key=lambda at: (bool(items[at].before), len(items[at].text)))
    found = np.zeros(len(items), np.float32)
    for form in (False, True):
        chosen = [at for at in order if bool(items[at].before) is form]
        for start in range(0, len(chosen), 32):
            spot = chosen[start : start + 32]
            found[spot] = reader([items[at] for at in spot])[0].numpy()
    return found


def save(reader: Reader, path: Path) -> None:
    """Keep the weights of a reader."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(reader.state_dict(), path)
