"""Replaces files atomically and keeps the displaced content.

The new text is written to `.name.part` in the same folder and flushed to disk. When it is complete, it is renamed to
`.name.new`. One file system call then *exchanges* it with the old file. The displaced content now has the name
`.name.new`, no matter who wrote it or how late. It is then moved to the folder of replaced files.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kb import fault_points
from kb.errors import Unavailable
from kb.records.bundle import hash_bytes

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


class ReplacedFiles:
    """The folder `var/replaced/`: the content of files before the application overwrote them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, path: Path, data: bytes) -> None:
        """Move a displaced file here and name it by its fingerprint; equal bytes are kept once."""
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self.folder / f"{hash_bytes(data)[:32]}-{path.name.strip('.').removesuffix('.new')}"
        if target.exists() and target.samefile(path):
            path.unlink()  # both names are hard links to one file, so a rename would do nothing
            return
        try:
            path.replace(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            shutil.copyfile(path, target)
            path.unlink()
        os.utime(target)  # its age counts from now, not from when its text was written

    def forget(self, fingerprint: str) -> None:
        """Remove bytes that were erased on request."""
        for path in self.folder.glob(f"{fingerprint[:32]}-*"):
            path.unlink(missing_ok=True)

    def prune(self, older_than: float) -> None:
        """Remove texts replaced before `older_than` (seconds since 1970); the log or a draft has them too.

        Pictures stay, because a picture changed outside the application is kept nowhere else.
        """
        for path in self.folder.glob("*.md"):
            with suppress(FileNotFoundError):  # another process prunes too
                if path.stat().st_mtime < older_than:
                    path.unlink()


def replace_file(path: Path, data: bytes, replaced: ReplacedFiles) -> bytes | None:
    """Replace the content of a file with `data`; return the displaced bytes, or `None` if there was no file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = _write_whole(path, data)
    fault_points.point("replace-before-rename")
    displaced = _swap(new, path, replaced)
    _flush_folder(path.parent)
    return displaced


def _swap(new: Path, path: Path, replaced: ReplacedFiles) -> bytes | None:
    while True:
        if _exchange(new, path):
            fault_points.point("replace-after-rename")
            displaced = new.read_bytes()
            fault_points.point("replace-before-keep")
            replaced.keep(new, displaced)
            fault_points.point("replace-after-keep")
            return displaced
        if path.exists():
            return _replace_by_link(new, path, replaced)
        try:
            os.link(new, path)  # unlike a rename, this does not overwrite a file that was created just now
        except FileExistsError:
            continue
        fault_points.point("replace-after-rename")
        new.unlink()
        return None


def _write_whole(path: Path, data: bytes) -> Path:
    """Write `data` to a new file in the folder of `path`, flush it to disk, and return its path."""
    part, new = path.with_name(f".{path.name}.part"), path.with_name(f".{path.name}.new")
    if new.exists():  # it may be the only copy of a displaced text; the caller must move it away first
        raise FileExistsError(errno.EEXIST, "a displaced file has not been kept yet", str(new))
    fault_points.point("replace-before-temporary")
    with part.open("wb") as file:
        file.write(data[: len(data) // 2])
        file.flush()
        fault_points.point("replace-half-written")
        file.write(data[len(data) // 2 :])
        file.flush()
        fault_points.point("replace-after-temporary")
        os.fsync(file.fileno())
    part.replace(new)
    fault_points.point("replace-after-fsync")
    return new


def remove_file(path: Path, replaced: ReplacedFiles) -> bytes | None:
    """Remove a file and return its content, or `None` if there was no file."""
    fault_points.point("delete-before-unlink")
    gone = path.with_name(f".{path.name}.new")
    try:
        path.replace(gone)
    except FileNotFoundError:
        return None
    fault_points.point("delete-after-unlink")
    data = gone.read_bytes()
    replaced.keep(gone, data)
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
    return data


def _exchange(new: Path, path: Path) -> bool:
    """Swap two files in one step if the system supports it (Linux); return whether it was done."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    done: int = call(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(path), _RENAME_EXCHANGE)
    return done == 0


def _replace_by_link(new: Path, path: Path, replaced: ReplacedFiles) -> bytes:
    """Keep the old file under a second name, then rename over it; for systems without an exchange call."""
    displaced = path.read_bytes()
    spare = path.with_name(f".{path.name}.old.new")
    spare.unlink(missing_ok=True)
    os.link(path, spare)
    replaced.keep(spare, displaced)
    new.replace(path)
    return displaced


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class WriteLock:
    """A lock for one writer at a time on this machine, across threads and processes; reentrant within a thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread = threading.RLock()
        self._depth = 0
        self._file: int | None = None

    @contextmanager
    def held(self, timeout: float = 60.0) -> Iterator[None]:
        """Hold the lock. Raises `Unavailable` if another thread or process keeps it for `timeout` seconds."""
        if not self._thread.acquire(timeout=timeout):
            raise Unavailable(f"another thread holds {self.path.name}")
        try:
            if self._depth == 0:
                self._file = self._take(timeout)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0 and self._file is not None:
                    os.close(self._file)  # closing also unlocks the file
                    self._file = None
        finally:
            self._thread.release()

    def _take(self, timeout: float) -> int:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        end = time.monotonic() + timeout
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    os.close(descriptor)
                    raise Unavailable(f"another process holds {self.path.name}") from None
                time.sleep(0.005)
            else:
                return descriptor
