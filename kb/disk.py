"""The disk below the folders of the site: how much room is left, and files that their owner alone can read."""

from __future__ import annotations

import os
import shutil
import stat
from enum import StrEnum
from pathlib import Path

GIGABYTE = 1024**3
_LOW, _LOW_SHARE = GIGABYTE, 0.1
_FULL = 100 * 1024**2  # bytes: hardly one backup, or one picture for each worker
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class DiskSpace(StrEnum):
    """How much room is left on a disk."""

    OK = "ok"
    LOW = "low"
    FULL = "full"


def free_bytes(folder: Path) -> int:
    """Return how many bytes can still be written to the disk of a folder. Raises `OSError` if it is not there."""
    return shutil.disk_usage(folder).free


def room(folder: Path) -> DiskSpace:
    """Return whether less than one gigabyte or a tenth is left, or next to nothing. Raises `OSError`."""
    usage = shutil.disk_usage(folder)
    if usage.free < _FULL:
        return DiskSpace.FULL
    return DiskSpace.LOW if usage.free < max(_LOW, usage.total * _LOW_SHARE) else DiskSpace.OK


def is_private(path: Path) -> bool:
    """Whether nobody but the owner may read or change a file or folder. Raises `OSError` if it is not there."""
    return not path.stat().st_mode & _OTHERS


def make_private(path: Path) -> None:
    """Make an empty file that its owner alone can read, unless it is there: what is written into it is nobody else's.

    SQLite gives the files beside a database the same rights. Raises `OSError`.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
