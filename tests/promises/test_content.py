"""No record of this repository claims a review until a person has reviewed it.

`kb content check`, which `make check` and `make test` call, validates the rest of their content.
"""

from __future__ import annotations

import pytest

from kb.kinds.registry import KINDS
from kb.records.files.paths import ContentFolder
from tests.house import ROOT


@pytest.mark.long
def test_nobody_claims_a_review_that_did_not_happen() -> None:
    """Remove a record from this test after a person has reviewed it."""
    folder = ContentFolder(ROOT / "content", {kind.shape.name: kind.shape for kind in KINDS})
    claims = []
    for kind, record_id in folder.records():
        for part, text in folder.texts(kind, record_id)[0].items():
            front = text.partition("\n---\n")[0]
            found = [each for each in ("by: person", "\nreviewed:", "\nkeeper:") if each in front]
            if part == "source" and "\norigin: machine-drafted" not in front:
                found.append("no origin")
            claims += [f"{kind}/{record_id} {part}: {each.strip()}" for each in found]
    assert claims == []
