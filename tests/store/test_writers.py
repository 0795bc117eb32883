"""Two server processes over one database, correcting one session at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from argmap.store import Store
from tests.samples import sample_debate

ROOT = Path(__file__).parents[2]
EACH = 40
WRITER = """
import sys
import time
from argmap.records import Edit
from argmap.store import Store

name, session, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Store(timeout=60) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    for index in range(number):
        kept = store.add_edit(session, Edit.create(
            "merge", sequence=1, time="2026-05-01T10:00:00+00:00", author=name,
            speaker=f"p{index}", into="p2"))
        print(kept.sequence, kept.id, flush=True)
        time.sleep(0.01)  # SQLite queues nobody: without a pause one can have it all to itself
"""


def test_two_processes_that_correct_at_once_lose_nothing(database: str) -> None:
    with Store() as store:
        session = store.save(sample_debate())
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, name, session, str(EACH)],
                cwd=ROOT,
                env=os.environ.copy(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for name in ("one", "two")
        ]
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        told = [writer.communicate(timeout=120)[0].split() for writer in writers]
        assert [writer.returncode for writer in writers] == [0, 0]
        log = store.load(session).edits
    assert [edit.sequence for edit in log] == list(range(1, 2 * EACH + 1))
    assert Counter(edit.author for edit in log) == {"one": EACH, "two": EACH}
    # What each was told that it kept is what is there.
    assert sorted(word for words in told for word in words[1::2]) == sorted(e.id for e in log)
    # Neither had it to itself.
    assert [edit.author for edit in log] != ["one"] * EACH + ["two"] * EACH
