"""A workshop as one file, to be kept or opened elsewhere: all that is planned and frozen, and nothing of people.

Links, co-trainers and what participants said stay behind. Pictures are named and not carried: where the log of a house
has their bytes, they are shown there.
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
    """Return the file of a workshop: JSON, compressed (gzip). The caller found it by `access.taught`.

    What was erased is left out.
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
    # A profile of a country in five languages is 900 kB, and says much of it five times.
    return gzip.compress(values.encode(), mtime=0)
