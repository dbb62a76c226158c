"""`make crash N=1000`: kill again and again, and print what was lost, told twice, or came late.

    python -m tests.crash 1000 [--seed 7]

About eight seconds a kill. Exit status 1 if a goal is missed.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bot.settings import ROOT
from tests.crash.conftest import UNBOUNDED
from tests.crash.rounds import Counted, Rounds, report
from tests.journeys.stage import stage

NO_CLIMBING = 24 * 60
ROUNDS_A_REPORT = 25
MOST_FLAGS_TWICE = 0.01


def main() -> int:
    """Run the rounds on a stage of their own."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description="Kill, and count.")
    parser.add_argument("kills", type=int, nargs="?", default=30, help="how many kills")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of what is random")
    wanted = parser.parse_args()
    print(f"{wanted.kills} kills, seed {wanted.seed}", flush=True)
    # only first alerts are counted, so nobody is told a second time by the ladder
    names = ("remind", "on_call", "supervisor", "repeat")
    slow = {f"{name}_minutes": NO_CLIMBING for name in names}
    slow["messages_a_minute"] = UNBOUNDED
    folder = Path(tempfile.mkdtemp(prefix="held-in-mind-crash-"))
    index = ROOT / "build" / "crash"
    with stage(folder, index, wanted.kills + 20, **slow) as built:
        rounds = Rounds(built, wanted.seed, wanted.kills)
        began = time.monotonic()
        for done in range(0, wanted.kills, ROUNDS_A_REPORT):
            rounds.run(min(ROUNDS_A_REPORT, wanted.kills - done))
            left = min(done + ROUNDS_A_REPORT, wanted.kills)
            print(f"… {left} kills after {time.monotonic() - began:.0f} s", flush=True)
        counted = rounds.count()
    print(report(counted))
    return 0 if _is_good(counted) else 1


def _is_good(counted: Counted) -> bool:
    few_twice = len(counted.flags_twice) <= MOST_FLAGS_TWICE * max(counted.flags, 1)
    return not (counted.lost or counted.late or counted.disordered) and few_twice


if __name__ == "__main__":
    sys.exit(main())
