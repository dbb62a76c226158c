"""A clinician approves, edits, compares, withdraws and releases, by command."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.guidance.pages import IDS, copy_knowledge, edit

PAGE, OTHER, THIRD = IDS
BY = ("--by", "Dr A. Reader")


@pytest.fixture
def guidance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """The guidance commands on a clinic's own copy."""
    copy_knowledge(tmp_path)
    monkeypatch.setenv("HELDINMIND_KNOWLEDGE", str(tmp_path / "knowledge"))
    monkeypatch.setenv("HELDINMIND_PROMPTS", str(tmp_path / "prompts"))
    return lambda *words, **settings: run("guidance", *words, **settings)


def _page(folder: Path, id_: str = PAGE) -> Path:
    return folder / "knowledge" / "guidance" / f"{id_}.md"


def test_an_edit_takes_the_approval_away_and_is_shown(guidance: Run, tmp_path: Path) -> None:
    said = guidance("approve", PAGE, *BY, "--on", "2026-01-02").out
    assert f"{PAGE}: approved by Dr A. Reader on 2026-01-02" in said
    assert "the same words" in guidance("diff", PAGE).out
    edit(_page(tmp_path), "Something new.")
    lost = "draft (edited since Dr A. Reader approved it on 2026-01-02)"
    assert f"Status: {lost}" in guidance("show", PAGE).out
    assert f"{PAGE}: review: {lost}" in guidance("check").out
    assert f"{PAGE}: edited since" in guidance("diff").out
    changed = guidance("diff", PAGE).out.splitlines()
    assert [line for line in changed if line.startswith("+") and "+++" not in line] == [
        "+Something new."
    ]


def test_check_names_only_reviews_that_want_something(guidance: Run) -> None:
    guidance("approve", PAGE, *BY, "--due", "2999-01-01")
    assert "review:" not in guidance("check").out


def test_an_approval_past_its_date_is_reported(guidance: Run, tmp_path: Path) -> None:
    guidance("approve", PAGE, *BY, "--on", "2026-01-02", "--due", "2999-01-01")
    text = _page(tmp_path).read_text()
    _page(tmp_path).write_text(text.replace("2999-01-01", "2026-02-03"))
    assert "was to be read again by 2026-02-03" in guidance("check").out
    assert PAGE in guidance("list", "--status", "approved").out


def test_a_dry_run_shows_the_line_and_writes_nothing(guidance: Run, tmp_path: Path) -> None:
    before = _page(tmp_path).read_bytes()
    said = guidance("approve", "--all", *BY, "--dry-run").out
    assert said.count("+review: {status: approved") == 4
    assert "3 pages and 1 skill would be written; nothing was" in said
    assert _page(tmp_path).read_bytes() == before


def test_all_approves_drafts_and_leaves_what_was_withdrawn(guidance: Run) -> None:
    assert "withdrawn by" in guidance("withdraw", PAGE, *BY, "--reason", "not: ours").out
    assert "2 pages and 1 skill written" in guidance("approve", "--all", *BY).out
    assert "not: ours" in guidance("show", PAGE).out


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("approve", "after-you-have-shoutd", *BY), f"did you mean {PAGE}"),
        (("approve", *BY), "Name the pages or skills"),
        (("approve", PAGE, "--all", *BY), "not both"),
        (("approve", PAGE, "--by", " "), "--by is empty"),
        (("approve", PAGE, *BY, "--on", "2999-01-01"), "yet to come"),
        (("approve", PAGE, *BY, "--due", "2020-01-01"), "not ahead"),
        (("withdraw", PAGE, *BY, "--reason", " "), "--reason is empty"),
        (("release", "unpin"), "No release is pinned"),
        (("release", "show", "none"), "There is no release none"),
        (("release", "make", "--by", ""), "--by is empty"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    guidance: Run, tmp_path: Path, words: tuple[str, ...], what: str
) -> None:
    before = _page(tmp_path).read_bytes()
    found = guidance(*words)
    assert found.status == 1
    assert what in found.err
    assert _page(tmp_path).read_bytes() == before


def test_a_page_is_withdrawn_once(guidance: Run) -> None:
    guidance("withdraw", PAGE, *BY, "--reason", "wrong")
    assert (
        "already withdrawn by Dr A. Reader" in guidance("withdraw", PAGE, *BY, "--reason", "x").err
    )


def test_a_release_is_made_pinned_compared_and_left(guidance: Run, tmp_path: Path) -> None:
    name = guidance("release", "make", *BY, "--note", "first").out.split()[1]
    assert "is pinned" in guidance("release", "pin", name).out
    assert "pinned" in guidance("release", "list").out
    edit(_page(tmp_path, THIRD), "Later.")
    guidance("approve", OTHER, *BY)
    rows = guidance("diff").out
    assert f"{THIRD}: changed since release {name}" in rows
    assert f"{OTHER}: reviewed since release {name}" in rows
    assert "+Later." in guidance("diff", THIRD).out
    assert "copies: whole" in guidance("release", "show", name).out
    assert "Nothing is pinned" in guidance("release", "unpin").out
    assert "never approved" in guidance("diff", THIRD).out


def test_status_shows_the_release_and_what_is_wrong_with_it(
    guidance: Run, run: Run, tmp_path: Path, stored: dict[str, object]
) -> None:
    name = guidance("release", "make", *BY).out.split()[1]
    guidance("release", "pin", name)
    assert f"release: {name}" in run("status", **stored).out
    (tmp_path / "data" / "releases" / name / "prompts" / "holding.yaml").unlink()
    assert f"Release {name} is damaged: prompts/holding.yaml" in run("status", **stored).out


def test_a_damaged_release_stops_the_start_in_one_line(
    guidance: Run, run: Run, tmp_path: Path
) -> None:
    name = guidance("release", "make", *BY).out.split()[1]
    guidance("release", "pin", name)
    _folder = tmp_path / "data" / "releases" / name
    (_folder / "guidance" / f"{PAGE}.md").unlink()
    for command in (
        ("run",),
        ("ask", "hello"),
        ("chat",),
        ("dry-run",),
        ("demo", "--no-browser", "--port", "0"),
    ):
        found = run(*command, telegram_token="1:x")
        assert found.status == 1, command
        assert "is damaged" in found.err, command
