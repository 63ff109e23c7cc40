"""Shared fixtures: a site with the sample records, and `visit`, which checks every page that it fetches.

The sample is built once. Each test gets a site with the sample and may change anything. The clock is fixed.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

import kb.accounts.model
import kb.editing.model
import kb.history.model  # noqa: F401 - fixtures below create its tables
from kb.accounts import passwords
from kb.config import Settings
from kb.content_store.reference_data import FOLDERS, ReferenceData
from kb.content_store.store import ContentStore
from kb.db import Base, configure
from kb.extensions import db
from kb.publishing.catch_up import catch_up
from tests import house
from tests.page import Page, Visit, address_of
from tests.progress import ProgressPlugin
from tests.site import SampleSite, make_ready, settings_of, use_catalogues

ROOT = Path(__file__).parents[1]
TESTS = Path(__file__).parent
STRONG_HASHER = passwords._hasher  # the hasher of real sites
BROWSER = TESTS / "browser"
# Folders of slow tests, which run commands, publish, or create files or sites. Only `make test` runs them.
SLOW = ("backup", "cli", "curation", "documents", "exchange", "publishing", "search", "web", "workshops")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add an option to run only browser tests: their driver keeps an event loop in the thread of the other tests."""
    parser.addoption("--browser-tests", action="store_true", help="run the tests in the browser, and only those")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Ignore the browser tests, or all others; in the fast gate also the slow folders, which take seconds to import."""
    if "not slow" in str(config.getoption("-m")) and collection_path.parent == TESTS and collection_path.name in SLOW:
        return True
    is_browser = collection_path.is_relative_to(BROWSER)
    if collection_path in (BROWSER, *BROWSER.parents):
        is_browser = bool(config.getoption("--browser-tests"))
    return True if is_browser != bool(config.getoption("--browser-tests")) else None


def pytest_configure(config: pytest.Config) -> None:
    """Prepare what tests share, and report progress in the main process."""
    make_ready()
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(ProgressPlugin(config))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests in slow folders, and exclude imported objects from garbage collection, because they stay."""
    gc.freeze()
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in SLOW:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def _weak_passwords() -> None:
    """Use a cheap password hasher, because every sign-in hashes twice; `STRONG_HASHER` has a test of its own."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def knowledge() -> ReferenceData:
    """The real vocabularies and law, loaded once, because no test changes them."""
    return house.knowledge()


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory, knowledge: ReferenceData) -> Path:
    """A folder with the sample records and their data folder."""
    folder = tmp_path_factory.mktemp("sample")
    settings = settings_of(_with_content(folder))
    settings.data.mkdir()
    engine = configure(create_engine(settings.database_address))
    Base.metadata.create_all(engine)
    store = ContentStore(settings.content, settings.data, knowledge=knowledge)
    with Session(engine) as session:
        catch_up(session, store, house.NOW)
        house.add_to_database(session, store)
    store.rebuild_index()
    store.close()
    engine.dispose()
    return folder


def _with_content(folder: Path) -> Path:
    shutil.copytree(house.SAMPLE, folder / "content")
    for name in FOLDERS:
        (folder / "content" / name).symlink_to(ROOT / "content" / name)
    return folder


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """A bytecode cache of compiled templates that all test processes share."""
    folder = tmp_path_factory.getbasetemp().parent / "templates"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture(scope="session")
def sites(
    made_sample: Path,
    knowledge: ReferenceData,
    compiled_templates: FileSystemBytecodeCache,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[], SampleSite]]:
    """A function that returns a site in the state of the sample for each test; see `tests/site.py`."""
    current: list[SampleSite] = []

    def find() -> SampleSite:
        if current and not current[-1].is_as_made():
            current.pop().close()
        if not current:
            folder = tmp_path_factory.mktemp("site") / "site"
            current.append(SampleSite(made_sample, folder, knowledge, compiled_templates))
        return current[-1]

    yield find
    for site in current:
        site.close()


@pytest.fixture
def sample_site(sites: Callable[[], SampleSite]) -> SampleSite:
    """A site with the unchanged sample records."""
    return sites()


@pytest.fixture
def settings(sample_site: SampleSite) -> Settings:
    """The settings of this test's site."""
    return sample_site.settings


@pytest.fixture
def store(sample_site: SampleSite) -> ContentStore:
    """The content store of this test's site."""
    return sample_site.store


@pytest.fixture
def app(sample_site: SampleSite) -> Flask:
    """The application, without a follower, with the fixed clock of all tests."""
    use_catalogues(sample_site.app)
    return sample_site.app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of the site's database; close it before a request that writes."""
    with app.app_context():
        sessions = db.sessionmaker
    with sessions() as session:
        yield session


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A test client that sends `Sec-Fetch-Site`, as all browsers do."""
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


@pytest.fixture
def visit(app: Flask, client: FlaskClient) -> Visit:
    """A function that fetches a page and checks the promises that every page keeps."""

    def fetch(
        target: str, *, language: str = "en", status: int = 200, headers: dict[str, str] | None = None, **values: Any
    ) -> Page:
        address = target if target.startswith("/") else address_of(app, target, language=language, **values)
        response = client.get(address, headers=headers)
        assert response.status_code == status, (address, response.status_code, response.headers.get("Location"))
        page = Page(response.get_data(as_text=True), address, dict(response.headers))
        problems = page.problems(app)
        assert not problems, "\n".join((address, *problems))
        return page

    return fetch
