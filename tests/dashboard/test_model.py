"""The page Model: what judged a debate, and judging it again without losing anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap.dashboard import models, session
from argmap.nlp import FakeClassifier
from argmap.records import Debate, Edit
from tests.dashboard.conftest import OpenApp, page_text


class Contrary(FakeClassifier):
    """Says con wherever the stand-in says pro."""

    model_id = "contrary"

    def predict_proba(self, pairs, **options):  # type: ignore[no-untyped-def]
        return super().predict_proba(pairs, **options)[:, [1, 0, 2]]


@pytest.fixture
def contrary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "chosen", lambda model_id: Contrary())


def _rename(debate: Debate) -> Edit:
    speaker = debate.speakers[0]
    return Edit.create(
        "rename", sequence=1, time="2026-01-01T00:00:00+00:00", speaker=speaker.id, name="Dr Name"
    )


def test_page_names_the_model_and_its_unknown_state(open_app: OpenApp, debate: Debate) -> None:
    models.store().save(debate)
    at = open_app("model")
    used = debate.run.models["stance"].partition("@")[0]
    assert f"Judged by {used}" in page_text(at)
    assert at.error[0].value.startswith("The model “fake” is not on this machine")
    assert "argmap models pull bart-large-mnli" in at.code[0].value


def test_page_without_a_debate_says_what_to_do(open_app: OpenApp) -> None:
    assert "No debate yet" in page_text(open_app("model"))


def test_judging_again_keeps_corrections_and_the_labels_before(
    open_app: OpenApp, debate: Debate, contrary: None, tmp_path: Path
) -> None:
    store = models.store()
    session_id = store.save(debate)
    store.add_edit(session_id, _rename(debate))
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"x")
    at = open_app("model", debate=session_id)
    at.selectbox(key="model-wanted").set_value("\x00folder").run()
    at.text_input(key="model-folder").set_value(str(folder)).run()
    again = next(button for button in at.button if button.label == "Judge again")
    again.click().run()
    state = at.session_state["browser"]
    assert isinstance(state, session.Browser)
    if state.job is not None:
        state.job.wait(30)
        assert state.job.state == "done", state.job.error
    after = store.load(session_id)
    assert after.run.models["stance"] == "contrary@0"
    assert [edit.name for edit in after.edits] == ["Dr Name"]
    kept = next(info for info in store.sessions() if info.id != session_id)
    assert kept.title == f"{debate.title}, before mine"
    before = store.load(kept.id)
    assert before.run.models == debate.run.models
    assert [edit.name for edit in before.edits] == ["Dr Name"]


def test_a_folder_that_is_no_model_is_named_in_its_place(
    open_app: OpenApp, debate: Debate, tmp_path: Path
) -> None:
    models.store().save(debate)
    at = open_app("model")
    at.selectbox(key="model-wanted").set_value("\x00folder").run()
    at.text_input(key="model-folder").set_value(str(tmp_path / "none")).run()
    assert any("There is no stance model" in error.value for error in at.error)
    again = next(button for button in at.button if button.label == "Judge again")
    assert again.disabled


def test_speed_is_measured_on_the_debate(open_app: OpenApp, debate: Debate) -> None:
    from dataclasses import replace

    run = replace(debate.run, models={**debate.run.models, "stance": "minilm-stance@0"})
    models.store().save(replace(debate, run=run))
    at = open_app("model")
    at.button(key="measure-speed-minilm-stance").click().run()
    assert "sentences a second, measured just now on" in page_text(at)
    assert any("card" in expander.label for expander in at.expander)


def test_the_installation_is_examined_on_one_page_to_copy(
    open_app: OpenApp, debate: Debate
) -> None:
    session_id = models.store().save(debate)
    at = open_app("model", debate=session_id)
    at.button(key="examine").click().run()
    page = at.code[-1].value
    assert page.startswith("Argument Mapper: this installation")
    assert "1 debates, 0 deleted" in page
    assert debate.title not in page
