"""How much the tests draw at random: a little each time, much more in `make test-all`."""

from __future__ import annotations

import os


def draws(few: int) -> int:
    """Return how many examples to draw; `KB_TEST_DRAWS` multiplies what is drawn each time."""
    return few * int(os.environ.get("KB_TEST_DRAWS", "1"))
