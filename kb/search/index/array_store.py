"""The arrays of segments, kept beside the index, so that they are worked out once and shared by all processes.

index/<build>/arrays/<segment>/<name>.npy. What is missing or does not open is worked out again from the index.
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

# NumPy reads the head of a file with `ast`, which fails with a SystemError when threads use it at once in Python 3.11
# (github.com/python/cpython/issues/106905).
_READING = threading.Lock()


def save(build: Path, segment: str, arrays: Arrays) -> None:
    """Keep the arrays of a segment; another process sees all of them or none."""
    folder = build / FOLDER
    temporary = folder / f".{segment}-{secrets.token_hex(4)}"
    temporary.mkdir(parents=True)
    try:
        for name, array in arrays.items():
            np.save(temporary / f"{name}.npy", array, allow_pickle=False)
        if load(build, segment) is None:
            remove(build, segment)  # what there is does not open
        temporary.rename(folder / segment)
    except OSError:
        if not (folder / segment).is_dir():  # otherwise another process was faster
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def load(build: Path, segment: str) -> Arrays | None:
    """Return the arrays of a segment as they lie in their files, read when they are used; `None` if there are none."""
    folder = build / FOLDER / segment
    try:
        with _READING:
            return {path.stem: _mapped(path) for path in folder.iterdir()}
    except (OSError, ValueError, EOFError):
        return None


def remove(build: Path, segment: str) -> None:
    """Remove the arrays of a segment, if there are any; for those that make no sense."""
    path = build / FOLDER / segment
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def remove_but(build: Path, segments: Iterable[str]) -> None:
    """Remove the arrays of segments that are no longer there; whoever still has them open keeps them."""
    kept = set(segments)
    folder = build / FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in kept and not path.name.startswith("."):
            shutil.rmtree(path, ignore_errors=True)


def _mapped(path: Path) -> npt.NDArray[Any]:
    # Not as `memmap`: its slices cost three times as much as those of a plain array over the same memory.
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False)) if path.stat().st_size > 0 else np.load(path)
