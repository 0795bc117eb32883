"""The dashboard over hand-made debates and the models' stand-ins, one data folder a test."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from argmap.bundled import BundledDebate
from argmap.dashboard import library, models
from argmap.nlp import FakeClassifier, FakeEncoder
from argmap.records import (
    SIDES,
    Attribution,
    Debate,
    Document,
    KeyPoint,
    Label,
    Run,
    Speaker,
    Stance,
    Statement,
    content_id,
)
from argmap.stance import make_topic

APP = Path(__file__).resolve().parents[2] / "app.py"
MOTION = "Nurses should receive a larger pay rise."

#: Names that Markdown, HTML, mathematics or Streamlit's directives would change.
HOSTILE = ("<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", ":red[hi]", "$x$")

_SENTENCES: tuple[tuple[str, int | None, Label, bool], ...] = (
    ("Nurses have earned a larger pay rise.", 0, "pro", False),
    ("A rise would cost two billion pounds.", 1, "con", False),
    ("Critics say the pay is fair already.", 1, "con", True),
    ("The talks went on until noon.", None, "none", False),
    ("Better pay would fill the empty posts.", 2, "pro", False),
    ("Nobody knows what the pay rise would do.", 3, "unclear", False),
)


def make_debate(title: str = "Nurse pay", names: tuple[str, ...] = HOSTILE) -> Debate:
    """Two documents, four speakers and six statements of every label."""
    topic = make_topic(MOTION, id="pay")
    speakers = tuple(
        Speaker(content_id("s", name), name, role="minister", party="Green") for name in names
    )
    documents, statements, stances = [], [], []
    for number, start in enumerate((0, 4)):
        text, spans = "", []
        for sentence, *_ in _SENTENCES[start : start + 4]:
            gap = "" if not text else "\n\n" if len(spans) == 2 else " "
            spans.append((len(text) + len(gap), len(text) + len(gap) + len(sentence)))
            text += gap + sentence
        document = Document.create(
            title=f"Source {number + 1}",
            text=text,
            outlet="The Herald",
            date="2026-03-02",
            removed=("Advertisement", "Share this") if number == 0 else (),
        )
        documents.append(document)
        for span, (sentence, who, label, reported) in zip(
            spans, _SENTENCES[start : start + 4], strict=True
        ):
            speaker = speakers[who].id if who is not None else None
            statement = Statement(
                content_id("u", document.id, str(span[0])),
                document.id,
                *span,
                sentence,
                Attribution(speaker, "quote", "said", 0.9, reported) if speaker else Attribution(),
            )
            statements.append(statement)
            pro, con = {"pro": (0.9, 0.04), "con": (0.1, 0.8), "unclear": (0.4, 0.3)}.get(
                label, (0.05, 0.05)
            )
            stances.append(Stance(statement.id, "pay", pro, con, round(1 - pro - con, 4), label))
    points = []
    for side in SIDES:
        own = [s for s, x in zip(statements, stances, strict=True) if x.label == side]
        point_id = content_id("k", side, title)
        members = tuple(s.id for s in own)
        points.append(KeyPoint(point_id, "pay", side, own[0].text, members))
    return Debate(
        title=title,
        run=Run(
            "0",
            {"stance": "fake@0", "encoder": "fake-encoder@0"},
            {"threshold": 0.5},
            {d.id: content_id("", d.text) for d in documents},
        ),
        documents=tuple(documents),
        speakers=tuple(sorted(speakers, key=lambda s: s.id)),
        topics=(topic,),
        statements=tuple(statements),
        stances=tuple(stances),
        key_points=tuple(points),
    )


@pytest.fixture
def debate() -> Debate:
    return make_debate()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder, the stand-ins for the models, and nothing bundled."""
    monkeypatch.setenv("ARGMAP_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(models, "classifier", FakeClassifier)
    monkeypatch.setattr(models, "encoder", FakeEncoder)
    monkeypatch.setattr(library, "bundled_debates", tuple)
    st.cache_resource.clear()
    yield tmp_path / "home"
    models.store().close()
    st.cache_resource.clear()


@pytest.fixture
def bundle(monkeypatch: pytest.MonkeyPatch) -> BundledDebate:
    """One bundled debate that is not mapped yet."""
    document = Document.create(title="Coverage", text="Nurses need more pay. Pay is not the point.")
    bundled = BundledDebate("pay", "Pay of nurses", (document,), (make_topic(MOTION),))
    monkeypatch.setattr(library, "bundled_debates", lambda: (bundled,))
    return bundled


OpenApp = Callable[..., AppTest]


@pytest.fixture
def open_app() -> OpenApp:
    """Opens the app at a page, with a query string, once the bundled debates are done."""

    def start(page: str = "", **query: str) -> AppTest:
        at = AppTest.from_file(str(APP), default_timeout=30)
        for name, value in query.items():
            at.query_params[name] = value
        library.bundled_job().wait(30)
        at.run()
        if page:
            at.switch_page(f"argmap/dashboard/pages/{page}.py").run()
        assert not at.exception, at.exception
        return at

    return start


def views(at: AppTest) -> list[dict[str, object]]:
    """The element trees on the page, in order."""
    return [json.loads(found.proto.json) for found in at.get("bidi_component")]


def texts(node: object) -> str:
    """All text of an element tree or of a list of them."""
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        return "\n".join(texts(one) for one in node)
    if isinstance(node, dict):
        return "".join(texts(one) for one in node.get("nodes") or node.get("k") or [])
    return ""


def page_text(at: AppTest) -> str:
    """The text of every view on the page."""
    return "\n".join(texts(view) for view in views(at))
