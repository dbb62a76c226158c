"""Formatted text, multipart bodies and the compiled specification, by themselves."""

import html
import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import Json, trimmed, units
from bot.sandbox.errors import Violation
from bot.sandbox.files import picture_size, sample_picture
from bot.sandbox.html_text import parse_html
from bot.sandbox.markdown_text import parse_markdown
from bot.sandbox.specification import specification
from bot.sandbox.uploads import Upload, parse_multipart


def _covered(text: str, entity: Json) -> str:
    raw = text.encode("utf-16-le")
    start = entity["offset"] * 2
    return raw[start : start + entity["length"] * 2].decode("utf-16-le")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_html_is_the_text_itself(text: str) -> None:
    assert parse_html(html.escape(text, quote=True).replace("&#x27;", "'")) == (text, [])


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_bold_part_covers_exactly_its_words(before: str, bold: str) -> None:
    before, bold = (s.encode("utf-8", "ignore").decode() or "x" for s in (before, bold))
    text, (entity,) = parse_html(f"{html.escape(before)}<b>{html.escape(bold)}</b>")
    assert _covered(text, entity) == bold


def test_nested_html_keeps_every_entity() -> None:
    text, entities = parse_html(
        '<b>a <i>b</i></b><a href="https://e.org/?a=1&amp;b=2">c</a>'
        '<pre><code class="language-py">d</code></pre><blockquote expandable>e</blockquote>'
    )
    assert text == "a bcde"
    kinds = [(e["type"], _covered(text, e)) for e in entities]
    assert kinds == [
        ("bold", "a b"),
        ("italic", "b"),
        ("text_link", "c"),
        ("pre", "d"),
        ("expandable_blockquote", "e"),
    ]
    assert entities[2]["url"] == "https://e.org/?a=1&b=2"
    assert entities[3]["language"] == "py"


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<span>x</span>", 'Unsupported start tag "span"'),
    ],
)
def test_broken_html_is_complained_about(source: str, complaint: str) -> None:
    with pytest.raises(Violation) as told:
        parse_html(source)
    assert complaint in told.value.description


def test_markdown_knows_every_mark() -> None:
    source = "*b* _i_ __u__ ~s~ ||p|| `c` [l](https://e.org) \\.\n>q\n```py\nx=1```"
    text, entities = parse_markdown(source)
    assert [(e["type"], _covered(text, e).strip()) for e in entities] == [
        ("bold", "b"),
        ("italic", "i"),
        ("underline", "u"),
        ("strikethrough", "s"),
        ("spoiler", "p"),
        ("code", "c"),
        ("text_link", "l"),
        ("blockquote", "q"),
        ("pre", "x=1"),
    ]


@pytest.mark.parametrize("source", ["*x", "a.b", "`x", "[x](y"])
def test_broken_markdown_is_complained_about(source: str) -> None:
    with pytest.raises(Violation, match="can't parse entities"):
        parse_markdown(source)


def test_white_space_around_a_text_goes_and_its_entities_follow() -> None:
    bold = {"type": "bold", "offset": 3, "length": 4}
    assert trimmed("  😀ab  ", [bold]) == ("😀ab", [{**bold, "offset": 1, "length": 3}])
    assert units("😀ab") == 4


@given(st.binary(), st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_a_file_comes_out_of_a_multipart_body_as_it_went_in(content: bytes, name: str) -> None:
    if b"\r\n--frontier" in content:
        return
    quoted = name.replace("\\", "\\\\").replace('"', '\\"').replace("%22", "")
    body = (
        b'--frontier\r\nContent-Disposition: form-data; name="document"; filename="'
        + quoted.encode()
        + b'"\r\nContent-Type: text/plain\r\n\r\n'
        + content
        + b"\r\n--frontier--\r\n"
    )
    parts = parse_multipart(body, "multipart/form-data; boundary=frontier")
    upload = parts["document"]
    assert isinstance(upload, Upload)
    assert (upload.content, upload.mime_type) == (content, "text/plain")


def test_the_sample_picture_is_a_png_of_its_size() -> None:
    assert picture_size(sample_picture(48, 32)) == (48, 32)


def test_every_method_and_type_of_the_document_is_compiled() -> None:
    text = resources.files("bot.sandbox").joinpath("bot-api.json").read_text("utf-8")
    document = json.loads(text)
    known = specification()
    assert set(known.methods) == set(document["methods"])
    for name in document["types"]:
        assert known.check(name)(object()) is not None, name


def test_a_result_with_a_field_too_many_is_not_a_user() -> None:
    user = {"id": 1, "is_bot": True, "first_name": "B"}
    check = specification().check("User")
    assert check(user) is None
    assert check({**user, "mood": "calm"}) == 'Unknown field "mood" in User'
    assert check({**user, "id": True}) == 'Field "id" must be of type Integer in User'
