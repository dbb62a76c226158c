"""A wrong setting names its variable and what it should be; secrets are never shown."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, load_settings
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("HTTP_PORT", "many", "integer"),
        ("HTTP_PORT", "70000", "less than or equal to 65535"),
        ("COUNTRY", "Britain", "whose crisis numbers"),
        ("FLAG_DETAIL", "some", "'minimal' or 'full'"),
        ("ENVIRONMENT", "prod", "'development' or 'production'"),
        ("TELEGRAM_API", "api.telegram.org", "an address such as https://api.telegram.org"),
        ("CHECK_MINUTES", "0", "greater than 0"),
        ("REMIND_MINUTES", "soon", "reminded"),
        ("LOG_LEVEL", "loud", "of the log"),
        ("CHECK_THRESHOLD", "0.16", "less than or equal to 0.15"),
        ("CHECK_THRESHOLD", "0", "greater than or equal to 0.01"),
        ("FLAG_THRESHOLD", "1", "less than or equal to 0.8"),
        ("FLAG_THRESHOLD", "0.05", "greater than or equal to 0.1"),
        ("FLAG_THRESHOLD", "nan", "less than or equal to 0.8"),
        ("CLOCK", "sandbox", "needs TELEGRAM_API to be a sandbox"),
        ("ON_CALL_MINUTES", "1", "should not go down"),
        ("WEBHOOK_URL", "http://clinic.example", "should begin with https://"),
        ("WEBHOOK_URL", "https://clinic.example", "WEBHOOK_SECRET of 16 characters"),
    ],
)
def test_a_wrong_setting_names_its_variable_and_what_it_should_be(
    run: Run, name: str, value: str, what: str
) -> None:
    found = run("status", **{name: value})
    assert found.status == 1
    assert found.out == ""
    assert "HELDINMIND_" in found.error
    assert name in found.error
    assert what in found.error


def test_thresholds_that_cross_are_named(run: Run) -> None:
    found = run("status", flag_threshold="0.1", check_threshold="0.15")
    assert "CHECK_THRESHOLD should not be above FLAG_THRESHOLD" in found.error


def test_every_wrong_setting_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(_env_file=None, http_port="x", country="Britain")
    assert {line.partition(":")[0] for line in str(caught.value).splitlines()} == {
        "HELDINMIND_HTTP_PORT",
        "HELDINMIND_COUNTRY",
    }


def test_a_wrong_secret_is_named_and_not_shown(run: Run) -> None:
    found = run("status", key="my-secret-passphrase", database_url="postgresql:///nowhere")
    assert found.status == 1
    assert "HELDINMIND_KEY should be" in found.error
    assert "passphrase" not in found.error


def test_every_setting_is_listed_with_its_value_and_where_it_is_from(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("HELDINMIND_COUNTRY=gb\n", encoding="utf-8")
    found = run("settings", telegram_token="1234:the-secret", workers=3)
    lines = {line.split()[0]: line for line in found.out.splitlines() if line[0] != " "}
    assert set(lines) == {f"HELDINMIND_{name.upper()}" for name in Settings.model_fields}
    assert "GB" in lines["HELDINMIND_COUNTRY"]
    assert ".env" in lines["HELDINMIND_COUNTRY"]
    assert "variable" in lines["HELDINMIND_WORKERS"]
    assert "default" in lines["HELDINMIND_HTTP_PORT"]
    assert "the-secret" not in found.out
    assert "****" in lines["HELDINMIND_TELEGRAM_TOKEN"]


def test_a_fresh_key_is_printed_alone_and_is_one(run: Run) -> None:
    key = run("settings", "--new-key").out.strip()
    assert run("settings", key=key).status == 0
    assert run("settings", "--new-key").out.strip() != key


def test_a_missing_token_says_where_to_get_one_and_how_to_do_without(run: Run) -> None:
    found = run("run")
    assert found.status == 1
    assert "HELDINMIND_TELEGRAM_TOKEN" in found.error
    assert "heldinmind demo" in found.error


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_an_address_of_another_database_is_refused_and_its_password_is_not_shown(run: Run) -> None:
    found = run("status", database_url="mysql://clinic:hunter2@db/held")
    assert found.status == 1
    assert "HELDINMIND_DATABASE_URL should be an address of PostgreSQL" in found.err
    assert "hunter2" not in found.err


def test_a_country_without_crisis_numbers_ends_the_start_and_says_which_there_are(run: Run) -> None:
    found = run("dry-run", country="IT")
    assert found.status == 1
    assert "HELDINMIND_COUNTRY: there are no crisis numbers for IT" in found.error
    assert "GB" in found.error
    assert "Families read those of the country of `clinic init`" in " ".join(found.error.split())


def test_uk_is_taken_for_what_the_world_calls_gb() -> None:
    assert load_settings(_env_file=None, country="uk").country == "GB"


def test_a_misspelt_setting_is_pointed_out_with_the_one_that_was_meant(run: Run) -> None:
    found = run("settings", chek_minutes="5")
    assert found.status == 0
    assert "HELDINMIND_CHEK_MINUTES is no setting" in found.error
    assert "did you mean HELDINMIND_CHECK_MINUTES?" in found.error


def test_settings_that_are_all_known_bring_no_warning(run: Run) -> None:
    assert run("settings", check_minutes="5").err == ""
