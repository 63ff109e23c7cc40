"""What the processes of the fault tests are copied from: the program is imported, and the vocabularies are read."""

from __future__ import annotations

import tests.worker  # noqa: F401 - what each of them runs
from tests.house import knowledge

knowledge()
