"""The plain bot beside ours: python-telegram-bot, langchain-chroma, the same model, nothing else.

It answers each message with the best passage. It has no triage, no database and no durability:
what it has fetched is lost when it stops.

    python -m tests.bench.plain_bot API FOLDER
"""

import sys
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from sentence_transformers import SentenceTransformer
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.adapters.encoder_file import checked_model
from bot.settings import ROOT

LONGEST = 4096


class MiniLm(Embeddings):
    """The model as LangChain wants it."""

    def __init__(self) -> None:
        self._model = SentenceTransformer(str(checked_model()), device="cpu")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each text."""
        rows: list[list[float]] = self._model.encode(texts, show_progress_bar=False).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self.embed_documents([text])[0]


def passages() -> list[str]:
    """The guidance, cut at its headings."""
    documents = sorted((ROOT / "knowledge" / "guidance").glob("*.md"))
    bodies = (path.read_text(encoding="utf-8").split("---\n", 2)[-1] for path in documents)
    return [part.strip() for body in bodies for part in body.split("## ") if part.strip()]


def open_store(folder: Path) -> Chroma:
    """The passages in a Chroma folder; filled once."""
    store = Chroma(
        "plain",
        MiniLm(),
        persist_directory=str(folder),
        collection_configuration={"hnsw": {"space": "cosine"}},
    )
    texts = passages()
    held = len(store.get(include=[])["ids"])
    if held != len(texts):
        store.reset_collection()
        for at in range(0, len(texts), 64):
            store.add_texts(texts[at : at + 64])
    return store


def main(api: str, folder: Path) -> None:
    """Run until stopped."""
    store = open_store(folder)

    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        (best,) = await store.asimilarity_search(update.message.text or "", k=1)
        await update.message.reply_text(best.page_content[:LONGEST])

    async def ready(_: object) -> None:
        print(f"ready {api}", flush=True)

    application = (
        Application.builder().token("2:plain").base_url(f"{api}/bot").post_init(ready).build()
    )
    application.add_handler(MessageHandler(filters.TEXT, answer))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
