"""A debate is pasted, mapped, looked at and corrected, with faults: no word of it is in a log."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from argmap import logs
from argmap.dashboard import models, session
from argmap.nlp import FakeClassifier
from tests.dashboard.conftest import OpenApp
from tests.dashboard.debates import make_debate
from tests.dashboard.test_pages import click, errors, pasted, settled, typed

MARK = "Zanzibarquux"
MOTION = f"Ferries to {MARK} should be free."


@pytest.fixture(autouse=True)
def logged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGMAP_LOG", "on")
    monkeypatch.delenv("ARGMAP_LOG_TEXT", raising=False)
    logs.configure()


class Broken(FakeClassifier):
    def predict_proba(self, pairs, **options):  # type: ignore[no-untyped-def]
        raise ValueError(f"cannot judge {pairs[0]}")


def lines(home: Path) -> list[dict[str, object]]:
    text = (home / "logs" / logs.FILE_NAME).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_no_word_of_a_debate_is_logged_whatever_goes_wrong(
    open_app: OpenApp,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = (f"Ann {MARK}", f"Bo {MARK}", f"Cy {MARK}", f"Di {MARK}")
    kept = models.store().save(make_debate(title=f"Debate on {MARK}", names=names))
    for page in ("tree", "speakers", "read", "correct", "take_away", "model"):
        open_app(page, debate=kept)
    at = open_app("new")
    upload = at.file_uploader(key=session.upload_key(at.session_state["browser"].draft))
    upload.set_value([(f"{MARK}.pdf", f"%PDF-1.7 {MARK}".encode(), "application/pdf")]).run()
    assert MARK in errors(at)
    pasted(at, f"Boats to {MARK} cost too much. Ferries to {MARK} should be free, said Ann {MARK}.")
    typed(at, MOTION)
    settled(click(at, "Map the debate"))
    assert len(models.store().sessions()) == 2

    # A job whose fault carries a sentence, and a page whose fault carries a title.
    at = typed(pasted(open_app("new"), f"Ferries to {MARK} should be free."), MOTION)
    monkeypatch.setattr(models, "classifier", Broken)
    settled(click(at, "Map the debate"))
    told = errors(at)
    assert MARK in told  # the reader does see it

    def broken(*_: object) -> None:
        raise KeyError(f"Debate on {MARK}")

    at = open_app("read", debate=kept)
    monkeypatch.setattr("argmap.dashboard.parts.header", broken)
    at.run()
    (shown,) = [e.value for e in at.error if "A fault in the program" in e.value]

    found = lines(home)
    faults = [line for line in found if line["event"] == "fault"]
    assert [line.get("kind") or line.get("page") for line in faults] == ["job", "read"]
    assert str(faults[1]["fault"]) in shown
    assert str(faults[0]["fault"]) in told
    assert {"mapped", "job", "fault"} <= {str(line["event"]) for line in found}
    held = b"".join(path.read_bytes() for path in (home / "logs").iterdir())
    assert MARK.encode() not in held
    # Nor is it on the terminal, which a server's journal keeps.
    assert MARK not in capsys.readouterr().err
