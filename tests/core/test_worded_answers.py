"""Only the body of an answer is ever in a model's words."""

from dataclasses import replace

import pytest

from bot.adapters.content import document_from, files_in
from bot.adapters.phrasebook import load_phrases
from bot.core.answers import compose
from bot.core.passages import GuidanceDocument
from bot.core.replies import STAR, Reply
from bot.core.rewording import Sentence
from bot.core.worded_answers import LONGEST, numbered, passages_of_page, worded_reply
from bot.settings import ROOT

PHRASES = load_phrases(ROOT / "prompts")
PAGES = [document_from(path) for path in files_in(ROOT / "knowledge" / "guidance")]
SAID = (Sentence("Stay close.", (0,)), Sentence("Say little.", (1,)))
WORDS = f"**{PHRASES.say('answers.words_heading')}**"


def _curated(page: GuidanceDocument) -> Reply:
    return compose(page, PHRASES, answer_id=1, therapist="Dana")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_title_sources_review_and_buttons_are_those_of_the_curated_reply(
    page: GuidanceDocument,
) -> None:
    curated = _curated(page)
    worded = worded_reply(curated, SAID, passages_of_page(page), PHRASES)
    assert worded is not None
    first, *_, source, helped = worded.text.split("\n\n")
    assert first == f"**{page.title}**\nStay close. Say little."
    assert source == curated.text.split("\n\n")[-1]
    assert helped == PHRASES.say("wording.helped")
    assert worded.buttons == curated.buttons
    assert len(worded.text) <= LONGEST


def test_lines_to_say_stay_as_they_stand_unless_the_sentences_bring_some() -> None:
    page = PAGES[0]
    passages = passages_of_page(page)
    line = next(at for at, one in enumerate(passages) if one.section == "Words you can use")
    curated = _curated(page)
    block = next(one for one in curated.text.split("\n\n") if one.startswith(WORDS))
    without = worded_reply(curated, SAID, passages, PHRASES)
    brings = worded_reply(curated, (*SAID, Sentence('Say "hello".', (line,))), passages, PHRASES)
    assert without is not None
    assert brings is not None
    assert block in without.text
    assert WORDS not in brings.text


def test_lines_to_say_give_way_where_there_is_no_room_and_too_much_is_not_said_at_all() -> None:
    passages = passages_of_page(PAGES[0])
    curated = _curated(PAGES[0])
    fits = worded_reply(curated, (Sentence("x" * 700, (0,)),), passages, PHRASES)
    assert fits is not None
    assert WORDS not in fits.text
    assert worded_reply(curated, (Sentence("x" * 1100, (0,)),), passages, PHRASES) is None


def test_nothing_said_is_no_reply() -> None:
    assert worded_reply(_curated(PAGES[0]), (), passages_of_page(PAGES[0]), PHRASES) is None


def test_a_reply_of_another_form_is_left_as_it_is() -> None:
    passages = passages_of_page(PAGES[0])
    assert worded_reply(Reply("Hello."), SAID, passages, PHRASES) is None


def test_stars_of_a_model_are_stars() -> None:
    said = (Sentence("Stay **close**.", (0,)),)
    worded = worded_reply(_curated(PAGES[0]), said, passages_of_page(PAGES[0]), PHRASES)
    assert worded is not None
    assert f"Stay {STAR * 2}close{STAR * 2}." in worded.text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_a_model_is_given_each_passage_on_a_line_of_its_own(page: GuidanceDocument) -> None:
    passages = passages_of_page(page)
    lines = numbered(passages).split("\n")
    assert len(lines) == len(passages)
    assert lines[0].startswith("0. In short: ")
    assert {one.section for one in passages} == {
        "In short",
        "Try this",
        "Words you can use",
        "Why it helps",
    }


def test_a_page_whose_first_part_was_worded_is_whole_under_more() -> None:
    page = PAGES[0]
    usual = compose(page, PHRASES, answer_id=1, therapist="Dana", part="more")
    whole = compose(page, PHRASES, answer_id=1, therapist="Dana", part="more", is_whole=True)
    assert all(one.text in whole.text for one in passages_of_page(page))
    assert page.section("In short")[:30] not in usual.text
    assert whole.buttons == usual.buttons
    assert replace(whole, text="") == replace(usual, text="")
