"""Encrypting what has to be read again: with a key made from the secret key of the site, bound to its owner.

Whoever has the database alone cannot read it; with another secret key nobody can.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# What the key is for: keys for other uses of the same secret begin with other words.
_CONTEXT = b"praxis second factor 1"
_LENGTH = 32


@lru_cache(maxsize=4)
def key_of(secret: str) -> bytes:
    """Return the key for second factors that belongs to the secret key of a site."""
    made = HKDF(algorithm=SHA256(), length=_LENGTH, salt=None, info=_CONTEXT).derive(secret.encode())
    return urlsafe_b64encode(made)


def seal(key: bytes, owner: int, text: str) -> str:
    """Return a text encrypted for its owner."""
    return Fernet(key).encrypt(f"{owner} {text}".encode()).decode("ascii")


def unseal(key: bytes, owner: int, sealed: str) -> str | None:
    """Return a text that was encrypted for this owner; `None` if it was for another, or under another key."""
    try:
        found, _space, text = Fernet(key).decrypt(sealed.encode()).decode().partition(" ")
    except InvalidToken:
        return None
    return text if found == str(owner) else None
