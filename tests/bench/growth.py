"""How long looking a question up takes when the library grows to ten thousand pages.

`python -m tests.bench.growth` measures and draws `docs/pictures/guidance-growth.png`. The added
pages are copies of ours whose vectors are turned a little, so that no two are the same.
"""

import argparse
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bot.adapters.content import load_documents
from bot.adapters.embeddings import LARGE_MODEL, Embedder
from bot.adapters.guidance import Guidance
from bot.adapters.passage_index import MemoryIndex, PassageIndex, embedded_chroma
from bot.core.passages import GuidanceDocument, passages_of
from bot.settings import ROOT
from bot.training.questions import read_questions

SIZES = (140, 500, 1000, 3000, 10000)
ASKED = 100
TURNED = 0.5  # the length of what is added to a vector of length one
PICTURE = ROOT / "docs" / "pictures" / "guidance-growth.png"
GOAL = 40.0
_COPY = re.compile(r" \[(\d+)\]")
Vectors = NDArray[np.float32]


class Turned:
    """The vectors of the texts that were copied, each turned its own way."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = embedder.name
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""
        plain = [_COPY.sub("", text) for text in texts]
        missing = sorted({text for text in plain if text not in self._known})
        if missing:
            self._known.update(zip(missing, self._embedder.embed(missing), strict=True))
        rows = zip(texts, plain, strict=True)
        return np.stack([self._turn(text, self._known[base]) for text, base in rows])

    def _turn(self, text: str, vector: Vectors) -> Vectors:
        if not _COPY.search(text):
            return vector
        chance = np.random.default_rng(crc32(text.encode()))
        added = chance.standard_normal(vector.shape, np.float32)
        turned = vector + added * (TURNED / np.linalg.norm(added))
        return np.asarray(turned / np.linalg.norm(turned), np.float32)


def library(documents: Sequence[GuidanceDocument], size: int) -> list[GuidanceDocument]:
    """So many pages: ours, and copies of them."""
    return [_copy(documents[at % len(documents)], at // len(documents)) for at in range(size)]


def _copy(document: GuidanceDocument, number: int) -> GuidanceDocument:
    if number == 0:
        return document
    mark = f" [{number}]"
    lines = tuple(line + mark for line in document.parents_say)
    return replace(
        document, id=f"{document.id}-{number}", title=document.title + mark, parents_say=lines
    )


def milliseconds(
    documents: Sequence[GuidanceDocument], index: PassageIndex, turned: Turned
) -> Vectors:
    """How long each of a hundred questions takes, its embedding included."""
    index.update(passage for d in documents for passage in passages_of(d))
    embedder = Embedder(LARGE_MODEL)
    guidance = Guidance(documents, index, embedder, passage_embedder=turned)
    asked = [one.text for one in read_questions("train") if one.kind == "covered"]
    took = []
    for text in asked[:: len(asked) // ASKED][:ASKED]:
        began = time.perf_counter()
        guidance.consult(text)
        took.append((time.perf_counter() - began) * 1000)
    return np.array(took[5:], np.float32)


def draw(figures: dict[str, list[tuple[int, float, float]]]) -> None:
    """The picture: the median of each kind of index, with its 95th percentile."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4))
    for name, rows in figures.items():
        sizes, middle, high = zip(*rows, strict=True)
        (line,) = axes.plot(sizes, middle, marker="o", label=f"{name}, median")
        axes.plot(sizes, high, linestyle=":", color=line.get_color(), label="95th percentile")
    axes.axhline(GOAL, color="grey", linewidth=0.8)
    axes.set(xscale="log", xlabel="guidance pages")
    axes.set(yscale="log", ylabel="milliseconds for one question")
    axes.set_yticks([10, 40, 100, 1000], ["10", "40", "100", "1000"])
    axes.legend()
    figure.tight_layout()
    figure.savefig(PICTURE, dpi=120)


def main() -> None:
    """Measure each size with each index, print the table and draw the picture."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--most", type=int, default=SIZES[-1], help="the largest library")
    most = asked.parse_args().most
    documents = load_documents(ROOT / "knowledge" / "guidance")
    turned = Turned(Embedder(LARGE_MODEL))
    figures: dict[str, list[tuple[int, float, float]]] = {"in memory": [], "Chroma": []}
    with threadpool_limits(1, user_api="blas"), tempfile.TemporaryDirectory() as folder:
        for size in (size for size in SIZES if size <= most):
            pages = library(documents, size)
            for name in figures:
                index = _index(name, Path(folder) / str(size), turned)
                took = milliseconds(pages, index, turned)
                row = (size, float(np.median(took)), float(np.quantile(took, 0.95)))
                figures[name].append(row)
                print(
                    f"{name:10} {size:6} pages  {row[1]:6.1f} ms p50  {row[2]:6.1f} ms p95",
                    flush=True,
                )
    draw(figures)


def _index(name: str, folder: Path, turned: Turned) -> PassageIndex:
    return MemoryIndex(turned) if name == "in memory" else embedded_chroma(folder, turned)


if __name__ == "__main__":
    main()
