"""Whether this installation works, on one page to paste into a bug report.

Nothing of a document is on it, no title, no file name; the user's own folder is ``~``.
"""

from __future__ import annotations

from argmap.doctor import data, machine, models
from argmap.doctor.findings import Finding, Progress, State, as_json, as_text, guarded, worst

__all__ = ["Finding", "Progress", "State", "as_json", "as_text", "examine", "worst"]

#: The port that the dashboard takes first.
PORT = 8501


def examine(
    *, speed: bool = True, port: int = PORT, progress: Progress | None = None
) -> tuple[Finding, ...]:
    """Look at everything; what cannot be looked at is a finding as well.

    Args:
        speed: whether to load the stance model and time it, a few seconds.
        progress: called with what is looked at and its counts; may raise to stop.
    """
    tell: Progress = progress or _quiet
    found = guarded("Versions", "versions", machine.versions)
    found += guarded("Machine", "processor", machine.processor)
    found += guarded("Machine", "port", lambda: machine.port(port))
    found += guarded("Models", "models", lambda: models.present(tell))
    found += guarded("Models", "thresholds", models.measurements)
    if speed:
        found += guarded("Models", "speed", lambda: models.speed(tell))
    found += guarded("Data folder", "folder", data.folder)
    found += guarded("Data folder", "cache", data.cache)
    found += guarded("Data folder", "logs", data.logged)
    found += guarded("Database", "database", lambda: data.database(tell))
    found += guarded("Database", "backups", data.backups)
    return tuple(found + guarded("Optional", "extras", machine.extras))


def _quiet(what: str, done: int, total: int) -> None:
    pass
