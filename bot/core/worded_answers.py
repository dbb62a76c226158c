"""An answer in a model's words: what of a page it is given, and where its sentences go."""

from collections.abc import Sequence

from bot.core.answers import steps_of, words_of
from bot.core.passages import GuidanceDocument
from bot.core.phrases import Phrases
from bot.core.replies import Reply, as_written
from bot.core.rewording import Passage, Sentence

WORDS = "Words you can use"
LONGEST = 1100


def passages_of_page(document: GuidanceDocument) -> tuple[Passage, ...]:
    """What a model may say again: the short answer, each step and line, and why it helps."""
    return (
        *_whole(document, "In short"),
        *(Passage("Try this", step) for step in steps_of(document)),
        *(Passage(WORDS, line) for line in words_of(document)),
        *_whole(document, "Why it helps"),
    )


def _whole(document: GuidanceDocument, section: str) -> tuple[Passage, ...]:
    text = " ".join(document.section(section).split())
    return (Passage(section, text),) if text else ()


def numbered(passages: Sequence[Passage]) -> str:
    """The passages as a model reads them: one a line, each after its number."""
    return "\n".join(f"{at}. {one.section}: {one.text}" for at, one in enumerate(passages))


def worded_reply(
    curated: Reply, kept: Sequence[Sentence], passages: Sequence[Passage], phrases: Phrases
) -> Reply | None:
    """The curated reply with its body in a model's words; None where they do not fit into it.

    Title, sources, what the clinic's review says and every button are those of the curated reply.
    Lines to say stay as they stand, unless the sentences bring some.
    """
    blocks = curated.text.split("\n\n")
    title = next((block for block in blocks if block.startswith("**")), "").partition("\n")[0]
    if not kept or not title or len(blocks) < 3:
        return None
    heading = f"**{phrases.say('answers.words_heading')}**"
    brings_lines = any(passages[at].section == WORDS for one in kept for at in one.passages)
    lines = () if brings_lines else tuple(b for b in blocks if b.startswith(heading))
    body = " ".join(as_written(one.text) for one in kept)
    for middle in (lines, ()):
        parts = (f"{title}\n{body}", *middle, blocks[-1], phrases.say("wording.helped"))
        text = "\n\n".join(parts)
        if len(text) <= LONGEST:
            return Reply(text, curated.buttons)
    return None
