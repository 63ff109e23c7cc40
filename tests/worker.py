"""A process that publishes and may be killed at a fault point, for the fault tests.

Each process is a fork of one that has imported the program and loaded the vocabularies. Loading them takes longer than
a task.
"""

from __future__ import annotations

import multiprocessing
from pathlib import Path

from kb import fault_points
from kb.publishing.bulk_changes import publish_many
from kb.publishing.deletions import accept_deletions
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
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

_PATIENCE = 120  # seconds

SECOND = TEXT.replace("Walls without mortar.", "Walls without mortar, second text.")
OTHER_PLACE = RecordFile("pages", "dry-walls", SOURCE)
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
    """Write a file without the application, then arm the fault that kills the process a moment later."""
    house.write(OUTSIDE)
    fault_points.arm(fault)


def run(house: TestHouse, fault: str, task: str, name: str = "a") -> int:
    """Run a task in its own process; return its exit code: 0 on success, the negative signal number after a kill."""
    beside = multiprocessing.get_context("forkserver")
    beside.set_forkserver_preload(["tests.preload"])
    process = beside.Process(target=work, args=(str(house.root), house.database, name, fault, task))
    process.start()
    process.join(_PATIENCE)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise TimeoutError(f"{task} with {fault} does not end")
    return process.exitcode


def work(root: str, database: str, name: str, fault: str, task: str) -> None:
    """Run one task with one armed fault."""
    house = TestHouse(Path(root), database, name)
    store = house.store()
    with house.session() as session:
        if task != "restart":
            catch_up_now(session, store)
        if task == "displace":  # another program saves just before the file is replaced; then the process is killed
            fault_points.arm("replace-before-rename", do=lambda: displace(house, fault))
        else:
            fault_points.arm(fault)
        if task in ("publish", "displace"):
            publish_text(session, store, SECOND)
        elif task == "translate":
            publish_text(session, store, ITALIAN_SECOND, ITALIAN)
        elif task == "together":
            store.step = 1  # the index is updated one record at a time
            places = [SOURCE_PLACE, OTHER_PLACE]
            texts = [SECOND, SECOND.replace(f"id: {SOURCE_PLACE.id}", f"id: {OTHER_PLACE.id}")]
            edits = [an_edit(session, text, place) for text, place in zip(texts, places, strict=True)]
            publish_many(session, store, a_curator(session), edits, note="Both", now=NOW)
        elif task == "rebuild":
            store.rebuild_index()
        elif task == "outside":
            house.write(OUTSIDE, SOURCE_PLACE)
            catch_up_now(session, store)
        elif task == "delete":
            remove(house.store_paths().path(ITALIAN))
            accept_deletions(session, store, [RECORD], NOW)
        elif task == "restart":
            catch_up_now(session, store)
