"""The crisis files: each in its form, each number with where it was read and when."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.adapters.crisis import load_crisis_numbers
from bot.adapters.phrasebook import load_phrases
from bot.core.crisis import ANYWHERE, CrisisNumbers
from bot.core.holding import numbers_text
from bot.core.triage import Category
from bot.errors import GuidanceError
from bot.settings import ROOT

FOLDER = ROOT / "knowledge" / "crisis"
DIRECTORY = load_crisis_numbers(FOLDER)
NUMBERS = [DIRECTORY.of(country) for country in sorted({*DIRECTORY.countries(), ANYWHERE})]
KINDS = {"crisis", "child", "domestic_abuse", "poison", "sexual_abuse"}


@pytest.mark.parametrize("numbers", NUMBERS, ids=lambda one: one.country)
def test_every_country_has_an_emergency_number_and_lines_with_their_sources(
    numbers: CrisisNumbers,
) -> None:
    assert numbers.emergency.strip()
    assert numbers.emergency_note.strip()
    for line in numbers.lines:
        assert line.kind in KINDS
        assert line.source.startswith(("https://", "http://"))
        assert isinstance(line.verified_on, date)
        assert all((line.name, line.contact, line.purpose))
        assert line.hours is None or line.hours.strip()


@pytest.mark.parametrize("country", sorted(DIRECTORY.countries()))
def test_a_countrys_file_is_named_after_it_and_has_a_crisis_line(country: str) -> None:
    assert DIRECTORY.of(country).country == country
    assert any(line.kind == "crisis" for line in DIRECTORY.of(country).lines)


def test_the_countries_that_clinics_were_promised_are_there() -> None:
    promised = "US CA GB IE AU NZ ZA IN NG KE DE ES FR BR MX"
    assert set(promised.split()) <= DIRECTORY.countries()


@pytest.mark.parametrize("country", sorted(DIRECTORY.countries()))
def test_the_emergency_number_says_where_it_was_read_and_when(country: str) -> None:
    written = yaml.safe_load((FOLDER / f"{country}.yaml").read_text(encoding="utf-8"))
    assert written["emergency_source"].startswith(("https://", "http://"))
    assert isinstance(written["emergency_verified_on"], date)


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("numbers", NUMBERS, ids=lambda one: one.country)
def test_numbers_can_be_shown_for_every_danger_everywhere(
    numbers: CrisisNumbers, category: Category
) -> None:
    phrases = load_phrases(ROOT / "prompts")
    assert numbers.emergency in numbers_text(DIRECTORY, numbers.country, category, phrases)


def test_nobody_reads_that_hours_are_not_known() -> None:
    phrases = load_phrases(ROOT / "prompts")
    for country in ("KE", "NG", "ZA"):
        text = numbers_text(DIRECTORY, country, None, phrases)
        assert "not stated" not in text
        assert "None" not in text
    kenya = numbers_text(DIRECTORY, "KE", None, phrases).splitlines()
    assert "• Befrienders Kenya: **+254 722 178 177** (anyone thinking about suicide)" in kenya
    assert any(line.endswith(", day and night)") for line in kenya)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_file_has_a_field_that_nobody_reads(path: Path) -> None:
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    read = {"country", "name", "emergency", "lines"}
    assert set(written) <= read | {"emergency_source", "emergency_verified_on"}


def test_a_folder_without_the_numbers_for_anywhere_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GuidanceError, match=ANYWHERE):
        load_crisis_numbers(tmp_path)


@pytest.mark.parametrize("content", ["[]", "country: GB", "a: [", "lines: 5"])
def test_a_file_that_is_not_in_its_form_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "GB.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(GuidanceError, match=r"GB\.yaml"):
        load_crisis_numbers(tmp_path)
