"""What the buttons under an answer lead to: other pages, the therapist, a skill to practise."""

import pytest

from bot.core.answers import DATA_BYTES, NEARER_SHOWN, related_to
from bot.core.passages import GuidanceDocument
from bot.core.skills import skills_of
from tests.databases import rows
from tests.flows.clinic import (
    DANA,
    DOCUMENTS,
    GUIDANCE,
    PIP,
    ROBINS,
    SAM,
    SKILLS,
    Clinic,
    say,
)
from tests.flows.script import (
    ASKING,
    ASKING_MORE,
    BREAKS_GUIDANCE,
    COMPLAINT,
    NEARLY,
    UNCOVERED,
    URGENT,
)
from tests.flows.test_questions import replying

FIRST = DOCUMENTS[0]
SKILL = skills_of(FIRST, SKILLS)[0]


def opening(pages: list[GuidanceDocument], answer_id: int) -> dict[str, str]:
    """The buttons that offer pages, by what they send."""
    return {f"open:{page.id}.{answer_id}": page.title for page in pages}


async def test_under_an_answer_stand_the_four_things_one_can_do(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    assert list(clinic.last(SAM).buttons.values()) == [
        "Helpful",
        "Not what I meant",
        "Ask Dana",
        "More",
    ]


async def test_not_what_i_meant_asks_once_which_other_page_is_nearer(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    assert await clinic.presses(SAM, "notthis:1") == ""
    shown = clinic.last(SAM)
    assert shown.text == say("answers.which_is_nearer")
    none = {"none:1": say("answers.none_button")}
    assert shown.buttons == opening(DOCUMENTS[1 : NEARER_SHOWN + 1], 1) | none


async def test_the_other_pages_are_looked_up_for_that_very_question(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.says(SAM, UNCOVERED)
    await clinic.presses(SAM, "notthis:1")
    assert clinic.adviser.asked == [ASKING, UNCOVERED, ASKING]


async def test_a_follow_up_is_looked_up_again_with_what_was_said_before_it(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.says(SAM, ASKING_MORE)
    await clinic.says(SAM, UNCOVERED)
    await clinic.presses(SAM, "notthis:2")
    assert clinic.adviser.asked[-1] == ASKING_MORE
    assert clinic.adviser.contexts[-1] == clinic.adviser.contexts[1] == (ASKING,)


async def test_a_page_that_was_shown_for_the_question_is_not_offered_again(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, "notthis:1")
    await clinic.presses(SAM, f"open:{DOCUMENTS[1].id}.1")
    await clinic.presses(SAM, "notthis:2")
    assert clinic.last(SAM).buttons == opening(DOCUMENTS[2:4], 2) | {"none:2": "None of these"}


async def test_when_no_page_is_left_that_is_said_with_the_offer_to_pass_it_on(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, ASKING)
    for answer_id in (1, 2, 3):
        await clinic.presses(SAM, f"open:{DOCUMENTS[answer_id].id}.1")
    await clinic.presses(SAM, "notthis:4")
    assert clinic.last(SAM).text == say("answers.none_of_these", therapist="Dana")
    assert list(clinic.last(SAM).buttons) == ["ask:4"]


async def test_pressing_twice_asks_once(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    for data in ("notthis:1", "none:1"):
        await clinic.presses(SAM, data)
        before = clinic.texts(SAM)
        assert await clinic.presses(SAM, data) == ""
        assert clinic.texts(SAM) == before


async def test_choosing_a_page_twice_shows_it_once(clinic: Clinic) -> None:
    await clinic.says(SAM, NEARLY)
    await clinic.presses(SAM, f"open:{FIRST.id}.1")
    before = clinic.texts(SAM)
    assert await clinic.presses(SAM, f"open:{FIRST.id}.1") == say("answers.shown_already")
    assert clinic.texts(SAM) == before


async def test_a_button_from_days_ago_still_belongs_to_its_question(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.says(SAM, UNCOVERED)
    await clinic.forward(days=3)
    await clinic.presses(SAM, "notthis:1")
    await clinic.presses(SAM, f"open:{DOCUMENTS[1].id}.1")
    await clinic.presses(SAM, "ask:3")
    assert ASKING in clinic.last(DANA).text


async def test_a_page_may_still_be_opened_by_a_button_of_the_older_form(clinic: Clinic) -> None:
    await clinic.says(SAM, NEARLY)
    await clinic.presses(SAM, f"open:{FIRST.id}")
    assert FIRST.title in clinic.last(SAM).text


@pytest.mark.parametrize("text", [ASKING, NEARLY])
async def test_none_of_these_says_so_and_offers_to_pass_the_question_on(
    clinic: Clinic, text: str
) -> None:
    await clinic.says(SAM, text)
    await clinic.presses(SAM, "none:1")
    assert clinic.last(SAM).text == say("answers.none_of_these", therapist="Dana")
    await clinic.presses(SAM, "ask:1")
    assert text in clinic.last(DANA).text
    assert clinic.count("questions") == 1


async def test_a_near_miss_says_that_it_is_not_sure_and_offers_titles(clinic: Clinic) -> None:
    await clinic.says(SAM, NEARLY)
    shown = clinic.last(SAM)
    assert shown.text == say("answers.near_miss")
    last = {"none:1": "None of these", "ask:1": "Ask Dana"}
    assert shown.buttons == opening(DOCUMENTS[:3], 1) | last


async def test_guidance_that_fails_when_asked_again_ends_with_the_offer(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    async with clinic.storage.database.transaction() as tx:
        sealed = tx.seal(BREAKS_GUIDANCE)
        await tx.connection.exec_driver_sql("update messages set text = %s", (sealed,))
    await clinic.presses(SAM, "notthis:1")
    assert clinic.last(SAM).text == say("answers.none_of_these", therapist="Dana")


NOTHING_MEANWHILE = ["notthis:1", "none:1", "more:1", "practise:1", "plan:1", f"open:{FIRST.id}.1"]


@pytest.mark.parametrize("data", NOTHING_MEANWHILE)
async def test_while_a_flag_is_open_nothing_is_coached(clinic: Clinic, data: str) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.says(SAM, URGENT)
    before = clinic.texts(SAM)
    assert await clinic.presses(SAM, data) == say("holding.paused")
    assert clinic.texts(SAM) == before
    assert clinic.count("questions") == 0


async def test_more_leads_on_to_related_pages_and_to_practice(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, "more:1")
    shown = clinic.last(SAM)
    for heading in ("why", "ask", "sources"):
        assert say(f"answers.{heading}_heading") in shown.text
    pages = related_to(FIRST, GUIDANCE.documents)[:2]
    related = {f"open:{page.id}.1": f"Related: {page.title}" for page in pages}
    rest = {"practise:1": "Practise this", "ask:1": "Ask Dana"}
    assert shown.buttons == related | rest


async def test_practise_this_says_what_the_skill_is_and_promises_nothing(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, "practise:1")
    shown = clinic.last(SAM)
    assert SKILL.title in shown.text
    assert SKILL.goal in shown.text
    assert "for you and Dana to choose" in shown.text
    assert shown.buttons[f"plan:1.{SKILL.id}"] == say("answers.plan_button", therapist="Dana")
    assert clinic.phone(DANA) == []
    assert clinic.count("questions") == 0


async def test_a_page_with_two_skills_offers_the_other_too(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    other = skills_of(FIRST, SKILLS)[1]
    await clinic.presses(SAM, "practise:1")
    await clinic.presses(SAM, f"practise:1.{other.id}")
    assert clinic.last(SAM).text.startswith(other.title)


async def test_the_wish_to_practise_stands_in_the_therapists_queue_as_its_own_kind(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, f"plan:1.{SKILL.id}")
    await clinic.presses(SAM, f"plan:1.{SKILL.id}")
    await clinic.presses(SAM, "ask:1")
    kept = rows(clinic.storage.url, "select kind, skill_id from questions order by id")
    assert kept == [("practice", SKILL.id), ("words", "")]
    wish = say(
        "questions.to_therapist_practice",
        alias=ROBINS,
        parent="Sam",
        skill=SKILL.title,
        page=FIRST.title,
    )
    assert clinic.texts(DANA).count(wish) == 1
    assert f"Sam would like to practise {SKILL.title}" in wish


async def test_the_parent_hears_that_the_wish_was_passed_on_and_the_answer_finds_them(
    clinic: Clinic,
) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, f"plan:1.{SKILL.id}")
    when = say("answers.when_unknown")
    told = say("answers.plan_asked", therapist="Dana", title=SKILL.title, when=when)
    assert clinic.last(SAM).text == told
    await clinic.says(DANA, "Yes, on Monday.", **replying(clinic, DANA, "would like to practise"))
    assert clinic.last(SAM).text == say("questions.reply", name="Dana", text="Yes, on Monday.")
    assert rows(clinic.storage.url, "select answered_at is not null from questions") == [(True,)]


async def test_a_wish_that_cannot_be_passed_on_is_not_said_to_be(clinic: Clinic) -> None:
    async with clinic.services.database.transaction() as tx:
        await tx.connection.exec_driver_sql("update staff set chat_id = null where id = 1")
    await clinic.says(SAM, ASKING)
    await clinic.presses(SAM, f"plan:1.{SKILL.id}")
    assert clinic.last(SAM).text == say("questions.practice_not_linked", therapist="Dana")
    assert clinic.count("questions") == 1, "it stands in the queue all the same"


async def test_another_family_can_plan_nothing_from_this_answer(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    assert await clinic.presses(PIP, f"plan:1.{SKILL.id}") == say("general.button_gone")
    assert clinic.count("questions") == 0


def test_every_button_about_a_skill_is_one_that_telegram_takes() -> None:
    assert all(len(f"practise:{10**11}.{id_}".encode()) <= DATA_BYTES for id_ in SKILLS)


async def test_a_complaint_in_words_does_what_the_button_does(clinic: Clinic) -> None:
    await clinic.says(SAM, ASKING)
    await clinic.says(SAM, COMPLAINT)
    shown = clinic.last(SAM)
    assert shown.text == say("answers.which_is_nearer")
    assert shown.buttons == opening(DOCUMENTS[1 : NEARER_SHOWN + 1], 1) | {
        "none:1": say("answers.none_button")
    }
    kept = rows(clinic.storage.url, "select feedback from answers")
    assert kept == [("not_what_i_meant",)]


async def test_a_complaint_where_nothing_was_answered_asks_for_other_words(clinic: Clinic) -> None:
    await clinic.says(SAM, UNCOVERED)
    await clinic.says(SAM, COMPLAINT)
    assert clinic.last(SAM).text == say("answers.not_meant", therapist="Dana")
