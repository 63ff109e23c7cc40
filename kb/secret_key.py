"""The secret key of the site in a file: created once, readable by its owner only, and replaced without risk of loss."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

SECRET_FILE = "secret-key"  # noqa: S105 - a name, no secret
SECRET_LENGTH = 32  # minimum number of letters
_NEXT, _BEFORE = f"{SECRET_FILE}.next", f"{SECRET_FILE}.before"


def read_or_make(path: Path) -> str:
    """Return the key in a file; create the file if it is missing. Raises `OSError`."""
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def next_key(folder: Path) -> str:
    """Return the next key; it is on disk before anything is encrypted with it.

    An interrupted rotation continues with the same next key.
    """
    return read_or_make(folder / _NEXT)


def take_next_key(folder: Path) -> Path:
    """Make the next key the current one; return the file with the previous key."""
    path, before = folder / SECRET_FILE, folder / _BEFORE
    before.unlink(missing_ok=True)
    os.link(path, before)
    (folder / _NEXT).replace(path)
    return before


def _make(path: Path) -> None:
    """Create a key file that only its owner can read. Of several processes that start together, the first one wins."""
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
