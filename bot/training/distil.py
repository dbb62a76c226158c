"""Teaches the small encoder to place texts as all-mpnet-base-v2 does, without any label.

The student is all-MiniLM-L6-v2; what it reads are short lines of the guidance, the labelled
questions of `train` without their labels, and the messages that triage is trained on. Whatever is
fitted on its vectors can then be judged on the training questions in folds, as on a frozen model.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import track
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from bot.adapters.encoder_file import checked_model
from bot.core.passages import GuidanceDocument
from bot.training import corpus
from bot.training.questions import read_questions

TEACHER_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
EPOCHS, BATCH, RATE, WARM_UP = 4, 64, 2e-4, 0.06
PROJECTION_RATE = 1e-3
LONGEST = 170  # characters
SHARP = 0.05  # the temperature at which the neighbours within a batch are compared
PLACE = 4.0  # how much the direction counts beside the neighbours
SEED = 0
STARTED_ON = 2500
Vectors = NDArray[np.float32]


def texts_for(documents: Sequence[GuidanceDocument]) -> list[str]:
    """What the student reads: no text of the calibration and test questions is among it."""
    lines = {line for d in documents for line in (d.title, *d.parents_say)}
    asked = {text for one in read_questions("train") for text in (one.text, one.read)}
    messages = {one.text for one in corpus.read() if one.file != "other-languages"}
    return sorted(text for text in lines | asked | messages if len(text) <= LONGEST)


def teach(texts: Sequence[str], teacher: Path) -> nn.Module:
    """The student after it has read the texts beside the teacher's vectors of them."""
    torch.manual_seed(SEED)
    wanted = torch.tensor(_vectors_of(texts, teacher))
    student = Student()
    projection = _start(student, texts, wanted)
    steps = EPOCHS * -(-len(texts) // BATCH)
    groups: list[dict[str, Any]] = [
        {"params": list(student.parameters())},
        {"params": list(projection.parameters()), "lr": PROJECTION_RATE},
    ]
    stepper = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.LambdaLR(stepper, lambda at: _pace(at, steps))
    shuffler = random.Random(SEED)
    for epoch in range(EPOCHS):
        plan = list(_batches(texts, shuffler))
        for rows in track(plan, description=f"Distilling, round {epoch + 1} of {EPOCHS}"):
            own = student([texts[row] for row in rows])
            stepper.zero_grad()
            _loss(own, nn.functional.normalize(projection(own)), wanted[rows]).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(student.parameters(), 1.0)
            stepper.step()
            pace.step()
    encoder: nn.Module = student.encoder.eval()
    return encoder


class Student(nn.Module):
    """all-MiniLM-L6-v2 with its token vectors averaged, at length one."""

    def __init__(self) -> None:
        super().__init__()
        folder = str(checked_model())
        self.encoder = AutoModel.from_pretrained(folder, local_files_only=True)
        self.tokens: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)

    def forward(self, texts: Sequence[str]) -> Tensor:
        """One unit vector for each text."""
        batch = self.tokens(
            list(texts), truncation=True, max_length=160, padding=True, return_tensors="pt"
        )
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            hidden = self.encoder(**batch).last_hidden_state.float()
        mask = batch["attention_mask"].unsqueeze(-1).to(hidden.dtype)
        return nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1))


def _vectors_of(texts: Sequence[str], teacher: Path) -> Vectors:
    model = SentenceTransformer(str(teacher), device="cpu")
    found = model.encode(list(texts), batch_size=16, normalize_embeddings=True)
    return np.asarray(found, np.float32)


@torch.no_grad()
def _start(student: Student, texts: Sequence[str], wanted: Tensor) -> nn.Linear:
    """The plane that brings the student's vectors nearest to the teacher's before it learns."""
    rows = random.Random(1).sample(range(len(texts)), min(STARTED_ON, len(texts)))
    student.eval()
    parts = [rows[at : at + BATCH] for at in range(0, len(rows), BATCH)]
    own = torch.cat([student([texts[row] for row in part]) for part in parts])
    student.train()
    plane = nn.Linear(own.shape[1], wanted.shape[1], bias=False)
    gram = own.T @ own + torch.eye(own.shape[1])
    plane.weight.copy_(torch.linalg.solve(gram, own.T @ wanted[rows]).T)
    return plane


def _batches(texts: Sequence[str], shuffler: random.Random) -> Iterator[list[int]]:
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]) + shuffler.uniform(-40, 40))
    made = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    shuffler.shuffle(made)
    yield from made


def _loss(own: Tensor, placed: Tensor, wanted: Tensor) -> Tensor:
    """How far the texts stand from where the teacher puts them, and their neighbours likewise."""
    place = (1 - (placed * wanted).sum(1)).mean()
    apart = torch.eye(len(own)) * 1e4
    theirs = torch.log_softmax(wanted @ wanted.T / SHARP - apart, 1)
    ours = torch.log_softmax(own @ own.T / SHARP - apart, 1)
    around = nn.functional.kl_div(ours, theirs, log_target=True, reduction="batchmean")
    return PLACE * place + around


def _pace(at: int, steps: int) -> float:
    warm = max(1, int(steps * WARM_UP))
    return at / warm if at < warm else max(0.0, (steps - at) / steps)
