"""The console in the demo: a newcomer presses *Console* under an alert and reads the story."""

import re
from pathlib import Path

import httpx
import pytest

from tests.journeys.people import Answers, Person
from tests.journeys.processes import Command, environment
from tests.journeys.stage import DANA, SAM
from tests.journeys.words import URGENT

LINK = re.compile(r"(http://127\.0\.0\.1:\d+)/console#(\S+)")


@pytest.mark.timeout(300)
def test_console_under_an_alert_of_the_demo_leads_to_the_flags_story(
    index: Path, tmp_path: Path
) -> None:
    running = Command(
        tmp_path, "demo", "--no-browser", "--port", "0", settings=environment(index=index)
    )
    try:
        with httpx.Client(base_url=running.ready(), timeout=60, trust_env=False) as http:
            answers = Answers(http)
            sam, dana = Person(answers, SAM, "Sam"), Person(answers, DANA, "Dana")
            sam.says(URGENT)
            alert = dana.expects("URGENT: Robin's family", within=60)
            dana.presses("Console", alert)
            found = LINK.search(dana.expects("The whole story of Robin's family").text)
        assert found is not None
        address, code = found.groups()
        with httpx.Client(base_url=address, trust_env=False, follow_redirects=True) as browser:
            door = browser.get("/console")
            assert door.is_success
            assert "Sign in" in door.text
            form, origin = {"code": code}, {"origin": address}
            entered = browser.post("/console/enter", data=form, headers=origin)
            assert entered.is_success, entered.text
            story = browser.get("/console/flags/1").text
            assert "Robin" in story
            assert "an alert was put on its way to Dana" in story
            assert URGENT not in story, "the words only on request"
    finally:
        running.stop()
