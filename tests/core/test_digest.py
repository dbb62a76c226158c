"""The digest: every line stands on entries, and a parent sees nothing of the other's."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.phrasebook import load_phrases
from bot.core.digest import SUGGESTIONS, Section, as_text, compose_digest
from bot.core.digest_cuts import CUTS, shorter_and_shorter
from bot.core.digest_material import Alarm, Asked, Material, Passed, Practised, Said
from bot.core.practice import PracticeAnswer
from bot.settings import ROOT

PHRASES = load_phrases(ROOT / "prompts")
MONDAY = date(2026, 3, 2)
DID, HARD, NOT = PracticeAnswer
SAM, ALEX = 1, 2


def practised(
    number: int,
    answer: PracticeAnswer = DID,
    *,
    barrier: str | None = None,
    note: str = "",
    parent_id: int = SAM,
    title: str = "Slow voice",
) -> Practised:
    day = MONDAY + timedelta(days=number)
    parent = "Sam" if parent_id == SAM else "Alex"
    return Practised(number, parent_id, parent, day, title, answer, barrier, note)


def lines_under(sections: tuple[Section, ...], heading: str) -> list[str]:
    wanted = PHRASES.say(f"digest.{heading}_heading")
    return [str(line) for one in sections if one.heading == wanted for line in one.lines]


def test_practice_is_counted_by_skill_with_its_entries() -> None:
    material = Material(practised=(practised(1), practised(2), practised(3, HARD)))
    (line,) = lines_under(compose_digest(material, PHRASES), "practice")
    assert line.startswith("Slow voice: done on 2 days, hard on 1 day")
    assert line.endswith("[P1–P3]")


def test_a_day_on_which_both_parents_practised_counts_once_and_what_never_was_is_left_out() -> None:
    both = (practised(1), practised(1, parent_id=ALEX), practised(2, HARD))
    (line,) = lines_under(compose_digest(Material(practised=both), PHRASES), "practice")
    assert line.startswith("Slow voice: done on 1 day, hard on 1 day [")


def test_what_went_well_and_what_was_hard_stand_in_the_parents_words() -> None:
    material = Material(
        practised=(
            practised(1, note="She *laughed*"),
            practised(2, HARD, barrier="no_time", note="Two nights in a row"),
        )
    )
    sections = compose_digest(material, PHRASES)
    (well,) = lines_under(sections, "well")
    assert "3 Mar, Sam, Slow voice:" in well
    barrier, note = lines_under(sections, "hard")
    assert barrier == "Slow voice: “No time” on 1 day [P2]"
    assert "Two nights in a row" in note


def test_questions_are_gathered_by_theme_the_most_asked_first() -> None:
    material = Material(
        asked=(
            Asked(1, SAM, MONDAY, "praise-and-reinforcement", "Praise"),
            Asked(2, SAM, MONDAY, "co-regulation", "Storms"),
            Asked(3, ALEX, MONDAY, "co-regulation", "Storms"),
        )
    )
    first, second = lines_under(compose_digest(material, PHRASES), "asked")
    assert first == "co regulation: asked 2 times (Storms) [Q2, Q3]"
    assert second.endswith("[Q1]")


def test_at_most_two_things_are_suggested_and_each_names_what_it_stands_on() -> None:
    material = Material(
        practised=(
            *(practised(number) for number in range(1, 5)),
            *(practised(number, HARD, barrier="no_time") for number in range(5, 8)),
            *(practised(number, HARD, barrier="forgot") for number in range(8, 10)),
        )
    )
    found = lines_under(compose_digest(material, PHRASES), "talk")
    assert len(found) == SUGGESTIONS
    assert found[0].endswith("[P1–P4]")
    assert found[1].endswith("[P5–P7]")


def test_a_voice_note_is_named_and_not_quoted() -> None:
    material = Material(brought=(Said(3, ALEX, "Alex", MONDAY, ""),))
    (line,) = lines_under(compose_digest(material, PHRASES), "bring")
    assert line == "2 Mar, Alex: a voice note [B3]"


def test_a_day_that_both_parents_found_hard_is_one_day() -> None:
    both = tuple(
        replace(practised(1, HARD, barrier="no_time", parent_id=parent), id=parent)
        for parent in (SAM, ALEX)
    )
    sections = compose_digest(Material(practised=both), PHRASES)
    assert lines_under(sections, "hard") == ["Slow voice: “No time” on 1 day [P1, P2]"]
    assert lines_under(sections, "talk") == [], "once is not again and again"


def test_nothing_in_the_log_makes_an_empty_page() -> None:
    assert compose_digest(Material(), PHRASES) == ()


def test_a_parent_sees_nothing_that_the_other_wrote_or_raised() -> None:
    material = Material(
        practised=(practised(1, note="mine"), practised(2, note="theirs", parent_id=ALEX)),
        brought=(Said(3, ALEX, "Alex", MONDAY, "something private"),),
        flags=(Alarm(4, ALEX, MONDAY, "Violence or control at home", "still open"),),
        checks=(Alarm(5, ALEX, MONDAY, "a safety check", "answered no"),),
    )
    text = as_text(compose_digest(material.only_of(SAM), PHRASES))
    assert "mine" in text
    for theirs in ("theirs", "private", "Violence", "safety check", "Alex"):
        assert theirs not in text


ENTRIES = st.lists(
    st.builds(
        practised,
        st.integers(1, 60),
        st.sampled_from(list(PracticeAnswer)),
        barrier=st.sampled_from([None, "no_time", "forgot"]),
        note=st.sampled_from(["", "words"]),
        title=st.sampled_from(["Slow voice", "Say it back"]),
    ),
    unique_by=lambda one: one.id,
)


@given(entries=ENTRIES)
def test_every_line_can_be_traced_and_no_entry_is_made_up(entries: list[Practised]) -> None:
    known = {f"P{one.id}" for one in entries}
    for section in compose_digest(Material(practised=tuple(entries)), PHRASES):
        for line in section.lines:
            assert line.refs
            assert set(line.refs) <= known


def test_what_was_passed_on_says_whether_it_was_answered_and_a_wish_names_the_skill() -> None:
    material = Material(
        passed=(
            Passed(1, SAM, "Sam", MONDAY, "Is it ADHD?", is_answered=True),
            Passed(2, ALEX, "Alex", MONDAY, "", is_answered=False, wish="Slow voice"),
        )
    )
    answered, wished = lines_under(compose_digest(material, PHRASES), "passed")
    assert answered == "2 Mar, Sam (answered): “Is it ADHD?” [T1]"
    assert wished == "2 Mar, Alex (not answered yet): would like to practise Slow voice [T2]"
    assert "ADHD" not in as_text(compose_digest(material.only_of(ALEX), PHRASES))


def test_of_lines_that_go_by_day_a_short_page_keeps_the_newest() -> None:
    notes = tuple(practised(number, note=f"note {number}") for number in range(1, 21))
    shortest = shorter_and_shorter(compose_digest(Material(practised=notes), PHRASES), PHRASES)[-1]
    newest, more = lines_under(shortest, "well")
    assert "note 20" in newest
    assert more == "and 19 more [P1–P19]"


@given(entries=ENTRIES)
def test_a_page_that_is_cut_leaves_no_heading_out_and_counts_what_it_leaves_out(
    entries: list[Practised],
) -> None:
    full, *cut = shorter_and_shorter(
        compose_digest(Material(practised=tuple(entries)), PHRASES), PHRASES
    )
    for form, by in zip(cut, CUTS, strict=True):
        for before, after in zip(full, form, strict=True):
            assert after.heading == before.heading
            left_out = len(before.lines) - by.lines
            assert len(after.lines) == min(len(before.lines), by.lines + 1)
            if left_out > 0:
                assert after.lines[-1].text == PHRASES.say("digest.more", count=left_out)
            refs = {ref for line in after.lines for ref in line.refs}
            assert refs == {ref for line in before.lines for ref in line.refs}
