"""The report: honest shares, an ordinary week, pictures, and the card's measured block."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.core.triage import Concern, Thresholds
from bot.errors import SettingsError
from bot.settings import ROOT
from bot.training.card import BEGIN, CARD, END, write_card
from bot.training.corpus import Example
from bot.training.cost import Cost, measure_cost
from bot.training.evaluate import Measured
from bot.training.inbox import week
from bot.training.measure import row, rows
from bot.training.reliability import Bin, bins, calibration_error, curve
from bot.training.report import goals, table, week_lines, write

LINE = Thresholds(flag=0.8, check=0.2)


def message(number: int, urgent: bool, kind: str = "plain") -> Example:
    category = "medical_emergency" if urgent else ""
    return Example(
        f"m{number}", f"words {number}", (), urgent, category, kind, "en-GB", None, "file"
    )


def measured(scores: Sequence[float], urgent: Sequence[bool]) -> Measured:
    """A set of messages with these scores, decided by `LINE`."""
    examples = [message(at, one) for at, one in enumerate(urgent)]
    concerns = [
        Concern.URGENT if score >= 0.8 else Concern.CHECK if score >= 0.2 else Concern.NONE
        for score in scores
    ]
    found = list(rows(examples, concerns))
    keywords = row("keyword list", examples, [Concern.NONE] * len(examples))
    return Measured("test part", "A note.", LINE, examples, concerns, scores, found, [keywords])


SOME = measured([0.95, 0.9, 0.5, 0.1] + [0.85] + [0.3] * 3 + [0.02] * 16, [True] * 4 + [False] * 20)


def test_a_week_counts_alarms_by_how_rare_danger_is() -> None:
    found = week(SOME.rows[0])
    assert found.false_alarms.value == pytest.approx(199 * 1 / 20)
    assert found.alarms.value == pytest.approx(1 * 0.5 + 199 / 20)
    assert found.checks.value == pytest.approx(199 * 3 / 20)
    assert found.precision.value == pytest.approx(0.5 / (0.5 + 9.95))


def test_the_bounds_of_a_week_hold_its_figures() -> None:
    found = week(SOME.rows[0])
    for span in (found.alarms, found.false_alarms, found.checks, found.precision):
        assert span.low <= span.value <= span.high


def test_nothing_flagged_is_no_precision_rather_than_an_error() -> None:
    silent = measured([0.0] * 4, [True, True, False, False])
    assert week(silent.rows[0]).precision.value == 0.0


def test_a_goal_says_whether_it_is_met() -> None:
    told = {goal.what: goal for goal in goals(SOME)}
    assert not told["urgent messages that get guidance"].is_met
    assert told["urgent messages that get guidance"].found.hits == 1
    assert not told["routine messages flagged"].is_met
    assert "**no**" in str(told["urgent messages flagged at once"])
    assert str(told["… hard negatives"]).endswith("| – | – |"), "there are none here"


def test_only_urgent_messages_of_which_nothing_was_said_are_missed() -> None:
    assert [example.id for example, _ in SOME.missed] == ["m3"]


def test_messages_stand_in_steps_of_their_score() -> None:
    found = bins([0.05, 0.07, 0.95, 1.0], [False, True, True, True])
    assert [(one.count, one.are_urgent) for one in found] == [(2, 0.5), (2, 1.0)]


def test_a_score_that_means_what_it_says_has_no_error() -> None:
    assert calibration_error([Bin(0.2, 0.2, 10), Bin(0.8, 0.8, 5)]) == 0.0
    assert calibration_error([Bin(0.2, 0.6, 10)]) == pytest.approx(0.4)


def test_a_higher_threshold_misses_more_and_alarms_less() -> None:
    points = curve(SOME.scores, [one.urgent for one in SOME.examples])
    below = [one.urgent_below for one in points]
    above = [one.routine_above for one in points]
    assert below == sorted(below)
    assert above == sorted(above, reverse=True)
    assert (points[0].urgent_below, points[0].routine_above) == (0.0, 1.0)


def test_a_report_has_its_tables_and_pictures(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the extra `eval` is not installed")
    path = write(tmp_path / "report", [SOME], Cost(12.0, 20.0, 90.0, 300.0, 2, 0.4), "1-test")
    text = path.read_text(encoding="utf-8")
    for part in (
        "weights 1-test",
        "A note.",
        "keyword list",
        "≤ 30 ms",
        "12.0 ms",
        "300 MB",
        "work for 0.4",
    ):
        assert part in text
    for picture in ("test-part-reliability.png", "test-part-thresholds.png"):
        assert picture in text
        assert (path.parent / picture).read_bytes().startswith(b"\x89PNG")
    assert "words 3" not in text, "a report holds figures, no messages"


def test_the_baselines_stand_beside_triage() -> None:
    assert [line.split("|")[1].strip() for line in table(SOME)][2:4] == ["all", "keyword list"]
    assert "| keyword list |" in "\n".join(week_lines(SOME))


def test_the_card_gets_its_figures_and_every_missed_message(tmp_path: Path) -> None:
    card = tmp_path / "card.md"
    card.write_text(f"# Card\n\n{BEGIN}\nold figures\n{END}\n\nAfter.\n", encoding="utf-8")
    write_card(SOME, "1-test", card)
    text = card.read_text(encoding="utf-8")
    assert text.startswith("# Card")
    assert text.endswith(f"{END}\n\nAfter.\n")
    assert "old figures" not in text
    assert "Weights 1-test" in text
    assert "“words 3” (m3, medical_emergency, plain, 0.100)" in text
    assert "words 2" not in text
    write_card(SOME, "1-test", card)
    assert card.read_text(encoding="utf-8") == text, "writing it again changes nothing"


def test_a_card_without_its_block_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="has no block"):
        write_card(SOME, "1-test", tmp_path / "none.md")


def test_the_projects_card_has_the_block() -> None:
    text = CARD.read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1


def test_the_cost_is_measured_in_a_process_of_its_own() -> None:
    cost = measure_cost(["he is tired", "how do I praise him?"], ["We had soup. " * 60])
    assert 0 < cost.median <= cost.p95
    assert cost.long_median > cost.median
    assert cost.memory is None or 50 < cost.memory < 3000


def test_the_memory_of_whoever_asks_is_not_counted() -> None:
    held = bytearray(800_000_000)
    cost = measure_cost(["he is tired"], ["We had soup."])
    assert len(held) > 0
    assert cost.memory is None or cost.memory < 800


def test_the_drawing_library_is_imported_in_one_place_and_only_to_draw() -> None:
    importing = [
        path.name
        for path in (ROOT / "bot").rglob("*.py")
        if re.search(r"^\s*(from|import) matplotlib", path.read_text(encoding="utf-8"), re.M)
    ]
    assert importing == ["pictures.py"]
