"""Disk space of folders, and files that only their owner can read."""

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
    """The state of the free space on a disk."""

    OK = "ok"
    LOW = "low"
    FULL = "full"


def free_bytes(folder: Path) -> int:
    """Return the free bytes on the disk of a folder. Raises `OSError` if the folder is missing."""
    return shutil.disk_usage(folder).free


def room(folder: Path) -> DiskSpace:
    """Return whether less than one gigabyte or a tenth is free, or hardly anything. Raises `OSError`."""
    usage = shutil.disk_usage(folder)
    if usage.free < _FULL:
        return DiskSpace.FULL
    return DiskSpace.LOW if usage.free < max(_LOW, usage.total * _LOW_SHARE) else DiskSpace.OK


def is_private(path: Path) -> bool:
    """Return whether only the owner may read or change a file or folder. Raises `OSError` if it is missing."""
    return not path.stat().st_mode & _OTHERS


def make_private(path: Path) -> None:
    """Create an empty file that only its owner can read, unless it exists, before data is written to it.

    SQLite gives its journal files the same permissions. Raises `OSError`.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
