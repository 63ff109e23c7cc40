"""A site made from the sample records, and `visit`, which checks every page it fetches.

The sample is built once; each test gets a site made of it and may change what it likes. The day is always the same.
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
import kb.history.model  # noqa: F401 - their tables are made below
from kb.accounts import passwords
from kb.config import Settings
from kb.content_store.reference_data import ReferenceData
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
STRONG_HASHER = passwords._hasher  # as sites use it
BROWSER = TESTS / "browser"
# Folders whose tests run commands, publish, make files or whole sites: the fast gate leaves them to `make test`.
SLOW = ("backup", "cli", "curation", "documents", "exchange", "publishing", "search", "web", "workshops")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Browser tests run alone: their driver keeps an event loop in the thread in which other tests call the site."""
    parser.addoption("--browser-tests", action="store_true", help="run the tests in the browser, and only those")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the browser tests, or all others; and what the fast gate leaves out, which takes seconds to import."""
    if "not slow" in str(config.getoption("-m")) and collection_path.parent == TESTS and collection_path.name in SLOW:
        return True
    is_browser = collection_path.is_relative_to(BROWSER)
    if collection_path in (BROWSER, *BROWSER.parents):
        is_browser = bool(config.getoption("--browser-tests"))
    return True if is_browser != bool(config.getoption("--browser-tests")) else None


def pytest_configure(config: pytest.Config) -> None:
    """Make ready what tests share, and tell of progress in the process that reports."""
    make_ready()
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(ProgressPlugin(config))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in a slow folder; what was imported stays, so nobody needs to look for garbage in it."""
    gc.freeze()
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in SLOW:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def _weak_passwords() -> None:
    """Hash passwords with little work, as every sign-in needs two; `STRONG_HASHER` has a test of its own."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def knowledge() -> ReferenceData:
    """The real vocabularies and law, read once: no test changes them."""
    return house.knowledge()


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory, knowledge: ReferenceData) -> Path:
    """A folder with the sample records, and the data folder that belongs to them."""
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
    for name in ("vocabularies", "law"):
        (folder / "content" / name).symlink_to(ROOT / "content" / name)
    return folder


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once for all tests, in whichever process."""
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
    """What gives each test a site as the sample is; see `tests/site.py`."""
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
    """A site with the sample records, as nobody has changed it."""
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
    """The application, without a follower, on the day of all tests."""
    use_catalogues(sample_site.app)
    return sample_site.app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of the site's database; close it before a request needs to write."""
    with app.app_context():
        sessions = db.sessionmaker
    with sessions() as session:
        yield session


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that says where its requests come from, as all do."""
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


@pytest.fixture
def visit(app: Flask, client: FlaskClient) -> Visit:
    """Fetch a page and check what every page promises."""

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
