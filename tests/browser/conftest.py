"""The real site, served as `make run` does, in a real browser; skipped with a word where there is no Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kb.toolkit.answers import Answers, to_file
from tests.browser.pages import ADAPTED, ADAPTED_FROM, RETIRED, RVD
from tests.browser.watch import watched

ROOT = Path(__file__).parents[2]
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A site that may show cards in a frame; no other may.
COURSE = "http://localhost:4999"
PASSWORD = "correct horse battery staple"  # noqa: S105 - of a person who exists in this test alone
CURATORS = ("ana@example.org", "ben@example.org")
# A record of which only the page of its end is left.
RETIRED_TEXT = f"""---
id: {RETIRED}
language: en
title: A practice that was retired
summary: It exists in this test alone.
status: retired
successor: {RVD}
countries: [PT]
areas: [risk-assessment]
origin: machine-drafted
licence: CC-BY-4.0
---
## What it is {{#what}}

It is gone.
"""
# Seconds: the longest test takes a quarter of it on two processors that others use too.
PATIENCE = 420


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Wait for a browser for so long and no longer, whether a test asks it or the clearing up after it."""
    with watched(item.nodeid, PATIENCE):
        return (yield)


def chromium() -> str | None:
    """Return where Chromium is."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session", autouse=True)
def _chromium_is_here() -> None:
    if chromium() is None:
        message = "no Chromium is installed: sudo apt-get install -y chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)


@dataclass(frozen=True)
class Site:
    """A running site: where it is, and the folders it works on."""

    url: str
    content: Path
    data: Path
    environment: dict[str, str]

    def kb(self, *arguments: str, text: str | None = None) -> str:
        """Run a command on the site's folders."""
        done = subprocess.run(
            [sys.executable, "-m", "kb", *arguments],
            cwd=ROOT,
            env=self.environment,
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a copy of the real content with two workers, with two curators who can sign in."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "content", folder / "content")
    retired = folder / "content" / "practices" / RETIRED
    retired.mkdir()
    (retired / "practice.md").write_text(RETIRED_TEXT, encoding="utf-8")
    port = free_port()
    url = f"http://localhost:{port}"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KB_")},
        "KB_CONTENT": str(folder / "content"),
        "KB_DATA": str(folder / "var"),
        "KB_URL": url,
        "KB_EMBED_ORIGINS": COURSE,
    }
    made = Site(url, folder / "content", folder / "var", environment)
    _adapt(made, folder / "answers.json")
    for email in CURATORS:
        name = email.partition("@")[0].title()
        made.kb(
            *("users", "create", "--email", email, "--name", name, "--role", "publisher", "--password-stdin"),
            text=PASSWORD + "\n",
        )
    command = [sys.executable, "-m", "kb", "serve", "--port", str(port), "--workers", "2"]
    with (folder / "serve.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(f"{url}/en/", process, folder / "serve.log")
            yield made
        finally:
            process.terminate()
            process.wait(timeout=30)


def _adapt(site: Site, answers: Path) -> None:
    """Publish an adaptation that has words of its own for the first section, of which the tool said something else."""
    answers.write_text(to_file(Answers(tool=ADAPTED_FROM, country="LV", language="en")), encoding="utf-8")
    site.kb("tools", "adapt", ADAPTED_FROM, "--answers", str(answers))
    file = site.content / "adaptations" / ADAPTED / "adaptation.md"
    text = file.read_text(encoding="utf-8").replace("status: draft", "status: published", 1)
    section = text.partition("{#")[2].partition("}")[0]
    known = text.partition(f"{{id: {section}, parent: ")[2][:16]
    assert known
    own = f"{{id: {section}, parent: {'0' * 16}, own: yes, why: It exists in this test alone.}}"
    file.write_text(text.replace(f"{{id: {section}, parent: {known}}}", own), encoding="utf-8")


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except OSError:
            assert process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.2)
    pytest.fail(log.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each test has its own profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """Somebody with a browser of her own, and a list of the addresses that her browser asked for."""

    def __init__(self, browser: Browser, site: Site, **options: Any) -> None:
        self.site = site
        self.context: BrowserContext = browser.new_context(base_url=site.url, reduced_motion="reduce", **options)
        self.context.set_default_timeout(20_000)
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)

    def complaints(self) -> list[str]:
        """Return what axe finds wrong with the page as it stands."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]

    def scrolls_sideways(self) -> bool:
        """Say whether the page is wider than the window."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return width > 0

    def sign_in(self, email: str) -> None:
        """Sign in by the form."""
        self.page.goto("/en/sign-in")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.locator("main").get_by_role("button", name="Sign in").click()


@pytest.fixture
def visitor(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A visitor; a test may say which width, colour scheme or language she has."""
    made = Visitor(browser, site, **getattr(request, "param", {}))
    yield made
    made.context.close()
