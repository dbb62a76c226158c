"""Every link, file, target, setting and command that the documentation names is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.commands import COMMANDS
from bot.settings import PREFIX, ROOT, Settings

FOLDERS = ("", "changes", "docker", "knowledge/triage", "knowledge/crisis", "tests/evaluation")
PAGES = sorted(
    {path for folder in FOLDERS for path in (ROOT / folder).glob("*.md")}
    | set((ROOT / "docs").rglob("*.md"))
)
TOP = ("bot", "changes", "docker", "docs", "knowledge", "prompts", "tests", "tools")
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
NAMED = re.compile(rf"^(?:{'|'.join(TOP)})/[\w./*-]*$")
SECRETS = "docker/secrets/"
MADE = {"docker/.env", SECRETS, f"{SECRETS}clinic_alarm_urls", f"{SECRETS}chat_key"}
"""Made by docker/make-secrets.sh or by the clinic, and never in git."""
KINDS = ("added", "changed", "fixed", "removed", "safety")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


every_page = pytest.mark.parametrize("page", PAGES, ids=_name)


def test_there_are_pages_to_look_at() -> None:
    assert {"README.md", "CONTRIBUTING.md", "docs/tutorial.md"} <= set(map(_name, PAGES))


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are made from them."""
    headings = re.findall(r"^#+ (.+)$", _text(page), re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in headings)
    return {re.sub(r"\s", "-", heading.strip()) for heading in plain}


def _broken(page: Path) -> Iterator[str]:
    for link in LINK.findall(_text(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            yield link


@every_page
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    assert list(_broken(page)) == []


def _missing(page: Path) -> Iterator[str]:
    for code in CODE.findall(_text(page)):
        if NAMED.match(code) and code not in MADE:
            pattern = re.sub(r"\b[A-Z]{2,}\b(?!\.md)", "*", code.rstrip("/"))
            if not any(ROOT.glob(pattern)):
                yield code


@every_page
def test_every_file_that_is_named_exists(page: Path) -> None:
    assert list(_missing(page)) == []


@every_page
def test_every_setting_that_is_named_exists(page: Path) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", _text(page)))
    assert named <= {PREFIX + name.upper() for name in Settings.model_fields}


@every_page
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    code = "\n".join(CODE.findall(_text(page)) + re.findall(r"^ *make .*$", _text(page), re.M))
    assert set(re.findall(r"\bmake ([a-z][a-z-]+)", code)) <= targets


@every_page
def test_every_command_that_is_shown_exists(page: Path) -> None:
    shown = set(re.findall(r"(?:^|[`/ ])heldinmind ([a-z][a-z-]+)", _text(page), re.MULTILINE))
    assert shown <= set(COMMANDS)


def test_a_fragment_says_what_kind_of_change_it_is() -> None:
    for path in (ROOT / "changes").glob("*"):
        if path.name != "README.md":
            assert re.fullmatch(rf"[a-z0-9-]+\.(?:{'|'.join(KINDS)})\.md", path.name), path.name
            assert path.read_text(encoding="utf-8").strip()


def test_a_link_that_leads_nowhere_would_be_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[a](b.md) [c](#d) [e](https://f.example) [g](page.md#here)\n# Here\n")
    assert list(_broken(page)) == ["b.md", "#d"]
    page.write_text("`docs/nothing.md` `docs/` `knowledge/crisis/CC.yaml` `tests/*/nope.py`")
    assert list(_missing(page)) == ["docs/nothing.md", "tests/*/nope.py"]
