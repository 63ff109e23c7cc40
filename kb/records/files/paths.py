"""The only module that builds record paths, walks record folders and replaces files.

A path consists of a kind, an id and a part, which are validated first. Symbolic links and all paths outside the content
folder are refused. So no id and no file can lead a reader or a writer elsewhere.
"""

from __future__ import annotations

import errno
import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from kb.errors import NotFound
from kb.problems import Problem, Severity
from kb.records.attachments import NAME as ATTACHMENT
from kb.records.bundle import MAX_CHARACTERS, SOURCE, decode
from kb.records.record import ID_PATTERN, Shape

logger = logging.getLogger(__name__)

_ID = re.compile(ID_PATTERN)
_LANGUAGE = re.compile(r"[a-z]{2}")
# Checked before a file is read: a text has at most four bytes per letter, a picture has a limit of its own.
TEXT_BYTES = 4 * MAX_CHARACTERS
ATTACHMENT_BYTES = 20 * 1024 * 1024
_OURS = re.compile(r"\..+\.(part|new)")
# Files left by operating systems and editors; they are not content.
_IGNORED = re.compile(r"\.DS_Store|Thumbs\.db|\.gitkeep|.*~|\..*\.sw[a-p]")


@dataclass(frozen=True, order=True)
class RecordFile:
    """One file of a record: its kind, its id and the part (`source`, a language, or the name of an attachment)."""

    kind: str
    id: str
    part: str

    @property
    def record(self) -> str:
        """Kind and id, in the form that identifies a record in the log."""
        return f"{self.kind}/{self.id}"

    @property
    def is_text(self) -> bool:
        """Whether the part is a source file or a translation."""
        return self.part == SOURCE or bool(_LANGUAGE.fullmatch(self.part))


def is_record_id(name: str) -> bool:
    """Return whether a name is valid as a record id and folder name."""
    return bool(_ID.fullmatch(name))


def place_of(record: str, part: str) -> RecordFile:
    """Return the file that the log identifies by `record` and `part`."""
    kind, _, record_id = record.partition("/")
    return RecordFile(kind, record_id, part)


@dataclass(frozen=True)
class Seen:
    """A file as the last walk saw it; a different time or size means that it must be read again."""

    place: RecordFile
    path: Path
    stamp: tuple[int, int, int]


class ContentFolder:
    """The folder of all records, with one folder per kind and in it one folder per record."""

    def __init__(self, root: Path, shapes: Mapping[str, Shape]) -> None:
        self.root = root
        self.shapes = shapes

    def path(self, place: RecordFile) -> Path:
        """Return the path of a record file. Raises `NotFound` for an invalid kind, id or part."""
        shape = self.shapes.get(place.kind)
        if shape is None or not is_record_id(place.id):
            raise NotFound(place.record)
        return self.root / place.kind / place.id / self._name(shape, place.part)

    def _name(self, shape: Shape, part: str) -> str:
        if part == SOURCE:
            return f"{shape.stem}.md"
        if _LANGUAGE.fullmatch(part):
            return f"{shape.stem}.{part}.md"
        if ATTACHMENT.fullmatch(part):
            return part
        raise NotFound(part)

    def place(self, kind: str, record_id: str, name: str) -> RecordFile | None:
        """Return the record file with this file name, or `None` if the name belongs to no part."""
        part = self._part(self.shapes[kind], name)
        return None if part is None else RecordFile(kind, record_id, part)

    def shown(self, place: RecordFile) -> str:
        """Return the path of a file for display, starting with the name of the content folder."""
        return str(Path(self.root.name) / self.path(place).relative_to(self.root))

    def read(self, place: RecordFile) -> bytes | None:
        """Return the bytes of a file, or `None` if there is none. A link, a folder or a pipe counts as none."""
        # Open without blocking: a pipe of that name would block the reader for ever. `walk` reports entries that are
        # not regular files.
        try:
            descriptor = os.open(self.path(place), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
                return None
            raise
        if not S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            return None
        with os.fdopen(descriptor, "rb") as file:
            return file.read()

    def is_missing(self, place: RecordFile) -> bool:
        """Return whether the path does not exist at all; a link or a folder of that name counts as existing."""
        try:
            self.path(place).lstat()
        except (FileNotFoundError, NotADirectoryError):
            return True
        return False

    def is_writable(self, place: RecordFile) -> bool:
        """Return whether the path may be written: in a real folder, and over a regular file or a missing one."""
        path = self.path(place)
        for folder in (path.parent, path.parent.parent):
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                return False
        return self.is_missing(place) or S_ISREG(path.lstat().st_mode)

    def walk(self, kind: str | None = None, record_id: str | None = None) -> tuple[list[Seen], list[Problem]]:
        """Return all files of records, and a problem for every other entry."""
        seen: list[Seen] = []
        problems: list[Problem] = []
        for name in self.shapes if kind is None else (kind,):
            for folder in self._entries(self.root / name) if record_id is None else [self.root / name / record_id]:
                self._walk_record(name, folder, seen, problems)
        return seen, problems

    def traces(self) -> dict[tuple[str, str], int]:
        """Return a number for each entry in the folders of kinds, by kind and name; it changes with any file.

        It costs a quarter of `walk`, because it validates nothing and keeps no data of files. So it may run often.
        """
        return {
            (kind, entry.name): _trace(_scanned(entry.path) if entry.is_dir(follow_symlinks=False) else [entry])
            for kind in self.shapes
            for entry in _scanned(self.root / kind)
        }

    def _entries(self, folder: Path) -> list[Path]:
        try:
            return sorted(folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError:
            logger.exception("a folder of records cannot be read")
            return []

    def _walk_record(self, kind: str, folder: Path, seen: list[Seen], problems: list[Problem]) -> None:
        shape = self.shapes[kind]
        try:
            mode = folder.lstat().st_mode
        except FileNotFoundError:
            return
        if S_ISLNK(mode):
            problems.append(self._stray(folder, "Symbolic links are not followed. Put the record’s folder here."))
        elif not S_ISDIR(mode):
            if not _IGNORED.fullmatch(folder.name):
                problems.append(self._stray(folder, "Only record folders belong here. Move the file."))
        elif not is_record_id(folder.name):
            problems.append(
                self._stray(folder, "The name of a record folder must be lower-case words joined by hyphens.")
            )
        else:
            found = (self._file(shape, folder.name, path, problems) for path in self._entries(folder))
            seen += [file for file in found if file is not None]

    def _file(self, shape: Shape, record_id: str, path: Path, problems: list[Problem]) -> Seen | None:
        try:
            stat = path.lstat()
        except FileNotFoundError:
            return None
        part = self._part(shape, path.name)
        if _OURS.fullmatch(path.name) or _IGNORED.fullmatch(path.name):
            return None
        if S_ISLNK(stat.st_mode):
            problems.append(self._stray(path, "Symbolic links are not followed. Put the file itself here."))
        elif part is None or not S_ISREG(stat.st_mode):
            message = (
                "This file is not part of a record. A record can have a source file, translations, images and PDFs."
            )
            problems.append(self._stray(path, message, Severity.WARNING))
        elif stat.st_size > (TEXT_BYTES if path.suffix == ".md" else ATTACHMENT_BYTES):
            message = "The file is larger than %(limit)s bytes. Make it smaller."
            limit = TEXT_BYTES if path.suffix == ".md" else ATTACHMENT_BYTES
            problems.append(replace(self._stray(path, message), code="too-large", params={"limit": limit}))
        else:
            return Seen(RecordFile(shape.name, record_id, part), path, (stat.st_mtime_ns, stat.st_size, stat.st_ino))
        return None

    def _part(self, shape: Shape, name: str) -> str | None:
        if name == f"{shape.stem}.md":
            return SOURCE
        if match := re.fullmatch(re.escape(shape.stem) + r"\.([a-z]{2})\.md", name):
            return match[1]
        return name if ATTACHMENT.fullmatch(name) else None

    def _stray(self, path: Path, message: str, severity: Severity = Severity.ERROR) -> Problem:
        shown = str(Path(self.root.name) / path.relative_to(self.root)).encode("utf-8", "backslashreplace").decode()
        return Problem("stray-file", message, (), 1, severity=severity, path=shown)

    def texts(self, kind: str, record_id: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
        """Return the texts of a record's files by part, and the problems of files that cannot be decoded."""
        texts: dict[str, str] = {}
        problems: list[Problem] = []
        for seen in self.walk(kind, record_id)[0]:
            if not seen.place.is_text or (data := self.read(seen.place)) is None:
                continue
            text, found = decode(data)
            problems += [problem.at(self.shown(seen.place)) for problem in found]
            if text is not None:
                texts[seen.place.part] = text
        return texts, tuple(problems)

    def attachments(self, kind: str, record_id: str) -> frozenset[str]:
        """Return the names of a record's attachments (pictures and documents)."""
        return frozenset(seen.place.part for seen in self.walk(kind, record_id)[0] if not seen.place.is_text)

    def records(self) -> Iterator[tuple[str, str]]:
        """Yield kind and id of every record that has a folder."""
        for kind in self.shapes:
            for folder in self._entries(self.root / kind):
                if is_record_id(folder.name) and folder.is_dir() and not folder.is_symlink():
                    yield kind, folder.name

    def leftovers(self) -> Iterator[Path]:
        """Yield the temporary files that a killed process left in record folders."""
        for kind, record_id in self.records():
            for path in self._entries(self.root / kind / record_id):
                if _OURS.fullmatch(path.name) and path.is_file():
                    yield path


def _scanned(folder: str | Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        logger.exception("a folder of records cannot be read")
        return []


def _trace(entries: Iterable[os.DirEntry[str]]) -> int:
    """Return a hash of names, times, sizes, inodes and modes; it misses one change in 2⁶⁰ by chance."""
    found: list[tuple[str, int, int, int, int]] = []
    for entry in entries:
        with suppress(FileNotFoundError):
            stat = entry.stat(follow_symlinks=False)
            found.append((entry.name, stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_mode))
    return hash(tuple(sorted(found)))
