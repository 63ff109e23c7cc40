"""PDF files need the system's Pango library. Without it their tests are skipped with a message, but never in CI."""

from __future__ import annotations

import os

import pytest

from kb.documents.pdf import is_available

needs_pango = pytest.mark.skipif(
    not is_available() and os.environ.get("CI") != "true",
    reason="the Pango library is missing: sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
)
