"""The key of the site in a file: made once, for its owner alone, and replaced without a moment in which it is lost."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

SECRET_FILE = "secret-key"  # noqa: S105 - a name, no secret
SECRET_LENGTH = 32  # letters, at the least
_NEXT, _BEFORE = f"{SECRET_FILE}.next", f"{SECRET_FILE}.before"


def read_or_make(path: Path) -> str:
    """Return the key in a file, which is made if it is not there. Raises `OSError`."""
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def next_key(folder: Path) -> str:
    """Return the key that is to follow the present one; it is on the disk before anything is sealed with it.

    A rotation that was interrupted goes on with the key with which it began.
    """
    return read_or_make(folder / _NEXT)


def take_next_key(folder: Path) -> Path:
    """Let the next key be the present one; return the file that holds the one before."""
    path, before = folder / SECRET_FILE, folder / _BEFORE
    before.unlink(missing_ok=True)
    os.link(path, before)
    (folder / _NEXT).replace(path)
    return before


def _make(path: Path) -> None:
    """Write a key for the owner's eyes alone. Of several processes that start together, the first one's stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
