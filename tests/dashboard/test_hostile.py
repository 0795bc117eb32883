"""Every page over a debate whose every text is an attack: nothing that reads markup gets one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from argmap.dashboard import models
from argmap.export.charts_page import _figures
from argmap.export.report import figure_data
from argmap.records import Debate, Edit
from tests.dashboard.conftest import OpenApp
from tests.dashboard.debates import make_debate

TIME = "2026-01-01T00:00:00+00:00"
#: Each would be something other than text where Streamlit reads Markdown, mathematics, directives.
ATTACKS = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    ":red-background[hi] :material/home: :smile:",
    "$\\href{javascript:alert(1)}{x}$",
    "https://evil.example www.evil.example",
)
PAGES = ("", "tree", "stands", "speakers", "compare", "read", "correct", "differences", "model",
         "take_away", "new")  # fmt: skip
#: What of an attack must not stand unescaped where markup is read.
LIVE = re.compile(
    r"(?<!\\)<script|(?<!\\)\[x(?<!\\)\]|(?<!\\):red|(?<!\\):smile|(?<!\\)\$|https?:[^\u2060\\]/?/evil"
)
#: Elements whose labels, options and bodies are Markdown to Streamlit.
MARKDOWN = {"alert", "button", "button_group", "caption", "checkbox", "download_button", "expander",
            "heading", "markdown", "metric", "multiselect", "number_input", "popover", "progress",
            "radio", "selectbox", "slider", "tab", "text_area", "text_input", "toast",
            "toggle"}  # fmt: skip


@pytest.fixture
def hostile() -> Debate:
    base = make_debate(title=ATTACKS[0], names=ATTACKS[1:5])
    topic = replace(base.topics[0], title=ATTACKS[5], motion=f"{ATTACKS[1]} {ATTACKS[4]} is right.")
    documents = tuple(
        replace(d, title=a, outlet=b, url=f"javascript:alert(1)//{a}", attributes={"author": a})
        for d, a, b in zip(base.documents, ATTACKS[1:], ATTACKS[2:], strict=False)
    )
    points = tuple(replace(point, text=ATTACKS[3]) for point in base.key_points)
    return replace(base, topics=(topic,), documents=documents, key_points=points)


def kept(debate: Debate) -> str:
    session_id = models.store().save(debate)
    store = models.store()
    one, two = debate.speakers[0].id, debate.speakers[1].id
    for number, fields in enumerate(
        (
            {"kind": "rename", "speaker": one, "name": ATTACKS[2]},
            {"kind": "merge", "speaker": one, "into": two},
            {"kind": "label", "statements": (debate.statements[0].id,), "label": "con",
             "topic": debate.topics[0].id},
        )
    ):  # fmt: skip
        kind = fields.pop("kind")
        store.add_edit(
            session_id,
            Edit.create(kind, sequence=number, time=TIME, author=ATTACKS[number], **fields),  # type: ignore[arg-type]
        )
    return session_id


def marked_up(at: AppTest) -> Iterator[str]:
    """Every string that Streamlit reads as Markdown, with the kind of its element."""
    for element in at._tree:
        kind = element.type
        proto = getattr(element, "proto", None)
        if proto is None or kind not in MARKDOWN:
            continue
        names = {field.name for field, _ in proto.ListFields()}
        for name in names & {"label", "body", "help", "text", "value", "caption", "icon"}:
            value = getattr(proto, name)
            if isinstance(value, str) and not value.lstrip().startswith("<style>"):
                # What was typed into a field is shown as typed.
                if kind in ("text_input", "text_area") and name == "value":
                    continue
                yield f"{kind} {name}: {value}"
        if kind in ("radio", "button_group"):
            for option in getattr(proto, "options", ()):
                yield f"{kind} option: {getattr(option, 'content', option)}"


@pytest.mark.parametrize("page", PAGES)
def test_no_page_hands_an_attack_to_what_reads_markup(
    open_app: OpenApp, hostile: Debate, page: str
) -> None:
    at = open_app(page, debate=kept(hostile))
    found = list(marked_up(at))
    assert found
    if page == "":  # the attacks are there, and escaped
        assert any("alert" in text for text in found)
    assert [text for text in found if LIVE.search(text)] == []


@pytest.mark.parametrize("task", ["table", "judge", "agreement", "log"])
def test_no_view_of_correct_does(open_app: OpenApp, hostile: Debate, task: str) -> None:
    at = open_app("correct", debate=kept(hostile), task=task)
    assert [text for text in marked_up(at) if LIVE.search(text)] == []


# Plotly reads a little HTML in every text of a chart: these are the tags that are ours.
OURS = re.compile(r"</?(?:b|i|br|sub|sup)/?>|<span style=\"[\w:;#(),.% -]*\">|</span>")
NO_TEXT = {"customdata", "ids", "parents", "meta", "uid", "uirevision", "template"}


def texts_of(value: object, name: str = "") -> Iterator[str]:
    if name in NO_TEXT:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from texts_of(child, key)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from texts_of(child, name)


def test_no_chart_has_a_tag_or_a_link_of_a_document(hostile: Debate) -> None:
    count = 0
    for _, figure in _figures(hostile):
        for text in texts_of(figure_data(figure)):
            count += 1
            bare = OURS.sub("", text)
            assert re.search(r"<[a-zA-Z/!?]", bare) is None, text
            assert "$" not in bare, text
    assert count > 50
