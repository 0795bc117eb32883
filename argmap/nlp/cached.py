"""A pair classifier that remembers what it said, in a cache that lies elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from argmap.nlp.protocol import CLASSES, PairClassifier, Progress

# Pairs that are scored between two writings: what a stop or a crash can lose.
_BLOCK = 2048

Row = tuple[float, ...]


class ScoreCache(Protocol):
    """Where probabilities are kept by a hash of all that they depend on."""

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, Row]:
        """The rows of those keys that are known."""

    def put(self, rows: Mapping[bytes, Row]) -> None:
        """Keep rows; what cannot be kept is forgotten without an error."""


class CachedClassifier:
    """The same probabilities as ``classifier``, asking it only what the cache does not know.

    Args:
        fingerprint: everything that the probabilities depend on beside the texts.
    """

    def __init__(self, classifier: PairClassifier, cache: ScoreCache, *, fingerprint: str) -> None:
        self.model_id = classifier.model_id
        self.revision = classifier.revision
        self.precision = getattr(classifier, "precision", None)
        self._classifier = classifier
        self._cache = cache
        self._begun = hashlib.blake2b(fingerprint.encode(), digest_size=16)

    def predict_proba(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        contexts: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> NDArray[np.float32]:
        """As the classifier's own; what is scored before ``progress`` raises is remembered."""
        before = contexts if contexts else [""] * len(pairs)
        asked = [(*pair, context) for pair, context in zip(pairs, before, strict=True)]
        keys = {case: self._key(case) for case in dict.fromkeys(asked)}
        rows = dict(self._cache.get(list(keys.values())))
        missing = [case for case, key in keys.items() if key not in rows]
        missing.sort(key=lambda case: case[0])  # one statement's motions together
        known = len(keys) - len(missing)
        if progress is not None and known:
            progress(known, len(keys))
        for start in range(0, len(missing), _BLOCK):
            block = missing[start : start + _BLOCK]
            told = None if progress is None else _later(progress, known + start, len(keys))
            found = self._classifier.predict_proba(
                [(text, motion) for text, motion, _ in block],
                contexts=[context for _, _, context in block],
                progress=told,
            )
            new = {keys[case]: tuple(row) for case, row in zip(block, found.tolist(), strict=True)}
            self._cache.put(new)
            rows |= new
        result = np.array([rows[keys[case]] for case in asked], dtype=np.float32)
        return result.reshape(len(pairs), len(CLASSES))

    def _key(self, case: tuple[str, ...]) -> bytes:
        key = self._begun.copy()
        for text in case:
            raw = text.encode("utf-8", "surrogatepass")
            key.update(len(raw).to_bytes(8, "big") + raw)
        return key.digest()


def _later(progress: Progress, known: int, total: int) -> Progress:
    # A classifier may count fewer than it was given, where pairs that differ are one to it.
    return lambda done, _: progress(known + done, total)
