"""Exports a workshop as one file, for backup or for another site: its plan and frozen texts, without personal data.

Links, co-trainers and feedback are left out. Images are referenced and not included. They are shown on a site whose log
has their bytes.
"""

from __future__ import annotations

import gzip
import json
from datetime import datetime

from sqlalchemy.orm import Session

from kb.history.frozen_texts import contents
from kb.workshops.model import Workshop
from kb.workshops.plan.plain_values import plain_values

FORMAT, VERSION = "praxis-workshop", 1


def export(session: Session, workshop: Workshop, *, now: datetime) -> bytes:
    """Return the file of a workshop: JSON, compressed (gzip). The caller got the workshop from `access.taught`.

    Erased texts are left out.
    """
    names = {text.sha256 for item in workshop.items for text in item.texts}
    frozen = {sha256: row.content for sha256, row in contents(session, names).items() if row.content is not None}
    values = json.dumps(
        {
            "format": FORMAT,
            "version": VERSION,
            "made": now.isoformat(timespec="seconds"),
            **plain_values(workshop),
            "frozen": dict(sorted(frozen.items())),
        },
        ensure_ascii=False,
    )
    # A country profile in five languages is 900 kB, and repeats much of it five times.
    return gzip.compress(values.encode(), mtime=0)
