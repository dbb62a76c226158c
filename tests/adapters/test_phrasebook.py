"""Every sentence that the code says exists, and gets everything that it has places for."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.adapters.phrasebook import load_phrases
from bot.core.enrolment import Opening
from bot.core.flags import Outcome
from bot.core.messages import Medium
from bot.core.outcomes import SMALL_TALK
from bot.core.people import Role
from bot.core.triage import Category
from bot.errors import GuidanceError
from bot.settings import ROOT

PHRASES = load_phrases(ROOT / "prompts")
# each of these is said where its places are filled
FILLED = (Opening.ASK_CONSENT, Opening.STAFF_LINKED, Opening.SLOWED)
OPENED = [one for one in Opening if one not in FILLED]
# where any sentence of a file might be meant, these are
MEANT = {
    ("enrol.py", r"joining\.[\w-]+"): [f"joining.{one}" for one in OPENED],
    ("holding.py", r"holding\.[\w-]+"): ["holding.sending", "holding.sent"],
    ("answers.py", r"answers\.[\w-]+"): [f"answers.{one}" for one in SMALL_TALK],
    ("alerts.py", r"flags\.[\w-]+"): [
        *("flags.alert", "flags.alert_first", "flags.alert_again", "flags.alert_unread"),
        *("flags.alert_person", "flags.alert_edited", "flags.alert_late", "flags.alert_lost"),
    ],
    ("outcomes.py", r"checks\.[\w-]+"): ["checks.ask", "checks.ask_again", "checks.ask_person"],
}
CODE = [path for path in (ROOT / "bot").rglob("*.py") if "sandbox" not in path.parts]
GROUPS = {id_.partition(".")[0] for id_ in PHRASES.ids()}


@dataclass(frozen=True, slots=True)
class Said:
    """One place in the code that says a sentence; `pattern` stands for an id put together."""

    where: str
    pattern: str
    filled: frozenset[str]

    def phrases(self) -> list[str]:
        """Every sentence that can be meant here."""
        file = self.where.partition(":")[0]
        if (file, self.pattern) in MEANT:
            return MEANT[file, self.pattern]
        return [id_ for id_ in PHRASES.ids() if re.fullmatch(self.pattern, id_)]


def _pattern(node: ast.expr) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr(values=parts):
            return "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w-]+"
                for part in parts
            )
    return None


def _said_in(path: Path) -> Iterator[Said]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr != "say" or not node.args:
            continue
        pattern = _pattern(node.args[0])
        if pattern:
            filled = frozenset(one.arg or "" for one in node.keywords)
            yield Said(f"{path.name}:{node.lineno}", pattern, filled)


SAID = [said for path in CODE for said in _said_in(path)]


@pytest.mark.parametrize("said", SAID, ids=lambda said: f"{said.where} {said.pattern}")
def test_what_the_code_says_exists_and_every_place_in_it_is_filled(said: Said) -> None:
    assert said.phrases()
    for id_ in said.phrases():
        assert id_ in PHRASES.ids()
        assert PHRASES.inputs(id_) <= said.filled


def test_most_of_what_is_said_was_found_in_the_code() -> None:
    assert len(SAID) > 60


def _ids_named(path: Path) -> Iterator[str]:
    """Sentences that are named somewhere and said elsewhere."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            group, dot, key = node.value.partition(".")
            if dot and group in GROUPS and re.fullmatch(r"[a-z_]+", key):
                yield node.value


def _patterns_in(path: Path) -> Iterator[str]:
    """Ids that are put together in the code, but for those where any of a file might be meant."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        pattern = _pattern(node) if isinstance(node, ast.JoinedStr) else None
        if pattern and re.match(r"[a-z]+\\\.[a-z]", pattern):
            yield pattern


def _ids_on_pages() -> set[str]:
    """Sentences that stand on pages which are rendered."""
    pages = (ROOT / "bot" / "console" / "templates").glob("*.html")
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    return set(re.findall(r'say\("([\w.]+)"', text))


def test_every_sentence_on_a_page_exists() -> None:
    assert len(_ids_on_pages()) > 10
    assert _ids_on_pages() <= PHRASES.ids()


def test_every_sentence_is_said_somewhere() -> None:
    said = {id_ for one in SAID for id_ in one.phrases()}
    named = {id_ for path in SPEAKING for id_ in _ids_named(path)} | _ids_on_pages()
    put_together = {pattern for path in SPEAKING for pattern in _patterns_in(path)}
    left = PHRASES.ids() - said - named
    assert {id_ for id_ in left if not any(re.fullmatch(p, id_) for p in put_together)} == set()


SPEAKING = [path for path in CODE if "storage" not in path.parts]


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.name)
def test_every_sentence_that_is_named_in_the_code_exists(path: Path) -> None:
    assert {id_ for id_ in _ids_named(path) if not id_.endswith("_")} <= PHRASES.ids()


@pytest.mark.parametrize(
    "id_",
    [
        *(f"flags.category_{category}" for category in Category),
        *(f"flags.outcome_{outcome}" for outcome in Outcome),
        *(f"flags.close_{outcome}_button" for outcome in Outcome),
        *(f"questions.medium_{medium}" for medium in Medium),
        *(f"general.role_{role}" for role in Role),
        *(f"flags.why_{reason}" for reason in ("rule", "model", "silent", "triage_failed")),
    ],
)
def test_there_is_a_sentence_for_each_of_its_kind(id_: str) -> None:
    assert id_ in PHRASES.ids()


def test_every_button_fits_on_a_phone() -> None:
    labels = [id_ for id_ in PHRASES.ids() if id_.endswith("_button") and not PHRASES.inputs(id_)]
    assert labels
    assert all(len(PHRASES.say(id_)) <= 24 for id_ in labels)


def test_bold_is_opened_and_closed_in_every_sentence() -> None:
    texts = [text for path in (ROOT / "prompts").glob("*.yaml") for text in [path.read_text()]]
    assert all(text.count("**") % 2 == 0 for text in texts)


@pytest.mark.parametrize("content", ["- a\n- list", "a: {b: c}", "a: 1", "a: [", ""])
def test_a_file_that_is_no_flat_map_of_texts_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "odd.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(GuidanceError, match=r"odd\.yaml"):
        load_phrases(tmp_path)


def test_a_folder_without_sentences_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GuidanceError, match="no sentences"):
        load_phrases(tmp_path)
