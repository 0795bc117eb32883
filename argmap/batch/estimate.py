"""How long a run will take, from a sample of its own blocks judged on this machine."""

from __future__ import annotations

import time
from dataclasses import dataclass

from argmap.batch.judge import Job, Judge, Models
from argmap.batch.run import Plan
from argmap.stance import classify

#: Statements that are judged for the sample.
SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Estimate:
    """Measured on ``sample`` statements of one block by one process.

    Attributes:
        statements: of the whole run: what was planned, by what the sampled block really held.
        reading: seconds to read and part a statement.
        judging: seconds for a statement on one motion.
    """

    sample: int
    statements: int
    reading: float
    judging: float

    def seconds(self, *, motions: int, workers: int) -> float:
        """Of the whole run, if ``workers`` have a core each."""
        return self.statements * (self.reading + self.judging * motions) / workers


def estimate(plan: Plan, job: Job, models: Models) -> Estimate:
    """Read the block in the middle, judge its first statements, and count on."""
    judge = Judge(job, models)
    block = plan.blocks[len(plan.blocks) // 2]
    begun = time.perf_counter()
    found = judge.read(block).statements
    reading = (time.perf_counter() - begun) / max(1, len(found))
    sample = found[:SAMPLE]
    begun = time.perf_counter()
    classify(sample, job.topics, classifier=models.classifier, threshold=job.threshold)
    pairs = max(1, len(sample) * len(job.topics))
    judging = (time.perf_counter() - begun) / pairs
    counted = round(plan.statements * len(found) / max(1, block.statements))
    return Estimate(len(sample), counted, reading, judging)
