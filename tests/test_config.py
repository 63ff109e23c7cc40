from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from kb.config import BadSettings, Settings


def test_everything_has_a_default() -> None:
    settings = Settings.from_environment({})
    assert settings.content.name == "content"
    assert settings.database_address == f"sqlite:///{settings.data / 'kb.sqlite'}"
    assert settings.languages[0] == "en"
    assert not settings.is_secure


def test_variables_are_read_and_given_their_types(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "KB_CONTENT": str(tmp_path),
            "KB_DATA": str(tmp_path / "elsewhere"),
            "KB_URL": "https://praxis.example",
            "KB_LANGUAGES": "en, lt ro",
            "KB_IDLE_MINUTES": "30",
            "KB_SECRET_KEY": "s" * 32,
            "KB_PROXIES": "",
            "HOME": "/",
        }
    )
    assert settings.content == tmp_path
    assert settings.languages == ("en", "lt", "ro")
    assert settings.idle_minutes == 30
    assert settings.is_secure
    assert settings.secret() == "s" * 32
    assert settings.proxies == 0


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("KB_CONTENT", "/no/such/folder", "KB_CONTENT is '/no/such/folder': there is no folder"),
        ("KB_DATABASE", "mysql://host/kb", "KB_DATABASE is 'mysql://host/kb': an address that begins with"),
        ("KB_DATABASE", "nonsense", "KB_DATABASE"),
        ("KB_URL", "praxis.example", "KB_URL is 'praxis.example': an address such as https://praxis.example"),
        ("KB_CONTACT", "praxis at example", "an e-mail address or the address of a page"),
        ("KB_EMBED_ORIGINS", "https://*.example.org", "https://*.example.org cannot be allowed; write scheme and host"),
        (
            "KB_EMBED_ORIGINS",
            "https://a.example https://b.example/course",
            "https://b.example/course cannot be allowed",
        ),
        ("KB_LANGUAGES", "en xx", "xx is not among"),
        ("KB_LANGUAGES", "lt", "en has to be among them"),
        ("KB_IDLE_MINUTES", "soon", "KB_IDLE_MINUTES is 'soon'"),
        ("KB_PROXIES", "-1", "KB_PROXIES is '-1'"),
        ("KB_DATABSE", "sqlite://", "KB_DATABSE is no setting. Did you mean KB_DATABASE?"),
    ],
)
def test_what_is_wrong_is_named(name: str, value: str, words: str) -> None:
    with pytest.raises(BadSettings) as raised:
        Settings.from_environment({name: value})
    assert words in str(raised.value)


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(BadSettings) as raised:
        Settings.from_environment({"KB_URL": "x", "KB_IDLE_MINUTES": "1"})
    assert len(str(raised.value).splitlines()) == 2


def test_a_short_key_is_refused_and_never_shown() -> None:
    with pytest.raises(BadSettings) as raised:
        Settings.from_environment({"KB_SECRET_KEY": "too-short"})
    assert "KB_SECRET_KEY" in str(raised.value)
    assert "too-short" not in str(raised.value)


def test_variables_of_the_tests_are_no_settings() -> None:
    assert Settings.from_environment({"KB_TEST_POSTGRES": "postgresql://host"})


def test_the_key_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "var")
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _number: settings.secret(), range(16)))
    path = tmp_path / "var" / "secret-key"
    assert keys == {path.read_text(encoding="ascii")}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret-key"]


def test_every_setting_is_described_and_no_secret_is_told(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, secret_key="s" * 40, database="postgresql+psycopg://kb:password@host/kb")
    described = {name: (value, words) for name, value, words in settings.described()}
    assert described.keys() == {f"KB_{name.upper()}" for name in Settings.model_fields}
    assert all(words for _value, words in described.values())
    assert described["KB_SECRET_KEY"][0] == "(set)"
    assert "password" not in described["KB_DATABASE"][0]


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().url = "https://elsewhere.example"  # type: ignore[misc]


def test_sites_that_may_show_cards_are_whole_origins() -> None:
    given = (
        "https://learning.example.org, https://course.example:8443 http://localhost:8080 https://learning.example.org"
    )
    assert Settings.from_environment({"KB_EMBED_ORIGINS": given}).embed_origins == (
        "https://learning.example.org",
        "https://course.example:8443",
        "http://localhost:8080",
    )
    assert Settings.from_environment({}).embed_origins == ()


@pytest.mark.parametrize(
    "origin",
    [
        *("*", "https:", "https://", "https://*", "'self'", "'none'", "data:", "learning.example.org", "null"),
        *(
            "https://a.example/",
            "https://a.example/x",
            "https://a.example?x",
            "https://a.example;script-src",
            "//a.example",
        ),
        *(
            "http://a.example",
            "https://A.example",
            "https://ä.example",
            "https://a.example:0",
            "https://a.example:99999",
        ),
        *(
            "https://user@a.example",
            "https://-a.example",
            "https://a..example",
            f"https://{'a' * 64}.example",
            "ftp://a.example",
        ),
    ],
)
def test_what_would_mean_something_else_in_the_header_is_refused(origin: str) -> None:
    with pytest.raises(BadSettings, match="KB_EMBED_ORIGINS"):
        Settings.from_environment({"KB_EMBED_ORIGINS": origin})
