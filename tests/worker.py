"""A process that publishes and may be killed at a named point: the victim of the fault tests.

`python -m tests.worker ROOT DATABASE NAME FAULT SKIP TASK` prints `confirmed` once the publication was answered.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kb import faults
from kb.content.bundle import SOURCE
from kb.content.files import Place
from kb.publishing.bulk import publish_many
from kb.publishing.deletions import accept_deletions
from tests.house import (
    ITALIAN,
    NOW,
    RECORD,
    SOURCE_PLACE,
    TEXT,
    TestHouse,
    a_curator,
    an_edit,
    catch_up_now,
    publish_text,
    remove,
)

SECOND = TEXT.replace("Walls without mortar.", "Walls without mortar, second text.")
OTHER_PLACE = Place("pages", "dry-walls", SOURCE)
OUTSIDE = TEXT.replace("Walls without mortar.", "Walls without mortar, from outside.")
ITALIAN_SECOND = """---
language: it
words:
  title: Terrazze di pietra, secondo testo
  summary: Muri a secco.
---
## Che cos'è {#what}

Muri.
"""


def displace(house: TestHouse, fault: str) -> None:
    """Write from outside, and be killed a moment later."""
    house.write(OUTSIDE)
    faults.arm(fault)


def main() -> None:
    """Do one task with one fault armed."""
    root, database, name, fault, skip, task = sys.argv[1:]
    house = TestHouse(Path(root), database, name)
    library = house.library()
    with house.session() as session:
        if task != "restart":
            catch_up_now(session, library)
        if task == "displace":  # somebody saves just before the file is replaced; then the process is killed
            faults.arm("replace-before-rename", do=lambda: displace(house, fault))
        else:
            faults.arm(fault, skip=int(skip))
        if task in ("publish", "displace"):
            publish_text(session, library, SECOND)
        elif task == "translate":
            publish_text(session, library, ITALIAN_SECOND, ITALIAN)
        elif task == "together":
            library.step = 1  # the index follows step by step
            places = [SOURCE_PLACE, OTHER_PLACE]
            texts = [SECOND, SECOND.replace(f"id: {SOURCE_PLACE.id}", f"id: {OTHER_PLACE.id}")]
            edits = [an_edit(session, text, place) for text, place in zip(texts, places, strict=True)]
            publish_many(session, library, a_curator(session), edits, note="Both", now=NOW)
        elif task == "rebuild":
            library.rebuild_index()
        elif task == "outside":
            house.write(OUTSIDE, SOURCE_PLACE)
            catch_up_now(session, library)
        elif task == "delete":
            remove(house.library_paths().path(ITALIAN))
            accept_deletions(session, library, [RECORD], NOW)
        elif task == "restart":
            catch_up_now(session, library)
    sys.stdout.write("confirmed\n")


if __name__ == "__main__":
    main()
