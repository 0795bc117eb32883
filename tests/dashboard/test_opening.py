"""A finished analysis brought back through the New debate page."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from argmap.dashboard import models, opening
from argmap.export import EXPORTERS
from argmap.interchange import FORMATS
from argmap.projectfile import dumps
from argmap.records import Debate
from tests.dashboard.conftest import OpenApp, page_text
from tests.interchange import foreign

GRAPHS = ["json", *FORMATS]
PAGES = ("debate", "tree", "speakers", "read", "take_away")


def upload(at: AppTest, name: str, data: bytes) -> AppTest:
    at.session_state[opening.PANEL] = True
    at.run()
    at.file_uploader(key=opening.KEY).set_value((name, data, "application/octet-stream")).run()
    assert not at.exception, at.exception
    return at


def errors(at: AppTest) -> str:
    return "\n".join(found.value for found in at.error).replace("\\", "")


@pytest.mark.parametrize("key", GRAPHS)
def test_an_exported_file_comes_back_as_a_debate_of_its_own(
    open_app: OpenApp, debate: Debate, key: str
) -> None:
    written = EXPORTERS[key].write(debate).encode("utf-8")
    at = upload(open_app("new"), f"saved{EXPORTERS[key].suffix}", written)
    (info,) = models.store().sessions()
    assert (info.title, info.origin) == (debate.title, "user")
    kept = models.store().load(info.id)
    if key != "argdown":
        assert kept == debate
    assert at.session_state["browser"].wanted["debate"] == info.id
    text = page_text(at)
    assert debate.title in text
    assert "New debate" not in text
    assert f"“{debate.title}” is open." in at.info[0].value.replace("\\", "")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_draws_the_debate_of_a_foreign_graph(open_app: OpenApp, page: str) -> None:
    upload(open_app("new"), "map.argdown", foreign.ARGDOWN.encode("utf-8"))
    (info,) = models.store().sessions()
    at = open_app("" if page == "debate" else page, debate=info.id)
    assert not at.error
    if page == "debate":
        assert "no model judged the sentences" in page_text(at)
    assert "tunnel" in at.selectbox(key="pick-debate").options[0].lower()


def test_a_broken_file_is_named_and_nothing_is_kept(open_app: OpenApp, debate: Debate) -> None:
    kept = models.store().save(debate)
    at = upload(open_app("new"), "<b>x.json", b'{"schema_version": 1}')
    assert "<b>x.json: run: is missing" in errors(at)
    assert [info.id for info in models.store().sessions()] == [kept]
    at = upload(open_app("new"), "text.txt", b"Just a text.")
    assert "neither a project file nor an argument graph" in errors(at)


def test_a_project_file_without_a_motion_is_refused(open_app: OpenApp, debate: Debate) -> None:
    value = json.loads(dumps(debate))
    value |= {"topics": [], "stances": [], "key_points": [], "relations": []}
    at = upload(open_app("new"), "x.json", json.dumps(value).encode())
    assert "There is no motion in it" in errors(at)
    assert models.store().sessions() == ()


def test_take_away_offers_every_format(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(debate)
    at = open_app("take_away")
    labels = [found.proto.label for found in at.get("download_button")]
    assert labels == [*(exporter.title for exporter in EXPORTERS.values()), "Charts (HTML)"]
