"""Inputs of any size -> Parquet: a row for every statement and motion, no structure.

What a debate goes through up to its labels, block by block, in bounded memory; a run that is
stopped goes on where it was. docs/batch.md has the shapes.
"""

from argmap.batch.blocks import BLOCK
from argmap.batch.estimate import Estimate, estimate
from argmap.batch.inputs import find_files
from argmap.batch.judge import Job, Models
from argmap.batch.loading import load_models, load_stand_ins
from argmap.batch.run import ENGINES, Engine, Plan, State, Summary, make_plan, run

__all__ = [
    "BLOCK",
    "ENGINES",
    "Engine",
    "Estimate",
    "Job",
    "Models",
    "Plan",
    "State",
    "Summary",
    "estimate",
    "find_files",
    "load_models",
    "load_stand_ins",
    "make_plan",
    "run",
]
