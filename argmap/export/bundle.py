"""Every file of a debate in one zip archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from argmap.export.formats import EXPORTERS
from argmap.export.names import file_name
from argmap.records import Debate

# Archives keep a date; one that is always the same keeps the bytes the same.
_DATE = (1980, 1, 1, 0, 0, 0)


def to_zip(debate: Debate, *, progress: Callable[[str, int, int], None] | None = None) -> bytes:
    """The debate in every format, and its charts, as a zip archive.

    The same debate gives the same bytes.

    Args:
        progress: called with what is written next and the counts; may raise to stop the work.

    Raises:
        ModelError: the registry of models is missing, so the report cannot be written.
    """
    from argmap.corrections import corrected
    from argmap.export.charts_page import charts_to_html  # Plotly takes a moment to import

    makers: list[tuple[str, str, Callable[[], str]]] = [
        (
            exporter.title,
            file_name(debate.title, exporter.suffix),
            lambda exporter=exporter: exporter.text(debate),  # type: ignore[misc]
        )
        for exporter in EXPORTERS.values()
    ]
    makers.append(
        (
            "Charts (HTML)",
            file_name(debate.title, ".charts.html"),
            lambda: charts_to_html(corrected(debate)),
        )
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (title, name, make) in enumerate(makers):
            if progress is not None:
                progress(title, number, len(makers))
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, make().encode("utf-8"))
    return held.getvalue()
