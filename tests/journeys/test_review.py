"""What people doubt about a decision is one tap, and stands for review without their words."""

from tests.journeys.doubt import doubted
from tests.journeys.stage import Stage
from tests.journeys.words import CLINICAL, URGENT

MISSED = "Should have been flagged"
NOTED = "Noted for review. This press alerts nobody"


def test_what_people_doubt_is_listed_and_labelled_by_name(stage: Stage) -> None:
    calm, asking, wrong = stage.parent(), stage.parent(), stage.parent()
    wrong.says(URGENT)
    alert = stage.dana.expects(f"URGENT: {wrong.alias}")
    stage.dana.presses("Show message", alert)
    stage.dana.presses("Not urgent", alert)
    asking.says(CLINICAL)
    question = stage.dana.expects(f"Question from {asking.alias}")
    assert stage.dana.presses(MISSED, question).startswith(NOTED)
    assert stage.dana.presses(MISSED, question).startswith("This is noted for review already.")
    calm, text, check = doubted(stage, stage.parent)
    calm.presses("No", check)
    note = stage.dana.expects(calm.alias, "they said no", text)
    assert MISSED in note.buttons
    stage.settles(calm, asking, wrong)

    listed = stage.runs("triage", "review")
    for doubt in ("not_urgent", "missed", "said_no"):
        assert doubt in listed
    for words in (CLINICAL, URGENT, text):
        assert words not in listed
    assert "without a label" in stage.runs("triage", "export")


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
