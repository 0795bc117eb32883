"""A backup of either database, had back into the same one and into the other kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmap.store import Store, back_up, restore
from tests.samples import sample_debate
from tests.store.filled import fill, state


def test_a_backup_has_back_what_it_replaced_in_either_database(home: Path) -> None:
    before = fill()
    made = back_up()
    with Store() as store:
        store.save(sample_debate(title="Later"))
        store.delete(next(iter(before)))
    after = state()
    _, aside = restore(made.path)
    assert state() == before
    assert aside is not None
    restore(aside.path)
    assert state() == after


def test_a_backup_moves_into_the_other_kind_of_database(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = fill()
    away = back_up(tmp_path / "away.db").path
    monkeypatch.setenv("ARGMAP_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    restore(away)
    assert state() == kept
    back = back_up(tmp_path / "back.db").path
    monkeypatch.setenv("ARGMAP_DATABASE_URL", database)
    with Store() as store:
        store.save(sample_debate(title="Not in the backup"))
    restore(back)
    assert state() == kept
