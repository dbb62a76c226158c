"""Puts a reply together from a reviewed page, or says plainly that there is none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from bot.core.about_bot import Topic
from bot.core.passages import GuidanceDocument, ReviewStatus, Source
from bot.core.phrases import Phrases
from bot.core.replies import Button, Reply

FIRST_LENGTH = 900
DATA_BYTES = 64
RELATED_SHOWN = 2
NEARER_SHOWN = 3
COMMON_GROUND = "Common ground of the field"

# What was agreed to is told in the very words that were agreed to.
_ABOUT = {
    Topic.PRIVACY: "joining.who_sees",
    Topic.STOPPING: "joining.stopping",
    Topic.HELP: "answers.about_help",
    Topic.NUDGES: "answers.about_nudges",
}

# Tried in turn until the first part fits: how many steps, how many lines to say.
_SIZES = ((3, 3), (3, 2), (3, 1), (2, 2), (2, 1), (1, 1))
_NUMBERED = re.compile(r"^\s*\d+[.)]\s+", re.MULTILINE)
_LISTED = re.compile(r"^\s*[-*•]\s+", re.MULTILINE)


def compose(
    document: GuidanceDocument,
    phrases: Phrases,
    *,
    answer_id: int,
    therapist: str | None,
    part: Literal["first", "more"] = "first",
    related: Sequence[GuidanceDocument] = (),
    can_practise: bool = False,
    is_whole: bool = False,
) -> Reply:
    """The reply from one page; under its rest, the `related` pages may be opened next.

    `is_whole`: the first part came in other words, so the rest is the whole page as it stands.
    """
    if part == "more":
        rows = _more_buttons(phrases, answer_id, therapist, related, can_practise=can_practise)
        return Reply(_more(document, phrases, is_whole=is_whole), rows)
    steps, words = _shown(document, phrases)
    buttons = (
        (
            Button(phrases.say("answers.helpful_button"), f"helpful:{answer_id}"),
            Button(phrases.say("answers.notthis_button"), f"notthis:{answer_id}"),
        ),
        (
            _ask(phrases, answer_id, therapist),
            Button(phrases.say("answers.more_button"), f"more:{answer_id}"),
        ),
    )
    return Reply(_first(document, phrases, steps, words), buttons)


def steps_of(document: GuidanceDocument) -> tuple[str, ...]:
    """The steps to try, without their numbers."""
    return _items(document.section("Try this"), _NUMBERED)


def words_of(document: GuidanceDocument) -> tuple[str, ...]:
    """The lines a parent can say, as they stand."""
    return _items(document.section("Words you can use"), _LISTED)


def therapist_lines_of(document: GuidanceDocument) -> tuple[str, ...]:
    """When to ask the therapist, line by line."""
    return _items(document.section("Ask your therapist if"), _LISTED)


def _items(text: str, mark: re.Pattern[str]) -> tuple[str, ...]:
    parts = mark.split(text)
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def _shown(document: GuidanceDocument, phrases: Phrases) -> tuple[int, int]:
    """How many steps and lines fit into the first part."""
    for steps, words in _SIZES:
        if len(_first(document, phrases, steps, words)) <= FIRST_LENGTH:
            return steps, words
    return _SIZES[-1]


def _first(document: GuidanceDocument, phrases: Phrases, steps: int, words: int) -> str:
    numbered = [f"{at}. {step}" for at, step in enumerate(steps_of(document)[:steps], start=1)]
    blocks = (
        _heard(document, phrases),
        f"**{document.title}**\n{_flat(document.section('In short'))}",
        _block(phrases.say("answers.steps_heading"), numbered),
        _block(phrases.say("answers.words_heading"), words_of(document)[:words]),
        f"{_short_source(document.sources, phrases)} {_status(document, phrases)}",
    )
    return "\n\n".join(block for block in blocks if block)


def _heard(document: GuidanceDocument, phrases: Phrases) -> str:
    by_theme = f"answers.heard_{document.themes[0]}"
    if by_theme in phrases.ids():
        return phrases.say(by_theme)
    return phrases.say(f"answers.heard_{document.approach}")


def _more(document: GuidanceDocument, phrases: Phrases, *, is_whole: bool) -> str:
    steps, words = (0, 0) if is_whole else _shown(document, phrases)
    more = "" if is_whole else "more_"
    ask_if = therapist_lines_of(document)
    left = [f"{at}. {step}" for at, step in enumerate(steps_of(document), start=1)][steps:]
    named = [_named(source, phrases) for source in document.sources]
    blocks = (
        f"**{phrases.say('answers.more_heading', title=document.title)}**",
        _flat(document.section("In short")) if is_whole else "",
        _block(phrases.say(f"answers.{more}steps_heading"), left),
        _block(phrases.say(f"answers.{more}words_heading"), words_of(document)[words:]),
        _block(phrases.say("answers.why_heading"), [_flat(document.section("Why it helps"))]),
        _block(phrases.say("answers.ask_heading"), [f"• {line}" for line in ask_if]),
        phrases.say("answers.ask_urgent"),
        _block(phrases.say("answers.sources_heading"), [f"• {name}" for name in named]),
        _status(document, phrases),
    )
    return "\n\n".join(block for block in blocks if block)


def _more_buttons(
    phrases: Phrases,
    answer_id: int,
    therapist: str | None,
    related: Sequence[GuidanceDocument],
    *,
    can_practise: bool,
) -> tuple[tuple[Button, ...], ...]:
    practise = Button(phrases.say("answers.practise_button"), f"practise:{answer_id}")
    last = (_ask(phrases, answer_id, therapist),)
    pages = (
        (replace(button, text=phrases.say("answers.related_button", title=button.text)),)
        for button in (_open(page, answer_id) for page in related[:RELATED_SHOWN])
    )
    return (*pages, (practise, *last) if can_practise else last)


def related_to(
    document: GuidanceDocument, documents: Mapping[str, GuidanceDocument]
) -> tuple[GuidanceDocument, ...]:
    """The pages to read next, as far as they are served."""
    return tuple(documents[id_] for id_ in document.related if id_ in documents)


def compose_not_covered(phrases: Phrases, *, answer_id: int, therapist: str | None) -> Reply:
    """There is no page on it: says so, and offers to pass it on."""
    text = phrases.say("answers.not_covered", therapist=_name(phrases, therapist))
    return Reply(text, ((_ask(phrases, answer_id, therapist),),))


def compose_near_miss(
    pages: Sequence[GuidanceDocument], phrases: Phrases, *, answer_id: int, therapist: str | None
) -> Reply:
    """Two or three pages that may be meant, to choose from."""
    last = (_nothing(phrases, answer_id), _ask(phrases, answer_id, therapist))
    return Reply(phrases.say("answers.near_miss"), (*_titles(pages, answer_id), last))


def compose_nearer(pages: Sequence[GuidanceDocument], phrases: Phrases, *, answer_id: int) -> Reply:
    """A page was not what was meant: the one question back, with other pages to choose from."""
    rows = (*_titles(pages, answer_id), (_nothing(phrases, answer_id),))
    return Reply(phrases.say("answers.which_is_nearer"), rows)


def compose_none(phrases: Phrases, *, answer_id: int, therapist: str | None) -> Reply:
    """No page was the one: says so, and offers to pass the question on."""
    text = phrases.say("answers.none_of_these", therapist=_name(phrases, therapist))
    return Reply(text, ((_ask(phrases, answer_id, therapist),),))


def compose_passed_on(
    phrases: Phrases, *, reason: str, therapist: str | None, when: str | None = None
) -> Reply:
    """It went to the therapist; `when` is a sentence on when to expect an answer."""
    own = f"answers.passed_on_{reason}"
    phrase = own if own in phrases.ids() else "answers.passed_on"
    expected = when or phrases.say("answers.when_unknown")
    return Reply(phrases.say(phrase, therapist=_name(phrases, therapist), when=expected))


def compose_small_talk(phrases: Phrases, *, reason: str) -> Reply:
    """A greeting or thanks, answered in kind."""
    return Reply(phrases.say(f"answers.{reason}"))


def compose_about(phrases: Phrases, *, topic: Topic, therapist: str) -> Reply:
    """What somebody wanted to know of the bot itself."""
    return Reply(phrases.say(_ABOUT[topic], therapist=therapist))


def compose_what_else(phrases: Phrases, *, answer_id: int, therapist: str | None) -> Reply:
    """An answer was not what was meant and there is no page behind it: asks for other words."""
    text = phrases.say("answers.not_meant", therapist=_name(phrases, therapist))
    return Reply(text, ((_ask(phrases, answer_id, therapist),),))


def compose_declined(phrases: Phrases, *, reason: str) -> Reply:
    """Something the bot is not for, declined calmly."""
    return Reply(phrases.say(f"answers.declined_{reason}"))


def _block(heading: str, lines: Sequence[str]) -> str:
    return "\n".join((f"**{heading}**", *lines)) if lines else ""


def _flat(text: str) -> str:
    return "\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def _name(phrases: Phrases, therapist: str | None) -> str:
    return therapist or phrases.say("answers.your_therapist")


def _ask(phrases: Phrases, answer_id: int, therapist: str | None) -> Button:
    if therapist:
        return Button(phrases.say("answers.ask_button", therapist=therapist), f"ask:{answer_id}")
    return Button(phrases.say("answers.ask_nobody_button"), f"ask:{answer_id}")


def _titles(pages: Sequence[GuidanceDocument], answer_id: int) -> tuple[tuple[Button, ...], ...]:
    return tuple((_open(page, answer_id),) for page in pages[:NEARER_SHOWN])


def _nothing(phrases: Phrases, answer_id: int) -> Button:
    return Button(phrases.say("answers.none_button"), f"none:{answer_id}")


def _open(page: GuidanceDocument, answer_id: int) -> Button:
    """Opens a page for the question that an answer was given to, as far as Telegram has room."""
    data = f"open:{page.id}.{answer_id}"
    return Button(page.title, data if len(data.encode()) <= DATA_BYTES else f"open:{page.id}")


def _status(document: GuidanceDocument, phrases: Phrases) -> str:
    review = document.review
    if document.status is ReviewStatus.APPROVED and review.by and review.on:
        on = f"{review.on.day} {review.on:%B %Y}"
        return phrases.say("answers.reviewed", by=review.by, on=on)
    return phrases.say("answers.not_reviewed")


def _named(source: Source, phrases: Phrases) -> str:
    if source.title.startswith(COMMON_GROUND):
        return phrases.say("answers.common_ground")
    details = ", ".join(str(part) for part in (source.publisher, source.year) if part)
    return f"{source.title} ({details})" if details else source.title


def _short_source(sources: Sequence[Source], phrases: Phrases) -> str:
    first = _named(sources[0], phrases)
    if len(sources) == 1:
        return phrases.say("answers.from_one", source=first)
    return phrases.say("answers.from_several", source=first, count=len(sources) - 1)
