"""The text a parent gets for each decision that nobody is in danger behind."""

import pytest

from bot.adapters.content import load_documents
from bot.adapters.phrasebook import load_phrases
from bot.core.about_bot import ABOUT_THE_BOT, Topic
from bot.core.answers import DATA_BYTES
from bot.core.outcomes import Standing, check_reply, passed_on, reply_for
from bot.core.passages import Match
from bot.core.routing import Consultation
from bot.core.triage import Route
from bot.settings import ROOT

PHRASES = load_phrases(ROOT / "prompts")
DOCUMENTS = {one.id: one for one in load_documents(ROOT / "knowledge" / "guidance")}
FIRST = next(iter(DOCUMENTS.values()))
LINKED = Standing("Dana", is_reached=True)
NOT_LINKED = Standing("Dana", is_reached=False)


def said(found: Consultation, standing: Standing = LINKED) -> str:
    return reply_for(found, DOCUMENTS, PHRASES, standing, 5).text


def buttons(found: Consultation, standing: Standing = LINKED) -> list[str]:
    reply = reply_for(found, DOCUMENTS, PHRASES, standing, 5)
    return [one.data for row in reply.buttons for one in row]


def test_an_answer_names_its_page_and_its_source_and_can_be_rated() -> None:
    found = Consultation(Route.ANSWER, "covered", (Match(FIRST.id, FIRST.themes, 0.9),), 0.9)
    assert FIRST.title in said(found)
    assert PHRASES.say("answers.not_reviewed") in said(found)
    assert buttons(found) == ["helpful:5", "notthis:5", "ask:5", "more:5"]


def test_a_question_for_the_therapist_says_that_it_was_passed_on() -> None:
    assert "Dana" in said(Consultation(Route.THERAPIST, "clinical"))


@pytest.mark.parametrize("reason", ["clinical", "admin", "guidance_failed", "language"])
def test_nothing_is_said_to_be_passed_on_to_somebody_who_cannot_be_reached(reason: str) -> None:
    text = passed_on(PHRASES, NOT_LINKED, reason).text
    assert text == PHRASES.say("questions.not_linked", therapist="Dana")


@pytest.mark.parametrize("reason", ["greeting", "thanks"])
def test_small_talk_gets_a_short_human_reply(reason: str) -> None:
    found = Consultation(Route.NOT_COVERED, reason)
    assert said(found) == PHRASES.say(f"answers.{reason}")
    assert buttons(found) == []


@pytest.mark.parametrize("reason", ["injection", "other_families", "banter"])
def test_what_the_bot_is_not_for_is_declined(reason: str) -> None:
    assert said(Consultation(Route.NOT_COVERED, reason)) == PHRASES.say(
        f"answers.declined_{reason}"
    )


def test_what_is_not_covered_is_said_plainly_with_an_offer_to_pass_it_on() -> None:
    found = Consultation(Route.NOT_COVERED, "nothing_close")
    assert said(found) == PHRASES.say("answers.not_covered", therapist="Dana")
    assert buttons(found) == ["ask:5"]


def test_a_near_miss_offers_at_most_three_pages_to_choose_from() -> None:
    near = tuple(Match(id_, DOCUMENTS[id_].themes, 0.4) for id_ in list(DOCUMENTS)[:5])
    found = Consultation(Route.NOT_COVERED, "near_miss", near, 0.4)
    offered = [data for data in buttons(found) if data.startswith("open:")]
    assert offered == [f"open:{match.document_id}.5" for match in near[:3]]
    assert buttons(found)[3:] == ["none:5", "ask:5"]


def test_every_page_can_be_opened_by_a_button_that_telegram_takes() -> None:
    assert all(len(f"open:{id_}.{10**11}".encode()) <= DATA_BYTES for id_ in DOCUMENTS)


@pytest.mark.parametrize("phrase", ["ask", "ask_again", "ask_person"])
def test_the_check_asks_one_question_with_three_answers(phrase: str) -> None:
    reply = check_reply(PHRASES, "3", phrase, who="Dana")
    assert "is anyone hurt, in danger or unsafe right now?" in reply.text.lower()
    assert [one.data for row in reply.buttons for one in row] == [
        "check:3.yes",
        "check:3.unsure",
        "check:3.no",
    ]


def test_who_sees_what_is_told_in_the_words_that_were_agreed_to() -> None:
    found = Consultation(Route.NOT_COVERED, Topic.PRIVACY.value)
    assert said(found) == PHRASES.say("joining.who_sees", therapist="Dana")


@pytest.mark.parametrize("topic", sorted(ABOUT_THE_BOT))
def test_a_question_about_the_bot_is_answered_whoever_stands_behind_the_family(
    topic: Topic,
) -> None:
    found = Consultation(Route.NOT_COVERED, topic.value)
    assert said(found) == said(found, NOT_LINKED)
    assert PHRASES.say("answers.not_covered", therapist="Dana") != said(found)


def test_a_complaint_without_a_page_behind_it_asks_for_other_words() -> None:
    found = Consultation(Route.NOT_COVERED, Topic.NOT_MEANT.value)
    assert said(found) == PHRASES.say("answers.not_meant", therapist="Dana")
    assert buttons(found) == ["ask:5"]
