"""Encryption of readable secrets, bound to an owner; the key is derived from the site's secret key.

The database alone is not enough to decrypt; with another secret key decryption is impossible.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# The purpose of the key: keys for other uses of the same secret have another context.
_CONTEXT = b"praxis second factor 1"
_LENGTH = 32


@lru_cache(maxsize=4)
def key_of(secret: str) -> bytes:
    """Derive the key for second factors from the secret key of a site."""
    made = HKDF(algorithm=SHA256(), length=_LENGTH, salt=None, info=_CONTEXT).derive(secret.encode())
    return urlsafe_b64encode(made)


def seal(key: bytes, owner: int, text: str) -> str:
    """Encrypt a text for its owner."""
    return Fernet(key).encrypt(f"{owner} {text}".encode()).decode("ascii")


def unseal(key: bytes, owner: int, sealed: str) -> str | None:
    """Decrypt a text for this owner; `None` if it was encrypted for another owner or with another key."""
    try:
        found, _space, text = Fernet(key).decrypt(sealed.encode()).decode().partition(" ")
    except InvalidToken:
        return None
    return text if found == str(owner) else None
