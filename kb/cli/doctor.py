"""`kb doctor`: checks what is installed, what is missing, and which features are then off."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import click
from alembic.util import CommandError
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.cli.content import USED_TEXTS
from kb.cli.context import Installation, pass_house, say
from kb.cli.doctor_machine import CheckResult, clock, database_file, disks, rights
from kb.cli.messages import TRANSLATED, catalogue
from kb.content_store.check_cache import CheckMemory, check_changed
from kb.content_store.store import ContentStore
from kb.documents.pdf import is_available
from kb.history import log
from kb.history.model import Change
from kb.problems import errors
from kb.publishing.catch_up import differing
from kb.publishing.retention import last_run
from kb.texts.checks import usage_problems

_SHOWN = 5  # records or files that are named
_DIFFERS = "kb serve synchronizes them within seconds; the dashboard lists the files that cannot be written"


@click.command("doctor")
@pass_house
def doctor(house: Installation) -> None:
    """Check the installation: report what is missing and which features that disables."""
    findings = list(_findings(house))
    for finding in findings:
        mark = {True: "ok  ", False: "FAIL", None: "    "}[finding.is_well]
        say(f"{mark} {finding.name:14} {finding.words}")
    for name, value, words in house.settings():
        say(f"     {name:22} {value:40} {words}")
    if any(finding.is_well is False for finding in findings):
        raise SystemExit(1)


def _findings(house: Installation) -> Iterator[CheckResult]:
    version = sys.version.split()[0]
    yield CheckResult(sys.version_info >= (3, 11), "Python", version)
    yield _folder("content", house.content, "without it the site has no records")
    yield _folder("data", house.data, "kb serve makes it")
    yield _secret(house.data / "secret-key")
    yield from disks(house.data, house.content)
    yield _schema(house)
    yield from _database(house)
    yield from _retention(house)
    yield from _content(house)
    compiled = [code for code in TRANSLATED if catalogue(code).with_suffix(".mo").exists()]
    words = f"compiled: {', '.join(compiled) or 'none'}; others are shown in English (kb messages compile)"
    yield CheckResult(len(compiled) == len(TRANSLATED), "messages", words)
    yield CheckResult(None, "PDF", "can be made" if is_available() else "not here: apt-get install libpangoft2-1.0-0")
    yield CheckResult(None, "Chromium", shutil.which("chromium") or "not here: browser tests are skipped")


def _folder(name: str, path: Path, without: str) -> CheckResult:
    is_there = path.is_dir() and os.access(path, os.W_OK)
    return CheckResult(is_there, name, str(path) if is_there else f"{path} is not a writable folder; {without}")


def _secret(path: Path) -> CheckResult:
    if not path.exists():
        return CheckResult(
            None, "secret key", "none in the data folder; kb serve makes one unless KB_SECRET_KEY is set"
        )
    mode = stat.S_IMODE(path.stat().st_mode)
    return CheckResult(
        mode == 0o600, "secret key", f"{path}, mode {mode:04o}{'' if mode == 0o600 else f'; chmod 0600 {path}'}"
    )


def _schema(house: Installation) -> CheckResult:
    try:
        schema = house.schema()
    except (CommandError, SQLAlchemyError) as error:
        return CheckResult(False, "schema", f"unknown: {str(error).splitlines()[0]}")
    return CheckResult(bool(schema), "schema", schema or "no tables; kb serve makes them")


def _database(house: Installation) -> Iterator[CheckResult]:
    try:
        with house.sessions() as session:  # its error is reported below, not by `house.session`
            people = session.scalar(select(func.count()).select_from(User)) or 0
            changes = log.last_number(session)
            hint = "" if people else "; no one can sign in yet: kb users create"
            yield CheckResult(True, "database", f"{changes} changes, {people} people{hint}")
            yield rights(house.data, database_file(session))
            newest = session.scalar(select(Change.at).order_by(Change.number.desc()).limit(1))
            yield clock(newest, datetime.now(UTC))
            if changes:
                yield _folder_and_log(session, house.store)
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).splitlines()[0]
        yield CheckResult(False, "database", f"cannot be used ({reason}); kb serve makes its tables")


def _folder_and_log(session: Session, store: ContentStore) -> CheckResult:
    names = differing(session, store)
    if not names:
        return CheckResult(True, "log and files", "agree")
    return CheckResult(False, "log and files", f"differ in {len(names)} records: {_some(names)}; {_DIFFERS}")


def _retention(house: Installation) -> Iterator[CheckResult]:
    """Report that deletion by age is paused, because the clock has jumped or the site was off."""
    with suppress(SQLAlchemyError), house.sessions() as session:  # `_database` has already reported the error
        run = last_run(session)
        if run is not None and run.before is not None and run.goes_on is not None:
            jump = f"the clock moved on from {run.before:%Y-%m-%d} to {run.since:%Y-%m-%d}"
            words = f"{jump}: nothing is deleted before {run.goes_on:%Y-%m-%d %H:%M} UTC; is the clock right?"
            yield CheckResult(False, "old data", words)


def _files(store: ContentStore) -> CheckResult:
    """Return how many files have problems, and the first that have errors; `kb content check` tells what is wrong."""
    known, laws = CheckMemory.load(store.content.root), (store.vocabularies, store.law)
    found = check_changed(store.content, store.kinds, *laws, known).problems
    wrong = {problem.path for problem in errors(found)}
    doubtful = {problem.path for problem in found} - wrong
    words = f"{len(wrong)} with errors, {len(doubtful)} with warnings only"
    named = f": {_some(wrong)}" if wrong else ""
    return CheckResult(not wrong, "files", f"{words}{named}{'; kb content check shows them' if found else ''}")


def _some(names: Iterable[str]) -> str:
    """Return the first names of a list; one that cannot be printed is escaped."""
    listed = sorted(name.encode("utf-8", "backslashreplace").decode() for name in names)
    return f"{', '.join(listed[:_SHOWN])}{' …' if len(listed) > _SHOWN else ''}"


def _content(house: Installation) -> Iterator[CheckResult]:
    store = house.store
    store.refresh()
    records = len(store.current().catalog.columns)
    yield CheckResult(records > 0, "records", f"{records} in the snapshot")
    yield _files(store)
    wrong = len((*store.fixed_problems, *usage_problems(store.texts, USED_TEXTS)))
    yield CheckResult(not wrong, "vocabularies", f"{len(tuple(store.vocabularies.terms()))} terms, {wrong} problems")
    state = store.engine.status()
    if not store.engine.is_ready:
        yield CheckResult(False, "index", "missing: search is off, browsing works; kb search rebuild makes it")
        return
    stale, surplus = store.stale_in_index()
    words = f"{state.documents} documents, {len(stale) + len(surplus)} out of date"
    yield CheckResult(not stale and not surplus, "index", words)
