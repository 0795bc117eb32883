"""Files that a format must go on writing byte for byte.

``python -m tests.export.golden`` writes them anew; look at the difference before you keep it.
"""

from __future__ import annotations

import re
from pathlib import Path

from argmap.export import EXPORTERS
from tests.samples import sample_debate

FOLDER = Path(__file__).with_name("golden")
_SCRIPTS = re.compile(r"<script.*?</script>|script-src [^;]*", re.S)


def path(key: str) -> Path:
    return FOLDER / f"nurse-pay{EXPORTERS[key].suffix}"


def written(key: str) -> bytes:
    """What the format writes of the sample; of the report, all but its scripts."""
    text = EXPORTERS[key].write(sample_debate())
    return (_SCRIPTS.sub("", text) if key == "html" else text).encode("utf-8")


if __name__ == "__main__":
    for name in EXPORTERS:
        path(name).write_bytes(written(name))
