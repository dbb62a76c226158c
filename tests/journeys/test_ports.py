"""The address that `run` prints is the one that answers."""

import httpx

from tests.journeys.processes import Command
from tests.journeys.stage import Stage


def test_a_free_port_is_told_when_it_is_ready(stage: Stage) -> None:
    own = {"HELDINMIND_HTTP_PORT": "0"}
    second = Command(stage.folder, "run", "--role", "work", settings=stage.settings | own)
    try:
        address = second.ready()
        assert httpx.get(f"{address}/readyz", trust_env=False).status_code == 200
        assert address != stage.address
    finally:
        assert second.stop() == 0, second.log
