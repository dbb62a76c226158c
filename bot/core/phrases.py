"""The fixed sentences the bot says, by id; their texts are content, kept under `prompts/`."""

from collections.abc import Mapping
from string import Formatter


class Phrases:
    """Sentences by id, such as `holding.sent`, with `{placeholders}` to fill."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    def say(self, phrase_id: str, **values: str | int) -> str:
        """The sentence with every placeholder filled.

        Raises:
            KeyError: no such sentence, or a placeholder without a value.
        """
        return self._texts[phrase_id].format(**values)

    def ids(self) -> frozenset[str]:
        """Every sentence's id."""
        return frozenset(self._texts)

    def inputs(self, phrase_id: str) -> frozenset[str]:
        """The names of the placeholders in a sentence."""
        fields = Formatter().parse(self._texts[phrase_id])
        return frozenset(name for _, name, _, _ in fields if name)
