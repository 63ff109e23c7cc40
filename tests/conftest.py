"""A site made from the sample records, and `visit`, which checks every page it fetches.

The sample is built once; each test gets a copy, so that it may change what it likes. The day is always the same.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

import kb.accounts.model
import kb.curation.model
import kb.history.model  # noqa: F401 - their tables are made below
from kb.app import create_app
from kb.config import Settings
from kb.db import Base, configure
from kb.extensions import babel, db
from kb.library.library import Knowledge, Library, load_knowledge
from kb.publishing.apply import catch_up
from tests.house import NOW, add_to_database
from tests.page import Page, Visit, address_of

ROOT = Path(__file__).parents[1]
SAMPLE = Path(__file__).parent / "sample"
BROWSER = Path(__file__).parent / "browser"
# Folders whose tests run commands, publish or make whole sites: the fast gate leaves them to `make test`.
SLOW = ("backup", "cli", "curation", "exchange", "publishing", "search", "web", "workshops")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Browser tests run alone: their driver keeps an event loop in the thread in which other tests call the site."""
    parser.addoption("--browser-tests", action="store_true", help="run the tests in the browser, and only those")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the browser tests, or all others."""
    is_browser = collection_path.is_relative_to(BROWSER)
    if collection_path in (BROWSER, *BROWSER.parents):
        is_browser = bool(config.getoption("--browser-tests"))
    return True if is_browser != bool(config.getoption("--browser-tests")) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in a slow folder."""
    for item in items:
        if item.path.relative_to(Path(__file__).parent).parts[0] in SLOW:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The real vocabularies and law, read once: no test changes them."""
    return load_knowledge(ROOT / "content")


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Path:
    """A folder with the sample records, and the data folder that belongs to them."""
    folder = tmp_path_factory.mktemp("sample")
    settings = _settings(_with_content(folder))
    settings.data.mkdir()
    engine = configure(create_engine(settings.database_address))
    Base.metadata.create_all(engine)
    library = Library(settings.content, settings.data, knowledge=knowledge)
    with Session(engine) as session:
        catch_up(session, library, NOW)
        add_to_database(session, library)
    library.rebuild_index()
    library.close()
    engine.dispose()
    return folder


def _with_content(folder: Path) -> Path:
    shutil.copytree(SAMPLE, folder / "content")
    for name in ("vocabularies", "law"):
        (folder / "content" / name).symlink_to(ROOT / "content" / name)
    return folder


def _settings(folder: Path, **changes: Any) -> Settings:
    values = {"content": folder / "content", "data": folder / "var", "secret_key": "k" * 40, **changes}
    return Settings.model_validate(values)


@pytest.fixture
def settings(made_sample: Path, tmp_path: Path) -> Settings:
    """The settings of a site of this test's own."""
    shutil.copytree(made_sample, tmp_path / "site", symlinks=True)
    return _settings(tmp_path / "site")


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once for all tests."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def library(settings: Settings, knowledge: Knowledge) -> Iterator[Library]:
    """The library of this test's site."""
    library = Library(settings.content, settings.data, knowledge=knowledge)
    library.refresh()
    yield library
    library.close()


@pytest.fixture
def app(request: pytest.FixtureRequest) -> Flask:
    """The application, without a follower, on the day of all tests.

    It is on this test's own site, or for tests marked `still`, which change nothing, on one that they share.
    """
    is_still = request.node.get_closest_marker("still") is not None
    app: Flask = request.getfixturevalue("still_app" if is_still else "own_app")
    use_catalogues(app)
    return app


@pytest.fixture
def own_app(settings: Settings, library: Library, compiled_templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The application on this test's site."""
    yield from _app(settings, library, compiled_templates)


@pytest.fixture(scope="session")
def still_app(
    made_sample: Path,
    knowledge: Knowledge,
    compiled_templates: FileSystemBytecodeCache,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """The application on a site that no test changes."""
    folder = tmp_path_factory.mktemp("still")
    shutil.copytree(made_sample, folder / "site", symlinks=True)
    settings = _settings(folder / "site")
    library = Library(settings.content, settings.data, knowledge=knowledge)
    yield from _app(settings, library, compiled_templates)
    library.close()


def _app(settings: Settings, library: Library, compiled_templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    app = create_app(settings, follow=False, library=library, now=lambda: NOW)
    app.testing = True
    app.jinja_env.bytecode_cache = compiled_templates
    yield app
    app.extensions["counting"].wait()
    with app.app_context():
        db.engine.dispose()


def use_catalogues(app: Flask, *folders: str) -> None:
    """Translate with the catalogues in these folders; with none, pages say what stands in the code."""
    app.extensions["babel"].translation_directories = list(folders)
    with app.app_context():
        babel.domain_instance.cache.clear()  # it is kept for the whole process


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
