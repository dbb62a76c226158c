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

    def text(self, phrase_id: str) -> str:
        """The sentence as it is written, placeholders and all."""
        return self._texts[phrase_id]

    def ids(self) -> frozenset[str]:
        """Every sentence's id."""
        return frozenset(self._texts)

    def inputs(self, phrase_id: str) -> frozenset[str]:
        """The names of the placeholders in a sentence."""
        fields = Formatter().parse(self._texts[phrase_id])
        return frozenset(name for _, name, _, _ in fields if name)


def filled_in(older: Phrases, current: Phrases) -> Phrases:
    """Sentences of an older version, made whole for this one.

    A sentence that the older version lacks, or that asks for a name which this version's own does
    not have, is this version's: a sentence that cannot be said would leave somebody waiting.
    """
    kept = {
        id_
        for id_ in older.ids()
        if id_ not in current.ids() or older.inputs(id_) <= current.inputs(id_)
    }
    texts = {id_: current.text(id_) for id_ in current.ids()}
    return Phrases(texts | {id_: older.text(id_) for id_ in kept})
