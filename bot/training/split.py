"""Setting messages apart for calibration and test: families of relatives move together."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from bot.training.corpus import SPLIT, Example, Part

SHINGLE = 4  # words
RELATED = 3  # shingles in common
TEST_PERCENT, CALIBRATION_PERCENT = 15, 15


def families(examples: Sequence[Example]) -> dict[str, str]:
    """For each message the name of its family: pairs, and messages that share several phrases."""
    parent = {example.id: example.id for example in examples}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for one, other in _relatives(examples):
        if other in parent:
            first, second = sorted((root(one), root(other)))
            parent[second] = first
    return {example.id: root(example.id) for example in examples}


def _relatives(examples: Sequence[Example]) -> Iterator[tuple[str, str]]:
    yield from ((example.id, example.pair) for example in examples if example.pair)
    owners: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        for shingle in _shingles(example):
            owners[shingle].append(example.id)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for names in owners.values():
        if len(names) <= 6:  # a phrase that many use is idiom, not kinship
            for at, one in enumerate(names):
                for other in names[at + 1 :]:
                    shared[one, other] += 1
    yield from (pair for pair, count in shared.items() if count >= RELATED)


def _shingles(example: Example) -> set[str]:
    words = re.findall(r"\w+", " ".join((*example.context, example.text)).lower())
    return {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def part_of(family: str) -> Part:
    """The part of a family: a hash of its name, so it never depends on the order of files."""
    place = int(sha256(family.encode()).hexdigest(), 16) % 100
    if place < TEST_PERCENT:
        return Part.TEST
    return Part.CALIBRATION if place < TEST_PERCENT + CALIBRATION_PERCENT else Part.TRAIN


def write(examples: Sequence[Example], path: Path = SPLIT) -> None:
    """Fix the parts in a file; messages that are added later are for training."""
    found: dict[str, list[str]] = {Part.CALIBRATION.value: [], Part.TEST.value: []}
    for name, family in families(examples).items():
        part = part_of(family)
        if part is not Part.TRAIN:
            found[part.value].append(name)
    path.write_text(json.dumps(found, indent=0) + "\n", encoding="utf-8")
