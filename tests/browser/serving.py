"""Serves a site in its own folder, as `make run` does, with accounts for the test users."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from kb.accounts.actions import create_user
from kb.accounts.model import Role
from kb.content_store.reference_data import FOLDERS
from kb.db import configure
from tests.site import settings_of


def free_port() -> int:
    """Return an unused port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


ROOT = Path(__file__).parents[2]
# Test records only: those that all tests share, and more for the browser tests.
RECORDS = (ROOT / "tests" / "sample", Path(__file__).parent / "records")
# The only other site that may show cards in a frame.
COURSE = f"http://localhost:{free_port()}"
PASSWORD = "correct horse battery staple"  # noqa: S105 - of people who exist in these tests alone
ADA, ANA, BEN, CLEO, OLGA, PETRA, TOM = (
    f"{name}@example.org" for name in ("ada", "ana", "ben", "cleo", "olga", "petra", "tom")
)
PEOPLE: Mapping[str, Role] = {
    ADA: Role.ADMINISTRATOR,
    ANA: Role.PUBLISHER,
    BEN: Role.PUBLISHER,
    CLEO: Role.PUBLISHER,
    OLGA: Role.ADMINISTRATOR,
    PETRA: Role.CONTRIBUTOR,
    TOM: Role.TRANSLATOR,
    "vera-en@example.org": Role.TRAINER,
    "vera-lt@example.org": Role.TRAINER,
}
# Seconds: a start takes ten seconds on two idle processors.
LONGEST_START = 300


@dataclass(frozen=True)
class Site:
    """A running site: its URL, its content folder, and what the browsers of its visitors left.

    `cookies` are session cookies of signed-in users. `profiles` are unused browser profiles, by options.
    """

    url: str
    content: Path
    cookies: dict[str, str] = field(default_factory=dict)
    profiles: dict[str, list[BrowserContext]] = field(default_factory=dict)


def lay_out(folder: Path) -> None:
    """Copy the test records into a folder, and link the real vocabularies and law."""
    for records in RECORDS:
        shutil.copytree(records, folder / "content", dirs_exist_ok=True)
    for name in FOLDERS:
        (folder / "content" / name).symlink_to(ROOT / "content" / name)


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Serve the content of a folder with two workers, with an account for each of `PEOPLE`."""
    port = free_port()
    site = Site(f"http://localhost:{port}", folder / "content")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KB_")},
        "KB_CONTENT": str(folder / "content"),
        "KB_DATA": str(folder / "var"),
        "KB_URL": site.url,
        "KB_EMBED_ORIGINS": COURSE,
        "KB_IDLE_MINUTES": "600",  # many tests use the same session cookie, one after the other
    }
    command = [sys.executable, "-m", "kb", "serve", "--port", str(port), "--workers", "2"]
    with (folder / "serve.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(f"{site.url}/en/", process, folder / "serve.log")
            _let_in(folder)
            yield site
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except OSError:
            assert process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.2)
    pytest.fail(log.read_text(encoding="utf-8"))


def _let_in(folder: Path) -> None:
    """Create all accounts at once: one command per account would take seconds."""
    engine = configure(create_engine(settings_of(folder).database_address))
    with Session(engine) as session:
        for email, role in PEOPLE.items():
            name = email.partition("@")[0].partition("-")[0].title()
            create_user(
                session, email=email, name=name, password=PASSWORD, roles=[role], by=None, now=datetime.now(UTC)
            )
    engine.dispose()
