"""A few real pages in a folder of their own, as a clinic's copy has them."""

import shutil
from datetime import date
from pathlib import Path

from bot.adapters.approved_texts import ApprovedTexts
from bot.adapters.content import document_from
from bot.core.reviews import approve, withdraw
from bot.flows.review_guidance import prepare_reviews, write_reviews
from bot.settings import ROOT

TODAY = date(2026, 11, 25)
IDS = ("after-you-have-shouted", "nods-then-does-the-opposite", "asked-to-join-the-session")


def copy_knowledge(folder: Path) -> Path:
    """The clinic's folder: three pages, one skill, and all the sentences beside it."""
    knowledge = folder / "knowledge"
    for kind, names in (("guidance", IDS), ("skills", ("calm-corner",))):
        (knowledge / kind).mkdir(parents=True)
        for name in names:
            source = ROOT / "knowledge" / kind / f"{name}.md"
            shutil.copyfile(source, knowledge / kind / source.name)
    shutil.copytree(ROOT / "knowledge" / "crisis", knowledge / "crisis")
    for name in ("themes.yaml", "sources.yaml"):
        shutil.copyfile(ROOT / "knowledge" / name, knowledge / name)
    shutil.copytree(ROOT / "prompts", folder / "prompts")
    return knowledge


def edit(path: Path, words: str = "One more sentence.") -> None:
    """Write something into a page's text, as a text editor would."""
    text = path.read_bytes().decode()
    path.write_bytes(text.replace("## In short\n", f"## In short\n{words}\n", 1).encode())


def approve_page(path: Path, data: Path, due: date | None = None) -> None:
    """Approve a page with the code of the command."""
    decided = [approve(document_from(path), "A. Reader", TODAY, due, today=TODAY)]
    write_reviews(prepare_reviews(path.parents[1], decided), ApprovedTexts(data))


def withdraw_page(path: Path, data: Path) -> None:
    """Withdraw a page with the code of the command."""
    decided = [withdraw(document_from(path), "A. Reader", TODAY, "it's wrong: here")]
    write_reviews(prepare_reviews(path.parents[1], decided), ApprovedTexts(data))
