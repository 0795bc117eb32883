"""``argmap bench structure``: how the structure of a debate grows with its statements.

The debates are invented: points whose sizes fall as Zipf's law has it, sentences that draw on the
words of their point, of the motion and of the language, and a quarter that make a point alone.
Every sentence takes a side. Stand-ins answer for the models and their time is taken off, so
what is left is the structure's own. Each size runs in a process of its own, because a process
never gives back the peak of its memory.
"""

from __future__ import annotations

import hashlib
import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from argmap.errors import ArgmapError
from argmap.nlp import FakeClassifier, FakeEncoder, Progress
from argmap.records import Attribution, Debate, Document, Run, Speaker, Stance, Statement
from argmap.stance import make_topic
from argmap.structure import build_tree, find_gaps, find_key_points, find_relations, weigh

SIZES = (1_000, 3_000, 10_000)
STAGES = ("key points", "relations", "tree", "strength", "gaps")

_SEED = 13
_DIMENSION = 384
_ALONE = 0.25
_TO_A_POINT = 12
_SPEAKERS = 200

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Scale:
    """One size.

    Attributes:
        seconds: of each of ``STAGES``, without the stand-ins' own.
        megabytes: the most memory that the process held at once.
    """

    statements: int
    points: int
    relations: int
    seconds: tuple[float, ...]
    megabytes: float


class _Encoder(FakeEncoder):
    """Each word has a direction of its own; ``spent`` counts the seconds in it."""

    dimension = _DIMENSION

    def __init__(self) -> None:
        self.spent = 0.0
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        begun = time.perf_counter()
        vectors = np.empty((len(texts), _DIMENSION), dtype=np.float32)
        for index, text in enumerate(texts):
            vectors[index] = sum(self._direction(word) for word in text.lower().split())
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        self.spent += time.perf_counter() - begun
        return vectors

    def _direction(self, word: str) -> NDArray[np.float32]:
        found = self._known.get(word)
        if found is None:
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
            drawn = np.random.default_rng(seed).standard_normal(_DIMENSION)
            found = self._known[word] = drawn.astype(np.float32)
        return found


class _Classifier(FakeClassifier):
    """Says with a probability that the words fix whether one sentence bears on another."""

    def __init__(self) -> None:
        super().__init__()
        self.spent = 0.0

    def predict_proba(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        contexts: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> NDArray[np.float32]:
        begun = time.perf_counter()
        drawn = [hashlib.sha256("\x1f".join(pair).encode()).digest()[:2] for pair in pairs]
        told = np.frombuffer(b"".join(drawn), dtype=np.uint8).reshape(-1, 2)
        sure, rest = 0.5 + told[:, 1] / 511, 0.25 - told[:, 1] / 1022
        side = told[:, 0] % 2 == 0
        rows = np.stack([np.where(side, sure, rest), np.where(side, rest, sure), rest], axis=1)
        self.calls += len(pairs)
        self.spent += time.perf_counter() - begun
        return np.asarray(rows, dtype=np.float32)


def _word(name: str) -> str:
    return "".join(chr(ord("a") + byte % 26) for byte in hashlib.sha256(name.encode()).digest()[:7])


def invented(count: int) -> Debate:
    """A debate of ``count`` statements on one motion, the same for the same count."""
    random = np.random.default_rng(_SEED)
    topic = make_topic("The town should close its centre to cars.", id="cars")
    subject = topic.motion.lower().rstrip(".").split()
    points = max(2, count // _TO_A_POINT)
    sizes = 1 / np.arange(1, points + 1)
    drawn = random.choice(points, size=count, p=sizes / sizes.sum())
    alone = random.random(count) < _ALONE
    common = [_word(f"common {i}") for i in range(400)]
    statements, stances, texts, start = [], [], [], 0
    for index in range(count):
        name = f"alone{index}" if alone[index] else f"point{drawn[index]}"
        own = [_word(f"{name} {i}") for i in random.choice(12, size=7, replace=False)]
        other = [common[i] for i in random.choice(400, size=5, replace=False)]
        about = [subject[i] for i in random.choice(len(subject), size=3, replace=False)]
        text = " ".join([*about, *own, *other]).capitalize() + "."
        statement = Statement(
            f"s{index:06}", "d", start, start + len(text), text,
            Attribution(f"p{index % _SPEAKERS:03}", "quote", "said", 0.9),
        )  # fmt: skip
        statements.append(statement)
        texts.append(text)
        start += len(text) + 1
        sure = 0.5 + 0.49 * float(random.random())
        # A point is made by one side; who makes one alone is on either.
        pro = bool(index % 2) if alone[index] else bool(drawn[index] % 2)
        rest = (1 - sure) / 2
        stances.append(
            Stance(
                statement.id, topic.id, sure if pro else rest, rest if pro else sure, rest,
                "pro" if pro else "con",
            )
        )  # fmt: skip
    return Debate(
        title=f"{count} statements",
        run=Run("0", {}, {}, {}),
        documents=(Document("d", "Invented", " ".join(texts)),),
        speakers=tuple(Speaker(f"p{i:03}", f"Speaker {i}") for i in range(_SPEAKERS)),
        topics=(topic,),
        statements=tuple(statements),
        stances=tuple(stances),
    )


def measure(count: int) -> Scale:
    """Structure an invented debate in this process, stage by stage."""
    debate = invented(count)
    encoder, classifier = _Encoder(), _Classifier()
    seconds: list[float] = []

    def timed(work: Callable[[], _T]) -> _T:
        before = encoder.spent + classifier.spent
        begun = time.perf_counter()
        made = work()
        spent = encoder.spent + classifier.spent - before
        seconds.append(time.perf_counter() - begun - spent)
        return made

    given = (debate.statements, debate.stances, debate.topics)
    points = timed(lambda: find_key_points(*given, encoder=encoder))
    documents = debate.documents
    relations = timed(
        lambda: find_relations(documents, *given, encoder=encoder, classifier=classifier)
    )
    debate = replace(debate, key_points=points, relations=relations)
    topic = debate.topics[0].id
    timed(lambda: build_tree(debate, topic))
    strength = timed(lambda: weigh(debate, topic))
    timed(lambda: find_gaps(debate, strength))
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if platform.system() == "Darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return Scale(count, len(points), len(relations), tuple(seconds), peak / 1e6)


def measure_apart(count: int) -> Scale:
    """``measure`` in a fresh process.

    Raises:
        ArgmapError: the process failed.
    """
    done = subprocess.run(  # nosec B603 # our own module, with its own arguments
        [sys.executable, "-m", "argmap.evaluation.scale", str(count)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ArgmapError(f"Structuring {count:,} statements failed. {done.stderr.strip()[-500:]}")
    value = json.loads(done.stdout)
    return Scale(**{**value, "seconds": tuple(value["seconds"])})


def scale_table(scales: Sequence[Scale]) -> str:
    """A Markdown table, with what it was measured on."""
    head = ("statements", "key points", "relations", *(f"{stage} s" for stage in STAGES))
    head = (*head, "together s", "peak MB")
    lines = [
        f"Invented debates (seed {_SEED}), one motion, every statement on a side; stand-ins' own "
        f"seconds taken off; one run each, {platform.machine()}, numpy {np.__version__}",
        "",
        "| " + " | ".join(head) + " |",
        "|" + "---:|" * len(head),
    ]
    for scale in scales:
        counts = (scale.statements, scale.points, scale.relations)
        cells = [f"{number:,}" for number in counts]
        cells += [f"{seconds:.1f}" for seconds in (*scale.seconds, sum(scale.seconds))]
        lines.append("| " + " | ".join([*cells, f"{scale.megabytes:,.0f}"]) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(measure(int(sys.argv[1])))))
