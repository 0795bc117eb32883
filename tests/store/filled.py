"""A store with debates and corrections in it, and what it holds, to compare."""

from __future__ import annotations

from pathlib import Path

from argmap.records import Debate, Edit
from argmap.store import Store
from tests.samples import sample_debate

State = dict[str, Debate]


def label(statement: str, value: str = "con") -> Edit:
    return Edit.create(
        "label",
        sequence=1,
        time="2026-05-01T10:00:00+00:00",
        author="Ada",
        statements=(statement,),
        topic="pay",
        label=value,
    )


def fill(count: int = 3, *, url: str | None = None) -> State:
    """Keep ``count`` debates with two corrections each, and delete the last one."""
    with Store(url) as store:
        names = [store.save(sample_debate(title=f"Debate {n}")) for n in range(count)]
        for name in names:
            for statement in ("s1", "s2"):
                store.add_edit(name, label(statement))
        found = state(url=url)
        store.set_aside(names[-1])
    return found


def state(*, url: str | None = None) -> State:
    """Every debate that is kept, deleted ones too, with its corrections."""
    with Store(url) as store:
        gone = [info.id for info in store.deleted()]
        for name in gone:
            store.restore(name)
        found = {info.id: store.load(info.id) for info in store.sessions()}
        for name in gone:
            store.set_aside(name)
    return found


def files(folder: Path) -> set[str]:
    """Names of the files in a folder, without the lock and SQLite's own beside a database."""
    return {
        path.name
        for path in folder.iterdir()
        if path.is_file() and not path.name.endswith((".lock", "-wal", "-shm"))
    }
