"""A review is written into a page, and every other byte stays."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.content import document_from, front_and_body, read_text, review_from
from bot.adapters.review_file import is_withdrawn, review_line, with_review
from bot.core.passages import Review, ReviewStatus
from bot.errors import GuidanceError
from bot.settings import ROOT

PAGE = ROOT / "knowledge" / "guidance" / "after-you-have-shouted.md"
TEXT = PAGE.read_text(encoding="utf-8")
DRAFT = "review: {status: draft, by: null, on: null, due: null}"
APPROVED = Review(
    ReviewStatus.APPROVED, 'Dr "O" Nuñez: lead', date(2026, 11, 25), date(2027, 1, 1), "0e12" * 16
)
FORMS = {
    "as it comes": DRAFT,
    "with a remark behind it": f"{DRAFT} # read in June",
    "over two lines": "review: {status: draft,\n  by: null, on: null, due: null}",
    "as a block": 'review:\n  status: draft\n  by: "A: B"\n  on: null\n  due:',
    "as a block with folded text": "review:\n  status: withdrawn\n  reason: >\n    so\n    it is\n",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
def test_only_the_review_is_rewritten(form: str, ends: str) -> None:
    before = TEXT.replace(DRAFT, form).replace("\n", ends)
    after = with_review(before, APPROVED, PAGE)
    head, tail = after.split(review_line(APPROVED))
    assert before.startswith(head)
    assert before.endswith(tail)
    assert before[len(head) :].startswith("review:")
    assert front_and_body(after, PAGE)[1] == front_and_body(before, PAGE)[1]


@given(
    by=st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool),
    on=st.dates(),
    due=st.none() | st.dates(),
    reason=st.none() | st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool),
)
def test_whatever_a_reviewer_is_called_is_read_back_as_written_or_refused(
    by: str, on: date, due: date | None, reason: str | None
) -> None:
    review = Review(ReviewStatus.APPROVED, by, on, due, "1e10" * 16, reason)
    try:
        written = with_review(TEXT, review, PAGE)
    except GuidanceError as error:
        assert "by hand" in str(error)  # noqa: PT017 - refusing is one of two right outcomes
        return
    found = review_from(front_and_body(written, PAGE)[0]["review"], lambda *_: GuidanceError())
    assert found == review


def test_a_page_without_a_review_is_named() -> None:
    with pytest.raises(GuidanceError, match=r"after-you-have-shouted\.md: there is no `review`"):
        with_review(TEXT.replace(DRAFT + "\n", ""), APPROVED, PAGE)


@pytest.mark.parametrize("form", ["review: {by: X, status: withdrawn}", FORMS["over two lines"]])
def test_withdrawn_is_seen_even_in_a_page_that_is_broken_elsewhere(
    tmp_path: Path, form: str
) -> None:
    path = tmp_path / "page.md"
    path.write_text(TEXT.replace(DRAFT, form).replace("title: ", 'title: "x": '))
    with pytest.raises(GuidanceError):
        document_from(path)
    assert is_withdrawn(path) == ("withdrawn" in form)


def test_saving_with_other_line_ends_is_no_edit(tmp_path: Path) -> None:
    path = tmp_path / PAGE.name
    path.write_bytes(re.sub("\n", "\r\n", TEXT).encode())
    assert "\r\n" in read_text(path)
    assert document_from(path).sha256 == document_from(PAGE).sha256
