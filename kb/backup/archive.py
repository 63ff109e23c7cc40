"""The file of a backup: a ZIP with content files, rows of tables, the secret key, and a list of all with hashes."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem

FORMAT = 1
MANIFEST = "manifest.json"
CONTENT, TABLES, SECRET = "content/", "tables/", "secret-key"
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `members` are names with the SHA-256 of their bytes, `rows` numbers of rows by table."""

    format: int
    made: str
    version: str
    schema: str
    rows: dict[str, int]
    members: dict[str, str]


@dataclass
class Writer:
    """A backup that is being written."""

    _zip: zipfile.ZipFile
    members: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, blocks: Iterable[bytes]) -> None:
        """Add a member from its bytes."""
        digest = hashlib.sha256()
        with self._zip.open(name, "w", force_zip64=True) as member:
            for block in blocks:
                digest.update(block)
                member.write(block)
        self.members[name] = digest.hexdigest()

    def close_with(self, manifest: Manifest) -> None:
        """Add the list of what is there; without it a file is no backup."""
        self._zip.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1, ensure_ascii=False))


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """Write a backup, readable by its owner alone; at `path` there is a whole one or none, and no other is replaced."""
    if path.exists():
        message = N_("%(path)s exists already; choose another name.")
        raise Rejected([Problem("file-exists", message, params={"path": str(path)})])
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


class Reader:
    """A backup that was found whole: every member is there, has its hash, and a name that stays in its folder."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = archive
        self.manifest = manifest

    def names(self, prefix: str) -> tuple[str, ...]:
        """Return the members below a prefix."""
        return tuple(name for name in self.manifest.members if name.startswith(prefix))

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a member."""
        with self._zip.open(name) as member:
            while block := member.read(_BLOCK):
                yield block

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a member."""
        with self._zip.open(name) as member:
            yield from member


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """Open a backup after checking all of it. Raises `Rejected` for whatever is no whole backup of a known format."""
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            manifest = _checked(archive)
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise _rejected(N_("%(path)s cannot be read as a backup (%(reason)s)."), path, str(error)) from error
        except _Unsound as error:
            raise _rejected(N_("%(path)s is no whole backup: %(reason)s."), path, str(error)) from error
        yield Reader(archive, manifest)


class _Unsound(Exception):
    """Something about a backup is wrong; the text says what."""


def _rejected(message: str, path: Path, reason: str) -> Rejected:
    return Rejected([Problem("bad-backup", message, params={"path": str(path), "reason": reason})])


def _checked(archive: zipfile.ZipFile) -> Manifest:
    try:
        manifest = Manifest(**json.loads(archive.read(MANIFEST)))
    except (KeyError, ValueError, TypeError) as error:
        message = f"{MANIFEST} is missing or damaged"
        raise _Unsound(message) from error
    if manifest.format != FORMAT:
        message = f"its format is {manifest.format}, this version reads {FORMAT}"
        raise _Unsound(message)
    if set(archive.namelist()) != {*manifest.members, MANIFEST}:
        message = "its members are not those of its list"
        raise _Unsound(message)
    for name, wanted in manifest.members.items():
        parts = PurePosixPath(name).parts
        if name.startswith("/") or ".." in parts or "\\" in name or not name.startswith((CONTENT, TABLES, SECRET)):
            message = f"{name} is no name of a member"
            raise _Unsound(message)
        digest = hashlib.sha256()
        with archive.open(name) as member:
            while block := member.read(_BLOCK):
                digest.update(block)
        if digest.hexdigest() != wanted:
            message = f"{name} was changed"
            raise _Unsound(message)
    return manifest
