"""Reads the fixed sentences from `prompts/*.yaml`: the file's name and the key make the id."""

from pathlib import Path

import yaml

from bot.core.phrases import Phrases
from bot.errors import GuidanceError


def load_phrases(folder: Path) -> Phrases:
    """Every sentence under `folder`: `holding.yaml` with the key `sent` is `holding.sent`.

    Raises:
        GuidanceError: a file that is not a flat map of names to texts.
    """
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        texts.update({f"{path.stem}.{key}": text for key, text in _read(path).items()})
    if not texts:
        raise GuidanceError(f"no sentences found in {folder}: it should hold *.yaml files")
    return Phrases(texts)


def _read(path: Path) -> dict[str, str]:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise GuidanceError(f"{path} is not valid YAML: {error}") from error
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise GuidanceError(f"{path} should map names to texts, one level deep")
    return {str(key): text.strip() for key, text in found.items()}
