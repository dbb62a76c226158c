"""Reads the prompts from `prompts/*.md`: front matter, then instructions, then material."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.adapters.content import front_and_body, read_text
from bot.core.prompts import INSTRUCTIONS, MATERIAL, Prompt, faults_of
from bot.core.reviews import unknown
from bot.errors import GuidanceError

FIELDS = ("id", "version", "purpose", "inputs", "tests")


def prompt_paths(folder: Path) -> tuple[Path, ...]:
    """The files of prompts in a folder; a README beside them is not one."""
    return tuple(path for path in sorted(folder.glob("*.md")) if path.stem.lower() != "readme")


def load_prompt(folder: Path, prompt_id: str) -> Prompt:
    """One prompt, by its id, which is its file's name.

    Raises:
        GuidanceError: there is none with this id, or it is not in its form.
    """
    path = folder / f"{prompt_id}.md"
    if path not in prompt_paths(folder):
        known = tuple(p.stem for p in prompt_paths(folder))
        raise GuidanceError(f"{unknown(prompt_id, known, 'prompt')}\nPrompts are {folder}/*.md")
    return prompt_from(path)


def load_prompts(folder: Path) -> tuple[Prompt, ...]:
    """Every prompt in a folder, by id.

    Raises:
        GuidanceError: one is not in its form.
    """
    return tuple(prompt_from(path) for path in prompt_paths(folder))


def prompt_from(path: Path) -> Prompt:
    """The prompt in one file.

    Raises:
        GuidanceError: it is not in its form; the message names the file and what to do.
    """
    text = read_text(path)
    front, body = front_and_body(text, path)
    if tuple(front) != FIELDS:
        raise GuidanceError(f"{path}: the front matter should hold {', '.join(FIELDS)}, in order")
    parts = _parts(path, body)
    return Prompt(
        id=_own_id(path, front),
        version=_version(path, front),
        purpose=_purpose(path, front),
        inputs=_inputs(path, front),
        tests=_tests(path, front),
        instructions=parts[INSTRUCTIONS],
        material=parts[MATERIAL],
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def check_prompts(folder: Path, root: Path) -> tuple[str, ...]:
    """What is wrong with the prompts of a folder, one `id: what` each; `root` holds their tests."""
    return tuple(
        f"{prompt.id}: {fault}"
        for prompt in load_prompts(folder)
        for fault in (*faults_of(prompt), *_missing_tests(prompt, root))
    )


def _missing_tests(prompt: Prompt, root: Path) -> tuple[str, ...]:
    if not (root / "tests").is_dir():  # an installation without the tests
        return ()
    return tuple(
        f"its test {path} is missing" for path in prompt.tests if not (root / path).exists()
    )


def _parts(path: Path, body: str) -> Mapping[str, str]:
    blocks = ("\n" + body).split("\n## ")[1:]
    found = {head.strip(): text.strip() for head, _, text in (b.partition("\n") for b in blocks)}
    if tuple(found) != (INSTRUCTIONS, MATERIAL) or not all(found.values()):
        raise GuidanceError(
            f"{path}: the body should be '## {INSTRUCTIONS}', then '## {MATERIAL}', both with text"
        )
    return found


def _own_id(path: Path, front: Mapping[str, Any]) -> str:
    if front["id"] != path.stem:
        raise GuidanceError(f"{path}: `id` should be the file's name, {path.stem}")
    return path.stem


def _version(path: Path, front: Mapping[str, Any]) -> int:
    found = front["version"]
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise GuidanceError(f"{path}: `version` should be a whole number from 1 up")
    return found


def _purpose(path: Path, front: Mapping[str, Any]) -> str:
    found = front["purpose"]
    if not isinstance(found, str) or not found.strip():
        raise GuidanceError(f"{path}: `purpose` should be a sentence")
    return " ".join(found.split())


def _inputs(path: Path, front: Mapping[str, Any]) -> Mapping[str, str]:
    found = front["inputs"]
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise GuidanceError(f"{path}: `inputs` should map each name to what goes in there")
    return {str(name): " ".join(text.split()) for name, text in found.items()}


def _tests(path: Path, front: Mapping[str, Any]) -> tuple[str, ...]:
    found = front["tests"]
    if not isinstance(found, list) or not found or not all(isinstance(one, str) for one in found):
        raise GuidanceError(f"{path}: `tests` should be a list of at least one path")
    return tuple(found)
