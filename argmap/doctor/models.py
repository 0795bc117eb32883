"""The models: which are here, whether they are the registered ones, and how fast they judge."""

from __future__ import annotations

import time
from collections.abc import Iterator

from argmap.doctor.findings import Finding, Progress
from argmap.errors import ModelError

_MODELS = "Models"
_MOTION = "Ferries to the islands should be free."
#: Invented, and each with the column of the answer that anyone would give.
_PLAIN = (
    ("Ferries to the islands should be free for everyone.", 0),
    ("Free ferries would be a mistake, and they must be refused.", 1),
    ("The museum opens at ten on Sundays.", 2),
)
_SUBJECTS = ("The harbour", "The council", "Every visitor", "The island school")
_CLAIMS = (
    "pays more for the ferry each year than for the road",
    "would gain from boats that cost nothing",
    "cannot afford another subsidy that nobody asked for",
    "has not been asked what it thinks of the timetable",
    "was promised a second boat before the winter",
    "loses its young people because the crossing is dear",
)
_SLOW = 15.0


def present(progress: Progress) -> Iterator[Finding]:
    """Every model of the registry and of the user's own, held to its hashes."""
    from argmap.nlp.registry import list_models, verified_weights

    entries = list_models()
    here = [entry for entry in entries if entry.available]
    away = 0
    for entry in entries:
        if not entry.available and entry.source == "hub":
            away += 1
            continue
        progress("Hashing the models", min(len(here), entries.index(entry)), len(entries))
        # A folder's name is the user's own.
        name = "a folder of your own" if entry.source == "folder" else entry.hub or entry.id
        try:
            if not entry.available:
                raise ModelError("it is missing. Fetch the project again, with its models.")
            verified_weights(entry)
        except ModelError as error:
            told, _, remedy = str(error).rpartition(". ")
            if entry.source == "folder":
                told, remedy = "its files changed since it was added", "Add it again."
            yield Finding(_MODELS, name, told or str(error), "wrong", remedy)
        else:
            default = f", default for {entry.task}" if entry.default else ""
            yield Finding(_MODELS, name, f"sha256 {entry.revision[:16]}… as registered{default}")
    if away:
        yield Finding(_MODELS, "not fetched", f"{away} larger models, which nothing needs")


def measurements() -> Iterator[Finding]:
    """What was measured of the default model, held to its weights."""
    from argmap.nlp.registry import find_model
    from argmap.stance import read_calibration
    from argmap.stance.relevance import read_prefilter

    try:
        found = read_calibration(find_model(None, task="stance").id)
        read_prefilter()
    except ModelError as error:
        yield Finding(_MODELS, "thresholds", "do not fit the model", "wrong", str(error))
        return
    told = "measured on these weights" if found is not None else "not measured"
    yield Finding(_MODELS, "thresholds", told, "ok" if found is not None else "look",
                  "" if found is not None else "Fetch the project again.")  # fmt: skip


def speed(progress: Progress) -> Iterator[Finding]:
    """Load the default stance model and time it on invented sentences."""
    from argmap import nlp

    progress("Loading the stance model", 0, 0)
    begun = time.perf_counter()
    try:
        classifier = nlp.load_classifier()
    except ModelError as error:
        yield Finding(_MODELS, "speed", "the stance model cannot be loaded", "wrong", str(error))
        return
    loaded = time.perf_counter() - begun
    answers = classifier.predict_proba([(text, _MOTION) for text, _ in _PLAIN])
    right = sum(int(row.argmax()) == wanted for row, (_, wanted) in zip(answers, _PLAIN,
                                                                        strict=True))  # fmt: skip
    texts = [
        f"{subject} {claim}, number {number}."
        for number in range(4)
        for subject in _SUBJECTS
        for claim in _CLAIMS
    ]
    begun = time.perf_counter()
    classifier.predict_proba(
        [(text, _MOTION) for text in texts],
        progress=lambda done, total: progress("Timing the stance model", done, total),
    )
    rate = len(texts) / max(time.perf_counter() - begun, 1e-9)
    slow = rate < _SLOW
    yield Finding(
        _MODELS,
        "speed",
        f"{rate:.0f} sentences a second on {len(texts)}, loaded in {loaded:.1f} s",
        "look" if slow else "ok",
        "Slow: close other programs, or see docs/speed.md." if slow else "",
    )
    wrong = right < len(_PLAIN)
    yield Finding(
        _MODELS,
        "plain sentences",
        f"{right} of {len(_PLAIN)} judged as anyone would",
        "wrong" if wrong else "ok",
        "The model does not do what it was trained for. Report this page." if wrong else "",
    )
