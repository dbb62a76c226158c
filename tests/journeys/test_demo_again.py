"""A demo that is kept and started again goes on listening."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.journeys.people import Answers, Person
from tests.journeys.processes import Command, environment
from tests.journeys.stage import DANA, SAM
from tests.journeys.words import ANSWER, ORDINARY, URGENT


@contextmanager
def demo(folder: Path, index: Path) -> Iterator[tuple[Person, Person]]:
    """The kept demo under way, with Sam and Dana."""
    kept = ("--no-browser", "--port", "0", "--data", str(folder / "kept"))
    running = Command(folder, "demo", *kept, settings=environment(index=index))
    try:
        with httpx.Client(base_url=running.ready(), timeout=60, trust_env=False) as http:
            answers = Answers(http)
            yield Person(answers, SAM, "Sam"), Person(answers, DANA, "Dana")
    finally:
        running.stop()


def test_a_kept_demo_hears_what_is_written_after_it_was_started_again(
    index: Path, tmp_path: Path
) -> None:
    with demo(tmp_path, index) as (sam, _):
        sam.says(ORDINARY)
        sam.expects(ANSWER)
    with demo(tmp_path, index) as (sam, dana):
        sam.says(URGENT)
        dana.expects("Robin's family", within=60)
