"""The dashboard as users start it, but with the models' stand-ins: ``streamlit run`` this file.

A motion that holds the word "slowly" is judged slowly, for the tests that watch and stop.
"""

from __future__ import annotations

import runpy
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from argmap.dashboard import models
from argmap.nlp import FakeAttributor, FakeClassifier, FakeEncoder, Progress


class PatientClassifier(FakeClassifier):
    """Takes its time where the motion asks for it."""

    def predict_proba(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        contexts: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> NDArray[np.float32]:
        if any("slowly" in motion for _, motion in pairs):
            for step in range(300):
                time.sleep(0.2)
                if progress is not None:
                    progress(step * len(pairs) // 300, len(pairs))
        return super().predict_proba(pairs, contexts=contexts, progress=progress)


models.classifier = PatientClassifier
models.encoder = FakeEncoder
models.attributor = FakeAttributor
models.relation_classifier = FakeClassifier
runpy.run_path(str(Path(__file__).resolve().parents[2] / "app.py"), run_name="__main__")
