"""What a click on a chart says."""

from __future__ import annotations

from collections.abc import Mapping


def picked_ids(event: Mapping[str, object]) -> tuple[str, ...]:
    """The ids in ``customdata`` of the marker that was clicked last; none of an empty selection."""
    selection = event.get("selection")
    points = selection.get("points") if isinstance(selection, Mapping) else None
    if not isinstance(points, list) or not points:
        return ()
    found = points[-1].get("customdata")
    if isinstance(found, str):
        return (found,)
    if not isinstance(found, list | tuple):
        return ()
    return tuple(own for own in found if isinstance(own, str))
