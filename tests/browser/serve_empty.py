"""The dashboard with the models' stand-ins and nothing bundled, so that its store begins empty."""

from __future__ import annotations

import runpy
from pathlib import Path

from argmap.dashboard import library

library.bundled_debates = tuple
runpy.run_path(str(Path(__file__).with_name("serve_with_fakes.py")), run_name="__main__")
