"""A therapist joins, gets a family with what is open of it, and leaves again."""

import re

from tests.journeys.people import Person
from tests.journeys.stage import Stage
from tests.journeys.words import URGENT


def therapist(stage: Stage, name: str) -> Person:
    """Somebody who is added by command and has opened their link."""
    printed = stage.runs("clinic", "add-therapist", "--name", name)
    found = re.search(r"https://t\.me/\S+\?start=\S+", printed)
    assert found, printed
    person = stage.stranger(name)
    person.opens(found.group())
    person.expects("You are linked as a therapist")
    return person


def test_a_family_moves_with_its_open_flag_and_back_when_the_therapist_leaves(
    stage: Stage,
) -> None:
    parent, omar = stage.parent(), therapist(stage, "Omar")
    parent.says(URGENT)
    stage.dana.expects(f"URGENT: {parent.alias}")
    stage.runs("clinic", "move-family", "--family", parent.alias, "--to", "Omar")
    parent.expects("Omar is your therapist here now")
    stage.dana.expects(f"{parent.alias} is with Omar now")
    omar.expects(f"{parent.alias} is your family now")
    omar.presses("Take it", omar.expects(f"URGENT: {parent.alias}"))
    parent.expects("Omar has your message.")
    said = stage.runs(
        "clinic", "remove-staff", "--staff", "Omar", "--families-to", "Dana", "--give-back"
    )
    assert f"given back to the ladder: {parent.alias}" in said
    omar.expects("You are no longer on the staff of")
    parent.expects("I cannot reach Omar any more")
    parent.expects("Dana is your therapist here now")
    omar.says("tell them that I am coming")
    omar.expects("has reached no family")
    stage.dana.presses("Take it", stage.dana.expects(f"URGENT: {parent.alias}"))
    parent.expects("Dana has your message.")
