"""Something is killed again and again at random while families write; `make crash` is longer."""

import os

from tests.crash.rounds import Rounds, report
from tests.journeys.stage import Stage

KILLS = int(os.environ.get("CRASH_KILLS", "6"))
SEED = int(os.environ.get("CRASH_SEED", "20261125"))


def test_random_kills_lose_nothing(stage: Stage) -> None:
    rounds = Rounds(stage, SEED, KILLS)
    rounds.run(KILLS)
    counted = rounds.count()
    print(f"\n{report(counted)}")
    assert not counted.lost
    assert not counted.disordered
    assert not counted.late
    assert counted.questions + counted.flags > KILLS, "somebody wrote"
    twice = len(counted.flags_twice) + len(counted.questions_twice)
    assert twice <= 2 * KILLS, "only what was being sent at a kill may come twice"


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
