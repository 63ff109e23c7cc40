"""The backup file: a ZIP with content files, table rows, the secret key, and a manifest with hashes.

The manifest is signed with the site's key, which the person who restores has from elsewhere. So write access to the
storage of backups is not enough to change a restored site.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from kb.errors import Rejected
from kb.problems import Problem

FORMAT = 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
CONTENT, TABLES, SECRET = "content/", "tables/", "secret-key"
_BLOCK = 1 << 20
_NAME_BYTES = 255  # of a file, in any file system
_TABLE = re.compile(r"tables/[a-z_]+\.jsonl")


@dataclass(frozen=True)
class Manifest:
    """The manifest of a backup. `members` maps names to the SHA-256 of their bytes, `rows` tables to numbers of
    rows.
    """

    format: int
    made: str
    version: str
    schema: str
    rows: dict[str, int]
    members: dict[str, str]


@dataclass
class Writer:
    """Writes a backup."""

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

    def close_with(self, manifest: Manifest, key: str) -> None:
        """Add the manifest, without which a file is not a backup, and its signature."""
        text = json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode()
        self._zip.writestr(MANIFEST, text)
        self._zip.writestr(SIGNATURE, _sign(text, key))


def _sign(manifest: bytes, key: str) -> str:
    """Return the HMAC of a manifest with a site's secret key."""
    return hmac.new(key.encode(), b"a backup of Praxis\n" + manifest, hashlib.sha256).hexdigest()


def _is_member(name: str) -> bool:
    """Return whether a name is the secret key, a table, or a safe path in the content folder."""
    parts = name.split("/")
    if any(part in ("", ".", "..") or len(part.encode()) > _NAME_BYTES or not part.isprintable() for part in parts):
        return False
    if len(parts) == 1:
        return name == SECRET
    return "\\" not in name and (parts[0] == "content" or _TABLE.fullmatch(name) is not None)


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """Write a backup, readable by its owner only. `path` gets the complete file or nothing; no file is replaced."""
    if path.exists():
        message = "%(path)s already exists. Choose another name."
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
    """A verified backup: every member exists, has its hash, and a name that stays in its folder."""

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
def opened(path: Path, key: str | None) -> Iterator[Reader]:
    """Open a backup after verifying all hashes, and its signature with `key`; `None` skips the signature.

    Raises `Rejected` for a file that is not a complete backup of a known format, or has another signature.
    """
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            manifest = _checked(archive)
            if key is not None:
                _require_signature(archive, path, key)
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise _rejected("%(path)s cannot be read as a backup (%(reason)s).", path, str(error)) from error
        except _Unsound as error:
            raise _rejected("%(path)s is not a complete backup: %(reason)s.", path, str(error)) from error
        yield Reader(archive, manifest)


class _Unsound(Exception):
    """An error in a backup; the text says which."""


def _rejected(message: str, path: Path, reason: str) -> Rejected:
    return Rejected([Problem("bad-backup", message, params={"path": str(path), "reason": reason})])


def _require_signature(archive: zipfile.ZipFile, path: Path, key: str) -> None:
    given = archive.read(SIGNATURE) if SIGNATURE in archive.namelist() else b""
    if not hmac.compare_digest(given, _sign(archive.read(MANIFEST), key).encode()):
        message = (
            "%(path)s was not signed with the key of this site. Set KB_SECRET_KEY to the key of the site that made "
            "the backup. If no one else could change the file where it was kept, you can use: kb restore --trust"
        )
        raise Rejected([Problem("not-signed", message, params={"path": str(path)})])


def _checked(archive: zipfile.ZipFile) -> Manifest:
    try:
        manifest = TypeAdapter(Manifest).validate_json(archive.read(MANIFEST), strict=True)
    except (KeyError, ValueError) as error:
        message = f"{MANIFEST} is missing or damaged"
        raise _Unsound(message) from error
    if manifest.format != FORMAT:
        message = f"its format is {manifest.format}, this version reads {FORMAT}"
        raise _Unsound(message)
    if {*archive.namelist(), SIGNATURE} != {*manifest.members, MANIFEST, SIGNATURE}:
        message = "its members are not those of its list"
        raise _Unsound(message)
    for name, wanted in manifest.members.items():
        if not _is_member(name):
            message = f"{name[:100]!r} is no name of a member"
            raise _Unsound(message)
        digest = hashlib.sha256()
        with archive.open(name) as member:
            while block := member.read(_BLOCK):
                digest.update(block)
        if digest.hexdigest() != wanted:
            message = f"{name} was changed"
            raise _Unsound(message)
    return manifest
