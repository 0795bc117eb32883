"""The dashboard over hand-made debates and the models' stand-ins, one data folder a test."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from argmap.bundled import BundledDebate
from argmap.dashboard import faults, library, models, safekeeping
from argmap.errors import StoreError
from argmap.nlp import FakeAttributor, FakeClassifier, FakeEncoder
from argmap.records import Debate, Document
from argmap.stance import make_topic
from tests.dashboard.debates import MOTION, make_debate

APP = Path(__file__).resolve().parents[2] / "app.py"


@pytest.fixture
def debate() -> Debate:
    return make_debate()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder, the stand-ins for the models, and nothing bundled."""
    monkeypatch.setenv("ARGMAP_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(models, "classifier", FakeClassifier)
    monkeypatch.setattr(models, "encoder", FakeEncoder)
    monkeypatch.setattr(models, "attributor", FakeAttributor)
    monkeypatch.setattr(models, "relation_classifier", FakeClassifier)
    monkeypatch.setattr(library, "bundled_debates", tuple)
    # A button that fails must fail its test; what a reader sees then is in test_faults.py.
    monkeypatch.setattr(faults, "guard_buttons", lambda: None)
    # Its thread would outlive the test, and write into the next one's folder.
    monkeypatch.setattr(safekeeping, "watch", lambda: None)
    st.cache_resource.clear()
    yield tmp_path / "home"
    with suppress(StoreError):  # some tests leave a database that cannot be opened
        models.whole_store().close()
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
        with suppress(StoreError):
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


def picked_views(at: AppTest) -> list[str]:
    """What can be picked on the page."""
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if "pick" in node:
                found.append(str(node["pick"]))
            for child in node.get("nodes") or node.get("k") or []:
                walk(child)

    for view in views(at):
        walk(view)
    return found


def page_text(at: AppTest) -> str:
    """The text of every view on the page."""
    return "\n".join(texts(view) for view in views(at))


def kept(session_id: str) -> Debate:
    """A session as it lies in the store."""
    return models.store().load(session_id)


def shown(session_id: str) -> Debate:
    """A session as the pages show it, its corrections applied."""
    info = next(i for i in models.store().sessions() if i.id == session_id)
    return models.debate(info.id, info.updated)


def press(at: AppTest, key: str) -> AppTest:
    """Press a button; the page must survive it."""
    at.button(key=key).click().run()
    assert not at.exception, at.exception
    return at
