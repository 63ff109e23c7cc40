"""Writes each document once per process, for tests that request all routes and only look at the responses."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.documents.blocks import Document
from kb.documents.formats import write
from kb.documents.pdf import fingerprint
from kb.web.http import file_queue

_written: dict[tuple[str, str], bytes] = {}


def write_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write each different document once: a Word file takes as long as five pages."""

    def once(document: Document, name: str, fonts: Path) -> bytes:
        key = fingerprint(document), name
        if key not in _written:
            _written[key] = write(document, name, fonts)
        return _written[key]

    monkeypatch.setattr(file_queue, "write", once)
