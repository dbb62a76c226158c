"""Receiving by webhook: the same journeys, a secret that is checked, and nothing lost."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.journeys.stage import Stage
from tests.journeys.stage import stage as set_up
from tests.journeys.words import ADMIN, ANSWER, HOLDING, ORDINARY, URGENT

SECRET = "a-secret-of-this-test-alone"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture(scope="module")
def stage(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A bot that is called by webhook."""
    folder = tmp_path_factory.mktemp("webhook")
    with set_up(folder, index, families=10, webhook_secret=SECRET) as built:
        yield built


def test_a_question_and_a_flag_come_by_webhook(stage: Stage) -> None:
    calm, afraid = stage.parent(), stage.parent()
    calm.says(ORDINARY)
    afraid.says(URGENT)
    calm.expects(ANSWER)
    afraid.expects(HOLDING)
    stage.dana.presses("Take it", stage.dana.expects(f"URGENT: {afraid.alias}"))
    afraid.expects("Dana has your message.")
    assert [call["parameters"]["secret_token"] for call in stage.calls("setWebhook")] == ["***"]
    assert not [call for call in stage.calls("getUpdates") if call["status"] == 200]


@pytest.mark.parametrize("sent", [None, "", "wrong", SECRET + "x"])
def test_a_call_with_the_wrong_secret_is_refused_and_nothing_is_kept(
    stage: Stage, sent: str | None
) -> None:
    parent = stage.parent()
    headers = {} if sent is None else {HEADER: sent}
    forged = {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": 1,
            "text": URGENT,
            "from": {"id": parent.id, "is_bot": False, "first_name": "Mallory"},
            "chat": {"id": parent.id, "type": "private"},
        },
    }
    answer = httpx.post(f"{stage.address}/telegram", json=forged, headers=headers, trust_env=False)
    assert answer.status_code == 403
    stage.settles(parent)
    assert not parent.reads()
    assert not stage.dana.was_told_of(parent)


def test_an_update_that_is_posted_twice_is_handled_once(stage: Stage) -> None:
    parent = stage.parent()
    update = {
        "update_id": 5,
        "message": {
            "message_id": parent.says("hello"),
            "date": 1,
            "text": ADMIN,
            "from": {"id": parent.id, "is_bot": False, "first_name": parent.name},
            "chat": {"id": parent.id, "type": "private"},
        },
    }
    for _ in range(2):
        posted = httpx.post(
            f"{stage.address}/telegram", json=update, headers={HEADER: SECRET}, trust_env=False
        )
        assert posted.status_code == 200
    stage.dana.expects(f"Question from {parent.alias}")
    stage.settles(parent)
    assert stage.dana.count(f"Question from {parent.alias}") == 1


def test_what_is_no_update_is_refused(stage: Stage) -> None:
    headers = {HEADER: SECRET}
    url = f"{stage.address}/telegram"
    assert httpx.post(url, content=b"{", headers=headers, trust_env=False).status_code == 400


def test_messages_that_came_while_the_bot_was_down_are_answered_when_it_is_back(
    stage: Stage,
) -> None:
    parent = stage.parent()
    stage.bot.kill()
    parent.says(URGENT)
    stage.starts_the_bot()
    stage.dana.expects(f"URGENT: {parent.alias}", within=60)
    parent.expects(HOLDING)


def test_it_stops_when_asked_and_logs_no_error(stage: Stage) -> None:
    assert stage.bot.stop() == 0
    assert "Traceback" not in stage.bot.log
    assert '"level": "error"' not in stage.bot.log


def test_every_call_kept_to_the_specification(stage: Stage) -> None:
    assert stage.violations() == []
