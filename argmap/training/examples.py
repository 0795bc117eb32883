"""The research sets as (statement, motion, target) examples, and the splits that keep tests unseen.

Sets are xz-compressed JSON lines in one data folder; its layout and licences stand in the
model card. Splits for development are made by hashing the topic, so no topic is on both sides.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from argmap.errors import InputError
from argmap.resources import corpus_dir
from argmap.training.labelled import article_finder, hansard_finder, read_labels
from argmap.training.motions import read_motions
from argmap.training.prose import Motion, Sentence, read_prose

#: Target distributions over (pro, con, none).
PRO, CON, NONE = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
SWAPPED = {PRO: CON, CON: PRO, NONE: NONE}
_TARGETS = {
    "pro": PRO, "con": CON, "none": NONE,
    "entailment": PRO, "contradiction": CON, "neutral": NONE,
    "support": PRO, "attack": CON,
}  # fmt: skip

FILES: Mapping[str, str] = {
    "arg30k": "stance/arg30k",
    "convote": "votes/convote",
    "debatewise": "stance/debatewise",
    "gwsd": "stance/gwsd",
    "iam_claims": "stance/iam_claims_stance",
    "iam_sentences": "claim/iam_sentences",
    "key_points": "keypoint/kpa2021",
    "ibm_claims": "stance/ibm_claim_stance",
    "keypoints": "keypoint/kpa2021",
    "kpa": "stance/kpa_arguments",
    "nli": "nli/nli_mix",
    "perspectrum": "stance/perspectrum",
    "polnear": "attribution/polnear",
    "procon20": "stance/procon20",
    "relations": "relation/relations",
    "valueeval": "stance/valueeval23",
    "vast": "stance/vast",
    "vast_repaired": "stance/vast",
    "vast_sided": "stance/vast",
}

# Shares of our own debates and motions that are kept for the test and for development.
_OWN_TEST, _OWN_DEV = 0.08, 0.10
# Sets without a development split of their own, and the share of topics (or texts) held out.
_HELD_OUT = {"vast": 0.1, "gwsd": 0.1, "ibm_claims": 0.1, "debatewise": 0.05}


@dataclass(frozen=True, slots=True)
class Example:
    """A statement, the motion it is judged on and the target over (pro, con, none).

    Attributes:
        context: the words before the statement, where the set has them.
        group: what belongs together in collective inference: one voice on one motion.
    """

    text: str
    motion: str
    target: tuple[float, float, float]
    source: str
    context: str = ""
    group: str = ""

    @property
    def label(self) -> int:
        """Index of the most probable class."""
        return max(range(3), key=lambda index: self.target[index])


def data_file(data: Path, name: str) -> Path:
    """Path of the set ``name``; raises ``InputError`` where it is missing."""
    path = data / f"{FILES[name]}.jsonl.xz"
    if not path.is_file():
        raise InputError(f"{path}: this set is missing. Give the research data folder with --data.")
    return path


def read_rows(data: Path, name: str) -> list[dict[str, Any]]:
    """All rows of one set, as the file has them."""
    with lzma.open(data_file(data, name), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fraction(text: str) -> float:
    """A fixed pseudo-random number in [0, 1) that depends on the text alone."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32


def load(data: Path, name: str, split: str) -> list[Example]:
    """Examples of one set and split (``"train"``, ``"dev"`` or a test split's own name).

    Rows that stand again in another set's evaluation split are left out of ``"train"``.
    """
    return list(_READERS.get(name, _read_stance)(data, name, split))


def _split_of(name: str, row: Mapping[str, Any], key: str) -> str:
    split = str(row["split"])
    if split == "train" and fraction(f"{name}|{row[key]}") < _HELD_OUT.get(name, 0.0):
        return "dev"
    return split


def _read_stance(data: Path, name: str, split: str) -> Iterator[Example]:
    for row in read_rows(data, name):
        if _split_of(name, row, "target") != split or (
            split == "train" and row.get("in_arg30k_eval")
        ):
            continue
        yield Example(row["text"], row["target"], _TARGETS[row["label"]], name)


def _read_sided(data: Path, name: str, split: str) -> Iterator[Example]:
    whole = name.removesuffix("_sided")
    return (example for example in load(data, whole, split) if example.target != NONE)


def _read_vast_repaired(data: Path, name: str, split: str) -> Iterator[Example]:
    """VAST with its none rows made again: the target with another text of the split.

    Allaway and McKeown (2020) made most of their neutral examples by giving a text the topic of
    another. In the packed file those rows have the text that belongs to the topic: 2,294 of the
    2,555 none rows for training stand there a second time, to the letter, as pro or con.
    """
    rows = [row for row in read_rows(data, name) if _split_of("vast", row, "target") == split]
    texts = sorted({str(row["text"]) for row in rows})
    for row in rows:
        text, target = str(row["text"]), str(row["target"])
        if row["label"] == "none":
            words = {word[:5] for word in target.lower().split() if len(word) > 3}
            first = int(fraction(f"{text}|{target}") * len(texts))
            # The first text from there on that has no word of the target.
            for step in range(len(texts)):
                other = texts[(first + step) % len(texts)]
                if other != text and not any(word in other.lower() for word in words):
                    text = other
                    break
            else:
                continue
        yield Example(text, target, _TARGETS[row["label"]], "vast")


def _read_gwsd(data: Path, name: str, split: str) -> Iterator[Example]:
    # One target only, so development is held out by sentence. Targets are the annotators' shares.
    for row in read_rows(data, name):
        if _split_of(name, row, "text") == split:
            votes = row["votes"]
            shares = (votes["pro"], votes["con"], votes["none"])
            yield Example(row["text"], row["target"], shares, name)


def _read_nli(data: Path, name: str, split: str) -> Iterator[Example]:
    for row in read_rows(data, name):
        if row["split"] == split:
            yield Example(row["premise"], row["hypothesis"], _TARGETS[row["label"]], name)


def _read_iam_sentences(data: Path, name: str, split: str) -> Iterator[Example]:
    # Its dev and test share 41 of about 62 topics: train and dev keep to topics outside the test.
    rows = read_rows(data, name)
    tested = {row["target"] for row in rows if row["split"] == "test"}
    for row in rows:
        if row["split"] == "test":
            own = "test"
        elif row["target"] in tested:
            continue
        else:
            own = "dev" if fraction(f"{name}|{row['target']}") < 0.3 else "train"
        if own == split:
            yield Example(row["text"], row["target"], _TARGETS[row["stance"]], name)


def _read_iam_claims(data: Path, name: str, split: str) -> Iterator[Example]:
    # As above: its train shares nearly all topics with both test splits.
    held = {row["target"] for row in read_rows(data, "iam_sentences")}
    rows = read_rows(data, name)
    held |= {row["target"] for row in rows if row["split"] != "train"}
    for row in rows:
        if row["split"] == split and (split != "train" or row["target"] not in held):
            yield Example(row["text"], row["target"], _TARGETS[row["label"]], name)


def _read_relations(data: Path, name: str, split: str) -> Iterator[Example]:
    # Clinical trials are another register; their pairs would drown the debates'.
    for row in read_rows(data, name):
        own = "dev" if row["split"] in ("dev", "val") else row["split"]
        if own == split and row["source"] != "abstrct":
            yield Example(row["source_text"], row["target_text"], _TARGETS[row["label"]], name)


def _own_split(kind: str, whole: str) -> str:
    """The split of what we wrote ourselves: whole debates and motions are held out, by a hash."""
    place = fraction(f"{kind}|{whole}")
    if place < _OWN_TEST:
        return "test"
    return "dev" if place < _OWN_TEST + _OWN_DEV else "train"


# Ours lie with the corpus, and have the same splits under both of their names.


def _read_prose(data: Path, name: str, split: str) -> Iterator[Example]:
    for sentence in read_prose(corpus_dir() / "training"):
        if _own_split("prose", sentence.debate) == split:
            yield from _sentence_examples(sentence, "prose", varied=name != "prose")


def _read_labelled(data: Path, name: str, split: str) -> Iterator[Example]:
    # The test has a folder of its own: debates whose votes or topics other tests are about.
    whole = name.removesuffix("_reworded")
    for sentence in _labelled(data, whole, "held" if split == "test" else "."):
        dev = fraction(f"{whole}|{sentence.debate}") < _OWN_DEV
        if split == "test" or (split == "dev") == dev:
            yield from _sentence_examples(sentence, whole, varied=name != whole)


@cache
def _labelled(data: Path, name: str, part: str) -> tuple[Sentence, ...]:
    if name == "chamber":
        find = hansard_finder(data.parent / "hansard" / "more")
    else:
        find = article_finder({row["doc"]: row["text"] for row in read_rows(data, "polnear")})
    return read_labels(corpus_dir() / name / part, find)


def _read_motions(data: Path, name: str, split: str) -> Iterator[Example]:
    for judged in read_motions(corpus_dir() / "motions"):
        if _own_split("motions", judged.motion.text) == split:
            for text, label in judged.statements:
                for wording, target in _wordings(judged.motion, label, varied=name != "motions"):
                    yield Example(text, wording, target, "motions")


def _sentence_examples(sentence: Sentence, source: str, *, varied: bool) -> Iterator[Example]:
    for motion, label in sentence.labels:
        for wording, target in _wordings(motion, label, varied=varied):
            voice = f"{sentence.document}|{sentence.speaker}|{motion.text}"
            yield Example(sentence.text, wording, target, source, sentence.context, voice)


def _wordings(
    motion: Motion, label: str, *, varied: bool
) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """The motion with its target, or all its other wordings, each with its own."""
    target = _TARGETS[label]
    if not varied:
        yield motion.text, target
        return
    if motion.same is not None:
        yield motion.same, target
    if motion.opposite is not None:
        yield motion.opposite, SWAPPED[target]
    if motion.target is not None:
        yield motion.target, target


_READERS = {
    "articles": _read_labelled,
    "articles_reworded": _read_labelled,
    "articles_reworded_sided": _read_sided,
    "articles_sided": _read_sided,
    "chamber": _read_labelled,
    "chamber_reworded": _read_labelled,
    "chamber_reworded_sided": _read_sided,
    "chamber_sided": _read_sided,
    "gwsd": _read_gwsd,
    "iam_claims": _read_iam_claims,
    "iam_sentences": _read_iam_sentences,
    "motions": _read_motions,
    "motions_reworded": _read_motions,
    "nli": _read_nli,
    "prose": _read_prose,
    "prose_reworded": _read_prose,
    "prose_sided": _read_sided,
    "relations": _read_relations,
    "vast_repaired": _read_vast_repaired,
    "vast_sided": _read_sided,
}
