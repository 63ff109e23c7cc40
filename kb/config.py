"""Settings of the installation: read once from KB_* variables, typed, described, and validated at start.

Only `app` and `__main__` use this module; all other code receives values.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, field_validator
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from kb.accounts.model import Role
from kb.errors import PraxisError
from kb.i18n import DEFAULT, LANGUAGES
from kb.secret_key import SECRET_FILE, SECRET_LENGTH, read_or_make

ROOT = Path(__file__).parents[1]
PREFIX = "KB_"
# The prefix of variables of the tests; no setting begins so.
TEST_PREFIX = "KB_TEST_"
_DATABASES = ("sqlite", "postgresql+psycopg")


# An origin as browsers write it: scheme and host, with an optional port. The range 0 to 65535 is checked separately.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(
    rf"(?:https://(?P<host>{_LABEL}(?:\.{_LABEL})*)|http://(?:localhost|127\.0\.0\.1))(?::(?P<port>\d{{1,5}}))?"
)


class BadSettings(PraxisError):
    """Invalid settings in the environment; the text names every variable and its expected value."""


def _split(value: object) -> object:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def _is_origin(text: str) -> bool:
    found = _ORIGIN.fullmatch(text)
    return found is not None and 0 < int(found["port"] or 443) < 2**16 and len(found["host"] or "") <= 253


class Settings(BaseModel):
    """All settings. The variable of a field is its name in capitals after `KB_`: `KB_CONTENT`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    content: Path = Field(ROOT / "content", description="Folder of the records, vocabularies and law.")
    data: Path = Field(
        ROOT / "var", description="Folder of everything made while running: database, index, snapshot, secret key."
    )
    database: str = Field(
        "",
        description="Address of the database, sqlite:///… or postgresql+psycopg://…; without it a SQLite file in the "
        "data folder. Machines that serve one site share one PostgreSQL.",
    )
    secret_key: SecretStr | None = Field(
        None,
        description=f"Key that signs the cookie of people who sign in, at least {SECRET_LENGTH} letters; without it "
        "the file secret-key in the data folder, made at first need. Machines that serve one site need the same.",
    )
    url: str = Field(
        "http://localhost:5000",
        description="Address under which readers reach the site. Links in mail and feeds begin with it; with https the "
        "cookie is sent over https alone.",
    )
    leave_url: str = Field(
        "https://{language}.wikipedia.org/",
        description="Where “Leave” leads: a page that everybody may have open; {language} is the reader’s language.",
    )
    operator: str = Field(
        "",
        max_length=300,
        description="Who runs this installation and answers for it: name and place of a person or organisation. It "
        "stands in the footer and on the pages about the site; without it they say that nobody is named.",
    )
    contact: str = Field(
        "",
        max_length=300,
        description="Where to write to whoever runs this installation: an e-mail address or the address of a page.",
    )
    smtp: SecretStr | None = Field(
        None,
        description="Server that sends mail, smtp://name:password@host:587 (smtps:// for TLS from the start); without "
        "it links of invitations and new passwords are shown to the administrator, and no mail is sent.",
    )
    mail_from: str = Field("praxis@localhost", description="Address that mail comes from.")
    four_eyes: bool = Field(
        False, description="Whether everything has to be approved by a second person before it is published."
    )
    second_factor: Annotated[tuple[str, ...], BeforeValidator(_split)] = Field(
        (), description="Roles that have to use a second factor when they sign in, such as administrator publisher."
    )
    audit_days: int = Field(
        730, ge=30, description="Days for which it is kept who signed in and what was done to accounts."
    )
    source_lookup: bool = Field(
        False,
        description="Whether the server may ask other sites for the title of a source: Crossref for a DOI, Open "
        "Library for an ISBN, otherwise the page itself.",
    )
    suggestion_days: int = Field(
        180, ge=7, description="Days after which suggestions of readers are deleted, counted from their last change."
    )
    embed_origins: Annotated[tuple[str, ...], BeforeValidator(_split)] = Field(
        (),
        description="Sites that may show cards of practices and public workshops in a frame, such as "
        "https://learning.example.org; without it no page is shown in a frame anywhere.",
    )
    languages: Annotated[tuple[str, ...], BeforeValidator(_split)] = Field(
        tuple(LANGUAGES), description="Languages of the site, in the order of the language menu."
    )
    idle_minutes: int = Field(60, ge=5, le=24 * 60, description="Minutes without a click after which a sign-in ends.")
    sign_in_hours: int = Field(12, ge=1, le=24 * 30, description="Hours after which a sign-in ends in any case.")
    proposals: str = Field(
        "",
        max_length=1000,
        description="Machine that proposes the translation of one text when a translator asks for it: an address "
        "https://… or a command. It gets JSON with text, source and target, and answers with JSON that has text. "
        "Without it nothing is proposed, and no text leaves the site.",
    )
    proposals_for_drafts: bool = Field(
        False, description="Whether texts of records that are not published may be sent to that machine too."
    )
    proxies: int = Field(
        0, ge=0, le=9, description="How many proxies stand in front and tell who asked; 0 believes none."
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the KB_* variables. Raises `BadSettings`, which names all errors."""
        given = os.environ if environment is None else environment
        values = {
            name.removeprefix(PREFIX).lower(): value
            for name, value in given.items()
            if name.startswith(PREFIX) and not name.startswith(TEST_PREFIX) and value
        }
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise BadSettings("\n".join(_complaint(found, values) for found in error.errors())) from error

    @field_validator("content", "data")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("content")
    @classmethod
    def _is_folder(cls, value: Path) -> Path:
        if not value.is_dir():
            message = f"there is no folder {value}"
            raise ValueError(message)
        return value

    @field_validator("database")
    @classmethod
    def _known_database(cls, value: str) -> str:
        try:
            kind = make_url(value).drivername if value else ""
        except ArgumentError:
            kind = "unreadable"
        if kind and kind not in _DATABASES:
            message = f"an address that begins with one of {', '.join(f'{each}://' for each in _DATABASES)} is needed"
            raise ValueError(message)
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < SECRET_LENGTH:
            message = f"the key needs at least {SECRET_LENGTH} letters"
            raise ValueError(message)
        return value

    @field_validator("url", "leave_url")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            message = "an address such as https://praxis.example is needed"
            raise ValueError(message)
        return value

    @field_validator("smtp")
    @classmethod
    def _mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        parts = urlsplit(value.get_secret_value()) if value else None
        if parts is not None and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
            message = "an address such as smtp://mail.example:587 is needed"
            raise ValueError(message)
        return value

    @field_validator("mail_from")
    @classmethod
    def _mail_address(cls, value: str) -> str:
        if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", value):
            message = "an e-mail address is needed"
            raise ValueError(message)
        return value

    @field_validator("second_factor")
    @classmethod
    def _known_roles(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := [each for each in value if each not in set(Role)]:
            message = f"{', '.join(unknown)} is not among {', '.join(Role)}"
            raise ValueError(message)
        return value

    @field_validator("embed_origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Accept only complete origins: they become part of a header, where other characters would change its
        meaning.
        """
        if wrong := [each for each in value if not _is_origin(each)]:
            message = (
                f"{', '.join(wrong)} cannot be allowed; write scheme and host alone, such as "
                "https://learning.example.org or https://learning.example.org:8443, without a path and without stars; "
                "http is there for localhost alone, and a host with other letters is written as xn--…"
            )
            raise ValueError(message)
        return tuple(dict.fromkeys(value))

    @field_validator("contact")
    @classmethod
    def _mail_or_page(cls, value: str) -> str:
        if value and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+|https?://\S+", value):
            message = "an e-mail address or the address of a page (https://…) is needed"
            raise ValueError(message)
        return value

    @field_validator("languages")
    @classmethod
    def _known_languages(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := [code for code in value if code not in LANGUAGES]:
            message = f"{', '.join(unknown)} is not among {', '.join(LANGUAGES)}"
            raise ValueError(message)
        if DEFAULT not in value:
            message = f"{DEFAULT} has to be among them"
            raise ValueError(message)
        return tuple(dict.fromkeys(value))

    @property
    def database_address(self) -> str:
        """The URL of the database; by default that of the file in the data folder."""
        return self.database or f"sqlite:///{self.data / 'kb.sqlite'}"

    @property
    def is_secure(self) -> bool:
        """Whether the public URL uses https."""
        return urlsplit(self.url).scheme == "https"

    def secret(self) -> str:
        """Return the key that signs cookies; create its file on the first call."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        return read_or_make(self.data / SECRET_FILE)

    def described(self) -> Iterable[tuple[str, str, str]]:
        """Yield the variable, the current value and the description of every setting; secrets are masked."""
        for name, field in type(self).model_fields.items():
            yield f"{PREFIX}{name.upper()}", self._shown(name), field.description or ""

    def _shown(self, name: str) -> str:
        value: Any = getattr(self, name)
        if name == "database":
            return make_url(self.database_address).render_as_string(hide_password=True)
        if isinstance(value, SecretStr):
            return "(set)"
        if value is None:
            return str(self.data / SECRET_FILE) if name == "secret_key" else ""
        return ", ".join(value) if isinstance(value, tuple) else str(value)


def _complaint(found: Mapping[str, Any], values: Mapping[str, str]) -> str:
    name = str(found["loc"][0])
    variable = f"{PREFIX}{name.upper()}"
    if found["type"] == "extra_forbidden":
        near = get_close_matches(name, Settings.model_fields, n=1)
        return f"{variable} is no setting." + (f" Did you mean {PREFIX}{near[0].upper()}?" if near else "")
    reason = str(found["msg"]).removeprefix("Value error, ")
    shown = "" if name in ("secret_key", "smtp") else f" is {values.get(name, '')!r}"
    return f"{variable}{shown}: {reason}."
