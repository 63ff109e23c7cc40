"""Stores the arrays of segments next to the index, so that they are computed once and shared by all processes.

The path is index/<build>/arrays/<segment>/<name>.npy. Missing or unreadable arrays are computed again from the index.
"""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.search.index.postings import Arrays

FOLDER = "arrays"

# NumPy parses file headers with `ast`, which raises SystemError when several threads use it at once in Python 3.11
# (github.com/python/cpython/issues/106905).
_READING = threading.Lock()


def save(build: Path, segment: str, arrays: Arrays) -> None:
    """Store the arrays of a segment; other processes see all of them or none."""
    folder = build / FOLDER
    temporary = folder / f".{segment}-{secrets.token_hex(4)}"
    temporary.mkdir(parents=True)
    try:
        for name, array in arrays.items():
            np.save(temporary / f"{name}.npy", array, allow_pickle=False)
        if load(build, segment) is None:
            remove(build, segment)  # the existing arrays are unreadable
        temporary.rename(folder / segment)
    except OSError:
        if not (folder / segment).is_dir():  # otherwise another process was faster
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def load(build: Path, segment: str) -> Arrays | None:
    """Return the arrays of a segment as memory-mapped files, read on use; `None` if there are none."""
    folder = build / FOLDER / segment
    try:
        with _READING:
            return {path.stem: _mapped(path) for path in folder.iterdir()}
    except (OSError, ValueError, EOFError):
        return None


def remove(build: Path, segment: str) -> None:
    """Remove the arrays of a segment, if any; used for invalid ones."""
    path = build / FOLDER / segment
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def remove_but(build: Path, segments: Iterable[str]) -> None:
    """Remove the arrays of segments that no longer exist; processes that have them open keep them."""
    kept = set(segments)
    folder = build / FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in kept and not path.name.startswith("."):
            shutil.rmtree(path, ignore_errors=True)


def _mapped(path: Path) -> npt.NDArray[Any]:
    # Not a `memmap`: slicing one takes three times as long as slicing a plain array over the same memory.
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False)) if path.stat().st_size > 0 else np.load(path)
