"""Without a language model the product is whole, and nothing that speaks to one is even loaded."""

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.adapters.content_in_use import content_in_use
from bot.app import build_wording
from bot.errors import SettingsError
from bot.settings import ROOT, Settings, load_settings
from bot.settings_chat import ChatMode
from tests.flows.clinic import GUIDANCE

LOADED = """
import sys
import bot.running, bot.cli.run, bot.cli.demo, bot.flows.word_answer
names = ("langchain.chat_models", "langchain_openai", "openai", "anthropic", "ollama", "xllamacpp")
print([name for name in names if name in sys.modules])
"""
MODEL = "openai:wordsmith-1.0"


def _settings(**changes: object) -> Settings:
    return load_settings(_env_file=None, **changes)


def test_nothing_that_speaks_to_a_model_is_loaded() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "changes", [{}, {"chat_mode": "verbatim", "chat_model": MODEL, "chat_key": "k"}]
)
def test_no_model_or_verbatim_pages_need_none(changes: dict[str, object]) -> None:
    settings = _settings(**changes)
    assert build_wording(settings, content_in_use(settings), GUIDANCE) is None


def test_a_model_is_set_up_from_the_settings() -> None:
    settings = _settings(
        chat_model=MODEL,
        chat_url="http://127.0.0.1:9/v1",
        chat_seconds=2.5,
        chat_tokens_family=100,
        chat_tokens_day=1000,
        chat_price_in=1.5,
        chat_price_out=6,
    )
    found = build_wording(settings, content_in_use(settings), GUIDANCE)
    assert found is not None
    assert (found.model, found.prompt.id) == (MODEL, "wording")
    assert found.patience.total_seconds() == 2.5
    assert (found.budget.family, found.budget.everybody) == (100, 1000)
    assert (found.price.read, found.price.written) == (1.5, 6.0)
    assert "the" in found.ordinary


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"chat_model": "wordsmith"}, "should be provider:name"),
        ({"chat_model": "openai: x"}, "should be provider:name"),
        ({"chat_model": "openai:wordsmith-latest"}, "should name one version"),
        ({"chat_url": "models.clinic.example"}, "should be an address"),
        ({"chat_url": "http://models.clinic.example/v1"}, "should begin with https://"),
        ({"chat_seconds": 0}, "not waited for"),
        ({"chat_mode": "chatty"}, "'reworded' or 'verbatim'"),
        ({"chat_price_in": -1}, "price of a million tokens"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_should_be(
    changes: dict[str, object], what: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        _settings(**changes)
    assert what in str(caught.value)
    assert f"HELDINMIND_{next(iter(changes)).upper()}" in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/v1",
        "http://localhost:11434",
        "http://ollama:11434",
        "http://10.0.0.5:8000/v1",
        "https://models.clinic.example/v1/",
    ],
)
def test_plain_http_is_for_machines_of_the_clinics(url: str) -> None:
    assert _settings(chat_url=url).chat_url == url.rstrip("/")


def test_the_key_comes_from_its_variable_or_a_file_and_is_never_shown(tmp_path: Path) -> None:
    settings = _settings(chat_key=SecretStr("the-key"))
    assert settings.key_of_chat() == "the-key"
    assert "the-key" not in repr(settings)
    assert settings.chat_mode is ChatMode.REWORDED
    (tmp_path / "key").write_text("from a file\n", encoding="utf-8")
    assert _settings(chat_key_file=tmp_path / "key").key_of_chat() == "from a file"
    assert _settings().key_of_chat() is None
