"""Serves a site with test records to a real browser; the tests are skipped with a message if Chromium is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.serving import Site, lay_out, served
from tests.browser.visitor import Visitor
from tests.browser.watch import watched

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-gpu-compositing",
    "--disable-software-rasterizer",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Seconds: the longest test takes a quarter of this on two busy processors.
PATIENCE = 420


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Limit how long a test and its fixtures may wait for a browser."""
    with watched(item.nodeid, PATIENCE):
        return (yield)


def chromium() -> str | None:
    """Return the path of Chromium. The headless shell is a tenth faster, so it comes first."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


@pytest.fixture(scope="session", autouse=True)
def _chromium_is_here() -> None:
    if chromium() is None:
        message = "no Chromium is installed: sudo apt-get install -y chromium-headless-shell"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the test records."""
    folder = tmp_path_factory.mktemp("site")
    lay_out(folder)
    with served(folder) as made:
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each test has its own profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A visitor; tests may set the width, colour scheme or language with an indirect parameter."""
    made = Visitor(browser, site, **getattr(request, "param", {}))
    yield made
    made.leave()
