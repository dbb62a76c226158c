"""The first evening, word for word: `docs/transcripts/first-evening.md` is what really happens."""

import os
from pathlib import Path

from tests.journeys.stage import Stage
from tests.journeys.transcript import Transcript
from tests.journeys.words import ANSWER, HOLDING, ORDINARY, URGENT

KEPT = Path(__file__).parents[2] / "docs" / "transcripts" / "first-evening.md"
KEEP = os.environ.get("KEEP_PICTURES") == "1"
OPENING = (
    "What Sam, a parent, and Dana, the therapist of Sam's child Robin, write and read in the demo. "
    "A test lives this evening through the running bot and fails when a word of it has changed. "
    "Texts in `backticks` are buttons."
)


def test_the_first_evening_reads_as_it_is_written_down(stage: Stage) -> None:
    sam, dana = stage.sam, stage.dana
    evening = Transcript("A first evening", OPENING)

    evening.tells("Between two sessions Sam has an ordinary question.")
    evening.writes(sam, ORDINARY)
    answer = evening.reads(sam, sam.expects(ANSWER))
    evening.presses(sam, "Helpful", answer)

    evening.tells("Later that evening something happens that no guidance may answer.")
    evening.writes(sam, URGENT)
    alert = evening.reads(dana, dana.expects(f"URGENT: {sam.alias}"))
    holding = sam.expects(HOLDING)
    evening.reads(sam, sam.sees_change(holding, "has been sent to Dana"))

    evening.presses(dana, "Show message", alert)
    evening.reads(dana, dana.expects(sam.alias, URGENT))
    evening.presses(dana, "Take it", alert)
    taken = evening.reads(dana, dana.expects(f"You have {sam.alias}."))
    evening.reads(sam, sam.expects("Dana has your message.", "write back to you here"))

    evening.tells("From here on the two of them write to each other; the bot only carries it.")
    evening.writes(sam, "She is in her room. I am outside her door")
    evening.reads(dana, dana.expects(sam.alias, "I am outside her door"))
    evening.reads(sam, sam.expects("Passed on to Dana."))
    evening.writes(dana, "Stay there, I am calling you now", reply_to=taken.id)
    evening.reads(sam, sam.expects("Dana:", "I am calling you now"))

    evening.tells("An hour later they are safe.")
    evening.presses(dana, "Safe now", taken)
    evening.reads(dana, dana.expects(f"{sam.alias}: closed"))
    evening.reads(sam, sam.expects("Dana has closed this."))
    evening.is_as_in(KEPT, keep=KEEP)


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
