"""The server under load: its store filled beforehand, and what it uses while it runs."""

from __future__ import annotations

import os
import random
from pathlib import Path

from argmap.nlp import (
    Attributor,
    FakeAttributor,
    FakeClassifier,
    FakeEncoder,
    PairClassifier,
    PointEncoder,
    load_attributor,
    load_classifier,
    load_point_encoder,
    load_relation_classifier,
)
from argmap.pipeline import map_debate
from argmap.sources import read_text
from argmap.stance import make_topic
from argmap.store import Store
from tests.load.invent import MOTIONS, article, title


def fill(home: Path, people: int, *, sentences: int, fakes: bool, seed: int) -> list[str]:
    """A mapped debate for every person; their sessions' ids."""
    classifier: PairClassifier = FakeClassifier() if fakes else load_classifier()
    encoder: PointEncoder = FakeEncoder() if fakes else load_point_encoder()
    attributor: Attributor = FakeAttributor() if fakes else load_attributor()
    relations = FakeClassifier() if fakes else load_relation_classifier()
    home.mkdir(parents=True, exist_ok=True)
    store = Store(f"sqlite:///{home / 'argmap.db'}")
    try:
        found = []
        for person in range(people):
            rng = random.Random(seed * 1000 + person)
            text = article(person, sentences=sentences, rng=rng)
            debate = map_debate(
                [read_text(text, title=title(person, 0))],
                [make_topic(motion) for motion in MOTIONS[:2]],
                title=title(person, 0),
                classifier=classifier,
                encoder=encoder,
                attributor=attributor,
                relation_classifier=relations,
            )
            found.append(store.save(debate))
        return found
    finally:
        store.close()


def memory(process: int) -> float:
    """Resident megabytes of a process (Linux)."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError(f"process {process} does not tell its memory")


def busy(process: int) -> float:
    """Seconds of processor that a process has used (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
