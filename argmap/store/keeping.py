"""Where backups lie, which are kept, and which make room."""

from __future__ import annotations

import logging
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from argmap.errors import StoreError
from argmap.store import copies
from argmap.store.copies import Backup

log = logging.getLogger(__name__)

#: How many daily backups are kept, and how many copies from before migrations.
KEPT_DAILY = 7
KEPT_BEFORE_MIGRATIONS = 3
#: Most bytes of daily backups together; the latest stays whatever its size.
MOST_BYTES = 2_000_000_000
#: No daily backup is made where it would leave less than this free on the disk.
LEAST_FREE = 500_000_000
DAY = timedelta(days=1)


def backups_beside(path: Path) -> Path:
    """The folder that holds the backups of a database file."""
    return path.parent / "backups"


def backups(folder: Path) -> tuple[Backup, ...]:
    """The backups in the data folder ``folder`` and its folder of backups, the latest first.

    What is no backup is passed over; none is read through.
    """
    found: list[Backup] = []
    for path in (*folder.glob("*.db"), *(folder / "backups").glob("*.db")):
        try:
            found.append(copies.read(path))
        except StoreError:
            continue
    return tuple(sorted(found, key=lambda one: (one.made, one.path.name), reverse=True))


def latest_sound(folder: Path) -> Backup | None:
    """The latest backup that holds what was written."""
    for one in backups(folder):
        try:
            return copies.check(one.path)
        except StoreError as error:
            log.warning("%s", error)
    return None


def emptied(path: Path) -> bool:
    """Whether a database file holds nothing although there are backups of it."""
    log = path.with_name(f"{path.name}-wal")
    return (
        path.is_file()
        and path.stat().st_size == 0
        and not (log.is_file() and log.stat().st_size)
        and any(backups_beside(path).glob("*.db"))
    )


def keep_before_migration(path: Path, version: int) -> None:
    """Copy a database file beside itself before its tables are changed; old copies go.

    Raises:
        StoreError: it cannot be copied, and so must not be changed.
    """
    start = f"{path.stem}-version-{version}"
    target = copies.free_name(path.parent, start, datetime.now(UTC))
    try:
        copies.write(target, lambda part: copies.copy(path, part), kind="migration")
    except StoreError as error:
        raise StoreError(
            f"The database {path} is of an earlier version and could not be copied before it is "
            f"brought up to date: {error} Nothing was changed."
        ) from error
    kept = sorted(path.parent.glob(f"{path.stem}-version-*.db"), key=lambda p: p.stat().st_mtime)
    for old in kept[:-KEPT_BEFORE_MIGRATIONS]:
        old.unlink(missing_ok=True)


def due(folder: Path, now: datetime) -> bool:
    """Whether a day has gone by since the latest daily backup."""
    daily = [one for one in backups(folder) if one.kind == "daily"]
    return not daily or not timedelta() <= now - daily[0].made < DAY


def room_for(folder: Path, size: int) -> bool:
    """Whether the disk has room for ``size`` bytes more without running low."""
    return shutil.disk_usage(folder).free - size >= LEAST_FREE


def prune(folder: Path) -> None:
    """Delete the oldest daily backups past their number and size."""
    daily = [one for one in backups(folder) if one.kind == "daily"]
    total = 0
    for place, one in enumerate(daily):
        total += one.size
        if place and (place >= KEPT_DAILY or total > MOST_BYTES):
            one.path.unlink(missing_ok=True)
