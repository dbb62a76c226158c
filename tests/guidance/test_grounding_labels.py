"""The labelled sentences of the grounding gate: three parts that never mix, all from real pages."""

from collections import Counter

import pytest

from bot.adapters.content import load_documents
from bot.settings import ROOT
from bot.training.grounding import PARTS, Case, pairs_for, places_of, read_cases

DOCUMENTS = load_documents(ROOT / "knowledge" / "guidance")
PAGES = {document.id: places_of(document) for document in DOCUMENTS}
EVERY = {part: read_cases(part) for part in PARTS}


def _all() -> list[Case]:
    return [case for part in PARTS for case in EVERY[part]]


def test_there_are_enough_of_both_kinds_in_every_part() -> None:
    assert len(_all()) >= 700
    for part in PARTS:
        carried = Counter(case.carried for case in EVERY[part])
        assert 0.4 < carried[True] / len(EVERY[part]) < 0.6


def test_no_sentence_and_no_id_stands_twice() -> None:
    assert len({case.id for case in _all()}) == len(_all())
    assert len({case.text.casefold() for case in _all()}) == len(_all())


def test_no_page_is_in_two_parts() -> None:
    pages = [{case.page for case in EVERY[part]} for part in PARTS]
    assert sum(map(len, pages)) == len(set().union(*pages))


@pytest.mark.parametrize("part", PARTS)
def test_every_sentence_claims_places_that_its_page_has(part: str) -> None:
    for case in EVERY[part]:
        assert case.places, case.id
        assert set(case.places) <= set(PAGES[case.page]), case.id


def test_nothing_that_teaches_the_reader_is_from_a_page_that_measures_it() -> None:
    taught = {pair.passage for pair in pairs_for(DOCUMENTS)}
    for part in ("calibration", "test"):
        for page in {case.page for case in EVERY[part]}:
            for text in PAGES[page].values():
                assert not any(text in passage for passage in taught if len(text) > 60), page
