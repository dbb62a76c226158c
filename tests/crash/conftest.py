"""One sandbox for the crash tests; its bot is killed and started again by each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.stage import Stage
from tests.journeys.stage import stage as set_up

FAMILIES = 60
UNBOUNDED = 100_000  # families write without a pause here, and each reply is counted
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here kills the real process, and waits for it to come back."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.crash)
            item.add_marker(pytest.mark.timeout(3600))


@pytest.fixture(scope="session")
def crash_stage(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The processes that are going to be killed."""
    folder = tmp_path_factory.mktemp("crash")
    with set_up(folder, index, FAMILIES, messages_a_minute=UNBOUNDED) as built:
        yield built


@pytest.fixture
def stage(crash_stage: Stage) -> Iterator[Stage]:
    """The stage with a bot that runs, left with no flag open."""
    assert not crash_stage.is_broken, "the stage was not cleared after an earlier test"
    yield crash_stage
    crash_stage.clears()
