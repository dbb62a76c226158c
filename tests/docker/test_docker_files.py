"""`docker/` against the project: what is installed, copied, set and asked exists."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from bot.settings import PREFIX, ROOT, Settings, load_settings
from bot.settings_names import source_of
from bot.web import web_app
from tests.docker.dockerfile import BUILD, DOCKER, FINAL, copied

pytestmark = pytest.mark.docker

COMPOSE: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))
SETTINGS = {PREFIX + name.upper() for name in Settings.model_fields}


def test_everything_that_is_copied_exists_and_reaches_the_builder() -> None:
    let_in = {
        line.removeprefix("!")
        for line in (DOCKER / "Dockerfile.dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    names = copied(BUILD) + copied(FINAL)
    assert names
    assert [name for name in names if not (ROOT / name).exists()] == []
    assert set(names) == let_in


def test_the_guidance_is_indexed_when_the_image_is_built() -> None:
    last = BUILD.instructions[-1]
    assert (last.name, last.rest) == ("RUN", "heldinmind guidance index")
    assert ("RUN", "heldinmind triage prepare") in {(i.name, i.rest) for i in BUILD.instructions}
    for name in ("KNOWLEDGE", "PROMPTS", "INDEX", "MODELS"):
        assert BUILD.environment()[PREFIX + name] == FINAL.environment()[PREFIX + name]


def test_image_and_compose_name_only_settings_that_exist() -> None:
    named = set(BUILD.environment()) | set(FINAL.environment())
    for service in COMPOSE["services"].values():
        named |= set(service.get("environment", {}))
    text = "".join(path.read_text() for path in DOCKER.iterdir() if path.is_file())
    named |= set(re.findall(rf"{PREFIX}[A-Z_]+", text))
    ours = {name for name in named if name.startswith(PREFIX)}
    assert len(ours) > 8
    assert ours <= SETTINGS


THE_CONTAINERS = {
    *("DATA", "INDEX", "MODELS", "KNOWLEDGE", "PROMPTS", "EMBEDDING_MODEL", "CHROMA_URL"),
    *("ENVIRONMENT", "HTTP_HOST", "HTTP_PORT", "TELEGRAM_API", "CLOCK"),
}
"""What the image or the compose file decides, or what no clinic sets."""
SEALED = ("DATABASE_URL", "KEY", "TELEGRAM_TOKEN", "WEBHOOK_SECRET", "CLINIC_ALARM_URLS")


def _handed_on() -> dict[str, str]:
    """What the clinic's own settings are handed on as, without the prefix."""
    given = COMPOSE["services"]["bot"]["environment"]
    return {
        name.removeprefix(PREFIX): value for name, value in given.items() if value.startswith("$")
    }


def test_every_setting_of_a_clinic_is_handed_on_by_the_compose_file() -> None:
    secret = {*SEALED, "CHAT_KEY"}
    files = {f"{name}_FILE" for name in SEALED}
    own = {name.removeprefix(PREFIX) for name in SETTINGS} - THE_CONTAINERS - secret - files
    assert own == set(_handed_on())
    for name, value in _handed_on().items():
        assert value == f"${{{PREFIX}{name}:-}}"
    for service in ("bot", "worker"):
        given = COMPOSE["services"][service]["environment"]
        assert {f"{PREFIX}{name}_FILE" for name in SEALED} <= set(given)
        assert not {f"{PREFIX}{name}" for name in secret} & set(given), "they stand in files"


def test_a_setting_that_is_handed_on_empty_is_as_good_as_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    usual = load_settings(_env_file=None)
    for name in _handed_on():
        monkeypatch.setenv(PREFIX + name, "")
    assert load_settings(_env_file=None) == usual
    assert source_of(f"{PREFIX}TIME_ZONE") == "default"
    monkeypatch.setenv(f"{PREFIX}TIME_ZONE", "Europe/London")
    assert load_settings(_env_file=None).time_zone == "Europe/London"
    assert source_of(f"{PREFIX}TIME_ZONE") == "variable"


def test_the_container_does_not_run_as_root() -> None:
    assert [one.rest for one in FINAL.all("USER")] == ["heldinmind"]
    names = [one.name for one in FINAL.instructions]
    assert names.index("USER") < names.index("ENTRYPOINT")
    assert "useradd --uid 10001" in FINAL.all("RUN")[0].rest
    assert all("user" not in service for service in COMPOSE["services"].values())


def test_port_and_health_path_are_the_bots() -> None:
    port = FINAL.environment()["HELDINMIND_HTTP_PORT"]
    (health,) = FINAL.all("HEALTHCHECK")
    path = re.search(r"'GET', '([^']+)'", health.rest)
    assert path
    routes = [getattr(route, "path", "") for route in web_app(_door()).routes]
    assert path[1] in routes
    assert f"'127.0.0.1', {port}," in health.rest
    assert [one.rest for one in FINAL.all("EXPOSE")] == [port]
    assert COMPOSE["services"]["bot"]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert FINAL.environment()["HELDINMIND_HTTP_HOST"] == "0.0.0.0"


def _door() -> Any:
    from bot.chat.receiving import LastAnswer
    from bot.web import Door

    async def status() -> Any:
        raise AssertionError("no page is asked for here")

    return Door(status, None, LastAnswer(), None)


def test_every_secret_is_a_file_that_the_script_makes(tmp_path: Path) -> None:
    subprocess.run(["sh", str(DOCKER / "make-secrets.sh"), str(tmp_path)], check=True)
    files = {Path(one["file"]).name for one in COMPOSE["secrets"].values()}
    assert files == {path.name for path in tmp_path.iterdir()}
    bot = COMPOSE["services"]["bot"]
    for name, value in bot["environment"].items():
        if str(value).startswith("/run/secrets/"):
            assert name.endswith("_FILE")
            assert Path(value).name in bot["secrets"]
    (tmp_path / "clinic_alarm_urls").write_text("json://pager.example/hook\n")
    before = {path.name: path.read_text() for path in tmp_path.iterdir()}
    subprocess.run(["sh", str(DOCKER / "make-secrets.sh"), str(tmp_path)], check=True)
    after = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert after == before, "a second run changes nothing"


def test_the_key_and_the_address_that_the_script_makes_are_taken(tmp_path: Path) -> None:
    from bot.adapters.secrets import open_vault

    subprocess.run(["sh", str(DOCKER / "make-secrets.sh"), str(tmp_path)], check=True)
    settings = load_settings(
        key_file=tmp_path / "encryption_key",
        database_url_file=tmp_path / "database_url",
        webhook_url="https://clinic.example",
        webhook_secret_file=tmp_path / "webhook_secret",
        clinic_alarm_urls_file=tmp_path / "clinic_alarm_urls",
    )
    assert settings.alarm_urls() == (), "none yet"
    (tmp_path / "clinic_alarm_urls").write_text("json://a.example/\nmailto://b.example\n")
    assert settings.alarm_urls() == ("json://a.example/", "mailto://b.example")
    vault = open_vault(settings)
    assert vault.decrypt(vault.encrypt("a line")) == "a line"
    password = (tmp_path / "database_password").read_text()
    assert settings.address_of_database() == (
        f"postgresql://heldinmind:{password}@database/heldinmind"
    )


def test_the_chroma_server_is_of_the_clients_version() -> None:
    client = re.search(r"^chromadb==(\S+)", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert client
    assert COMPOSE["services"]["passages"]["image"] == f"chromadb/chroma:{client[1]}"


def test_the_image_uses_the_oldest_python_that_the_package_allows() -> None:
    required = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text())
    assert required
    for stage in (BUILD, FINAL):
        assert stage.base.split()[0] == f"python:{required[1]}-slim"


def test_the_commands_of_image_and_compose_are_commands_of_ours() -> None:
    from bot.cli.commands import build

    said = [json_words(one.rest) for one in FINAL.all("ENTRYPOINT") + FINAL.all("CMD")]
    assert said == [["heldinmind"], ["run"]]
    for name in ("bot", "worker"):
        words = COMPOSE["services"][name]["command"]
        asked = CliRunner().invoke(build(words[0]), [*words, "--help"])
        assert asked.exit_code == 0, asked.output


def json_words(text: str) -> list[str]:
    """An instruction in its exec form."""
    words: list[str] = yaml.safe_load(text)
    return words
