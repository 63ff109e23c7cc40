"""Modules and vocabularies that the fork server of the fault tests loads once; its processes are copies of it."""

from __future__ import annotations

import tests.worker  # noqa: F401 - run in each process
from tests.house import knowledge

knowledge()
