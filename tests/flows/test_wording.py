"""An answer in a model's words, or the page as it is: one of the two, and nothing else."""

import pytest

from bot.core.replies import Reply
from bot.core.worded_answers import passages_of_page
from bot.storage.wordings import kept_wordings
from tests.databases import Opened, rows
from tests.flows.clinic import ALEX, SAM, move_in, opened_clinic
from tests.flows.script import ASKING, NEARLY
from tests.flows.worded import (
    HELPED,
    MODEL,
    PAGE,
    WORDED,
    DropsAll,
    FallsOver,
    Open,
    agree,
    outcomes,
)
from tests.model_server import NAME, ModelServer, fails, says, sentences


async def test_an_answer_comes_in_the_models_words_and_says_so(
    opens: Open, model: ModelServer, curated: Reply
) -> None:
    async with opens() as clinic:
        await clinic.says(SAM, ASKING)
        (shown,) = clinic.phone(SAM)
    assert shown.text.startswith(
        f"{PAGE.title}\nThe others notice it too. Give each some time of their own."
    )
    assert shown.text.endswith(HELPED)
    assert PAGE.section("In short")[:40] not in shown.text
    source = curated.text.split("\n\n")[-1]
    assert source in shown.text
    assert list(shown.buttons.values()) == ["Helpful", "Not what I meant", "Ask Dana", "More"]
    assert clinic.messenger.typing == [SAM]
    assert outcomes(clinic) == [("worded", "")]


async def test_more_under_worded_sentences_shows_the_whole_page_as_it_stands(opens: Open) -> None:
    async with opens() as clinic:
        await clinic.says(SAM, ASKING)
        await clinic.presses(SAM, "more:1")
        more = clinic.last(SAM).text
    assert " ".join(PAGE.section("In short").split()) in more.replace("\n", " ")
    for passage in passages_of_page(PAGE):
        assert passage.text[:60] in more


async def test_every_sentence_is_kept_sealed_with_what_it_came_from(
    opens: Open, model: ModelServer
) -> None:
    async with opens() as clinic:
        await clinic.says(SAM, ASKING)
        async with clinic.services.database.transaction() as tx:
            (kept,) = await kept_wordings(tx, 10)
        (raw,) = rows(clinic.storage.url, "select sentences, passages from wordings")
    assert [one["text"] for one in kept.sentences] == [
        "The others notice it too.",
        "Give each some time of their own.",
    ]
    assert all(one["kept"] for one in kept.sentences)
    assert (kept.model, kept.answered_by, kept.prompt) == (MODEL, NAME, "wording 1")
    assert kept.document_id == PAGE.id
    assert len(kept.passages) == len(passages_of_page(PAGE))
    assert b"notice" not in b"".join(bytes(column) for column in raw)  # type: ignore[call-overload]


@pytest.mark.parametrize("gate", [DropsAll(), FallsOver()])
async def test_what_does_not_pass_the_gate_is_kept_but_not_sent(
    opens: Open, curated: Reply, gate: object
) -> None:
    async with opens(gate=gate) as clinic:
        await clinic.says(SAM, ASKING)
        (shown,) = clinic.phone(SAM)
        async with clinic.services.database.transaction() as tx:
            (kept,) = await kept_wordings(tx, 10)
    assert shown.text == curated.text
    assert [one["kept"] for one in kept.sentences] == [False, False]
    assert all(one["why"] for one in kept.sentences)


@pytest.mark.parametrize(
    "answer",
    [
        says("I'm sorry, I can't help with that."),
        says(WORDED[:30]),
        says(WORDED, finish="length"),
        says(sentences(*[("The others notice.", [0])] * 4)),
        says(
            sentences(*[("The others notice it " + "so " * 100 + f"{n}.", [0]) for n in range(5)])
        ),
        says(sentences()),
        fails(400),
    ],
)
async def test_whatever_is_wrong_with_the_answer_the_page_goes_out_as_it_is(
    opens: Open, model: ModelServer, curated: Reply, answer: object
) -> None:
    model.otherwise = answer  # type: ignore[assignment]
    async with opens() as clinic:
        await clinic.says(SAM, ASKING)
        assert clinic.texts(SAM) == [curated.text]
        await clinic.forward(minutes=5)
        assert clinic.texts(SAM) == [curated.text]


async def test_a_page_that_was_chosen_from_several_is_worded_too(
    opens: Open, model: ModelServer
) -> None:
    async with opens() as clinic:
        await clinic.says(SAM, NEARLY)
        await clinic.presses(SAM, f"open:{PAGE.id}.1")
        assert clinic.last(SAM).text.endswith(HELPED)


async def test_stars_in_a_models_words_make_nothing_bold(opens: Open, model: ModelServer) -> None:
    model.otherwise = says(sentences(("The others **notice** it.", [0])))
    async with opens() as clinic:
        await clinic.says(SAM, ASKING)
        assert "The others **notice** it." in clinic.last(SAM).text


async def test_without_a_model_nothing_is_owed_to_one(storage: Opened) -> None:
    async with opened_clinic(storage.url) as clinic:
        await move_in(clinic)
        await agree(clinic, (SAM, ALEX))
        await clinic.says(SAM, ASKING)
        assert clinic.count("wordings") == 0
        assert len(clinic.phone(SAM)) == 1
