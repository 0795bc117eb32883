"""Who has a database file open, so that nobody moves it away under another program's feet.

SQLite's own locks last for a transaction. A program that goes on writing to a file that was
moved would say "kept" of what nobody finds again.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from argmap.errors import StoreError

if sys.platform != "win32":
    import fcntl


class Hold:
    """A lock beside a database file, until it is released or the process ends, however it ends.

    On Windows it does nothing: there a file that is open cannot be moved.

    Args:
        path: the database file.
        alone: no other program may have it open meanwhile.

    Raises:
        StoreError: another program has it open, or is putting it in order.
    """

    def __init__(self, path: Path, *, alone: bool = False) -> None:
        self._file: IO[bytes] | None = None
        if sys.platform == "win32":
            return
        try:
            self._file = path.with_name(f"{path.name}.lock").open("ab")
        except OSError:
            return  # where no file can be made beside it, none can be moved
        try:
            fcntl.flock(self._file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.release()
            raise StoreError(
                f"The database {path} is open in another program, perhaps a dashboard. Stop it "
                "first, then try again. Nothing was changed."
                if alone
                else f"The database {path} is being put in order by another program. Try again "
                "in a moment."
            ) from error
        except OSError:
            self.release()  # a file system without locks, such as some network shares

    def release(self) -> None:
        """Let go of it; twice does no harm."""
        if self._file is not None:
            self._file.close()
            self._file = None
