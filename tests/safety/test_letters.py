"""Every email that the application sends links only to the configured site, regardless of request headers."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kb.accounts.model import Purpose, Role, User
from kb.accounts.one_time_links import OneTimeLink, invite, make_link
from kb.app import create_app
from kb.config import Settings
from kb.content_store.store import ContentStore
from kb.extensions import db
from kb.i18n import LANGUAGES
from kb.web.accounts.emails import address_of, send_asked
from kb.web.following.sending import send_due
from tests.house import NOW, ROOT
from tests.postbox import Postbox, a_postbox
from tests.web.people import EMAIL, PASSWORD, add_person

pytestmark = pytest.mark.slow

CONFIGURED, EVIL = "https://praxis.example:8443", "evil.invalid"
CHIEF = "chief@example.org"
# Headers that claim another host for the site, or another origin of the request.
LIES: dict[str, dict[str, str]] = {
    "host": {"Host": f"{EVIL}:8443"},
    "forwarded host": {"X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "http", "X-Forwarded-Port": "81"},
    "others": {
        "Forwarded": f"host={EVIL};proto=http",
        "X-Forwarded-Prefix": f"//{EVIL}",
        "X-Script-Name": f"//{EVIL}",
        "X-Forwarded-Server": EVIL,
        "X-Host": EVIL,
        "X-HTTP-Host-Override": EVIL,
        "X-Original-URL": f"http://{EVIL}/",
        "X-Rewrite-URL": f"http://{EVIL}/",
        "Origin": f"https://{EVIL}",
        "Referer": f"https://{EVIL}/en/forgotten",
    },
}
LIES["all of them"] = {name: value for lie in LIES.values() for name, value in lie.items()}

# Senders of emails

# Modules that pass emails to the mail server, write emails, or have them sent. Add new modules here, and their emails
# to `LETTERS`.
SENDERS = {
    "smtplib": {"kb/mail.py", "kb/web/following/sending.py"},  # the latter for its errors
    "kb.mail.Post": {"kb/web/accounts/emails.py"},
    "kb.mail.Email": {
        "kb/accounts/emails.py",
        "kb/notifications/outbox.py",
        "kb/web/accounts/notification_emails.py",
        "kb/web/following/letters.py",
        "kb/web/following/sending.py",
    },
    "kb.accounts.emails.letter": {"kb/web/accounts/emails.py"},
    "kb.web.accounts.emails.deliver": {"kb/web/accounts/people.py"},
    "kb.web.accounts.emails.Delivery": {"kb/web/accounts/people.py"},
    "kb.web.accounts.emails.address_of": {"kb/web/accounts/people_page.py", "kb/__main__.py"},
    "kb.web.accounts.emails": {"kb/app.py"},  # for its outbox
    "kb.web.accounts.emails.post": {
        "kb/web/accounts/notification_emails.py",
        "kb/web/following/sending.py",  # tested below
    },
}
_PARTS = ("smtplib", "email.mime", "kb.mail", "kb.accounts.emails", "kb.web.accounts.emails")


def imports(path: Path) -> Iterator[str]:
    """Yield the full names of everything that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{each.name}" for each in node.names)


def test_whatever_sends_letters_is_known() -> None:
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "kb").rglob("*.py")):
        for name in imports(path):
            if name.startswith(_PARTS):
                found.setdefault(name, set()).add(path.relative_to(ROOT).as_posix())
    assert found == SENDERS


def test_nothing_in_the_house_asks_a_request_for_its_host() -> None:
    asked = re.compile(
        r"request\.(host|host_url|url|url_root|base_url|root_url|server|environ|headers\.get\(.(Host|Forwarded|X-Forw))\b"
        r"|(?<!\w)_external\s*=\s*True|HTTP_HOST|SERVER_NAME"
    )
    for path in sorted((ROOT / "kb").rglob("*")):
        if path.suffix in (".py", ".html", ".xml", ".txt"):
            assert not asked.search(path.read_text(encoding="utf-8")), path


# The emails


@pytest.fixture(params=[0, 1], ids=["no-proxy", "behind-a-proxy"])
def site(request: pytest.FixtureRequest, settings: Settings, store: ContentStore) -> Iterator[tuple[Flask, Postbox]]:
    """A site with a configured URL and a mail server; in one variant it trusts a proxy in front."""
    with a_postbox() as box:
        chosen = settings.model_copy(
            update={"url": CONFIGURED, "proxies": request.param, "mail_from": "house@praxis.example"}
        )
        app = create_app(chosen, follow=False, store=store, now=lambda: NOW)
        app.config["SMTP"] = box.address
        yield app, box
        with app.app_context():
            db.engine.dispose()


class Liar:
    """A client whose requests lie about the host of the site."""

    def __init__(self, app: Flask, lie: Mapping[str, str]) -> None:
        self.app, self.client = app, app.test_client(use_cookies=False)
        self.headers = {"Sec-Fetch-Site": "same-origin", **lie}
        self.token = ""

    def sign_in(self) -> None:
        """Sign in as an administrator with an honest request; later requests send the cookie to any host."""
        add_person(self.app, CHIEF, Role.ADMINISTRATOR)
        honest, data = self.app.test_client(), {"email": CHIEF, "password": PASSWORD}
        headers = {"Sec-Fetch-Site": "same-origin"}
        assert honest.post("/en/sign-in", data=data, headers=headers, base_url=CONFIGURED).status_code == 303
        html = honest.get("/en/account", base_url=CONFIGURED).get_data(as_text=True)
        self.token = html.partition('name="csrf_token" value="')[2].partition('"')[0]
        name = self.app.config["SESSION_COOKIE_NAME"]
        cookie = honest.get_cookie(name, domain="praxis.example")
        assert cookie is not None
        self.headers["Cookie"] = f"{name}={cookie.value}"

    def post(self, address: str, data: dict[str, str | list[str]], status: int = 303) -> TestResponse:
        """Send a form, with the CSRF token if the user is signed in."""
        sent = {**data, **({"csrf_token": self.token} if self.token else {})}
        response = self.client.post(address, data=sent, headers=self.headers, base_url=CONFIGURED)
        assert response.status_code == status, (address, response.status_code)
        return response


def _invite(liar: Liar, language: str) -> None:
    """Invite a user as an administrator."""
    liar.sign_in()
    liar.post("/en/people/invite", {"email": EMAIL, "name": "Ana", "role": ["curator"], "language": language})


def _invite_again(liar: Liar, language: str) -> None:
    """Send the invitation again as an administrator."""
    with liar.app.app_context():
        person = invite(db.session, email=EMAIL, name="Ana", roles={}, language=language, by=None, now=NOW).user.id
    liar.sign_in()
    liar.post(f"/en/people/{person}", {"do": "link"})


def _send_reset(liar: Liar, language: str) -> None:
    """Send a link for a new password as an administrator."""
    person = _somebody(liar.app, language)
    liar.sign_in()
    liar.post(f"/en/people/{person}", {"do": "link"})


def _ask_for_reset(liar: Liar, language: str) -> None:
    """Ask for a new password; the email is sent later, outside of any request."""
    _somebody(liar.app, language)
    liar.post("/en/forgotten", {"email": EMAIL})
    with liar.app.app_context():
        assert send_asked(NOW)


def _ask_while_sent(liar: Liar, language: str) -> None:
    """Send the email while the site answers a lying request."""
    _somebody(liar.app, language)
    liar.post("/en/forgotten", {"email": EMAIL})
    with liar.app.test_request_context("/lt/forgotten", headers=liar.headers, base_url=f"http://{EVIL}"):
        assert send_asked(NOW)


# Every way to send an email, and its purpose.
LETTERS: Mapping[Callable[[Liar, str], None], Purpose] = {
    _invite: Purpose.INVITATION,
    _invite_again: Purpose.INVITATION,
    _send_reset: Purpose.RESET,
    _ask_for_reset: Purpose.RESET,
    _ask_while_sent: Purpose.RESET,
}


def test_there_is_a_way_to_each_sort_of_letter() -> None:
    assert set(LETTERS.values()) == set(Purpose)


@pytest.mark.parametrize("way", LETTERS, ids=lambda way: way.__name__.strip("_"))
@pytest.mark.parametrize(
    "lie", [pytest.param(lie, marks=() if lie == "all of them" else pytest.mark.long) for lie in LIES]
)
def test_every_address_in_every_letter_is_the_configured_one(
    site: tuple[Flask, Postbox], lie: str, way: Callable[[Liar, str], None]
) -> None:
    app, box = site
    way(Liar(app, LIES[lie]), "en")
    (letter,) = box.letters
    _leads_home(letter.as_string(), letter.get_content(), "en")


@pytest.mark.parametrize("lie", LIES)
def test_so_it_is_with_each_lie_alone(site: tuple[Flask, Postbox], lie: str) -> None:
    app, box = site
    _ask_for_reset(Liar(app, LIES[lie]), "en")
    (letter,) = box.letters
    _leads_home(letter.as_string(), letter.get_content(), "en")


@pytest.mark.parametrize(
    ("language", "purpose"),
    [
        pytest.param(language, purpose, marks=() if (number + place) % 2 else pytest.mark.long)
        for number, language in enumerate(LANGUAGES)
        for place, purpose in enumerate(Purpose)
    ],
)
def test_so_it_is_in_every_language(site: tuple[Flask, Postbox], language: str, purpose: Purpose) -> None:
    app, box = site
    way = next(way for way, of in LETTERS.items() if of is purpose)
    way(Liar(app, LIES["all of them"]), language)
    (letter,) = box.letters
    _leads_home(letter.as_string(), letter.get_content(), language)


def test_links_that_are_handed_over_without_mail_lead_home_too(site: tuple[Flask, Postbox]) -> None:
    app, _box = site
    with app.app_context():
        user = invite(db.session, email=EMAIL, name="Ana", roles={}, language="lt", by=None, now=NOW).user
        made: OneTimeLink = make_link(db.session, user, by=None, now=NOW)
        assert address_of(made) == f"{CONFIGURED}/lt/welcome?token={made.token}"  # as `kb users link` prints it
    app.config["SMTP"] = ""
    liar = Liar(app, LIES["all of them"])
    liar.sign_in()
    html = liar.post(f"/en/people/{user.id}", {"do": "link"}, 200).get_data(as_text=True)
    assert f"{CONFIGURED}/lt/welcome?token=" in html
    assert EVIL not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_emails_to_readers_who_follow_lead_home(site: tuple[Flask, Postbox], language: str) -> None:
    app, box = site
    liar = Liar(app, LIES["all of them"])
    app.extensions["clock"] = lambda: NOW - timedelta(seconds=10)
    form = liar.client.get(f"/{language}/follow", base_url=CONFIGURED).get_data(as_text=True)
    app.extensions["clock"] = lambda: NOW
    shown = form.partition('name="shown" value="')[2].partition('"')[0]
    liar.post(f"/{language}/follow?country=PT", {"email": EMAIL, "frequency": "weekly", "shown": shown})
    _send_due(liar, NOW)
    confirm = re.search(r"/follow/confirm/\w+", box.letters[0].get_content())
    assert confirm is not None
    liar.post(f"/{language}{confirm[0]}", {})
    _send_due(liar, NOW + timedelta(days=8))
    assert [letter.is_multipart() for letter in box.letters] == [False, True]
    for letter in box.letters:
        assert EVIL not in letter.as_string()
        assert "localhost" not in letter.as_string()
        texts = [each.get_content() for each in letter.walk() if not each.is_multipart()]
        found = re.findall(r"[a-z][a-z0-9+.-]*://[^\s\"<>]+", "\n".join((*texts, letter["List-Unsubscribe"] or "")))
        assert len(found) >= 3
        assert all(address.startswith(f"{CONFIGURED}/{language}/") for address in found)


def _send_due(liar: Liar, now: datetime) -> None:
    with liar.app.test_request_context("/lt/forgotten", headers=liar.headers, base_url=f"http://{EVIL}"):
        assert send_due(now)


def _somebody(app: Flask, language: str) -> int:
    person = add_person(app)
    with app.app_context():
        db.session.get_one(User, person).language = language
        db.session.commit()
    return person


def _leads_home(whole: str, text: str, language: str) -> None:
    assert EVIL not in whole
    assert "localhost" not in whole
    addresses = re.findall(r"[a-z][a-z0-9+.-]*://\S+", text)
    assert len(addresses) == 2  # the site, and the one-time link
    for address in addresses:
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}" == CONFIGURED
        assert parts.path.startswith(f"/{language}/")
    assert not re.findall(r"\bwww\.|//(?!praxis\.example:8443/)", text)
