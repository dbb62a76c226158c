"""One sandbox and one bot for all ordinary journeys; each test plays with parents of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.stage import Stage
from tests.journeys.stage import stage as set_up

FAMILIES = 240
HERE = Path(__file__).parent
WITH_START_SECONDS = 600


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here is a journey, and may have to wait for the first start."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.timeout(WITH_START_SECONDS))


@pytest.fixture(scope="session")
def shared_stage(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The processes that the journeys share."""
    with set_up(tmp_path_factory.mktemp("stage"), index, FAMILIES) as built:
        yield built


@pytest.fixture
def stage(shared_stage: Stage) -> Iterator[Stage]:
    """The shared stage, left as it was found: no faults, nobody blocked, no flag open."""
    assert not shared_stage.is_broken, "the stage was not cleared after an earlier test"
    yield shared_stage
    shared_stage.clears()
