"""Something is killed again and again at random while families write; `make crash` is longer."""

import os

from tests.crash.rounds import Rounds, report
from tests.journeys.stage import Stage

KILLS = int(os.environ.get("CRASH_KILLS", "6"))
SEED = int(os.environ.get("CRASH_SEED", "20261125"))


MOST_TWICE = 0.01


def test_random_kills_lose_nothing(stage: Stage) -> None:
    """What has to hold of every run is asked of this one: nothing lost, late or out of order.

    The goal for flags told twice is one in a hundred, and so few kills cannot show that: of some
    four flags a single one would be a quarter. What can be held to is that of those whose answer
    from Telegram was not lost one at most comes twice (in a longer run, one in a hundred).
    """
    rounds = Rounds(stage, SEED, KILLS)
    rounds.run(KILLS)
    counted = rounds.count()
    print(f"\n{report(counted)}")
    assert not counted.lost
    assert not counted.disordered
    assert not counted.late
    assert counted.questions + counted.flags > KILLS, "somebody wrote"
    by_kills = set(counted.flags_twice) - set(counted.unanswered)
    assert len(by_kills) <= max(1, MOST_TWICE * counted.flags), by_kills
    assert len(counted.questions_twice) <= KILLS, "one at most, of what was on its way at a kill"


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
