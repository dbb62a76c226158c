"""Joining: a therapist makes a link, somebody opens it, reads what this is, and decides."""

import re

from tests.journeys.people import Person
from tests.journeys.stage import Stage
from tests.journeys.words import ANSWER, ORDINARY, URGENT

WELCOME = "Good to have you here"


def invited(stage: Stage, alias: str = "") -> str:
    """The link that Dana gets for a family."""
    stage.dana.says(f"/invite {alias}".strip())
    told = stage.dana.expects("A link for", alias)
    found = re.search(r"https://t\.me/\S+\?start=\S+", told.text)
    assert found, told.text
    return found.group()


def joined(stage: Stage, name: str, alias: str) -> Person:
    """Somebody who has opened a link of this family and agreed."""
    person = stage.stranger(name)
    person.opens(invited(stage, alias))
    person.presses("I agree", person.expects("Do you agree?"))
    person.expects(WELCOME)
    person.alias = alias
    return person


def test_a_parent_reads_what_this_is_agrees_and_is_in(stage: Stage) -> None:
    alex, dana = stage.stranger("Alex"), stage.dana
    alex.opens(invited(stage, "Willow"))
    consent = alex.expects("Welcome, Alex.", "Dana at the demo clinic")
    assert consent.says("A machine answers here", "not an emergency service", "Who sees what")
    assert list(consent.buttons) == ["I agree", "No, thank you"]
    stage.settles(alex)
    assert not dana.count("Willow", "URGENT")
    alex.presses("I agree", consent)
    alex.expects(WELCOME, "Alex")
    alex.says(ORDINARY)
    alex.expects(ANSWER)
    alex.says(URGENT)
    dana.expects("URGENT: Willow")
    dana.says("/families")
    dana.expects("Your families:", "Willow")


def test_who_has_joined_sees_the_button_for_a_person(stage: Stage) -> None:
    alex = joined(stage, "Alex", "Rowan")
    alex.taps("I need a person")
    alex.presses("No", alex.expects("I can reach Dana for you."))


def test_nothing_is_answered_before_they_agree(stage: Stage) -> None:
    alex = stage.stranger("Alex")
    alex.opens(invited(stage, "Hazel"))
    alex.expects("Do you agree?")
    alex.says(ORDINARY)
    alex.expects("Welcome, Alex.", "Do you agree?")
    assert not alex.count(ANSWER)


def test_who_declines_has_not_joined_and_may_open_the_link_again(stage: Stage) -> None:
    alex, link = stage.stranger("Alex"), invited(stage, "Aspen")
    alex.opens(link)
    alex.presses("No, thank you", alex.expects("Do you agree?"))
    alex.expects("You have not joined")
    alex.says(ORDINARY)
    alex.expects("To join you need a link")
    alex.opens(link)
    alex.presses("I agree", alex.expects("Do you agree?"))
    alex.expects(WELCOME)


def test_a_link_works_once(stage: Stage) -> None:
    link = invited(stage, "Maple")
    first, second = stage.stranger("Ash"), stage.stranger("Bo")
    first.opens(link)
    consent = first.expects("Do you agree?")
    first.presses("I agree", consent)
    first.expects(WELCOME)
    second.opens(link)
    second.expects("This link has been used already.")
    first.opens(link)
    first.expects("You have used this link already, and you are in.")
    assert "no longer open" in first.presses("I agree", consent)


def test_two_who_opened_one_link_cannot_both_join(stage: Stage) -> None:
    link = invited(stage, "Birch")
    first, second = stage.stranger("Ash"), stage.stranger("Bo")
    first.opens(link)
    shown = first.expects("Do you agree?")
    second.opens(link)
    other = second.expects("Do you agree?")
    second.presses("I agree", other)
    second.expects(WELCOME)
    assert "no longer open" in first.presses("I agree", shown)
    stage.settles(first)
    assert not first.count(WELCOME)


def test_a_link_of_eight_days_ago_is_too_old(stage: Stage) -> None:
    alex, late, link = stage.stranger("Alex"), stage.stranger("Kim"), invited(stage, "Cedar")
    alex.opens(link)
    consent = alex.expects("Do you agree?")
    stage.clock.forward(days=8)
    late.opens(link)
    late.expects("This link is too old", "7 days")
    assert "no longer open" in alex.presses("I agree", consent)


def test_a_wrong_code_is_told_so(stage: Stage) -> None:
    alex = stage.stranger("Alex")
    alex.opens("not-a-code")
    alex.expects("I do not know this link.")


def test_a_parent_of_another_family_is_not_added_to_this_one(stage: Stage) -> None:
    parent = stage.parent()
    link = invited(stage, "Larch")
    parent.opens(link)
    parent.expects("You are already here with another family")
    alex = stage.stranger("Alex")
    alex.opens(link)
    alex.expects("Do you agree?")


def test_a_therapist_who_opens_a_parents_link_is_told_to_pass_it_on(stage: Stage) -> None:
    link = invited(stage, "Elder")
    stage.dana.opens(link)
    stage.dana.expects("This link is for a parent, and you are staff here.")
    alex = stage.stranger("Alex")
    alex.opens(link)
    alex.presses("I agree", alex.expects("Do you agree?"))
    alex.expects(WELCOME)


def test_a_second_parent_joins_the_same_family(stage: Stage) -> None:
    first = joined(stage, "Ash", "Alder")
    second = joined(stage, "Bo", "Alder")
    second.says(URGENT)
    stage.dana.expects("URGENT: Alder")
    second.expects("This needs a person")
    first.says(ORDINARY)
    first.expects("I've passed this to Dana")
    assert not first.count(ANSWER), "while a flag is open the family gets no guidance"
    first.opens(invited(stage, "Alder"))
    first.expects("You are already part of this family here.")


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
