"""What took long to make is not lost where it cannot be kept, nor what was changed meanwhile."""

from __future__ import annotations

import threading

import pytest

from argmap.bundled import BundledDebate
from argmap.dashboard import library, models
from argmap.dashboard.unkept import NotKeptError
from argmap.errors import StoreError
from argmap.records import Debate
from argmap.store import Store
from tests.dashboard.conftest import OpenApp, page_text, press


def _full(*_: object, **__: object) -> str:
    raise StoreError("The disk is full.")


def test_a_mapping_that_cannot_be_kept_is_kept_later(
    open_app: OpenApp, bundle: BundledDebate, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.bundled_job().wait(30)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "save", _full)
        job = library.start_mapping(bundle.documents, bundle.topics, title="Long work")
        job.wait(30)
        assert job.state == "failed" and isinstance(job.failure, NotKeptError)
        assert job.error is not None and "Long work" in job.error and "disk is full" in job.error
        at = open_app()
        at.session_state["browser"].job = job
        at.run()
        assert "is ready but could not be kept" in at.error[0].value
        assert [b for b in at.get("download_button") if b.proto.id.endswith("unkept-save")]
        at = press(at, "unkept-keep")
        assert "could not be kept" in at.info[0].value
    at = press(at, "unkept-keep")
    assert at.info[0].value == "“Long work” is kept\\."
    assert "Long work" in page_text(at)
    assert not at.error
    assert at.session_state["browser"].job is None
    assert "Long work" in {info.title for info in models.store().sessions()}


def test_a_name_given_while_labels_are_made_anew_stays(
    debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_id = models.store().save(debate)
    (info,) = models.store().sessions()
    going, renamed = threading.Event(), threading.Event()
    real = library.relabel

    def slowly(*arguments: object, **options: object) -> Debate:
        going.set()
        assert renamed.wait(30)
        return real(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(library, "relabel", slowly)
    job = library.start_relabel(info, 0.9, use=None)
    assert going.wait(30)
    models.store().rename(session_id, "The name given meanwhile")
    renamed.set()
    job.wait(30)
    assert (job.state, job.error) == ("done", None)
    assert models.store().load(session_id).title == "The name given meanwhile"
    assert models.store().load(session_id).run.settings["threshold"] == 0.9
