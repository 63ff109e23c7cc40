"""A site in a folder of its own, served as `make run` does, and the people who can sign in there."""

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
from kb.db import configure
from tests.site import settings_of


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


ROOT = Path(__file__).parents[2]
# Records of the tests alone: those that all tests share, and more that only a browser needs.
RECORDS = (ROOT / "tests" / "sample", Path(__file__).parent / "records")
# A site that may show cards in a frame; no other may.
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
# Seconds: a start takes ten of them on two processors that nobody else uses.
LONGEST_START = 300


@dataclass(frozen=True)
class Site:
    """A running site: where it is, the content it works on, and what the browsers of its visitors left.

    `cookies` are of those who have signed in, `profiles` wait for a visitor with the same wishes.
    """

    url: str
    content: Path
    cookies: dict[str, str] = field(default_factory=dict)
    profiles: dict[str, list[BrowserContext]] = field(default_factory=dict)


def lay_out(folder: Path) -> None:
    """Put the records of the tests into a folder, with the real vocabularies and law."""
    for records in RECORDS:
        shutil.copytree(records, folder / "content", dirs_exist_ok=True)
    for name in ("vocabularies", "law"):
        (folder / "content" / name).symlink_to(ROOT / "content" / name)


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Serve the content of a folder with two workers, and let everybody in who has a name here."""
    port = free_port()
    site = Site(f"http://localhost:{port}", folder / "content")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KB_")},
        "KB_CONTENT": str(folder / "content"),
        "KB_DATA": str(folder / "var"),
        "KB_URL": site.url,
        "KB_EMBED_ORIGINS": COURSE,
        "KB_IDLE_MINUTES": "600",  # a cookie is used by many tests, one after the other
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
    """Create everybody's account at once: a command for each would take seconds."""
    engine = configure(create_engine(settings_of(folder).database_address))
    with Session(engine) as session:
        for email, role in PEOPLE.items():
            name = email.partition("@")[0].partition("-")[0].title()
            create_user(
                session, email=email, name=name, password=PASSWORD, roles=[role], by=None, now=datetime.now(UTC)
            )
    engine.dispose()
